"""Finds patterns in a reading. An index over the rarest slots of each pattern, sentence by sentence, then one linear
check of those patterns that are left; no backtracking.

Why so: with thousands of patterns almost every one is out of the question after one look-up, and whatever the words of
a post or a pattern, checking one pattern in one sentence costs at most slots × MOST_PLACES steps. Alternations and per-
pattern loops grow with the number of patterns; this grows with what is really there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assessments.engine.lexicon import Lead, Lexicon
from assessments.engine.patterns import Part, Pattern
from assessments.engine.sentences import Chain, Place, Sentence, Step, Steps, sentences_of
from assessments.engine.text import Reading

ASKED = 3  # of each pattern's slots, the rarest ones that the index asks about
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
    somewhere: frozenset[int]  # the slots that must be somewhere in the post
    one_slot: bool  # the part that must be there is a single slot, the simplest there is


class _Group:
    """Patterns that are asked for together, with their index: rarest slot -> the patterns that need it."""

    def __init__(self, patterns: Sequence[Pattern], lexicon: Lexicon) -> None:
        self.ready = [_make_ready(pattern, lexicon) for pattern in patterns]
        self.index: dict[int, list[Lead]] = {}
        self.somewhere: list[int] = []  # of each pattern, the slots that must be somewhere in the post, a bit each

    def fill_index(self, bits: Mapping[int, int]) -> None:
        for number, ready in enumerate(self.ready):
            rarest, *others = ready.rare_first[:ASKED]
            self.index.setdefault(rarest, []).append((number, sum(bits[slot] for slot in others)))
            self.somewhere.append(sum(bits[slot] for slot in ready.somewhere))


class Matcher:
    """Groups of patterns, compiled once and run on many readings. Pattern numbers are places in the group's list."""

    def __init__(self, *groups: Sequence[Pattern]) -> None:
        self.lexicon = Lexicon()
        self.groups = [_Group(patterns, self.lexicon) for patterns in groups]
        everything = [ready for group in self.groups for ready in group.ready]
        asked = {slot for ready in everything for slot in (*ready.rare_first[1:ASKED], *ready.somewhere)}
        common_first = sorted(asked, key=lambda slot: (-self.lexicon.slots[slot].rate, slot))  # keeps most bits short
        bits = {slot: 1 << place for place, slot in enumerate(common_first)}
        for group in self.groups:
            group.fill_index(bits)
        self.lexicon.finish([group.index for group in self.groups], bits)

    def search(self, reading: Reading) -> "Search":
        """Look up the words of a reading; the result is then asked for one group of patterns after another."""
        return Search(self, reading)

    def run(self, reading: Reading, *, most: int = MOST_MATCHES) -> list[Match]:
        """Every match of the first group, at most `most` of each pattern."""
        return self.search(reading).matches(0, most=most)


class Search:
    """One reading, its words looked up, ready to be asked."""

    def __init__(self, matcher: Matcher, reading: Reading) -> None:
        self._groups = matcher.groups
        self._sentences = list(sentences_of(reading, matcher.lexicon))
        self._possible = 0  # in some sentence
        for sentence in self._sentences:
            self._possible |= sentence.possible
        self._somewhere: dict[Steps, Chain | None] = {}  # parts looked for in the whole post

    def matches(self, group: int, *, most: int = MOST_MATCHES) -> list[Match]:
        """Every match of one group of patterns, ordered by pattern and place; at most `most` of each pattern."""
        patterns, possible = self._groups[group], self._possible
        found: dict[int, list[Match]] = {}
        for sentence in self._sentences:
            for number in sentence.candidates(group):
                needed = patterns.somewhere[number]
                if needed & possible == needed:
                    matches = self._check(number, patterns.ready[number], sentence, most)
                    if matches:
                        found.setdefault(number, []).extend(matches)
        return [match for number in sorted(found) for match in found[number][:most]]

    def _check(self, number: int, ready: _Ready, sentence: Sentence, most: int) -> list[Match]:
        """The matches of one pattern in one sentence."""
        for slot in ready.rare_first:
            if not sentence.places_of(slot):
                return []
        together = []
        for steps in ready.present:
            chains = sentence.chains(steps)
            if not chains:
                return []
            together.append(chains)
        if ready.absent and any(sentence.chains(steps) for steps in ready.absent):
            return []
        elsewhere = []
        for steps in ready.present_everywhere:
            chain = self._anywhere(steps)
            if chain is None:
                return []
            elsewhere.append(chain)
        if any(self._anywhere(steps) is not None for steps in ready.absent_everywhere):
            return []
        if ready.one_slot:
            return _apart_from_left(number, sentence.number, sentence.places_of(ready.rare_first[0]), elsewhere)
        return [_match(number, sentence.number, first, together[1:], elsewhere) for first in _apart(together[0], most)]

    def _anywhere(self, steps: Steps) -> Chain | None:
        """The first place of a part in the whole post."""
        if steps not in self._somewhere:
            chains = (chain for sentence in self._sentences for chain in sentence.chains(steps)[:1])
            self._somewhere[steps] = next(chains, None)
        return self._somewhere[steps]


def _make_ready(pattern: Pattern, lexicon: Lexicon) -> _Ready:
    groups: dict[tuple[bool, bool], list[Steps]] = {}
    for part in pattern.parts:
        groups.setdefault((part.absent, part.everywhere), []).append(_steps(part, lexicon))
    present, everywhere = groups.get((False, False), []), groups.get((False, True), [])
    needed = {step.slot for steps in present for step in steps if not step.optional}
    return _Ready(
        tuple(present),
        tuple(everywhere),
        tuple(groups.get((True, False), [])),
        tuple(groups.get((True, True), [])),
        tuple(sorted(needed, key=lambda slot: (lexicon.slots[slot].rate, slot))),
        frozenset(step.slot for steps in everywhere for step in steps if not step.optional),
        len(present) == len(present[0]) == 1,
    )


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
