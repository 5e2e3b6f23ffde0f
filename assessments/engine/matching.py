"""Finds patterns in a reading. An index over the rarest slots of each pattern, sentence by sentence, then one linear
check of those patterns that are left; no backtracking.

Why so: with thousands of patterns almost every one is out of the question after one look-up, and whatever the words of
a post or a pattern, checking one pattern in one sentence costs at most slots × MOST_PLACES steps. Alternations and per-
pattern loops grow with the number of patterns; this grows with what is really there.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assessments.engine.index import Index
from assessments.engine.lexicon import Lexicon
from assessments.engine.once import once
from assessments.engine.patterns import Pattern
from assessments.engine.places import Chain, Place, Places, SentencePlaces, Steps
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
    """A pattern made ready: the numbers of its parts, by whether they must be there and where."""

    present: tuple[int, ...]
    present_everywhere: tuple[int, ...]
    absent: tuple[int, ...]
    absent_everywhere: tuple[int, ...]
    rare_first: tuple[int, ...]  # the slots that must be there in one sentence, the rarest first
    somewhere: tuple[int, ...]  # the slots that must be somewhere in the post, the rarest first
    looks_elsewhere: bool  # whether any part is looked for in the whole post
    one_slot: bool  # the part that must be there is a single slot, the simplest there is


class Matcher:
    """Groups of patterns, compiled once and run on many readings. Pattern numbers are places in the group's list."""

    def __init__(self, *groups: Sequence[Pattern]) -> None:
        self.lexicon = Lexicon()
        steps = Steps()
        self.groups = [[_make_ready(pattern, steps, self.lexicon) for pattern in patterns] for patterns in groups]
        self.steps = steps.finish()
        self.index = Index([(one.rare_first, one.somewhere) for ready in self.groups for one in ready])
        sizes = [len(ready) for ready in self.groups]
        self.firsts = [sum(sizes[:group]) for group in range(len(sizes))]  # the number of the first one in the index
        self.bits = [
            self.index.bits_of(range(first, first + size)) for first, size in zip(self.firsts, sizes, strict=True)
        ]
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
        self._matcher = matcher
        self._words = Words(reading, matcher.lexicon)
        self._likely = matcher.index.likely([stretch.answers for stretch in self._words.stretches])

    def candidates(self, group: int) -> Iterator[tuple[int, int]]:
        """Patterns of one group and the sentences in which they may stand."""
        for sentence, patterns in self._likely_in(group):
            for number in patterns:
                yield number, sentence

    def matches(self, group: int, *, most: int = MOST_MATCHES) -> list[Match]:
        """Every match of one group of patterns, ordered by pattern and place; at most `most` of each pattern."""
        patterns = self._matcher.groups[group]
        found: dict[int, list[Match]] = {}
        for sentence, numbers in self._likely_in(group):
            here = self._places.sentence(sentence)
            for number in numbers:
                known = found.get(number, _NO_MATCHES)
                if len(known) < most and (matches := self._check(number, patterns[number], here, most)):
                    found[number] = known + matches
        return [match for number in sorted(found) for match in found[number][:most]]

    def _likely_in(self, group: int) -> Iterator[tuple[int, list[int]]]:
        """The sentences in which patterns of one group may stand, and which."""
        first, mask, patterns = self._matcher.firsts[group], self._matcher.bits[group], self._matcher.index.patterns
        for sentence, likely in enumerate(self._likely):
            of_group = likely & mask
            if of_group:
                yield sentence, [number - first for number in patterns(of_group)]

    @once
    def _places(self) -> Places:
        return Places(self._words, self._matcher.lexicon, self._matcher.steps)

    def _check(self, number: int, ready: _Ready, here: SentencePlaces, most: int) -> list[Match]:
        """The matches of one pattern in one sentence."""
        for slot in ready.rare_first:
            if not here[slot]:
                return _NO_MATCHES
        together = []
        for part in ready.present:
            chains = here.chains(part)
            if not chains:
                return _NO_MATCHES
            together.append(chains)
        for part in ready.absent:
            if here.chains(part):
                return _NO_MATCHES
        elsewhere = self._elsewhere(ready) if ready.looks_elsewhere else _NOWHERE_ELSE
        if elsewhere is None:
            return _NO_MATCHES
        if ready.one_slot:
            return _apart_from_left(number, here.number, here[ready.rare_first[0]], elsewhere)
        return [_match(number, here.number, first, together[1:], elsewhere) for first in _apart(together[0], most)]

    def _elsewhere(self, ready: _Ready) -> list[Chain] | None:
        """Where in the post the parts stand that may stand anywhere; None where one does not, or must not and does."""
        elsewhere = []
        for part in ready.present_everywhere:
            chain = self._places.first_chain(part)
            if chain is None:
                return None
            elsewhere.append(chain)
        for part in ready.absent_everywhere:
            if self._places.first_chain(part) is not None:
                return None
        return elsewhere


_NO_MATCHES: list[Match] = []
_NOWHERE_ELSE: list[Chain] = []


def _make_ready(pattern: Pattern, steps: Steps, lexicon: Lexicon) -> _Ready:
    groups: dict[tuple[bool, bool], list[int]] = {}
    for part in pattern.parts:
        groups.setdefault((part.absent, part.everywhere), []).append(steps.number_of(part, lexicon))
    present, everywhere = groups.get((False, False), []), groups.get((False, True), [])
    return _Ready(
        # Words that may be left out at the end of the first part never make a match: the chain without them is shorter.
        present=(steps.without_end(present[0]), *present[1:]),
        present_everywhere=tuple(everywhere),
        absent=tuple(map(steps.without_end, groups.get((True, False), []))),
        absent_everywhere=tuple(groups.get((True, True), [])),
        rare_first=_needed(present, steps, lexicon),
        somewhere=_needed(everywhere, steps, lexicon),
        looks_elsewhere=any(part.everywhere for part in pattern.parts),
        one_slot=len(present) == 1 and steps.is_one_slot(present[0]),
    )


def _needed(parts: Iterable[int], steps: Steps, lexicon: Lexicon) -> tuple[int, ...]:
    """The slots that must be there, the rarest first."""
    slots = {slot for part in parts for slot in steps.slots_of(part)}
    return tuple(sorted(slots, key=lambda slot: (lexicon.slots[slot].rate, slot)))


def _match(number: int, sentence: int, first: Chain, others: list[list[Chain]], elsewhere: list[Chain]) -> Match:
    """The match around one chain of the first part, with the nearest chains of the others."""
    if not others:
        return Match(number, sentence, first[0][0], first[-1][1], (first, *elsewhere))
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
