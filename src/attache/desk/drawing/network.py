"""A network: who had to do with whom, a line a pair with as much width as events, laid out by networkx."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt

from attache.desk.lines import EventLine
from attache.record.digest import Party

WIDTH, HEIGHT = 960.0, 640.0
NODES = 40
EDGES = 120
_SIDE = 120.0  # room for the names at the edges
_ROUND = 60.0


@dataclass(frozen=True)
class Node:
    """An actor."""

    x: float
    y: float
    radius: float
    code: str
    name: str
    kind: str
    events: int


@dataclass(frozen=True)
class Edge:
    """Two actors that events name together; `kinds` of the events with their numbers."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    first: str
    second: str
    first_name: str
    second_name: str
    events: int
    kinds: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Network:
    """Nodes and edges in units of the drawing; `left_out` actors had fewer events than those shown."""

    width: float
    height: float
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int


def network(lines: Iterable[EventLine]) -> Network:
    """The network of some events: source with target, and sources among each other where an event has no target."""
    pairs: dict[tuple[str, str], Counter[str]] = {}
    people: dict[str, Party] = {}
    for line in lines:
        for one, two in _pairs(line):
            people[one.code], people[two.code] = one, two
            key = (one.code, two.code) if one.code < two.code else (two.code, one.code)
            pairs.setdefault(key, Counter())[line.event.kind] += 1
    weights: Counter[str] = Counter()
    for key, kinds in pairs.items():
        for code in key:
            weights[code] += kinds.total()
    shown = {code for code, _ in weights.most_common(NODES)}
    kept = sorted((key for key in pairs if set(key) <= shown), key=lambda key: (-pairs[key].total(), key))[:EDGES]
    linked = {code for key in kept for code in key}
    places = _layout(sorted(linked), [(a, b, pairs[a, b].total()) for a, b in kept])
    most = max((weights[code] for code in linked), default=1)
    nodes = tuple(_node(people[code], places[code], weights[code], most) for code in sorted(linked, key=lambda c: (-weights[c], c)))
    edges = tuple(_edge(people[a], people[b], places, pairs[a, b]) for a, b in kept)
    return Network(WIDTH, HEIGHT, nodes, edges, len(weights) - len(linked))


def _pairs(line: EventLine) -> list[tuple[Party, Party]]:
    if line.target:
        return [(a, b) for a in line.source for b in line.target if a.code != b.code]
    return [(a, b) for a, b in combinations(line.source, 2) if a.code != b.code]


def _layout(codes: Sequence[str], edges: Sequence[tuple[str, str, int]]) -> dict[str, tuple[float, float]]:
    """Places in the drawing; the same events always give the same."""
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(codes)
    graph.add_weighted_edges_from((a, b, 1 + sqrt(n)) for a, b, n in edges)
    if not codes:
        return {}
    found = networkx.spring_layout(graph, seed=4, k=2.2 / sqrt(len(codes)), iterations=80)
    xs, ys = [p[0] for p in found.values()], [p[1] for p in found.values()]

    def fitted(value: float, low: float, high: float, room: float, edge: float) -> float:
        return round(room / 2 if high - low < 1e-9 else edge + (room - 2 * edge) * (value - low) / (high - low), 1)

    return {
        code: (fitted(float(x), min(xs), max(xs), WIDTH, _SIDE), fitted(float(y), min(ys), max(ys), HEIGHT, _ROUND))
        for code, (x, y) in found.items()
    }


def _node(one: Party, at: tuple[float, float], events: int, most: int) -> Node:
    return Node(*at, round(6 + 14 * sqrt(events / most), 1), one.code, one.name, one.kind, events)


def _edge(one: Party, two: Party, places: dict[str, tuple[float, float]], kinds: Counter[str]) -> Edge:
    number = kinds.total()
    width = round(min(9.0, 1.2 + sqrt(number)), 1)
    return Edge(*places[one.code], *places[two.code], width, one.code, two.code, one.name, two.name, number, tuple(kinds.most_common(4)))
