"""The desk in a real browser: every page, filters, a judgement and its undo, an upload, hostile words, accessibility.

It needs Playwright's Python package and a Chromium (CHROMIUM names another than /usr/bin/chromium); else it is skipped.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from desk_samples import hostile, paths, small

from attache.record import Record

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PROJECT = Path(__file__).parent.parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
AXE = PROJECT / "build" / "npm" / "axe.min.js"
sys.path.insert(0, str(PROJECT))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    sync = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if not Path(CHROMIUM).is_file():
        pytest.skip(f"no browser at {CHROMIUM}; name one with CHROMIUM")
    with sync.sync_playwright() as tool:
        found = tool.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with small(tmp_path_factory.mktemp("desk") / "r.db") as made:
        yield made


@pytest.fixture(scope="module")
def address(record: Record) -> Iterator[str]:
    from tools.screens import served

    with served(record) as found:
        yield found


class Watched:
    """A page of the browser with everything it did that it must not do."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.wrong: list[str] = []
        page.on("dialog", self._dialog)
        page.on("request", lambda request: request.url.startswith(address) or self.wrong.append(f"asked {request.url}"))
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("console", lambda message: message.type == "error" and self.wrong.append(message.text))

    def _dialog(self, dialog: Any) -> None:
        self.wrong.append("a dialog")
        dialog.dismiss()

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)


@pytest.fixture
def watched(browser: Browser, address: str) -> Iterator[Watched]:
    page = browser.new_page()
    page.set_default_timeout(15_000)
    yield (found := Watched(page, address))
    page.close()
    assert not found.wrong


def test_an_event_of_the_margin_lights_its_words_up(watched: Watched) -> None:
    watched.go("/page/3")
    words = watched.page.locator(".text mark.w0").first
    dark = words.evaluate("one => getComputedStyle(one).backgroundColor")
    watched.page.locator("aside a.light").first.click()
    assert watched.page.url.endswith("#at-e0")
    assert words.evaluate("one => getComputedStyle(one).backgroundColor") != dark


def test_layers_are_switched_without_scripts(browser: Browser, address: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{address}/page/1")
    assert page.locator(".text ins").first.is_visible()
    page.locator("#layer-repair").uncheck()
    assert not page.locator(".text ins").first.is_visible()
    page.goto(f"{address}/events?view=network")
    assert page.locator("svg.network circle").count() >= 2
    page.close()


def test_filters_go_into_the_address(watched: Watched) -> None:
    watched.go("/events")
    watched.page.get_by_label("Place").fill("Vienna")
    watched.page.get_by_role("button", name="Show").click()
    watched.page.wait_for_url("**place=Vienna**")
    watched.page.wait_for_function("document.querySelectorAll('tbody tr').length === 2")
    watched.page.get_by_role("link", name="timeline").click()
    watched.page.wait_for_selector("svg.timeline circle")
    assert "place=Vienna" in watched.page.url


def test_a_judgement_and_its_undo(watched: Watched, record: Record) -> None:
    watched.go("/doubts?kind=fragment")
    card = watched.page.locator("li.finding").first
    key = card.get_attribute("id")
    card.get_by_role("button", name="Reject").click()
    watched.page.wait_for_selector(f"#{key} .verdict.reject")
    assert [row.verdict for row in record.judgements()] == ["reject"]
    watched.page.locator(f"#{key}").get_by_role("button", name="Undo").click()
    watched.page.wait_for_selector(f"#{key} button[value=reject]")
    assert not record.judgements()


def test_names_are_offered_and_taken_by_keyboard(watched: Watched) -> None:
    watched.go("/")
    watched.page.keyboard.press("/")
    watched.page.keyboard.type("horak")
    watched.page.wait_for_selector("#offered-q li")
    watched.page.keyboard.press("ArrowDown")
    watched.page.keyboard.press("Enter")
    watched.page.wait_for_url("**/actor/**")
    assert watched.page.locator("h1").inner_text() == "Vladimír Horák"


def test_an_upload_is_watched_and_read(watched: Watched, tmp_path: Path) -> None:
    page = tmp_path / "upload.txt"
    page.write_text("Hungarian Prime Minister Viktor Orban met Mike Pompeo in Budapest on 11 February 2019.\n", encoding="utf-8")
    watched.go("/add")
    watched.page.locator("input[type=file]").set_input_files(page)
    watched.page.get_by_role("button", name="Read and file").click()
    watched.page.wait_for_selector("text=Read and filed", timeout=60_000)
    watched.page.locator("#job li a").first.click()
    assert "Viktor Orban" in watched.page.locator(".text").inner_text()


def test_every_page_is_accessible(browser: Browser, address: str, record: Record) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not there; `make vendor` fetches it where Node is")
    serious = []
    kinds = {path.split("/")[1].split("?")[0] + path.partition("?")[2]: path for path in paths(record)}
    shown = [*kinds.values(), "/nothing"]
    for scheme, some in (("light", shown), ("dark", ["/", "/page/1", "/events", "/doubts"])):
        # The policy of the desk lets no foreign script in, axe included.
        context = browser.new_context(color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
        page = context.new_page()
        for path in some:
            page.goto(address + path)
            page.add_script_tag(path=AXE)
            found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']})")
            serious += [
                (scheme, path, one["id"], one["nodes"][0]["html"][:160])
                for one in found["violations"]
                if one["impact"] in ("serious", "critical")
            ]
        context.close()
    assert not serious, json.dumps(serious, indent=1)


def test_no_page_is_wider_than_a_phone(browser: Browser, address: str, record: Record) -> None:
    page = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True).new_page()
    wide = []
    for path in paths(record):
        page.goto(address + path)
        if page.evaluate("document.documentElement.scrollWidth") > 391:
            wide.append(path)
    page.close()
    assert not wide


def test_hostile_words_never_run(browser: Browser, tmp_path: Path) -> None:
    from tools.screens import served

    with hostile(tmp_path / "h.db") as record, served(record) as address:
        page = browser.new_page()
        watched = Watched(page, address)
        opened = [p for p in paths(record) if not p.startswith(("/story/", "/event/", "/actor/"))]
        for path in [*opened, *[p for p in paths(record) if p.startswith(("/story/", "/event/", "/actor/"))][::9]]:
            page.goto(address + path, wait_until="load")
            assert page.evaluate("window.pwned") is None, path
        assert not watched.wrong
        assert not record.judgements()


def test_pages_are_light(browser: Browser, address: str) -> None:
    page = browser.new_page()
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    for path in ("/", "/events?view=map", "/page/1"):
        sizes.clear()
        page.goto(address + path, wait_until="networkidle")
        assert 1 < len(sizes) < 10 and sum(sizes) < 300_000, (path, sizes)
    page.close()
