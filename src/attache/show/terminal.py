"""The terminal view: the page with its marks, then who, what, when, and what to doubt."""

from __future__ import annotations

from collections import Counter

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.constrain import Constrain
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from attache.dossier import Actor, Dossier, Event, Finding
from attache.show.marks import Piece, pieces
from attache.show.safe import printable
from attache.show.words import SEVERITIES, date_grounds, date_line, event_evidence, name_of, names, quoted, reliability_words, when_words

_ACTOR_STYLES = {"person": "bold cyan", "country": "green", "organisation": "magenta", "group": "yellow", "body": "blue"}
_SEVERITY_STYLES = {"error": "bold red", "warning": "yellow", "note": "dim"}
_STATUS_STYLES = {
    "happened": "green", "ongoing": "green", "planned": "cyan", "conditional": "yellow", "proposed": "yellow", "denied": "red",
}  # fmt: skip
_BAR = 20
_MEASURE = 96  # longer lines are hard to read


def show(console: Console, dossier: Dossier) -> None:
    """Print one dossier."""
    narrow = console.width < 80
    text = Constrain(Padding(_text(dossier), (1, 2)), _MEASURE)
    parts: list[RenderableType] = [_header(dossier), text, _legend(dossier)]
    parts += [_section("WHO", _who(dossier, narrow))] if dossier.actors else []
    parts += [_section("WHAT", _what(dossier, narrow))] if dossier.events else []
    parts += [_section("WHEN", _when(dossier))] if dossier.times else []
    parts += [_section("WHAT TO DOUBT", _doubt(dossier))] if dossier.findings else []
    console.print(Group(*parts))
    console.print(_footer(dossier))


def _safe(text: str, style: str = "") -> Text:
    return Text(printable(text), style=style)


def _header(dossier: Dossier) -> RenderableType:
    filled = min(_BAR, max(0, round(dossier.reliability * _BAR)))
    colour = "green" if dossier.reliability >= 0.8 else "yellow" if dossier.reliability >= 0.5 else "red"
    bar = Text("━" * filled, style=colour) + Text("╌" * (_BAR - filled), style="dim")
    share = Text(f" {dossier.reliability:.0%} {reliability_words(dossier.reliability)}", style=colour)
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim")
    grid.add_column(overflow="fold")
    grid.add_row("source", _safe(dossier.source.uri))
    grid.add_row("date", _safe(date_line(dossier)))
    for reason in date_grounds(dossier):
        grid.add_row("", _safe(f"· {reason}", "dim"))
    grid.add_row("reliability", bar + share)
    if dossier.language != "en":
        grid.add_row("language", Text("not English: read with low confidence", style="yellow"))
    return Group("", _safe(dossier.title or "(no title)", "bold underline"), "", grid)


def _text(dossier: Dossier) -> Text:
    """The clean text; a repaired name is struck through and followed by the right one."""
    out = Text()
    for piece in pieces(dossier):
        out.append(printable(piece.text), style=_style(dossier, piece))
        if piece.repaired:
            out.append(f" → {printable(piece.repaired)}", style="bold green")
        for number in piece.closing:
            out.append(f"[{number + 1}]", style=_SEVERITY_STYLES[dossier.findings[number].severity])
    return out


def _style(dossier: Dossier, piece: Piece) -> str:
    styles = []
    if piece.actor is not None:
        styles.append(_ACTOR_STYLES[dossier.actors[piece.actor].kind])
    elif piece.agreement is not None:
        styles.append("bold blue")
    elif piece.trigger:
        styles.append("bold")
    elif piece.time:
        styles.append("italic")
    if piece.struck:
        styles.append("strike red")
    if piece.findings:
        styles.append("underline")
    return " ".join(styles)


def _legend(dossier: Dossier) -> RenderableType:
    kinds = [k for k in _ACTOR_STYLES if any(a.kind == k for a in dossier.actors)]
    out = Text("  ")
    for kind in kinds:
        out.append(kind, style=_ACTOR_STYLES[kind])
        out.append(" · ", style="dim")
    if dossier.findings:
        out.append("doubtful", style="underline")
        out.append("[n]", style="red")
        out.append(" see below", style="dim")
    return Group(out, "")


def _section(title: str, body: RenderableType) -> RenderableType:
    return Group(Text(f"{title} ", style="bold reverse"), body, "")


def _table(*columns: str) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="dim")
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=False)
    return table


def _who(dossier: Dossier, narrow: bool) -> Table:
    table = _table("name", "office", "×") if narrow else _table("name", "office", "of", "×", "written as")
    for actor in sorted(dossier.actors, key=lambda a: (list(_ACTOR_STYLES).index(a.kind), -len(a.mentions))):
        name, count = _safe(actor.name, _ACTOR_STYLES[actor.kind]), str(len(actor.mentions))
        if narrow:
            table.add_row(name, _safe(actor.office or ""), count)
        else:
            table.add_row(name, _safe(actor.office or ""), _safe(actor.affiliation or actor.country or ""), count, _written(actor))
    return table


def _written(actor: Actor) -> Text:
    """The corrupted wordings, or other names than the right one."""
    repaired = dict.fromkeys(m.text for m in actor.mentions if m.repaired)
    if repaired:
        return _safe(", ".join(repaired), "red")
    others = dict.fromkeys(m.text for m in actor.mentions if m.text != actor.name)
    return _safe(", ".join(list(others)[:4]), "dim")


def _what(dossier: Dossier, narrow: bool) -> Table:
    table = _table("status", "what", "who → whom") if narrow else _table("status", "what", "who → whom", "about", "when", "where", "words")
    table.columns[-1].ratio = 1
    for event in dossier.events:
        status, kind = Text(event.status, style=_STATUS_STYLES[event.status]), Text(event.kind, style="bold")
        if narrow:
            table.add_row(status, kind, _parties(dossier, event))
            continue
        place = event.place.name if event.place else ""
        words = _safe(event_evidence(dossier, event), "dim")
        table.add_row(status, kind, _parties(dossier, event), _safe(names(dossier, event.about)), when_words(event), _safe(place), words)
    return table


def _parties(dossier: Dossier, event: Event) -> Text:
    out = _safe(names(dossier, event.source) or "–")
    if event.target:
        out.append(" → ", style="dim")
        out.append(printable(names(dossier, event.target)))
    if event.reported_by and event.reported_by not in event.source:
        out.append(f" (says {printable(name_of(dossier, event.reported_by))})", style="dim")
    return out


def _when(dossier: Dossier) -> Table:
    table = _table("words", "value", "days")
    for time in dossier.times:
        days = "" if time.start is None else time.start if time.start == time.end else f"{time.start} … {time.end or ''}"
        table.add_row(_safe(time.text), time.value, days)
    return table


def _doubt(dossier: Dossier) -> Group:
    order = sorted(enumerate(dossier.findings, 1), key=lambda pair: SEVERITIES.index(pair[1].severity))
    return Group("", *(_finding(number, finding) for number, finding in order))


def _finding(number: int, finding: Finding) -> RenderableType:
    style = _SEVERITY_STYLES[finding.severity]
    head = Text(f"[{number}] ", style=style) + Text(f"{finding.severity} · {finding.kind}  ", style=style)
    if finding.text:
        head.append(quoted(printable(finding.text)))
    if finding.reading:
        head.append(f" → {printable(finding.reading)}", style="bold green")
    lines: list[RenderableType] = [head, Padding(_safe(finding.message), (0, 0, 0, 4))]
    lines += [Padding(_safe(f"· {ground}", "dim"), (0, 0, 0, 4)) for ground in finding.grounds]
    return Group(*lines)


def _footer(dossier: Dossier) -> Text:
    kinds = Counter(r.kind for r in dossier.residue)
    if not kinds:
        return Text("No residue was taken off the page.\n", style="dim")
    listed = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
    return Text(f"{kinds.total()} piece{'s' if kinds.total() > 1 else ''} of residue taken off the page ({listed}).\n", style="dim")
