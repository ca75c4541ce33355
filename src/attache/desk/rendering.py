"""Turns an answer into a page or into JSON: each page is one question, asked by two addresses."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, get_type_hints
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from attache.desk import wording
from attache.desk.drawing.outlines import graticule, land, outlines
from attache.desk.forms import FIELD, signature
from attache.desk.veil import veiled
from attache.show.safe import printable

HERE = Path(__file__).parent
VENDOR = HERE / "static" / "vendor"


def page(router: APIRouter, path: str, template: str, build: Callable[..., Any], *, json_path: str = "", tag: str = "pages") -> None:
    """Serve what `build` answers at `path` as HTML and at ``path.json`` as JSON; its parameters and docstring are the API's."""
    context = get_type_hints(build)["return"]
    summary, _, rest = (build.__doc__ or "").strip().partition("\n")

    @router.get(
        json_path or f"{path}.json", response_model=context, summary=summary, description=rest.strip() or summary, tags=[tag],
        name=f"{build.__name__}_json",
    )  # fmt: skip
    def as_json(found: Any = Depends(build)) -> Any:
        return veiled(found)

    @router.get(path, response_class=HTMLResponse, include_in_schema=False, name=build.__name__)
    def as_html(request: Request, found: Any = Depends(build)) -> HTMLResponse:
        return html(request, template, found)


def html(request: Request, template: str, found: Any, status: int = 200) -> HTMLResponse:
    """A page of the desk; every word of `found` is escaped."""
    query = [(k, v) for k, v in request.query_params.multi_items() if k != "token" and v]
    path = request.url.path
    body = _environment().get_template(template).render(
        it=veiled(found), path=path, query=dict(query), here=path + (f"?{urlencode(query)}" if query else ""),
        as_json=("/index" if path == "/" else path) + ".json" + (f"?{urlencode(query)}" if query else ""),
        csrf_field=FIELD, csrf=signature(request), version=version("attache"), scripts=scripts(),
    )  # fmt: skip
    return HTMLResponse(body, status)


@cache
def scripts() -> tuple[str, ...]:
    """The scripts that are there: htmx comes with the wheel where Node was at hand when it was built."""
    third = ["/static/vendor/htmx.min.js"] if (VENDOR / "htmx.min.js").is_file() else []
    return (*third, "/static/desk.js")


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        finalize=_clean,
    )  # fmt: skip
    made.filters.update(
        day=wording.day, days=wording.days, share=wording.share, count=wording.count, initial=wording.initial, quoted=wording.quoted,
        moment=wording.moment, soundness=wording.soundness, country=wording.country, enc=lambda text: quote(str(text), safe=""),
    )  # fmt: skip
    made.globals.update(
        link=_link, kind_note=wording.kind_note, rule_note=wording.rule_note, outlines=outlines, land=land, graticule=graticule
    )
    return made


def _clean(value: object) -> object:
    """What any expression of a template prints: no control characters, nothing where nothing is known."""
    if value is None:
        return ""
    return value if hasattr(value, "__html__") or not isinstance(value, str) else printable(value)


def _link(path: str, query: dict[str, Any], **changes: Any) -> str:
    """A path with the query as it is, but for some changes; None and empty leave a part out."""
    merged = {k: v for k, v in {**query, **changes}.items() if v not in (None, "", 0)}
    return path + (f"?{urlencode(merged, doseq=True)}" if merged else "")
