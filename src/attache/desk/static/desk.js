// What the desk does better with scripts, and does without them too: names completed while typing, drawings that zoom, jobs watched.
"use strict";

function offer(input) {
  const list = document.createElement("ul");
  let names = [], at = -1, asked = 0, timer = 0;
  list.className = "names-offered";
  list.id = `offered-${input.name}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Names");
  list.hidden = true;
  input.after(list);
  for (const [name, value] of [["role", "combobox"], ["aria-controls", list.id], ["aria-expanded", "false"], ["aria-autocomplete", "list"]]) input.setAttribute(name, value);

  function show() {
    list.replaceChildren(...names.map((one, n) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${n}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", n === at);
      item.textContent = one.name + (one.why === "name" ? "" : one.why === "variant" ? " (known by this name)" : " (spelt alike)");
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(n); });
      return item;
    }));
    list.hidden = !names.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (at >= 0) input.setAttribute("aria-activedescendant", `${list.id}-${at}`); else input.removeAttribute("aria-activedescendant");
  }
  function close() { names = []; at = -1; show(); }
  function take(n) {
    const one = names[n];
    if (input.dataset.complete === "go") { location.href = `/actor/${encodeURIComponent(one.code)}`; return; }
    input.value = one.name;
    close();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
  async function ask() {
    const turn = ++asked, typed = input.value.trim();
    if (typed.length < 2) { close(); return; }
    const answer = await fetch(`/names.json?limit=8&q=${encodeURIComponent(typed)}`);
    if (!answer.ok || turn !== asked) return;
    names = (await answer.json()).names;
    at = -1;
    if (document.activeElement === input) show();
  }
  input.addEventListener("input", (event) => { event.stopPropagation(); clearTimeout(timer); timer = setTimeout(ask, 120); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      at = (at + (event.key === "ArrowDown" ? 1 : -1) + names.length + (at < 0 && event.key === "ArrowUp" ? 1 : 0)) % names.length;
      show();
    } else if (event.key === "Enter" && at >= 0) { event.preventDefault(); take(at); } else if (event.key === "Escape") close();
  });
}

function zoom(svg) {
  const whole = svg.viewBox.baseVal, start = [whole.x, whole.y, whole.width, whole.height];
  let held = null;
  const place = (event) => {
    const box = svg.getBoundingClientRect();
    return [whole.x + whole.width * (event.clientX - box.left) / box.width, whole.y + whole.height * (event.clientY - box.top) / box.height];
  };
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) return;
    event.preventDefault();
    const by = (event.deltaY || event.deltaX) > 0 ? 1.2 : 1 / 1.2, [x, y] = place(event);
    const width = Math.min(start[2], Math.max(start[2] / 20, whole.width * by)), real = width / whole.width;
    whole.x = x - (x - whole.x) * real; whole.y = y - (y - whole.y) * real; whole.height *= real; whole.width = width;
  }, { passive: false });
  svg.addEventListener("pointerdown", (event) => { if (whole.width < start[2]) held = place(event); });
  svg.addEventListener("pointermove", (event) => {
    if (!held || !event.buttons) { held = null; return; }
    const [x, y] = place(event);
    whole.x += held[0] - x; whole.y += held[1] - y;
  });
  svg.addEventListener("dblclick", () => { [whole.x, whole.y, whole.width, whole.height] = start; });
}

function wake(root) {
  for (const input of root.querySelectorAll("input[data-complete]:not([role])")) offer(input);
  for (const svg of root.querySelectorAll("svg[data-zoom]")) zoom(svg);
  // Where htmx is not there, a job being read is watched by loading the page anew.
  if (!window.htmx) for (const job of root.querySelectorAll("[data-again]")) setTimeout(() => location.reload(), 1000 * job.dataset.again);
}

document.addEventListener("DOMContentLoaded", () => wake(document));
document.addEventListener("htmx:load", (event) => { if (event.detail.elt !== document.body) wake(event.detail.elt); });
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.ctrlKey && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) {
    event.preventDefault();
    document.getElementById("q").focus();
  }
});
