"""The outlines of the countries, from the TopoJSON of world-atlas (Natural Earth) that comes with the wheel."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

ATLAS = Path(__file__).parent.parent / "static" / "vendor" / "countries-110m.json"
WIDTH, HEIGHT = 960.0, 468.0
_A = (1.340264, -0.081106, 0.000893, 0.003796)
_X, _Y = 2.70663, 1.31738  # the largest x and y of the projection
_ROOT = sqrt(3) / 2


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Degrees to the drawing, by the Equal Earth projection (Šavrič, Patterson, Jenny 2018): areas are true."""
    t = asin(_ROOT * sin(radians(max(-90.0, min(90.0, latitude)))))
    s = t**6
    x = radians(longitude) * cos(t) / (_ROOT * (_A[0] + 3 * _A[1] * t * t + s * (7 * _A[2] + 9 * _A[3] * t * t)))
    y = t * (_A[0] + _A[1] * t * t + s * (_A[2] + _A[3] * t * t))
    return WIDTH / 2 * (1 + x / _X), HEIGHT / 2 * (1 - y / _Y)


@cache
def _atlas() -> dict[str, Any]:
    """The file, or nothing where the wheel was built without it."""
    try:
        found: dict[str, Any] = json.loads(ATLAS.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found


@cache
def outlines() -> str:
    """All borders and coasts as one SVG path; empty where the atlas is not there."""
    return "".join(_path([project(*point) for point in piece]) for arc in _arcs(_atlas()) for piece in _pieces(arc))


@cache
def land() -> str:
    """The land as one SVG path to be filled; empty where the atlas is not there."""
    atlas = _atlas()
    arcs = list(_arcs(atlas))
    out = []
    for shape in atlas["objects"]["land"]["geometries"] if atlas else ():
        for ring in (ring for polygon in shape["arcs"] for ring in polygon):
            points = [point for n in ring for point in (arcs[n] if n >= 0 else reversed(arcs[~n]))]
            out += [_path([project(*point) for point in whole]) + "z" for whole in _unbroken(points)]
    return "".join(out)


@cache
def graticule() -> str:
    """Meridians and parallels every thirty degrees as one SVG path, with the edge of the map."""
    lines = [[project(lon, lat) for lat in range(-90, 91, 6)] for lon in range(-180, 181, 30)]
    lines += [[project(lon, lat) for lon in range(-180, 181, 12)] for lat in range(-60, 61, 30)]
    return "".join(_path(line) for line in lines)


def _arcs(atlas: dict[str, Any]) -> Iterator[list[tuple[float, float]]]:
    """The lines of the atlas in degrees."""
    if not atlas:
        return
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        yield points


def _unbroken(ring: Sequence[tuple[float, float]]) -> Iterator[list[tuple[float, float]]]:
    """A ring that crosses the edge of the world, led on beyond it; once at either edge, so that the frame cuts each in two."""
    line: list[tuple[float, float]] = []
    for lon, lat in ring:
        before = line[-1][0] if line else lon
        line.append((lon + 360 * round((before - lon) / 360), lat))
    yield line
    for turn in (-360, 360):
        if any(abs(lon) > 180.1 for lon, _ in line) and any(abs(lon + turn) < 180 for lon, _ in line):
            yield [(lon + turn, lat) for lon, lat in line]


def _pieces(points: Sequence[tuple[float, float]]) -> Iterator[list[tuple[float, float]]]:
    """An arc without its stretches along the edges of the world, which are no coast."""
    line: list[tuple[float, float]] = []
    for at, (lon, lat) in enumerate(points):
        before = points[at - 1] if at else (lon, lat)
        along_edge = (abs(lon) > 179.9 and abs(before[0]) > 179.9 and at > 0) or (lat < -89.9 and before[1] < -89.9 and at > 0)
        if along_edge or abs(lon - before[0]) > 180:
            if len(line) > 1:
                yield line
            line = []
        line.append((lon, lat))
    if len(line) > 1:
        yield line


def _path(points: Sequence[tuple[float, float]]) -> str:
    """Points as a path of relative steps in tenths, which is short."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in points]
    out = [f"M{tenths[0][0] / 10:g} {tenths[0][1] / 10:g}"]
    for (ax, ay), (bx, by) in zip(tenths, tenths[1:], strict=False):
        if (ax, ay) != (bx, by):
            out.append(f"l{(bx - ax) / 10:g} {(by - ay) / 10:g}")
    return "".join(out)
