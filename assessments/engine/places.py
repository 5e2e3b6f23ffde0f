"""Where the slots of likely patterns stand in a post. Worked out for what is asked only, once for each sentence."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assessments.engine.lexicon import NUMBER, Known, Lexicon, Node, SlotWords, is_number
from assessments.engine.once import once
from assessments.engine.patterns import Part
from assessments.engine.tables import FILLERS
from assessments.engine.whereabouts import Whereabouts
from assessments.engine.words import LONGEST_ROW, Stretch, Words

MOST_PLACES = 120  # places of one slot looked at in one sentence

Place = tuple[int, int]  # first and last word of one occurrence
Chain = tuple[Place, ...]  # places that fill the slots of a part, in order

_BEGIN = -1  # where every part begins


class Step(NamedTuple):
    """One slot of a part, behind all those before it."""

    before: int  # number of the step before it, or _BEGIN
    slot: int
    gap: int  # words that may stand before it
    optional: bool
    begins: bool  # whether all before it may be left out
    needed: int  # number of the first slot up to here that may not be left out; its own when all may


class Steps:
    """The steps of all parts, each once: parts that begin alike share them, and so what is found out about them.

    A part goes by the number of its last step.
    """

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._numbers: dict[tuple[int, int, int, bool], int] = {}

    def number_of(self, part: Part, lexicon: Lexicon) -> int:
        """The number of a part."""
        number, begins, needed = _BEGIN, True, _BEGIN
        for slot in part.slots:
            key = number, lexicon.number_of(slot), slot.gap, slot.optional
            needed = key[1] if begins else needed
            number = self._numbers.setdefault(key, len(self.steps))
            if number == len(self.steps):
                self.steps.append(Step(*key, begins, needed))
            begins = begins and slot.optional
        return number

    def finish(self) -> list[Step]:
        """All steps. From now on there are no more parts, and nobody asks which of them are the same."""
        self._numbers = {}
        return self.steps

    def without_end(self, part: int) -> int:
        """The part without the words at its end that may be left out."""
        while self.steps[part].optional:
            part = self.steps[part].before
        return part

    def is_one_slot(self, part: int) -> bool:
        """Whether a part is a single slot, the simplest there is."""
        return self.steps[part].before == _BEGIN

    def slots_of(self, part: int) -> Iterator[int]:
        """The slots of a part that may not be left out."""
        while part != _BEGIN:
            step = self.steps[part]
            if not step.optional:
                yield step.slot
            part = step.before


class Places:
    """The places of parts in one post. Sentences go by their number in `Words.stretches`."""

    def __init__(self, words: Words, lexicon: Lexicon, steps: Sequence[Step]) -> None:
        self._words, self._lexicon, self._steps = words, lexicon, steps
        self._sentences: dict[int, SentencePlaces] = {}
        self._first: dict[int, Chain | None] = {}

    def sentence(self, number: int) -> "SentencePlaces":
        """The places in one sentence."""
        known = self._sentences.get(number)
        if known is None:
            known = self._sentences[number] = SentencePlaces(
                self._words, self._words.stretches[number], self._joined.get(number, ()), self._lexicon, self._steps
            )
        return known

    def first_chain(self, part: int) -> Chain | None:
        """The first place of a part in the whole post."""
        if part not in self._first:
            self._first[part] = self._find_first(part)
        return self._first[part]

    def _find_first(self, part: int) -> Chain | None:
        needed = self._lexicon.slots[self._steps[part].needed]
        for number in self._whereabouts.of(needed):
            chains = self.sentence(number).chains(part)
            if chains:
                return chains[0]
        return None

    @once
    def _whereabouts(self) -> Whereabouts:
        return Whereabouts(self._words)

    @once
    def _joined(self) -> dict[int, list[int]]:
        """By sentence, the words that begin joined readings, in the order in which those were read."""
        firsts = [stretch.first for stretch in self._words.stretches]
        joined: dict[int, list[int]] = {}
        for first in self._words.joined:
            joined.setdefault(bisect_right(firsts, first) - 1, []).append(first)
        return joined


class SentencePlaces(dict[int, list[Place]]):
    """The places of slots and of parts in one sentence. As a dictionary: slot -> its places that begin there, in order.

    What is missing is found when it is asked for.
    """

    def __init__(
        self, words: Words, stretch: Stretch, joined: Sequence[int], lexicon: Lexicon, steps: Sequence[Step]
    ) -> None:
        super().__init__()
        self.number = stretch.number  # in the reading
        self._words, self._end, self._pairs = words, stretch.end, stretch.pairs
        self._slots, self._pair_begins, self._steps = lexicon.slots, lexicon.pair_begins, steps
        self._where: dict[str, list[Place]] = {}  # where each form stands, the other readings included
        for place, form in enumerate(words.forms[stretch.first : stretch.end], stretch.first):
            self._where.setdefault(form, []).append((place, place))
        self._unlisted = [known for known in words.known_at[stretch.first : stretch.end] if known.unlisted]
        self._others: dict[int, list[str]] = {}  # place -> the other forms that may stand there
        if words.others or words.joined:
            self._add_other_readings(range(stretch.first, stretch.end), joined)
        self._forms, self._known_pairs = frozenset(self._where), frozenset(stretch.pairs)
        self._filled_unlisted = frozenset[int]().union(*[known.unlisted for known in self._unlisted])
        self._chains: dict[int, list[Chain]] = {}

    def chains(self, part: int) -> list[Chain]:
        """Every way to end a part, each with the nearest words before it; linear in the number of places.

        The nearest reached end before a place is the only one worth keeping: if any end is near enough, that one is.
        Remembered step by step: parts begin alike, and patterns of one claim share what takes them back.
        """
        chains = self._chains.get(part)
        if chains is None:
            chains = self._chains[part] = self._find_chains(self._steps[part])
        return chains

    # ------------------------------------------------------------------ slots

    @once
    def _numbers(self) -> list[str]:
        return [form for form in self._where if is_number(form)]

    def _add_other_readings(self, places: range, joined: Sequence[int]) -> None:
        others = self._words.others
        for place in places:
            if place in others:
                self._others[place] = [form for known in others[place] for form in self._add(known, place, place)]
        for first in joined:
            for last, known in self._words.joined[first]:
                self._add(known, first, last)

    def _add(self, known: Known, first: int, last: int) -> list[str]:
        """Another reading of the words from `first` to `last`. Returns the forms that it may be."""
        if known.unlisted:
            self._unlisted.append(known)
        forms = [known.form, *known.others]
        for form in forms:
            self._where.setdefault(form, []).append((first, last))
        return forms

    def __missing__(self, slot: int) -> list[Place]:
        places = self[slot] = self._find(slot)
        return places

    def _find(self, slot: int) -> list[Place]:
        words, where = self._slots[slot], self._where
        found = [where[form] for form in words.exact & self._forms]
        if slot in self._filled_unlisted:
            found += [where[known.form] for known in self._unlisted if slot in known.unlisted]
        if words.rows is not None and not (words.only_pairs and words.pairs.isdisjoint(self._known_pairs)):
            rows = self._rows(words.rows, words)
            found += [rows] if rows else []
        if not found:
            return _NOWHERE
        places = found[0] if len(found) == 1 else sorted({place for places in found for place in places})
        return places if len(places) <= MOST_PLACES else places[:MOST_PLACES]

    def _rows(self, rows: Node, words: SlotWords) -> list[Place]:
        """Entries of several words: the words must follow one another, fillers aside."""
        where, pairs = self._where, self._pairs
        found: list[Place] = []
        for pair in words.pairs & self._known_pairs:
            self._follow(rows.exact[self._pair_begins[pair]], pairs[pair], found)
        for form in words.begin & self._forms if words.begin else ():
            self._follow(rows.exact[form], where[form], found)
        if words.rows_open:
            beginnings = tuple(rows.prefix)
            begun = [form for form in where if form.startswith(beginnings)] if beginnings else []
            for form in [*begun, *self._numbers] if NUMBER in rows.exact else begun:
                for node in rows.steps(form):
                    self._follow(node, where[form], found)
        return sorted(set(found)) if found else found

    def _follow(self, begun: Node, places: list[Place], found: list[Place]) -> None:
        """The rows that go on from `begun`, reached at the end of each of the places."""
        forms, others, end = self._words.forms, self._others, self._end
        following, open_ended = begun.exact, begun.prefix or NUMBER in begun.exact
        for first, last in places:
            at = last + 1
            if at < end and (forms[at] in following or forms[at] in FILLERS or open_ended or at in others):
                open_steps = [(begun, at)]
                while open_steps:
                    node, at = open_steps.pop()
                    if at >= end or at - first > LONGEST_ROW:
                        continue
                    form = forms[at]
                    reached = node.steps(form)
                    if at in others:
                        reached += [step for other in others[at] for step in node.steps(other)]
                    for step in reached:
                        if step.ends:
                            found.append((first, at))
                        if step.exact or step.prefix:
                            open_steps.append((step, at + 1))
                    if form in FILLERS:
                        open_steps.append((node, at + 1))

    # ------------------------------------------------------------------ parts

    def _find_chains(self, step: Step) -> list[Chain]:
        """The chains up to a step, and those before it where it may be left out.

        Where all steps so far may be left out there may also be no chain at all: `step.begins` stands for that one.
        """
        before = self.chains(step.before) if step.before != _BEGIN else _NO_CHAINS
        if before:
            extended = self._extend(before, self[step.slot], step)
            return extended + before if step.optional else extended
        return [(place,) for place in self[step.slot]] if step.begins else _NO_CHAINS

    def _extend(self, before: list[Chain], places: list[Place], step: Step) -> list[Chain]:
        """The chains made longer by one place each, where a place is near enough behind a chain."""
        counted, gap, begins = self._words.counted, step.gap, step.begins
        ends = sorted(before, key=_end) if len(before) > 1 else before
        extended: list[Chain] = []
        at, last = 0, -1
        for place in places:
            begin = place[0]
            while at < len(ends) and ends[at][-1][1] < begin:
                last = at
                at += 1
            if last >= 0 and counted[begin] - counted[ends[last][-1][1] + 1] <= gap:
                extended.append((*ends[last], place))
            elif begins:
                extended.append((place,))
        return extended


_NOWHERE: list[Place] = []
_NO_CHAINS: list[Chain] = []


def _end(chain: Chain) -> int:
    return chain[-1][1]
