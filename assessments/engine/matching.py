"""Finds patterns in a reading. An index over the rarest slot of each pattern, one look at whether all its slots are
there, then one linear check; no backtracking.

Why so: with thousands of patterns almost every pattern is out of the question after one look-up, and whatever the
words of a post or a pattern, checking one pattern costs at most slots × MOST_PLACES steps. Alternations and per-
pattern loops grow with the number of patterns; this grows with what is really there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assessments.engine.lexicon import Known, Lexicon, Node
from assessments.engine.patterns import Part, Pattern
from assessments.engine.tables import FILLERS
from assessments.engine.text import Reading

MOST_PLACES = 120  # places of one slot looked at in one post
LONGEST_ROW = 20  # words over which one entry may be spread by fillers
MOST_MATCHES = 8  # matches of one pattern reported in one post

Place = tuple[int, int]  # first and last word of one occurrence


class Match(NamedTuple):
    """One place where a pattern was found: the words that filled its slots, part by part, in order."""

    pattern: int
    sentence: int
    first: int  # first and last word of what stands in that sentence
    last: int
    parts: tuple[tuple[Place, ...], ...]

    @property
    def words(self) -> frozenset[int]:
        """Every word that filled a slot."""
        return frozenset(w for part in self.parts for first, last in part for w in range(first, last + 1))


@dataclass(frozen=True, slots=True)
class _Step:
    """A slot made ready: its number, the gap before it, whether it may be left out."""

    slot: int
    gap: int
    optional: bool


@dataclass(frozen=True, slots=True)
class _Ready:
    """A pattern made ready: steps of each part."""

    present: tuple[tuple[_Step, ...], ...]
    present_everywhere: tuple[tuple[_Step, ...], ...]
    absent: tuple[tuple[_Step, ...], ...]
    absent_everywhere: tuple[tuple[_Step, ...], ...]
    mask: int  # all slots that stand in it, a bit each
    only: int | None  # the one slot of the simplest patterns: one word, nothing else


class _Occurrences:
    """Where the slots occur in one reading. Places are worked out only for the slots that likely patterns need."""

    def __init__(self, length: int) -> None:
        self.masks = [0] * length  # the slots that each word can fill, a bit each
        self.present = 0
        self.anchors: set[int] = set()
        self.rows: dict[int, list[Place]] = {}
        self.places: dict[int, list[Place]] = {}

    def find_places(self, needed: int) -> None:
        """Fill `places` with the first MOST_PLACES places of each needed slot (a bit each), in order."""
        found = self.places
        for place, mask in enumerate(self.masks):
            wanted = mask & needed
            while wanted:
                bit = wanted & -wanted
                wanted ^= bit
                found.setdefault(bit.bit_length() - 1, []).append((place, place))
        for slot, places in self.rows.items():
            if needed >> slot & 1:
                found[slot] = sorted({*found.get(slot, ()), *places})
        for places in found.values():
            del places[MOST_PLACES:]


class Matcher:
    """A set of patterns, compiled once and run on many readings. Pattern numbers are their places in the list given."""

    def __init__(self, patterns: Sequence[Pattern], *, cues_from: int | None = None) -> None:
        """`cues_from`: patterns from this number on are cues, of which every place counts (MOST_PLACES of each)."""
        self._cues_from = len(patterns) if cues_from is None else cues_from
        self._lexicon = Lexicon()
        self._ready = [self._make_ready(pattern) for pattern in patterns]
        self._index = self._build_index()
        self._lexicon.finish(self._index.keys())

    def run(self, reading: Reading) -> list[Match]:
        """Every match in the reading, ordered by pattern and place; at most MOST_MATCHES of each pattern."""
        occurrences = self._occurrences(reading)
        candidates = self._candidates(occurrences)
        needed = 0
        for number in candidates:
            needed |= self._ready[number].mask
        occurrences.find_places(needed)
        return [match for number in candidates for match in self._check(number, occurrences, reading)]

    # ------------------------------------------------------------------ compiling

    def _make_ready(self, pattern: Pattern) -> _Ready:
        groups: dict[tuple[bool, bool], list[tuple[_Step, ...]]] = {}
        for part in pattern.parts:
            groups.setdefault((part.absent, part.everywhere), []).append(self._steps(part))
        slots = frozenset(step.slot for parts in groups.values() for steps in parts for step in steps)
        one_word = len(pattern.parts) == len(pattern.parts[0].slots) == 1
        return _Ready(
            tuple(groups.get((False, False), [])),
            tuple(groups.get((False, True), [])),
            tuple(groups.get((True, False), [])),
            tuple(groups.get((True, True), [])),
            sum(1 << slot for slot in slots),
            min(slots) if one_word else None,
        )

    def _steps(self, part: Part) -> tuple[_Step, ...]:
        return tuple(_Step(self._lexicon.number_of(slot), slot.gap, slot.optional) for slot in part.slots)

    def _build_index(self) -> dict[int, list[tuple[int, int]]]:
        """rarest slot -> (bits of all slots that must be there, pattern)."""
        index: dict[int, list[tuple[int, int]]] = {}
        weights = self._lexicon.weights
        for number, ready in enumerate(self._ready):
            needed = {s.slot for part in (*ready.present, *ready.present_everywhere) for s in part if not s.optional}
            rarest = min(needed, key=lambda slot: (weights[slot], slot))
            index.setdefault(rarest, []).append((sum(1 << slot for slot in needed), number))
        return index

    # ------------------------------------------------------------------ running

    def _occurrences(self, reading: Reading) -> _Occurrences:
        forms = reading.forms
        found = _Occurrences(len(forms))
        masks, anchors, present, last = found.masks, found.anchors, 0, len(forms) - 1
        remembered, look_up = self._lexicon.remembered, self._lexicon.look_up
        for place, form in enumerate(forms):
            known = remembered.get(form) or look_up(form, spelling=True)
            masks[place] = known.mask
            present |= known.mask
            if known.anchors:
                anchors.update(known.anchors)
            if known.rows and place < last:
                after = forms[place + 1]
                if known.may_go_on(after) or place + 1 in reading.alternatives:
                    self._add_rows(found, known.rows, reading, place)
        found.present |= present
        if reading.alternatives or reading.arcs:
            self._add_other_readings(found, reading)
        return found

    def _add_other_readings(self, found: _Occurrences, reading: Reading) -> None:
        for place, others in reading.alternatives.items():
            for form in others:
                known = self._lexicon.look_up(form, spelling=False)
                found.masks[place] |= known.mask
                found.present |= known.mask
                found.anchors.update(known.anchors)
                self._add_rows(found, known.rows, reading, place)
        for place, joined in reading.arcs.items():
            for last, form in joined:
                known = self._lexicon.look_up(form, spelling=False)
                if known.mask:
                    self._add_place(found, known, (place, last))

    @staticmethod
    def _add_place(found: _Occurrences, step: Node | Known, place: Place) -> None:
        """A place of more than one word for every slot that the step or word fills."""
        found.present |= step.mask
        found.anchors.update(step.anchors)
        for slot in step.slots:
            found.rows.setdefault(slot, []).append(place)

    def _add_rows(self, found: _Occurrences, begun: tuple[Node, ...], reading: Reading, place: int) -> None:
        """Entries of several words: the words must follow one another, fillers aside, within the sentence."""
        forms, sentences, sentence = reading.forms, reading.sentences, reading.sentences[place]
        steps_from, alternatives = self._lexicon.steps_from, reading.alternatives
        open_steps = [(node, place + 1) for node in begun]
        while open_steps:
            node, at = open_steps.pop()
            if at >= len(forms) or sentences[at] != sentence:
                continue
            form = forms[at]
            if node.plain and not alternatives:
                step = node.exact.get(form)
                reached = [step] if step is not None else _NOWHERE
            else:
                reached = steps_from(node, form)
                for other in alternatives.get(at, ()):
                    reached += steps_from(node, other)
            for step in reached:
                if step.mask:
                    self._add_place(found, step, (place, at))
                if step.exact or step.prefix:
                    open_steps.append((step, at + 1))
            if form in FILLERS and at - place <= LONGEST_ROW:
                open_steps.append((node, at + 1))

    def _candidates(self, occurrences: _Occurrences) -> list[int]:
        """Patterns all of whose needed slots are somewhere in the post."""
        present = occurrences.present
        return sorted(
            number
            for anchor in occurrences.anchors
            for needed, number in self._index[anchor]
            if needed & present == needed
        )

    def _check(self, number: int, occurrences: _Occurrences, reading: Reading) -> list[Match]:
        ready = self._ready[number]
        most = MOST_MATCHES if number < self._cues_from else MOST_PLACES
        if ready.only is not None:
            return _one_word(number, occurrences.places.get(ready.only, ()), reading)[:most]
        elsewhere = []
        for steps in ready.present_everywhere:
            chains = _chains(steps, occurrences, reading)
            if not chains:
                return []
            elsewhere.append(chains[0])
        if any(_chains(steps, occurrences, reading) for steps in ready.absent_everywhere):
            return []
        in_sentence = [_by_sentence(_chains(steps, occurrences, reading), reading) for steps in ready.present]
        if not all(in_sentence):
            return []
        common = set(in_sentence[0]).intersection(*in_sentence[1:]) if in_sentence else set()
        for steps in ready.absent:
            common -= _by_sentence(_chains(steps, occurrences, reading), reading).keys()
        matches = []
        for sentence in sorted(common):
            for first in _apart(in_sentence[0][sentence], most):
                together = [first, *(_nearest(first, chains[sentence]) for chains in in_sentence[1:])]
                begins, ends = min(part[0][0] for part in together), max(part[-1][1] for part in together)
                matches.append(Match(number, sentence, begins, ends, (*together, *elsewhere)))
        return matches[:most]


_NOWHERE: list[Node] = []
Chain = tuple[Place, ...]


def _one_word(number: int, places: Iterable[Place], reading: Reading) -> list[Match]:
    """Matches of a pattern that is one slot: its places that do not overlap, from the left."""
    matches, end = [], -1
    for place in places:
        if place[0] > end:
            end = place[1]
            matches.append(Match(number, reading.sentences[place[0]], place[0], end, ((place,),)))
    return matches


def _chains(steps: tuple[_Step, ...], occurrences: _Occurrences, reading: Reading) -> list[Chain]:
    """Every way to end the sequence, each with the nearest words before it; linear in the number of occurrences.

    The nearest reached end before a place is the only one worth keeping: if any end is near enough, that one is.
    """
    sentences, counted = reading.sentences, reading.counted
    reached: list[Chain] = [()]
    for step in steps:
        places = occurrences.places.get(step.slot, ())
        extended: list[Chain] = []
        if reached == [()]:
            extended = [(place,) for place in places]
            if step.optional:
                extended = [(), *extended]
        else:
            begins = [chain for chain in reached if not chain]
            ends = sorted((chain for chain in reached if chain), key=lambda chain: chain[-1][1])
            at = 0
            best: Chain | None = None
            for place in places:
                while at < len(ends) and ends[at][-1][1] < place[0]:
                    best = ends[at]
                    at += 1
                if best is not None:
                    end = best[-1][1]
                    near = counted[place[0]] - counted[end + 1] <= step.gap
                    if near and sentences[end] == sentences[place[0]]:
                        extended.append((*best, place))
                        continue
                if begins:
                    extended.append((place,))
            if step.optional:
                extended += reached
        if not extended:
            return []
        reached = extended
    return [chain for chain in reached if chain]


def _by_sentence(chains: Iterable[Chain], reading: Reading) -> dict[int, list[Chain]]:
    grouped: dict[int, list[Chain]] = {}
    for chain in chains:
        grouped.setdefault(reading.sentences[chain[0][0]], []).append(chain)
    return grouped


def _apart(chains: list[Chain], most: int) -> list[Chain]:
    """Chains that do not overlap, the shortest and earliest first choice."""
    kept: list[Chain] = []
    for chain in sorted(chains, key=lambda c: (c[-1][1] - c[0][0], c[0][0])):
        if all(chain[-1][1] < other[0][0] or chain[0][0] > other[-1][1] for other in kept):
            kept.append(chain)
        if len(kept) == most:
            break
    return sorted(kept)


def _nearest(chain: Chain, others: list[Chain]) -> Chain:
    return min(others, key=lambda other: (abs(other[0][0] - chain[0][0]), other))
