"""Finds cues in one sentence. Cues matter only where a claim or signal was found, so nothing is looked for before that.

Every cue is one sequence. It is filed under the words that its first slot can be; from such a word the rest is
followed to the right, within the sentence. Gaps, fillers and sentences are short, so each look costs little and the
whole is linear in the length of the sentence.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from assessments.engine.cues import Cue
from assessments.engine.patterns import Pattern, Slot
from assessments.engine.tables import FILLERS

FARTHEST = 20  # words over which one gap may be spread by fillers
FILLERS_BETWEEN = 4  # more fillers than these between two words of a cue are not expected
MOST_CUES = 60  # of one kind in one sentence

Step = tuple[int, bool, dict[str, tuple[tuple[str, ...], ...]]]  # gap, optional, first word -> what must follow it
Place = tuple[int, int]  # first and last word
Found = dict[str, list[Place]]  # by kind of cue


class _Row(NamedTuple):
    """A cue from its second word on."""

    cue: str
    ending: tuple[str, ...]  # the rest of its first entry
    rest: tuple[Step, ...]


class _Begun(NamedTuple):
    """What a word can begin."""

    alone: tuple[str, ...]
    needed: frozenset[str]  # the keys of `rows`
    within: int  # so many words further on, at most, one of them must stand
    rows: dict[str, tuple[_Row, ...]]  # a word that must follow soon -> the cues that need it


class CueFinder:
    """The cues, made ready once."""

    def __init__(self, words: Mapping[str, str], patterns: Iterable[tuple[str, Pattern]]) -> None:
        alone: dict[str, list[str]] = {}
        rows: dict[str, list[_Row]] = {}
        self.starts: defaultdict[str, set[str]] = defaultdict(set)  # words that begin a cue of each kind
        for cue, written in words.items():
            for form in written.split():
                alone.setdefault(form, []).append(cue)
                self.starts[cue].add(form)
        for cue, pattern in patterns:
            first, *rest = _steps(cue, pattern)
            self.starts[cue].update(first[2])
            for form, endings in first[2].items():
                for ending in endings:
                    if ending or rest:
                        rows.setdefault(form, []).append(_Row(cue, ending, tuple(rest)))
                    else:
                        alone.setdefault(form, []).append(cue)
        self._begins = {form: _begun(alone.get(form, []), rows.get(form, [])) for form in alone.keys() | rows.keys()}

    def knows(self, form: str) -> bool:
        """Whether any cue begins with this word."""
        return form in self._begins

    def find(self, forms: Sequence[str], start: int, end: int) -> Found:
        """Every cue among the words from `start` to before `end`, by kind, in order; PSEUDO cues hide those inside."""
        found: Found = {}
        known, here = self._begins, forms[start:end]
        if known.keys().isdisjoint(here):
            return found
        for place, form in enumerate(here, start):
            if form not in known:
                continue
            begun = known[form]
            alone, needed, within, rows = begun
            for cue in alone:
                found.setdefault(cue, []).append((place, place))
            soon = forms[place + 1 : min(end, place + 1 + within)]
            if needed.isdisjoint(soon):
                continue
            for following in soon:
                for cue, ending, rest in rows.get(following, ()):
                    after = _row_end(forms, place + 1, end, ending) if ending else place + 1
                    last = _last(forms, after, end, rest, 0) if after else -1
                    if last >= 0:
                        places = found.setdefault(cue, [])
                        if len(places) < MOST_CUES and (place, last) not in places:
                            places.append((place, last))
        for places in found.values():
            del places[MOST_CUES:]
        return _without_hidden(found) if Cue.PSEUDO in found else found


def _needed(row: _Row) -> tuple[frozenset[str], int]:
    """Words of which one must follow for the row to be there, and within how many words."""
    if row.ending:
        return frozenset(row.ending[:1]), 1 + FILLERS_BETWEEN
    needed: set[str] = set()
    within = FILLERS_BETWEEN
    for gap, optional, words in row.rest:
        needed |= words.keys()
        within += gap + 1
        if not optional:
            return frozenset(needed), within
    raise ValueError(f"A {row.cue} cue ends with words that may be left out: leave them out.")


def _begun(alone: list[str], rows: list[_Row]) -> _Begun:
    by_word: dict[str, list[_Row]] = {}
    farthest = 0
    for row in rows:
        needed, within = _needed(row)
        farthest = max(farthest, within)
        for form in sorted(needed):
            by_word.setdefault(form, []).append(row)
    return _Begun(tuple(alone), frozenset(by_word), farthest, {form: tuple(rows) for form, rows in by_word.items()})


_HIDDEN_BY_PSEUDO = (
    Cue.NEGATION,
    Cue.DOUBT,
    Cue.REPORT,
    Cue.SPEECH,
    Cue.CORRECTION_BEFORE,
    Cue.CORRECTION_AFTER,
    Cue.DENIAL_AFTER,
    Cue.HYPOTHETICAL,
    Cue.BELIEF,
    Cue.RECOVERY,
    Cue.SAFE_ADVICE,
    Cue.ADDRESS,
    Cue.ASKED,
)


def _without_hidden(found: Found) -> Found:
    pseudo = found[Cue.PSEUDO]
    for cue in _HIDDEN_BY_PSEUDO:
        if cue in found:
            kept = [place for place in found[cue] if not any(a <= place[0] and place[1] <= b for a, b in pseudo)]
            found[cue] = kept
    return found


def _steps(cue: str, pattern: Pattern) -> list[Step]:
    (part,) = pattern.parts
    if part.slots[0].optional or part.absent or part.everywhere:
        raise ValueError(f"The {cue} cue “{pattern.written}” must be one sequence that begins with a needed word.")
    return [(slot.gap, slot.optional, _by_first_word(slot)) for slot in part.slots]


def _by_first_word(slot: Slot) -> dict[str, tuple[tuple[str, ...], ...]]:
    rows: dict[str, list[tuple[str, ...]]] = {}
    for entry in sorted(slot.entries):
        if any(word.prefix for word in entry):
            raise ValueError(f"A cue cannot use the beginning “{entry[-1].form}*”: write the words out.")
        rows.setdefault(entry[0].form, []).append(tuple(word.form for word in entry[1:]))
    return {form: tuple(sorted(endings, key=len, reverse=True)) for form, endings in rows.items()}


def _row_end(forms: Sequence[str], at: int, end: int, row: tuple[str, ...]) -> int:
    """The place behind these words if they stand at `at`, fillers between them aside; 0 if they do not."""
    end = min(end, at + FARTHEST)
    for wanted in row:
        while at < end and forms[at] != wanted and forms[at] in FILLERS:
            at += 1
        if at >= end or forms[at] != wanted:
            return 0
        at += 1
    return at


def _last(forms: Sequence[str], at: int, end: int, steps: tuple[Step, ...], number: int) -> int:
    """The last word of the cue whose steps from `number` on begin at or after `at`; -1 if they do not stand there."""
    if number == len(steps):
        return at - 1
    gap, optional, words = steps[number]
    for place in range(at, min(end, at + FARTHEST)):
        form = forms[place]
        for row in words.get(form, ()):
            after = _row_end(forms, place + 1, end, row)
            last = _last(forms, after, end, steps, number + 1) if after else -1
            if last >= 0:
                return last
        if form not in FILLERS:
            if not gap:
                break
            gap -= 1
    return _last(forms, at, end, steps, number + 1) if optional else -1
