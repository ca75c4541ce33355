"""The HTML view: one self-contained file without scripts; all words of the page are escaped.

Margin and text point at each other. An event's link targets its words in the text, and one CSS rule an event (``:has(:target)``)
makes all of them glow. Ids are made of counters only, never of anything that a page says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from pathlib import Path

from attache.dossier import Actor, Dossier, Event, Finding
from attache.show.marks import Piece, pieces
from attache.show.safe import printable
from attache.show.words import SEVERITIES, date_grounds, date_line, event_evidence, name_of, names, quoted, reliability_words, when_words

CONTENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def document(dossiers: Sequence[Dossier], crumb: str = "") -> str:
    """A whole HTML file of one or more pages; ``crumb`` is trusted HTML set before them."""
    title = dossiers[0].title if len(dossiers) == 1 and dossiers[0].title else f"{len(dossiers)} page(s) read by attache"
    glow = "\n".join(_glow(n, e) for n, d in enumerate(dossiers, 1) for e in range(len(d.events)))
    body = "\n".join(_page(f"p{n}", dossier) for n, dossier in enumerate(dossiers, 1))
    return frame(title, f'{crumb}<main id="main">{body}</main>', glow)


def frame(title: str, body: str, extra_css: str = "") -> str:
    """The outer HTML with the house's style; ``body`` is trusted HTML."""
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{CONTENT_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{_safe(title)} · attache</title>
<style>
{_css()}{extra_css}
</style>
</head>
<body>
<a class="skip" href="#main">To the page</a>
{body}
<footer>Read by attache. Marks are a machine's reading: check them against the source.</footer>
</body>
</html>
"""


@cache
def _css() -> str:
    return (Path(__file__).parent / "style.css").read_text("utf-8")


def _safe(text: str) -> str:
    return escape(printable(text), quote=True)


def _soft(text: str) -> str:
    return f'<span class="soft">{_safe(text)}</span>'


def _glow(page: int, event: int) -> str:
    style = "box-shadow: 0 0 0 2px var(--glow); background-color: var(--glow);"
    return f"article:has(#p{page}-at-e{event}:target) mark.p{page}-e{event} {{ {style} }}"


def _page(key: str, dossier: Dossier) -> str:
    title = _safe(dossier.title or "(no title)")
    return f"""<article class="page" aria-labelledby="{key}-title">
<header><h1 id="{key}-title">{title}</h1>{_facts(dossier)}</header>
<div class="columns">
<section aria-label="The text, annotated"><div class="text">{_text(key, dossier)}</div>{_legend(dossier)}{_residue(dossier)}</section>
<aside aria-label="What attache read">
{_doubt(key, dossier)}{_what(key, dossier)}{_who(key, dossier)}{_when(dossier)}
</aside>
</div>
</article>"""


def _facts(dossier: Dossier) -> str:
    share = dossier.reliability
    meter = f'<meter min="0" max="1" low="0.5" high="0.8" optimum="1" value="{share:.3f}">{share:.0%}</meter>'
    grounds = "".join(f"<br>{_soft(reason)}" for reason in date_grounds(dossier))
    language = "" if dossier.language == "en" else "<dt>Language</dt><dd>not English: read with low confidence</dd>"
    return (
        f'<dl class="facts"><dt>Source</dt><dd>{_safe(dossier.source.uri)}</dd>'
        f"<dt>Date</dt><dd>{_safe(date_line(dossier))}{grounds}</dd>"
        f"<dt>Reliability</dt><dd>{meter} {share:.0%}, {reliability_words(share)}</dd>{language}</dl>"
    )


def _text(key: str, dossier: Dossier) -> str:
    seen_events: set[int] = set()
    seen_actors: set[int] = set()
    out = []
    for piece in pieces(dossier):
        anchors = _anchors(key, piece, seen_events, seen_actors)
        out.append(anchors + _marked(key, dossier, piece) + _after(key, dossier, piece))
    return "".join(out)


def _anchors(key: str, piece: Piece, seen_events: set[int], seen_actors: set[int]) -> str:
    """Empty targets for the margin's links: an event's first trigger, an actor's first mention."""
    out = [f'<mark id="{key}-at-e{e}"></mark>' for e in piece.opening if e not in seen_events]
    seen_events.update(piece.opening)
    if piece.actor is not None and piece.actor not in seen_actors:
        out.append(f'<mark id="{key}-at-a{piece.actor}"></mark>')
        seen_actors.add(piece.actor)
    return "".join(out)


def _marked(key: str, dossier: Dossier, piece: Piece) -> str:
    classes = [f"{key}-e{e}" for e in piece.events]
    if piece.actor is not None:
        classes.append(dossier.actors[piece.actor].kind)
    elif piece.agreement is not None:
        classes.append("agreement")
    classes += ["trigger"] if piece.trigger else []
    classes += ["time"] if piece.time else []
    severities = {dossier.findings[f].severity for f in piece.findings}
    classes += ["doubt", next(s for s in SEVERITIES if s in severities)] if severities else []
    words = _safe(piece.text)
    words = f"<del>{words}</del>" if piece.struck else words
    if not classes:
        return words
    title = _safe(dossier.actors[piece.actor].name) if piece.actor is not None else ""
    return f'<mark class="{" ".join(classes)}"{f" title={chr(34)}{title}{chr(34)}" if title else ""}>{words}</mark>'


def _after(key: str, dossier: Dossier, piece: Piece) -> str:
    right = f" <ins>→ {_safe(piece.repaired)}</ins>" if piece.repaired else ""
    notes = "".join(
        f'<sup id="{key}-at-f{f}"><a href="#{key}-f{f}" aria-label="doubt {f + 1}: {dossier.findings[f].kind}">{f + 1}</a></sup>'
        for f in piece.closing
    )
    return right + notes


def _legend(dossier: Dossier) -> str:
    kinds = dict.fromkeys(a.kind for a in dossier.actors)
    shown = "".join(f'<mark class="{kind}">{kind}</mark>' for kind in [*kinds, *(["agreement"] if dossier.agreements else [])])
    return f'<p class="key">{shown}<mark class="doubt">doubtful</mark></p>'


def _residue(dossier: Dossier) -> str:
    if not dossier.residue:
        return ""
    items = "".join(f"<li>{_safe(r.text)} {_soft(r.kind)}</li>" for r in dossier.residue)
    return f"<details><summary>{len(dossier.residue)} pieces of residue taken off the page</summary><ul>{items}</ul></details>"


def _what(key: str, dossier: Dossier) -> str:
    if not dossier.events:
        return ""
    return f"<h2>What</h2><ol>{''.join(_event(key, dossier, n, e) for n, e in enumerate(dossier.events))}</ol>"


def _event(key: str, dossier: Dossier, number: int, event: Event) -> str:
    parties = _safe(names(dossier, event.source) or "–") + (f" → {_safe(names(dossier, event.target))}" if event.target else "")
    more = [names(dossier, event.about), when_words(event), event.place.name if event.place else ""]
    told = event.reported_by is not None and event.reported_by not in event.source
    more += [f"reported by {name_of(dossier, event.reported_by or '')}"] if told else []
    facts = " · ".join(part for part in more if part)
    return (
        f'<li id="{key}-e{number}"><a class="what" href="#{key}-at-e{number}">{event.kind}</a> {_soft(event.status)} {parties}'
        f"{f'<br>{_soft(facts)}' if facts else ''}<blockquote>{_safe(event_evidence(dossier, event))}</blockquote></li>"
    )


def _who(key: str, dossier: Dossier) -> str:
    if not dossier.actors:
        return ""
    return f"<h2>Who</h2><ul>{''.join(_actor(key, n, a) for n, a in enumerate(dossier.actors))}</ul>"


def _actor(key: str, number: int, actor: Actor) -> str:
    name = f'<a class="what" href="#{key}-at-a{number}">{_safe(actor.name)}</a>'
    affiliation = actor.affiliation if actor.affiliation and actor.affiliation not in (actor.office or "") else None
    office = ", ".join(_safe(part) for part in (actor.office, affiliation) if part)
    repaired = ", ".join(f"<del>{_safe(text)}</del>" for text in dict.fromkeys(m.text for m in actor.mentions if m.repaired))
    parts = [office, f"written as {repaired}" if repaired else ""]
    detail = " · ".join(part for part in parts if part)
    count = f"{actor.kind}, {len(actor.mentions)}×"
    return f'<li id="{key}-a{number}">{name} {_soft(count)}{f"<br>{detail}" if detail else ""}</li>'


def _doubt(key: str, dossier: Dossier) -> str:
    if not dossier.findings:
        return ""
    order = sorted(enumerate(dossier.findings), key=lambda pair: SEVERITIES.index(pair[1].severity))
    return f"<h2>What to doubt</h2><ol>{''.join(_finding(key, n, f) for n, f in order)}</ol>"


def _finding(key: str, number: int, finding: Finding) -> str:
    words = _safe(quoted(finding.text)) if finding.text else "the whole page"
    reading = f" <ins>→ {_safe(finding.reading)}</ins>" if finding.reading else ""
    back = f' <a href="#{key}-at-f{number}">in the text</a>' if finding.span else ""
    grounds = "".join(f"<li>{_safe(g)}</li>" for g in finding.grounds)
    return (
        f'<li id="{key}-f{number}" class="{finding.severity}"><details{" open" if finding.severity == "error" else ""}>'
        f'<summary class="{finding.severity}">{number + 1}. {finding.kind}: {words}{reading}</summary>'
        f"<p>{_safe(finding.message)}{back}</p>{f'<ul>{grounds}</ul>' if grounds else ''}</details></li>"
    )


def _when(dossier: Dossier) -> str:
    return f"<h2>When</h2><ul>{''.join(_times(dossier))}</ul>" if dossier.times else ""


def _times(dossier: Dossier) -> Iterator[str]:
    for time in dossier.times:
        days = "" if time.start is None else time.start if time.start == time.end else f"{time.start} … {time.end or ''}"
        shown = f"{time.value} {days}"
        yield f"<li>{_safe(time.text)} {_soft(shown)}</li>"
