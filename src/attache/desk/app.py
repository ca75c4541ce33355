"""Puts the desk together: its pages, its guard, and how it says that something is wrong."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.metadata import version

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.middleware.gzip import GZipMiddleware

from attache.desk import rendering
from attache.desk.forms import checked
from attache.desk.guard import Guard
from attache.desk.pages import actor, adding, api, doubts, event, events, reading, searching, story, taking, today
from attache.desk.settings import Settings
from attache.desk.state import Desk
from attache.desk.veil import plain
from attache.errors import AttacheError, RecordError, UsageError
from attache.record import Record

MODULES = (today, reading, story, events, event, taking, actor, doubts, searching, adding, api)
_DESCRIPTION = "Every page of the desk is also JSON: the same address with `.json`. Writing requests are sent as application/json."


def make_app(record: Record, settings: Settings | None = None) -> FastAPI:
    """The desk over an open record, as an ASGI application; the record stays the caller's to close."""
    desk = Desk(record, settings or Settings())

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        # Imported beside the first requests, not by the first network that is drawn.
        threading.Thread(target=import_module, args=("networkx",), daemon=True).start()
        yield
        desk.jobs.close()

    app = FastAPI(
        title="attache desk", version=version("attache"), description=_DESCRIPTION, docs_url=None, redoc_url=None, lifespan=lifespan,
        dependencies=[Depends(checked)],
    )  # fmt: skip
    app.state.desk = desk
    for module in MODULES:
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=rendering.HERE / "static"), name="static")
    app.add_exception_handler(AttacheError, _attache_error)
    app.add_exception_handler(StarletteHTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _broken)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(Guard, settings=desk.settings)
    return app


def _answer(request: Request, status: int, message: str) -> Response:
    """A problem as a page, or as JSON where JSON was asked for."""
    if request.url.path.endswith(".json") or request.url.path.startswith("/static/"):
        return JSONResponse({"status": status, "message": message}, status)
    return rendering.html(request, "problem.html", {"status": status, "message": message}, status)


def _attache_error(request: Request, error: Exception) -> Response:
    place = request.app.state.desk.record.place
    message = plain(str(error).replace(place, "the record"))
    return _answer(request, 400 if isinstance(error, UsageError) else 503 if isinstance(error, RecordError) else 422, message)


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, StarletteHTTPException | HTTPException)
    detail = str(error.detail)
    return _answer(request, error.status_code, "There is nothing at this address." if detail == "Not Found" else detail)


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    wrong = [f"{'.'.join(map(str, one['loc'][1:])) or 'request'}: {one['msg']}" for one in error.errors()]
    return _answer(request, 422, "; ".join(wrong)[:500])


def _broken(request: Request, error: Exception) -> Response:
    """What nobody foresaw is not told to the browser; the log of the desk has it."""
    return _answer(request, 500, "Something went wrong inside the desk; the terminal it runs in says what.")
