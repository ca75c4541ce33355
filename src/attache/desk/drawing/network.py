"""A network: who had to do with whom, a line a pair with as much width as events, laid out by networkx."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil, sqrt

from attache.desk.lines import EventLine
from attache.record.digest import Party

WIDTH = 960.0
NODES = 40
EDGES = 120
_ACROSS, _DOWN = 160.0, 80.0  # the room of one actor with its name
_LETTER, _LINE = 7.8, 44.0  # a letter's width, and the height of a disc with its name


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
    places, height = _layout({code: people[code].name for code in linked}, [(a, b, pairs[a, b].total()) for a, b in kept])
    most = max((weights[code] for code in linked), default=1)
    nodes = tuple(_node(people[code], places[code], weights[code], most) for code in sorted(linked, key=lambda c: (-weights[c], c)))
    edges = tuple(_edge(people[a], people[b], places, pairs[a, b]) for a, b in kept)
    return Network(WIDTH, height, nodes, edges, len(weights) - len(linked))


def _pairs(line: EventLine) -> list[tuple[Party, Party]]:
    if line.target:
        return [(a, b) for a in line.source for b in line.target if a.code != b.code]
    return [(a, b) for a, b in combinations(line.source, 2) if a.code != b.code]


def _layout(names: Mapping[str, str], edges: Sequence[tuple[str, str, int]]) -> tuple[dict[str, tuple[float, float]], float]:
    """Places in the drawing and its height: each group that hangs together by itself, the groups in rows, the largest first."""
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(sorted(names))
    graph.add_weighted_edges_from((a, b, 1 + sqrt(n)) for a, b, n in edges)
    found: dict[str, tuple[float, float]] = {}
    top = 0.0
    for row in _rows(sorted(networkx.connected_components(graph), key=lambda g: (-len(g), min(g)))):
        left, spare = 0.0, min(1.4, WIDTH / sum(width for _, width, _ in row))
        for group, narrow, height in row:
            width = narrow * spare
            places = networkx.spring_layout(graph.subgraph(sorted(group)), seed=4, k=1.8 / sqrt(len(group)), iterations=60)
            points = {code: (float(x), float(y)) for code, (x, y) in places.items()}
            for code, (x, y) in _apart(_fitted(points, width, height), names, width, height).items():
                found[code] = (round(left + x, 1), round(top + y, 1))
            left += width
        top += max(height for _, _, height in row)
    return found, top


def _rows(groups: Iterable[set[str]]) -> list[list[tuple[set[str], float, float]]]:
    """The groups with the width and height each needs, in rows that the drawing is wide enough for."""
    rows: list[list[tuple[set[str], float, float]]] = [[]]
    for group in groups:
        side = ceil(sqrt(len(group)) * 1.25) if len(group) > 2 else len(group)
        need = (group, min(WIDTH, _ACROSS * side), _DOWN * side)
        if sum(width for _, width, _ in rows[-1]) + need[1] > WIDTH:
            rows.append([])
        rows[-1].append(need)
    return [row for row in rows if row]


def _fitted(points: Mapping[str, tuple[float, float]], width: float, height: float) -> dict[str, tuple[float, float]]:
    """The points stretched over a box, with room for names at its edges."""

    def stretched(value: float, values: list[float], room: float, edge: float) -> float:
        low, high = min(values), max(values)
        return room / 2 if high - low < 1e-9 else edge + (room - 2 * edge) * (value - low) / (high - low)

    xs, ys = [x for x, _ in points.values()], [y for _, y in points.values()]
    return {code: (stretched(x, xs, width, _ACROSS / 2), stretched(y, ys, height, _DOWN / 2)) for code, (x, y) in points.items()}


def _apart(
    points: Mapping[str, tuple[float, float]], names: Mapping[str, str], width: float, height: float
) -> dict[str, tuple[float, float]]:
    """The points moved so far that no name lies on another, as far as the box allows."""
    at = dict(points)
    for _ in range(60):
        moved = False
        for one, two in combinations(sorted(at), 2):
            (ax, ay), (bx, by) = at[one], at[two]
            near = (len(names[one]) + len(names[two])) * _LETTER / 2 + 8 - abs(ax - bx)
            over = _LINE - abs(ay - by)
            if near > 0 and over > 0:
                step = over / 2 + 1
                up, down = (one, two) if (ay, one) <= (by, two) else (two, one)
                at[up] = (at[up][0], max(_DOWN / 3, at[up][1] - step))
                at[down] = (at[down][0], min(height - _DOWN / 4, at[down][1] + step))
                moved = True
        if not moved:
            break
    half = {code: min(width / 2, len(name) * _LETTER / 2 + 4) for code, name in names.items()}
    return {code: (max(half[code], min(width - half[code], x)), y) for code, (x, y) in at.items()}


def _node(one: Party, at: tuple[float, float], events: int, most: int) -> Node:
    return Node(*at, round(6 + 14 * sqrt(events / most), 1), one.code, one.name, one.kind, events)


def _edge(one: Party, two: Party, places: dict[str, tuple[float, float]], kinds: Counter[str]) -> Edge:
    number = kinds.total()
    width = round(min(9.0, 1.2 + sqrt(number)), 1)
    return Edge(*places[one.code], *places[two.code], width, one.code, two.code, one.name, two.name, number, tuple(kinds.most_common(4)))
