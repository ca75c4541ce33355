"""The list of what the REST API answers, made from its own OpenAPI description, without anybody's scripts."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request

from attache.desk.rendering import page

router = APIRouter()


@dataclass(frozen=True)
class Parameter:
    """One parameter of an address."""

    name: str
    where: str
    note: str


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked or done."""

    method: str
    path: str
    summary: str
    group: str
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True)
class Api:
    """Everything that the API offers; ``/openapi.json`` says it for programs."""

    operations: tuple[Operation, ...]


def api(request: Request) -> Api:
    """What programs may ask of the desk."""
    described = request.app.openapi()
    found = []
    for path, methods in described["paths"].items():
        for method, about in methods.items():
            parameters = tuple(Parameter(p["name"], p["in"], p.get("description", "")) for p in about.get("parameters", ()))
            note = about.get("description") or about.get("summary", "")
            found.append(Operation(method.upper(), path, note.split("\n")[0], (about.get("tags") or ["other"])[0], parameters))
    return Api(tuple(sorted(found, key=lambda one: (one.group, one.path, one.method))))


page(router, "/api", "api.html", api, tag="about")
