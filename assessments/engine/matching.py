"""Finds patterns in a reading. An index over the rarest slots of each pattern, sentence by sentence, then one linear
check of those patterns that are left; no backtracking.

Why so: with thousands of patterns almost every one is out of the question after one look-up, and whatever the words of
a post or a pattern, checking one pattern in one sentence costs at most slots × MOST_PLACES steps. Alternations and per-
pattern loops grow with the number of patterns; this grows with what is really there.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from assessments.engine.index import Index, places_of_bits
from assessments.engine.lexicon import Lexicon
from assessments.engine.patterns import Part, Pattern
from assessments.engine.places import Chain, Place, Places, Step, Steps
from assessments.engine.text import Reading
from assessments.engine.words import Words

MOST_MATCHES = 8  # matches of one pattern reported in one post


class Match(NamedTuple):
    """One place where a pattern was found: the words that filled its slots, part by part, in order."""

    pattern: int
    sentence: int
    first: int  # first and last word of what stands in that sentence
    last: int
    parts: tuple[Chain, ...]

    @property
    def words(self) -> frozenset[int]:
        """Every word that filled a slot."""
        return frozenset(w for part in self.parts for first, last in part for w in range(first, last + 1))


@dataclass(frozen=True, slots=True)
class _Ready:
    """A pattern made ready: the steps of its parts, by whether they must be there and where."""

    present: tuple[Steps, ...]
    present_everywhere: tuple[Steps, ...]
    absent: tuple[Steps, ...]
    absent_everywhere: tuple[Steps, ...]
    rare_first: tuple[int, ...]  # the slots that must be there in one sentence, the rarest first
    somewhere: tuple[int, ...]  # the slots that must be somewhere in the post, the rarest first
    one_slot: bool  # the part that must be there is a single slot, the simplest there is


class Matcher:
    """Groups of patterns, compiled once and run on many readings. Pattern numbers are places in the group's list."""

    def __init__(self, *groups: Sequence[Pattern]) -> None:
        self.lexicon = Lexicon()
        self.groups = [[_make_ready(pattern, self.lexicon) for pattern in patterns] for patterns in groups]
        self.index = Index([(one.rare_first, one.somewhere) for ready in self.groups for one in ready])
        sizes = [len(ready) for ready in self.groups]
        self.bits = [(sum(sizes[:group]), (1 << size) - 1) for group, size in enumerate(sizes)]  # first bit, mask
        self.lexicon.finish(self.index)

    def search(self, reading: Reading) -> "Search":
        """Look up the words of a reading; the result is then asked for one group of patterns after another."""
        return Search(self, reading)

    def run(self, reading: Reading, *, most: int = MOST_MATCHES) -> list[Match]:
        """Every match of the first group, at most `most` of each pattern."""
        return self.search(reading).matches(0, most=most)


class Search:
    """One reading, its words looked up, ready to be asked."""

    def __init__(self, matcher: Matcher, reading: Reading) -> None:
        self._groups, self._bits, self._lexicon = matcher.groups, matcher.bits, matcher.lexicon
        self._words = Words(reading, matcher.lexicon)
        self._likely = matcher.index.likely([stretch.answers for stretch in self._words.stretches])

    def candidates(self, group: int) -> Iterator[tuple[int, int]]:
        """Patterns of one group and the sentences in which they may stand."""
        first, mask = self._bits[group]
        for sentence, likely in enumerate(self._likely):
            if likely:
                for number in places_of_bits(likely >> first & mask):
                    yield number, sentence

    def matches(self, group: int, *, most: int = MOST_MATCHES) -> list[Match]:
        """Every match of one group of patterns, ordered by pattern and place; at most `most` of each pattern."""
        patterns = self._groups[group]
        found: dict[int, list[Match]] = {}
        for number, sentence in self.candidates(group):
            if number not in found:
                found[number] = self._check(number, patterns[number], sentence, most)
            elif len(found[number]) < most:
                found[number] += self._check(number, patterns[number], sentence, most)
        return [match for number in sorted(found) for match in found[number][:most]]

    @cached_property
    def _places(self) -> Places:
        return Places(self._words, self._lexicon)

    def _check(self, number: int, ready: _Ready, sentence: int, most: int) -> list[Match]:
        """The matches of one pattern in one sentence."""
        places = self._places
        for slot in ready.rare_first:
            if sentence not in places.of(slot):
                return []
        together = []
        for steps in ready.present:
            chains = places.chains(steps, sentence)
            if not chains:
                return []
            together.append(chains)
        for steps in ready.absent:
            if places.chains(steps, sentence):
                return []
        elsewhere = []
        for steps in ready.present_everywhere:
            chain = places.first_chain(steps)
            if chain is None:
                return []
            elsewhere.append(chain)
        for steps in ready.absent_everywhere:
            if places.first_chain(steps) is not None:
                return []
        written = self._words.stretches[sentence].number
        if ready.one_slot:
            return _apart_from_left(number, written, places.of(ready.rare_first[0])[sentence], elsewhere)
        return [_match(number, written, first, together[1:], elsewhere) for first in _apart(together[0], most)]


def _make_ready(pattern: Pattern, lexicon: Lexicon) -> _Ready:
    groups: dict[tuple[bool, bool], list[Steps]] = {}
    for part in pattern.parts:
        groups.setdefault((part.absent, part.everywhere), []).append(_steps(part, lexicon))
    present, everywhere = groups.get((False, False), []), groups.get((False, True), [])
    return _Ready(
        present=tuple(present),
        present_everywhere=tuple(everywhere),
        absent=tuple(groups.get((True, False), [])),
        absent_everywhere=tuple(groups.get((True, True), [])),
        rare_first=_needed(present, lexicon),
        somewhere=_needed(everywhere, lexicon),
        one_slot=len(present) == len(present[0]) == 1,
    )


def _needed(parts: Iterable[Steps], lexicon: Lexicon) -> tuple[int, ...]:
    """The slots that must be there, the rarest first."""
    slots = {step.slot for steps in parts for step in steps if not step.optional}
    return tuple(sorted(slots, key=lambda slot: (lexicon.slots[slot].rate, slot)))


def _steps(part: Part, lexicon: Lexicon) -> Steps:
    return tuple(Step(lexicon.number_of(slot), slot.gap, slot.optional) for slot in part.slots)


def _match(number: int, sentence: int, first: Chain, others: list[list[Chain]], elsewhere: list[Chain]) -> Match:
    """The match around one chain of the first part, with the nearest chains of the others."""
    together = [first, *(_nearest(first, chains) for chains in others)]
    begins, ends = min(part[0][0] for part in together), max(part[-1][1] for part in together)
    return Match(number, sentence, begins, ends, (*together, *elsewhere))


def _apart_from_left(number: int, sentence: int, places: Iterable[Place], elsewhere: list[Chain]) -> list[Match]:
    """Matches of a single slot: its places that do not overlap, from the left."""
    matches, end = [], -1
    for place in places:
        if place[0] > end:
            end = place[1]
            matches.append(Match(number, sentence, place[0], end, ((place,), *elsewhere)))
    return matches


def _apart(chains: list[Chain], most: int) -> list[Chain]:
    """Chains that do not overlap, the shortest and earliest first choice."""
    if len(chains) == 1:
        return chains
    kept: list[Chain] = []
    for chain in sorted(chains, key=lambda c: (c[-1][1] - c[0][0], c[0][0])):
        if all(chain[-1][1] < other[0][0] or chain[0][0] > other[-1][1] for other in kept):
            kept.append(chain)
        if len(kept) == most:
            break
    return sorted(kept)


def _nearest(chain: Chain, others: list[Chain]) -> Chain:
    return min(others, key=lambda other: (abs(other[0][0] - chain[0][0]), other))
