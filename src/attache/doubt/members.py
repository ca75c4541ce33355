"""Countries said to have joined or left an organisation, or to belong to it, to which they never belonged.

The ground is the table of members. Only organisations whose table is whole are judged (``lexicon/members.toml``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from spacy.tokens import Doc, Token

from attache.dossier import Finding
from attache.doubt.clauses import Clause, anchors, clause_of, unreal
from attache.doubt.evidence import finding
from attache.doubt.existence import ended
from attache.doubt.facts import by_token, code_of, dated_sentences, iso_of, told_since
from attache.doubt.lexicon import FOLDER, table, words
from attache.doubt.meant import triggers
from attache.doubt.stated import Stated, days_of, in_words
from attache.errors import DataError
from attache.knowledge import Knowledge, Membership, builtin
from attache.reading import Linked, reading_of, tokens_of

OWNED = frozenset({"nmod:poss", "nmod", "compound", "amod"})
LAPSE = 400  # days by which a page may be ahead of an accession, or behind a departure


def check_members(doc: Doc) -> Iterator[Finding]:
    """Dated accessions and departures, and members called so."""
    named = [m for m in reading_of(doc).linked if m.kind in {"country", "organisation"}]
    if not doc.has_annotation("DEP") or not any(code_of(m) in _whole() or m.actor in _whole() for m in named):
        return
    linked, knowledge = by_token(named), builtin()
    for _, dates in dated_sentences(doc):
        for stated in dates:
            yield from _joined(doc, stated, linked, knowledge)
    yield from _called(doc, linked)


def _joined(doc: Doc, stated: Stated, linked: Mapping[int, Linked], knowledge: Knowledge) -> Iterator[Finding]:
    """``Norway joined the European Union in 1995``."""
    since = told_since(doc, stated)
    for anchor in anchors(doc, stated.start, stated.end):
        clause = clause_of(anchor)
        told = [word for act, word in triggers(clause, knowledge) if act.name in words("acts", "members") and not unreal(word)]
        if not told or unreal(anchor) or (stated.bound and not (since and told[0].lower_ in words("belonging"))):
            continue
        near = {anchor.i, told[0].i}
        bodies = [t for t in clause.tokens if _organisation(t, linked) and t.head.i in near]
        countries = list({t.i: t for t in _parties(clause, near) if _country(t, linked)}.values())
        if len(bodies) == 1 and len(countries) == 1 and not _together(anchor, bodies[0], stated):
            yield from _never(doc, countries[0], bodies[0], linked, stated.value)
        return


def _parties(clause: Clause, near: set[int]) -> Iterator[Token]:
    """The subject of a verb, whose accession it is, or whom a relative clause speaks of."""
    for token in (*clause.tokens, *clause.far):
        if token.i in near:
            continue
        if token in clause.far or (token.head.i in near and token.dep_ in {"nsubj", *OWNED}):
            yield token


def _together(anchor: Token, body: Token, stated: Stated) -> bool:
    """Whether the verb says another thing: ``joined the EU in condemning the attack``, ``left the EU out``."""
    following = body.doc[body.i + 1 : body.i + 2].text.lower()
    if following in words("particles", "members") or any(t.lower_ in words("particles", "members") for t in anchor.children):
        return True
    for child in (*anchor.children, *body.children):
        dates = any(stated.start <= t.idx < stated.end for t in child.subtree)
        marks = {t.lower_ for t in child.children if t.dep_ in {"case", "mark"}}
        if not dates and child is not body and child.dep_ in {"obl", "advcl", "acl", "nmod"} and marks & words("together", "members"):
            return True
    return body.head is not anchor and body.dep_ == "compound" and body.head.lower_ not in words("belonging")


def _called(doc: Doc, linked: Mapping[int, Linked]) -> Iterator[Finding]:
    """``NATO member Austria``; ``Austria, a member of NATO``; ``Austria is a member of NATO``."""
    for i, word in enumerate(tokens_of(doc).lower):
        if word not in {"member", "members"}:
            continue
        token = doc[i]
        body = next((t for t in token.children if t.dep_ in {"compound", "nmod"} and _organisation(t, linked)), None)
        partly = any(t.lower_ in words("partly", "members") for t in token.children) or unreal(token)
        if body is None or partly or doc[max(0, token.i - 1)].text == "-":
            continue
        for country in _countries_called(token, linked):
            yield from _never(doc, country, body, linked, None)


def _countries_called(member: Token, linked: Mapping[int, Linked]) -> Iterator[Token]:
    named = member
    if named.lower_ == "member" and named.dep_ in {"compound", "nmod:desc"} and named.head.lower_ in words("nouns", "members"):
        named = named.head
    present = any(t.dep_ == "cop" and t.lower_ in {"is", "'s", "are"} for t in named.children)
    if named.dep_ in {"appos", "nmod:desc", "compound"} and _country(named.head, linked):
        yield named.head
    for child in named.children:
        if _country(child, linked) and (child.dep_ in {"appos", "flat", "nmod:desc"} or (child.dep_ == "nsubj" and present)):
            yield child


def _never(doc: Doc, country: Token, body: Token, linked: Mapping[int, Linked], day: str | None) -> Iterator[Finding]:
    organisation, iso = _code(body, linked), iso_of(linked[country.i].actor)
    rows = [row for row in builtin().bonds.memberships if row.organisation == organisation]
    known = max(row.as_of for row in rows)
    published = reading_of(doc).date.published
    if (day or published or known)[:4] > known[:4] or iso in table("members")["aside"].get(organisation, ()):
        return
    if ended(doc[linked[country.i].start : linked[country.i].end].text):
        return  # what Yugoslavia joined, its heirs may have left
    own = [row for row in rows if row.member == iso]
    name, called = builtin().countries[iso].name, builtin().organisations[linked[body.i].actor].name
    first, last = sorted((country, body), key=lambda t: t.i)
    start, end = doc[linked[first.i].start].idx, linked[last.i].end - 1
    place = (start, doc[end].idx + len(doc[end]))
    if not own:
        yield finding(
            doc, "contradiction", *place, f"{name} has never been a member of {_the(called)}.", severity="error", confidence=0.85,
            rule="member-never", grounds=[f"table of members, whole as of {known}: {name} is not in that of {_the(called)}"],
        )  # fmt: skip
    elif day is None and published and _lapsed(own, published):
        told = "; ".join(f"from {in_words(row.start)}" + (f" to {in_words(row.end)}" if row.end else " on") for row in own)
        yield finding(
            doc, "anachronism", *place, f"{name} was not a member of {_the(called)} then.", severity="warning", confidence=0.75,
            rule="member-then", grounds=[f"{name} was a member {told} ({own[0].source})"],
        )  # fmt: skip


def _lapsed(own: list[Membership], published: str) -> bool:
    """Whether a page's day lies well outside all the days of membership."""
    day = days_of(published[:10])
    first = day.first if day else None
    if first is None:
        return False
    early = [row.days.first is not None and (row.days.first - first).days > LAPSE for row in own]
    late = [row.days.last is not None and (first - row.days.last).days > LAPSE for row in own]
    return all(one or other for one, other in zip(early, late, strict=True))


def _organisation(token: Token, linked: Mapping[int, Linked]) -> bool:
    return _code(token, linked) in _whole()


def _code(token: Token, linked: Mapping[int, Linked]) -> str:
    """Code or id of the organisation by whose name's head it hangs on its clause."""
    mention = linked.get(token.i)
    if mention is None or mention.kind != "organisation" or token.i != token.doc[mention.start : mention.end].root.i:
        return ""
    return code_of(mention) or mention.actor


def _country(token: Token, linked: Mapping[int, Linked]) -> bool:
    mention = linked.get(token.i)
    return mention is not None and mention.kind == "country" and bool(iso_of(mention.actor))


def _the(name: str) -> str:
    return f"the {name}" if " " in name else name


@cache
def _whole() -> frozenset[str]:
    """The organisations of the list, each known by the table of members."""
    known = {row.organisation for row in builtin().bonds.memberships}
    if unknown := words("whole", "members") - known:
        raise DataError(f"{FOLDER / 'members.toml'}: no members are known of {', '.join(sorted(unknown))}")
    return words("whole", "members")
