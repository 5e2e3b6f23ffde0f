"""One sentence looked up: which slots its words may fill and, when a likely pattern asks, where they do.

Nothing that a pattern looks for in a row reaches over the end of a sentence, so one sentence is all that need be seen.
"""

from collections.abc import Iterator
from typing import NamedTuple

from assessments.engine.lexicon import Hint, Known, Lead, Lexicon, Node, SlotWords
from assessments.engine.tables import FILLERS
from assessments.engine.text import Reading

MOST_PLACES = 120  # places of one slot looked at in one sentence
LONGEST = 60  # words of one sentence; transcripts and hostile posts may have no full stop at all
SHORTEST_CUT = 30  # words at least when one is cut
LONGEST_ROW = 20  # words over which one row of words may be spread by fillers

_JOINING = frozenset("and but so because then if when while which or although since".split())

Place = tuple[int, int]  # first and last word of one occurrence
Chain = tuple[Place, ...]  # places that fill the slots of a part, in order


class Step(NamedTuple):
    """One slot of a part: its number, the gap before it, whether it may be left out."""

    slot: int
    gap: int
    optional: bool


Steps = tuple[Step, ...]


class Sentence:
    """The words `first` to `end` (exclusive) of a reading. Words keep their numbers in the whole post."""

    __slots__ = (
        "_forms",
        "_joined",
        "_lexicon",
        "_others",
        "_places",
        "_read_otherwise",
        "_reading",
        "_unlisted",
        "_where",
        "_words",
        "first",
        "leads",
        "number",
        "possible",
    )

    def __init__(self, reading: Reading, lexicon: Lexicon, first: int, end: int, *, read_otherwise: bool) -> None:
        """`read_otherwise`: some of its words have other readings."""
        self.first, self.number = first, reading.sentences[first]
        self._reading, self._lexicon, self._read_otherwise = reading, lexicon, read_otherwise
        self._forms = reading.forms[first:end]
        self._others: dict[int, list[str]] = {}  # place -> the other forms that may stand there
        self._joined: list[tuple[Place, str]] = []  # several words read as one
        self._unlisted: list[Known] = []
        self._where: dict[str, list[Place]] = {}
        self._places: dict[int, list[Place]] = {}
        self._words: set[str] = set()  # every form that stands somewhere
        # Group by group, the patterns that are indexed by what is possible.
        self.leads: list[list[tuple[Lead, ...]]] = [[] for _ in range(lexicon.groups)]
        self.possible = 0  # the slots that some word or row may fill, a bit each (`Lexicon.finish`)
        self._take_hints(self._look_up_words())

    def candidates(self, group: int) -> set[int]:
        """Patterns of one group whose rarest slots may all be in this sentence."""
        possible = self.possible
        return {number for leads in self.leads[group] for number, asked in leads if asked & possible == asked}

    def places_of(self, slot: int) -> list[Place]:
        """The first MOST_PLACES places of a slot, in order."""
        places = self._places.get(slot)
        if places is None:
            places = self._places[slot] = self._find_places(slot)
        return places

    def chains(self, steps: Steps) -> list[Chain]:
        """Every way to end a part, each with the nearest words before it; linear in the number of places.

        The nearest reached end before a place is the only one worth keeping: if any end is near enough, that one is.
        """
        if len(steps) == 1:
            return [(place,) for place in self.places_of(steps[0].slot)]
        reached: list[Chain] = [()]
        for step in steps:
            extended = self._extend(reached, self.places_of(step.slot), step.gap)
            if step.optional:
                extended += reached
            if not extended:
                return []
            reached = extended
        return [chain for chain in reached if chain]

    # ------------------------------------------------------------------ looking up

    def _look_up_words(self) -> list[Known]:
        """What the form at each place can be, slips put right."""
        remembered, look_up = self._lexicon.remembered, self._lexicon.look_up
        known_at = [remembered.get(form) or look_up(form) for form in self._forms]
        for at, (form, known) in enumerate(zip(self._forms, known_at, strict=True)):
            if known.form != form:
                self._forms[at] = known.form
            if known.others:
                self._others.setdefault(self.first + at, []).extend(known.others)
        self._words = {*self._forms}
        return known_at

    def _take_hints(self, known_at: list[Known]) -> None:
        """What the words make possible: each alone, and two by two where they may begin a row."""
        forms, length = self._forms, len(self._forms)
        hints: list[Hint] = []
        for known in {*known_at}:
            if known.matters:
                hints.append(known.hint)
            if known.unlisted:
                self._unlisted.append(known)
        for at, known in enumerate(known_at):
            begins = known.begins
            if begins:
                ahead, end = at + 1, min(at + LONGEST_ROW, length)
                while ahead < end:
                    form = forms[ahead]
                    if form in begins:
                        hints.append(begins[form])
                    if form not in FILLERS:
                        break
                    ahead += 1
        if self._others or self._read_otherwise:
            hints += self._take_other_readings()
        possible, by_group = 0, self.leads
        for hint in hints:
            possible |= hint.possible
            for group, leads in hint.leads:
                by_group[group].append(leads)
        self.possible = possible

    def _take_other_readings(self) -> list[Hint]:
        """What the words that some places may be read as make possible, alone and with any word of the sentence."""
        reading, look_up = self._reading, self._lexicon.look_up
        read_as = [look_up(form) for forms in self._others.values() for form in forms]
        for place in range(self.first, self.first + len(self._forms)):
            for form in reading.alternatives.get(place, ()):
                read_as.append(known := look_up(form))
                self._others.setdefault(place, []).extend((known.form, *known.others))
            for last, form in reading.arcs.get(place, ()):
                read_as.append(known := look_up(form))
                self._joined += [((place, last), word) for word in (known.form, *known.others)]
        new = {word for known in read_as for word in (known.form, *known.others)}
        self._words |= new
        hints = [known.hint for known in read_as]
        self._unlisted += [known for known in read_as if known.unlisted]
        for known in (*read_as, *map(look_up, self._forms)):
            next_words = self._words if known.form in new else new
            hints += [known.begins[word] for word in next_words.intersection(known.begins)]
        return hints

    # ------------------------------------------------------------------ where slots stand

    def _find_places(self, slot: int) -> list[Place]:
        words, here = self._lexicon.slots[slot], self._words
        where = self._where or self._find_forms()
        found = [] if words.exact.isdisjoint(here) else [where[form] for form in words.exact & here]
        if self._unlisted:
            found += [where[known.form] for known in self._unlisted if slot in known.unlisted]
        if words.rows is not None and (words.rows_open or not words.begin.isdisjoint(here)):
            found.append(self._row_places(words))
        elif len(found) == 1:
            return found[0][:MOST_PLACES]
        return sorted({place for places in found for place in places})[:MOST_PLACES] if found else []

    def _find_forms(self) -> dict[str, list[Place]]:
        """Where each form stands, the other readings included."""
        where = self._where
        for place, form in enumerate(self._forms, self.first):
            where.setdefault(form, []).append((place, place))
        for place, forms in self._others.items():
            for form in forms:
                where.setdefault(form, []).append((place, place))
        for span, form in self._joined:
            where.setdefault(form, []).append(span)
        return where

    def _row_places(self, words: SlotWords) -> list[Place]:
        """Entries of several words: the words must follow one another, fillers aside."""
        where, rows = self._where, words.rows
        assert rows is not None
        found: list[Place] = []
        if words.rows_open:
            begun = [(node, place) for form, places in where.items() for node in rows.steps(form) for place in places]
        else:
            begun = [(rows.exact[form], place) for form in words.begin & self._words for place in where[form]]
        for node, (first, last) in begun:
            self._follow(node, first, last + 1, found)
        return found

    def _follow(self, node: Node, first: int, at: int, found: list[Place]) -> None:
        forms, others, begin = self._forms, self._others, self.first
        open_steps = [(node, at)]
        while open_steps:
            node, at = open_steps.pop()
            if at - begin >= len(forms) or at - first > LONGEST_ROW:
                continue
            form = forms[at - begin]
            reached = node.steps(form)
            for other in others.get(at, ()):
                reached += node.steps(other)
            for step in reached:
                if step.ends:
                    found.append((first, at))
                if step.exact or step.prefix:
                    open_steps.append((step, at + 1))
            if form in FILLERS:
                open_steps.append((node, at + 1))

    def _extend(self, reached: list[Chain], places: list[Place], gap: int) -> list[Chain]:
        """The chains made longer by one place each, where a place is near enough behind a chain."""
        if reached == [()]:
            return [(place,) for place in places]
        counted = self._reading.counted
        may_begin = () in reached
        ends = sorted((chain for chain in reached if chain), key=_end)
        extended: list[Chain] = []
        at, last = 0, -1
        for place in places:
            begin = place[0]
            while at < len(ends) and ends[at][-1][1] < begin:
                last = at
                at += 1
            if last >= 0 and counted[begin] - counted[ends[last][-1][1] + 1] <= gap:
                extended.append((*ends[last], place))
            elif may_begin:
                extended.append((place,))
        return extended


def sentences_of(reading: Reading, lexicon: Lexicon) -> Iterator[Sentence]:
    """The sentences of a reading, looked up; those without an end for LONGEST words are cut before a joining word."""
    numbers, forms, first, length = reading.sentences, reading.forms, 0, len(reading.sentences)
    otherwise = {numbers[place] for places in (reading.alternatives, reading.arcs) for place in places}
    while first < length:
        number, end, joint = numbers[first], first + 1, 0
        while end < length and numbers[end] == number and end - first < LONGEST:
            if forms[end] in _JOINING and end - first >= SHORTEST_CUT:
                joint = end
            end += 1
        if joint and end - first == LONGEST:
            end = joint
        yield Sentence(reading, lexicon, first, end, read_otherwise=number in otherwise)
        first = end


def _end(chain: Chain) -> int:
    return chain[-1][1]
