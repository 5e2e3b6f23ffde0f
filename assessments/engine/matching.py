"""Finds patterns in a reading. An index over the rarest slots of each pattern, sentence by sentence, then one linear
check of those patterns that are left; no backtracking.

Why so: with thousands of patterns almost every one is out of the question after one look-up, and whatever the words of
a post or a pattern, checking one pattern in one sentence costs at most slots × MOST_PLACES steps. Alternations and per-
pattern loops grow with the number of patterns; this grows with what is really there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assessments.engine.lexicon import Lead, Lexicon, SlotWords
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
    somewhere: tuple[int, ...]  # the slots that must be somewhere in the post, the rarest first
    one_slot: bool  # the part that must be there is a single slot, the simplest there is

    def roams(self, slots: Sequence[SlotWords]) -> bool:
        """Whether its rarest slot is one that may be anywhere in the post."""
        return bool(self.somewhere) and slots[self.somewhere[0]].rate < slots[self.rare_first[0]].rate


class _Group:
    """Patterns that are asked for together, with their index: rarest slot -> the patterns that need it.

    Of a pattern with a part anywhere in the post the rarest slot may be in that part: then it `roams`, and is looked
    for in every sentence once that slot may be somewhere.
    """

    def __init__(self, patterns: Sequence[Pattern], lexicon: Lexicon) -> None:
        self.ready = [_make_ready(pattern, lexicon) for pattern in patterns]
        self.index: dict[int, list[Lead]] = {}
        self.here: list[int] = []  # of each pattern, the slots asked about in its sentence, a bit each
        self.somewhere: list[int] = []  # and those asked about in the whole post
        slots = lexicon.slots
        self.roaming = {number for number, ready in enumerate(self.ready) if ready.roams(slots)}

    def asked(self) -> Iterator[int]:
        """The slots that the index asks about. The slot that a pattern is indexed by is there already."""
        for number, ready in enumerate(self.ready):
            yield from ready.rare_first[number not in self.roaming : ASKED]
            yield from ready.somewhere

    def fill_index(self, bits: Mapping[int, int]) -> None:
        """Index every pattern. `bits`: the bit of each slot that is asked about."""
        for number, ready in enumerate(self.ready):
            roams = number in self.roaming
            self.here.append(sum(bits[slot] for slot in ready.rare_first[not roams : ASKED]))
            self.somewhere.append(sum(bits[slot] for slot in ready.somewhere))
            if roams:
                self.index.setdefault(ready.somewhere[0], []).append((number, 0))
            else:
                self.index.setdefault(ready.rare_first[0], []).append((number, self.here[number]))


class Matcher:
    """Groups of patterns, compiled once and run on many readings. Pattern numbers are places in the group's list."""

    def __init__(self, *groups: Sequence[Pattern]) -> None:
        self.lexicon = Lexicon()
        self.groups = [_Group(patterns, self.lexicon) for patterns in groups]
        asked = {slot for group in self.groups for slot in group.asked()}
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
        roaming: set[int] = set()
        for sentence in self._sentences:
            for number in sentence.candidates(group):
                if number in patterns.roaming:
                    roaming.add(number)
                elif not patterns.somewhere[number] & ~possible:
                    self._add(found, number, patterns.ready[number], sentence, most)
        for number in roaming:
            if not (patterns.somewhere[number] | patterns.here[number]) & ~possible:
                for sentence in self._sentences:
                    if not patterns.here[number] & ~sentence.possible:
                        self._add(found, number, patterns.ready[number], sentence, most)
        return [match for number in sorted(found) for match in found[number][:most]]

    def _add(self, found: dict[int, list[Match]], number: int, ready: _Ready, sentence: Sentence, most: int) -> None:
        if matches := self._check(number, ready, sentence, most):
            found.setdefault(number, []).extend(matches)

    def _check(self, number: int, ready: _Ready, sentence: Sentence, most: int) -> list[Match]:
        """The matches of one pattern in one sentence."""
        if not all(map(sentence.places_of, ready.rare_first)):
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
