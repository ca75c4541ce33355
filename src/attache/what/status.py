"""Whether an event happened, is going on, is planned, proposed, conditional or denied, from tense and the words around it."""

from __future__ import annotations

from spacy.tokens import Token

from attache.dossier import Status
from attache.what.grammar import child, governor, is_infinitive, is_verb, label, mandated
from attache.what.lexicon import words


def status_of(trigger: Token) -> Status:
    """The status of the event that a verb or noun names."""
    return _of_verb(trigger) if is_verb(trigger) else _of_noun(trigger)


def wills(trigger: Token) -> bool:
    """Whether the words speak of what is to come: "will", "would", "plans to"; of a refusal, "will not"."""
    forms = {a.lower_ for a in _auxiliaries(trigger)}
    above = trigger.head
    controlled = label(trigger) in {"xcomp", "ccomp"} and is_verb(above) and above.lemma_.lower() in words("planning") | words("denying")
    return bool(forms & words("future")) or controlled


def is_purpose(trigger: Token) -> bool:
    """Whether it is only what something was done or meant for ("to end the fighting"), not what was planned or done."""
    infinitive = is_infinitive(trigger)
    head = trigger.head
    meant = words("planning") | words("proposing") | words("denying")
    if head.lemma_.lower() in words("achieving"):
        return False
    return infinitive and label(trigger) in {"advcl", "acl"} and not {head.lemma_.lower(), head.lower_} & meant


def _auxiliaries(verb: Token) -> list[Token]:
    return [c for c in verb.children if label(c) in {"aux", "aux:pass", "cop"}]


def _negated(token: Token) -> bool:
    return any(c.lower_ in words("negations") for c in token.children if label(c) in {"advmod", "det", "cc", "case", "mark"})


def _conditional(verb: Token) -> bool:
    return any(c.lower_ in words("conditions") for c in verb.children if label(c) in {"mark", "advmod"})


def _of_verb(verb: Token) -> Status:
    forms = {a.lower_ for a in _auxiliaries(verb)}
    if _negated(verb) or _rejected(verb):
        return "denied"
    if _conditional(verb) or forms & words("possible"):
        return "conditional"
    if forms & words("obliged") or _mandated(verb):
        return "proposed"
    if forms & words("future"):
        return "planned"
    if verb.tag_ == "VBG" and any(a.lemma_ == "be" for a in _auxiliaries(verb)):
        return _progressive(verb)
    return _governed(verb) or "happened"


def _mandated(verb: Token) -> bool:
    """ "Demanded that Iran release them", "that they be freed": asked for, in a bare form that no tense tells from a deed."""
    above = verb.head
    return label(verb) == "ccomp" and above.lemma_.lower() in words("mandating") and mandated(above) == verb


def _rejected(verb: Token) -> bool:
    """ "Denied that Russia had attacked", "denied it had", "rejected accusations that it had": told only to be denied."""
    above = verb.head
    told = label(verb) == "ccomp" or any(c.lower_ == "that" for c in verb.children)
    if label(verb) not in {"ccomp", "acl"} or not told:
        return False
    if above.lemma_.lower() in words("claims") and above.head != above:
        above = above.head
    return is_verb(above) and above.lemma_.lower() in words("disputing") and not _negated(above)


def _progressive(verb: Token) -> Status:
    """ "is going to" and "is meeting her on Friday" are near futures; the first only can be told without a calendar."""
    return "ongoing"


def _governed(verb: Token) -> Status | None:
    """Status given by what the verb depends on: "plans to", "refused to", "called for", "due to"."""
    if _hindered(verb):
        return "denied"
    infinitive = is_infinitive(verb)
    relation = label(verb)
    if infinitive and relation in {"acl", "xcomp"} and any(t.lower_ in words("ranks") for t in (verb.head, *verb.head.children)):
        return _of_the_ranked(verb.head)
    said = _by_words(verb)
    if said is not None:
        return said
    if relation == "conj" and not _auxiliaries(verb) and is_verb(verb.head) and verb.tag_ in {"VB", "VBG"}:
        return _of_verb(verb.head)
    if relation not in {"xcomp", "ccomp", "obj", "csubj"} and not infinitive:
        return None
    if infinitive and relation == "advcl" and verb.head.pos_ != "ADJ" and not _by_head(verb.head):
        return None
    if infinitive and verb.head == verb:
        return "planned"
    if not infinitive and verb.tag_ not in {"VBG", "VB"}:
        return None
    if relation == "xcomp" and verb.head.lemma_.lower() in words("aspect"):
        above = _of_verb(verb.head)
        return "ongoing" if above == "happened" else above
    if infinitive and relation == "xcomp" and verb.head.lemma_.lower() == "have" and verb.i - verb.head.i < 4:
        return "proposed"  # "has to leave"
    if infinitive and relation == "xcomp" and verb.head.lemma_.lower() in words("bidding"):
        return "proposed"
    return _by_head(verb.head) or ("planned" if infinitive and relation in {"acl", "ccomp"} else None)


def _of_the_ranked(noun: Token) -> Status:
    """ "Was the first to sign it": who is first to do a thing has done it, unless it is still to be."""
    if child(noun, "cop") is None and noun.head != noun and is_verb(noun.head):
        return _of_verb(noun.head)
    return "planned" if {a.lower_ for a in _auxiliaries(noun)} & words("future") else "happened"


def _hindered(verb: Token) -> bool:
    """ "Prevented them from attacking": what somebody was kept from did not happen."""
    held_off = verb.tag_ == "VBG" and any(c.lower_ == "from" and label(c) in {"mark", "case"} for c in verb.children)
    return held_off and verb.head.lemma_.lower() in words("hindering") and not _negated(verb.head)


def _by_words(verb: Token) -> Status | None:
    """ "is due to visit": the word right before the infinitive, whatever the parse makes of it."""
    if verb.i < verb.sent.start + 2 or verb.tag_ != "VB" or verb.nbor(-1).lower_ != "to":
        return None
    before = verb.nbor(-2)
    return _by_head(before) if before.pos_ == "ADJ" else None


def _by_head(head: Token) -> Status | None:
    lemma = head.lemma_.lower()
    if lemma in words("denying"):
        return "denied"
    if lemma in words("proposing"):
        return "proposed"
    if lemma in words("planning") or head.lower_ in words("planning"):
        return "denied" if _negated(head) else "planned"
    if is_verb(head):
        own = _of_verb(head)
        return own if own != "happened" else None
    return None


def _of_noun(noun: Token) -> Status:
    if _negated(noun):
        return "denied"
    modifiers = {c.lower_ for c in noun.children if label(c) in {"amod", "compound"}}
    if modifiers & {"planned", "upcoming", "forthcoming", "scheduled", "proposed", "possible", "next", "future", "potential"}:
        return "planned"
    if any(c.lower_ == "any" for c in noun.children):
        return "conditional"  # "against any attack"
    case = child(noun, "case")
    if case is not None and case.lower_ in words("over_before"):
        return "happened"  # "agreed after talks with her"
    above: Token | None = noun.head if noun.head != noun else None
    if child(noun, "cop") is not None or noun.head == noun:
        return _of_predicate(noun)
    for _ in range(3):
        if above is None or (above.head == above and not is_verb(above) and above.pos_ != "ADJ"):
            break
        found = _by_head(above)
        if found:
            return found
        if is_verb(above):
            break
        above = above.head
    over = governor(noun)
    return "planned" if over is not None and _agenda(over) else "happened"


def _of_predicate(noun: Token) -> Status:
    if {a.lower_ for a in _auxiliaries(noun)} & words("future") or _agenda(noun):
        return "planned"
    return "happened"


def _agenda(verb: Token) -> bool:
    """Whether the subject of a verb or predicate is a schedule."""
    own = child(verb, "nsubj", "nsubj:pass")
    return own is not None and any(t.lemma_.lower() in words("plans") for t in own.subtree)
