"""Statements that verbs make: each construction that a verb's class licenses, read from the parse."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from attache.what.grammar import child, is_verb, label, particles
from attache.what.saying.cues import CONSTRUCTIONS, Cue, book
from attache.what.saying.drafts import Draft
from attache.what.saying.extents import Page, subtree
from attache.what.saying.quoting import clause_of_cue, quoted
from attache.what.saying.speakers import is_passive, second_verb, speaker_of_verb

_JUDGED = {"for", "of", "over", "as", "with", "that"}
_NAMED = {"as", "to", "with"}
_FINITE = {"VBD", "VBZ", "VBP", "MD"}
_BREAKS = {",", "—", "–", "-", "”", '"', "'"}
_WIDEST_GAP = 30
_CUE_PARTS = {"aux", "aux:pass", "advmod", "compound:prt", "neg"}


def verb_statements(page: Page) -> Iterator[Draft]:
    """One draft a cue verb, by the first construction that it fills."""
    for token in page.doc:
        if not is_verb(token):
            continue
        cues = [cue for cue in book().verbs.get(token.lemma_.lower(), ()) if _fits(token, cue)]
        if cues and (draft := _Verb(page, token).draft(cues)) is not None:
            yield draft


def _fits(verb: Token, cue: Cue) -> bool:
    if cue.particle and cue.particle not in particles(verb):
        return False
    return not cue.needs or any(c.lower_ in cue.needs for c in verb.children)


class _Verb:
    """One verb that may be a cue."""

    def __init__(self, page: Page, verb: Token) -> None:
        self.page, self.verb = page, verb
        self.passive = is_passive(verb)
        self.acting = speaker_of_verb(verb)
        self.cue = self._cue()

    def draft(self, cues: list[Cue]) -> Draft | None:
        """The statement by the first construction that one of the classes licenses and the words fill."""
        for name in CONSTRUCTIONS:
            for cue in cues:
                if name not in cue.takes and not (name == "about" and cue.prepositions):
                    continue
                found = self._construction(name)(cue)
                if found:
                    return self._made(name, cue, found)
        return None

    def _construction(self, name: str) -> Callable[[Cue], set[int]]:
        made: Callable[[Cue], set[int]] = getattr(self, f"_{name}")
        return made

    def _made(self, name: str, cue: Cue, content: set[int]) -> Draft | None:
        turned = self.passive and name in {"clause", "order", "label", "blame", "object", "infinitive"}
        speaker = speaker_of_verb(self.verb, passive=True) if turned else self.acting
        if turned and speaker is None and label(self.verb) in {"acl", "amod", "advcl"}:
            return None
        if speaker is None and not self.passive and name != "quote" and self.verb.tag_ in {"VB", "VBG"}:
            return None  # "to say that", "saying so": nobody in particular
        return Draft(
            cue=self.cue, speaker=speaker, content=content, rule=f"say:{name}:{self.verb.lemma_.lower()}", speech=cue.speech,
            confidence=cue.confidence, key=self.verb,
        )  # fmt: skip

    def _cue(self) -> range:
        """The verb with the auxiliaries and adverbs right beside it."""
        start, end = self.verb.i, self.verb.i + 1
        parts = {c.i for c in self.verb.children if label(c) in _CUE_PARTS and c.left_edge == c.right_edge}
        while start - 1 in parts:
            start -= 1
        while end in parts:
            end += 1
        return range(start, end)

    # The constructions; each gives the tokens of the content, or none.

    def _quote(self, cue: Cue) -> set[int]:
        found = quoted(self.page, self.verb)
        if not found:
            return set()
        clause = self._clause(cue)
        start, end = clause_of_cue(self.page, self.verb)
        if min(found) < start:  # “...,” she said after the talks: of the rest only what stands before, or is quoted too
            clause = {i for i in clause if i < start and self.page.paragraph[i] == self.page.paragraph[start]}
        return found | clause

    def _clause(self, cue: Cue) -> set[int]:
        """ "Said that ...", "..., he said", "he said: ..."."""
        clause = child(self.verb, "ccomp") or self._late_subject()
        if clause is None:
            clause = next((c for c in self.verb.children if label(c) == "parataxis" and self._introduced(c)), None)
        if clause is not None:
            own = [c for c in clause.children if second_verb(c) == self.verb and c.i > clause.i]
            content = subtree(clause, own)
            if clause.i < self.verb.i:  # "We will stay, he said in Ankara": the parse may hang the place on the first verb
                content = {i for i in content if i < self.verb.i}
            return self._broken(content | self._rest(clause) | self._gap(clause))
        return self._broken(self._around()) or self._cut_short() or self._that() or self._inserted(cue) or self._block()

    def _gap(self, clause: Token) -> set[int]:
        """Words between the verb and its clause that the parse gives to nothing of the verb's: the clause's own subject, mostly."""
        first = clause.left_edge.i
        if not self.verb.i < first < self.verb.i + _WIDEST_GAP:
            return set()
        taken = {t.i for c in self.verb.children if c != clause and c.i > self.verb.i for t in c.subtree}
        left = [i for i in range(self.cue.stop, first) if i not in taken and not self.page.doc[i].is_space]
        return set(range(left[0], first)) if len(left) > 1 and not self.page.doc[left[0]].is_punct else set()

    def _cut_short(self) -> set[int]:
        """ "Explained these workers [object] were well paid": a finite verb right behind the object makes a clause of it."""
        thing = child(self.verb, "obj")
        if thing is None or thing.i < self.verb.i or self.verb.tag_ not in _FINITE or thing.right_edge.i + 1 >= self.verb.sent.end:
            return set()
        follower = self.page.doc[thing.right_edge.i + 1]
        if follower.tag_ not in _FINITE or label(follower) in {"conj", "acl:relcl", "acl"} or any(label(c) == "cc" for c in follower.children):
            return set()
        return set(range(thing.left_edge.i, int(self.verb.sent.end)))

    def _rest(self, clause: Token) -> set[int]:
        """What the parse hangs on the verb though it belongs to the words reported: "said that A, and B would", "said that A because B"."""
        more: set[int] = set()
        for c in self.verb.children:
            if c.i < clause.i or clause.i < self.verb.i:
                continue
            own = child(c, "nsubj", "nsubj:pass", "expl") is not None
            opened = _case(c) in book().lists["grounds"]
            if (label(c) in {"conj", "parataxis"} and own and c.lemma_.lower() not in book().verbs) or (label(c) == "advcl" and opened):
                more |= subtree(c)
        return more

    def _broken(self, content: set[int]) -> set[int]:
        """ "The pact, he said, is dead": both sides of a cue between commas, whatever the parse hangs on which."""
        start, end = clause_of_cue(self.page, self.verb)
        doc, sentence = self.page.doc, self.verb.sent
        inserted = self.acting is not None and self.acting.head == self.verb and label(self.verb) not in {"advcl", "acl", "acl:relcl"}
        if not content or not inserted or start <= sentence.start or end >= sentence.end:
            return content
        if doc[start - 1].text[-1:] not in _BREAKS or doc[end].text[:1] not in _BREAKS:
            return content
        behind = set(range(end, sentence.end))
        for c in self.verb.children:
            if c.i >= end and label(c) in {"advcl", "obl", "nsubj", "xcomp", "conj"}:
                behind -= {t.i for t in c.subtree}
        before = set(range(sentence.start, start)) if self._opens(start) else set()
        return (content | behind | before) - set(range(start, end))

    def _opens(self, start: int) -> bool:
        """Whether the words from the sentence's start to the cue's clause are part of what is said: nothing in them belongs to the cue."""
        doc = self.page.doc
        return not any(doc[i].head == self.verb and label(doc[i]) in {"obl", "nsubj", "advcl"} for i in range(self.verb.sent.start, start))

    def _late_subject(self) -> Token | None:
        """ "It was reported that ..."."""
        found = child(self.verb, "csubj", "csubj:pass")
        return found if found is not None and found.i > self.verb.i and self.passive else None

    def _introduced(self, clause: Token) -> bool:
        """Whether a loose clause is what the verb introduces: before it, or behind a colon."""
        if clause.i < self.verb.i:
            return any(is_verb(t) or t.pos_ == "AUX" for t in clause.subtree)
        return any(t.text == ":" for t in self.page.doc[self.verb.i : clause.left_edge.i + 1])

    def _around(self) -> set[int]:
        """ "The pact, he said, is dead": the clause that the verb's own stands in or behind."""
        over = self.verb.head
        as_clause = label(self.verb) == "advcl" and _case(self.verb) == "as"
        if not (label(self.verb) == "parataxis" or as_clause) or over == self.verb or not self._bare():
            return set()
        own = {t.i for t in self.verb.subtree}
        claims = any(t.pos_ in {"VERB", "AUX"} for t in over.subtree if t.i not in own)
        if over.i in own or (self.verb.left_edge.i <= over.left_edge.i and not as_clause) or not claims or self.passive:
            return set()
        return {t.i for t in over.subtree} - own

    def _bare(self) -> bool:
        """Whether the verb has its own subject and nothing that it might be about."""
        own = self.acting is not None and self.acting.head == self.verb
        return own and child(self.verb, "obj", "xcomp", "ccomp") is None

    def _inserted(self, cue: Cue) -> set[int]:
        """ "The pact, he said, is dead", by the commas alone where the parse does not see it."""
        start, end = clause_of_cue(self.page, self.verb)
        doc, sentence = self.page.doc, self.verb.sent
        commas = start - 1 > sentence.start and end < sentence.end and doc[start - 1].text == doc[end].text == ","
        if not commas or "quote" not in cue.takes or not self._bare() or self.verb.tag_ not in _FINITE or label(self.verb) == "acl:relcl":
            return set()
        return set(range(sentence.start, start)) | set(range(end, sentence.end))

    def _block(self) -> set[int]:
        """ "She continued:" at the end of its paragraph: the paragraph that follows."""
        doc, stop = self.page.doc, int(self.verb.sent.end)
        last = next((t for t in reversed(doc[self.verb.i : stop]) if not t.is_space), self.verb)
        start = next((i for i in range(last.i + 1, len(doc)) if not doc[i].is_space), len(doc))
        if last.text != ":" or start >= len(doc) or self.page.paragraph[start] == self.page.paragraph[last.i] or not self._bare():
            return set()
        end = next((i for i in range(start, len(doc)) if self.page.paragraph[i] != self.page.paragraph[start]), len(doc))
        return set(range(start, end))

    def _that(self) -> set[int]:
        """Behind a bad parse: "that" right behind the verb and its object, to the end of the sentence."""
        doc, stop = self.page.doc, int(self.verb.sent.end)
        for token in doc[self.verb.i + 1 : min(self.verb.i + 7, stop)]:
            if token.lower_ == "that" and token.pos_ == "SCONJ" and token.head.i > token.i and not is_verb(token.nbor(-1)):
                return set(range(token.i, stop)) if label(token.head) not in {"acl:relcl", "acl"} else set()
            if token.lower_ == "that" and token.pos_ == "SCONJ" and token.i == self.verb.i + 1:
                return set(range(token.i, stop))
            if token.is_punct or (is_verb(token) and token.tag_ != "VBN"):
                return set()
        return set()

    def _order(self, cue: Cue) -> set[int]:
        """Somebody with an infinitive: "urged Iran to return", "was told to leave"."""
        act = child(self.verb, "xcomp", "ccomp") or self._purpose()
        if act is None or act.i < self.verb.i or not _to(act):
            return set()
        whom = child(self.verb, "nsubj:pass") if self.passive else child(self.verb, "obj", "iobj")
        if whom is None and cue.takes.isdisjoint({"infinitive", "clause"}) and not self.passive:
            whom = next((c for c in self.verb.children if label(c) == "obl" and c.i > self.verb.i), None)
        return subtree(act) | (subtree(whom) if whom is not None else set())

    def _purpose(self) -> Token | None:
        """Parsers often hang the infinitive of "called on Iran to return" on as an adverbial."""
        return next((c for c in self.verb.children if label(c) == "advcl" and c.i > self.verb.i and _to(c)), None)

    def _label(self, cue: Cue) -> set[int]:
        """ "Called the deal a mistake", "described him as weak"."""
        name = child(self.verb, "xcomp")
        if name is None or _to(name):
            name = next((c for c in self.verb.children if label(c) in {"obl", "advcl"} and _case(c) in _NAMED and c.i > self.verb.i), None)
        if name is None:
            return set()
        thing = child(self.verb, "nsubj:pass") if self.passive else child(self.verb, "obj")
        return subtree(name) | (subtree(thing) if thing is not None else set())

    def _blame(self, cue: Cue) -> set[int]:
        """ "Criticized him for leaving": the one judged, with what for."""
        thing = child(self.verb, "nsubj:pass") if self.passive else child(self.verb, "obj", "iobj")
        if thing is None:
            return self._missing_object()
        ground = [c for c in self.verb.children if label(c) in {"obl", "advcl"} and c.i > self.verb.i and _case(c) in _JUDGED]
        return subtree(thing).union(*(subtree(c) for c in ground)) if not self.passive or self._agent() else set()

    def _agent(self) -> bool:
        return speaker_of_verb(self.verb, passive=True) is not None

    def _infinitive(self, cue: Cue) -> set[int]:
        act = child(self.verb, "xcomp")
        if act is None or act.i < self.verb.i or not _to(act):
            return set()
        return subtree(act) | self._raised()

    def _raised(self) -> set[int]:
        """ "The talks are expected to fail": the subject belongs to what is expected."""
        lifted = child(self.verb, "nsubj:pass") if self.passive else None
        return subtree(lifted) if lifted is not None else set()

    def _gerund(self, cue: Cue) -> set[int]:
        act = next((c for c in self.verb.children if label(c) in {"xcomp", "obj", "ccomp"} and c.tag_ == "VBG" and c.i > self.verb.i), None)
        return subtree(act) if act is not None else set()

    def _about(self, cue: Cue) -> set[int]:
        """The phrase of a preposition that the class names; the preposition is left to the cue."""
        for c in self.verb.children:
            if c.i > self.verb.i and label(c).startswith(("obl", "advcl", "ccomp")) and _case(c) in cue.prepositions:
                first = next(m for m in c.children if label(m) in {"case", "mark"})
                return {i for i in subtree(c) if i > first.i}
        return set()

    def _object(self, cue: Cue) -> set[int]:
        thing = child(self.verb, "obj") if not self.passive else child(self.verb, "nsubj:pass")
        if thing is None:
            return self._missing_object() if not cue.objects else set()
        if self.passive and not self._agent():
            return set()
        if thing.pos_ == "PRON" and thing.left_edge == thing.right_edge or (cue.objects and thing.lemma_.lower() not in cue.objects):
            return set()
        beside = [c for c in self.verb.children if label(c) in {"obl", "advcl"} and c.i > thing.i and _case(c) == "as"]
        return subtree(thing).union(*(subtree(c) for c in beside))

    def _missing_object(self) -> set[int]:
        """ "The demands that they rejected": the head of the relative clause."""
        noun = self.verb.head
        if label(self.verb) != "acl:relcl" or self.acting is None or self.passive or self.acting.left_edge.i <= noun.i:
            return set()
        opened = child(self.verb, "nsubj")
        if opened is None or opened.lower_ in {"who", "which", "that"}:
            return set()
        return subtree(noun, [self.verb])


def _case(token: Token) -> str:
    return next((c.lower_ for c in token.children if label(c) in {"case", "mark"}), "")


def _to(act: Token) -> bool:
    return any(c.lower_ == "to" and label(c) in {"mark", "aux"} for c in act.children)
