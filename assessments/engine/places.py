"""Where the slots of likely patterns stand in a post. Worked out for what is asked only, once for the whole post."""

from collections.abc import Mapping
from typing import NamedTuple

from assessments.engine.lexicon import NUMBER, Known, Lexicon, Node, SlotWords, is_number
from assessments.engine.tables import FILLERS
from assessments.engine.words import LONGEST_ROW, Words

MOST_PLACES = 120  # places of one slot looked at in one sentence

Place = tuple[int, int]  # first and last word of one occurrence
Chain = tuple[Place, ...]  # places that fill the slots of a part, in order
BySentence = Mapping[int, list[Place]]


class Step(NamedTuple):
    """One slot of a part: its number, the gap before it, whether it may be left out."""

    slot: int
    gap: int
    optional: bool


Steps = tuple[Step, ...]

_NONE: list[Place] = []
_NOWHERE: BySentence = {}


class Places:
    """The places of slots and of parts in one post. Sentences go by their number in `Words.stretches`."""

    def __init__(self, words: Words, lexicon: Lexicon) -> None:
        self._slots, self._pair_begins, self._words = lexicon.slots, lexicon.pair_begins, words
        self._sentence_of: list[int] = []
        for number, stretch in enumerate(words.stretches):
            self._sentence_of += [number] * (stretch.end - stretch.first)
        self._where: dict[str, list[Place]] = {}  # where each form stands, the other readings included
        for place, form in enumerate(words.forms):
            self._where.setdefault(form, []).append((place, place))
        self._unlisted = [known for known in words.known_at if known.unlisted]
        self._others: dict[int, list[str]] = {}  # place -> the other forms that may stand there
        for place, read_as in words.others.items():
            self._others[place] = [form for known in read_as for form in self._add(known, place, place)]
        for first, joined in words.joined.items():
            for last, known in joined:
                self._add(known, first, last)
        self._forms, self._pairs = frozenset(self._where), frozenset(words.pairs)
        self._found: dict[int, BySentence] = {}
        self._chains: dict[tuple[Steps, int], list[Chain]] = {}

    def of(self, slot: int) -> BySentence:
        """The places of a slot, in order, by the sentence that they begin in."""
        places = self._found.get(slot)
        if places is None:
            places = self._found[slot] = self._find(self._slots[slot])
        return places

    def chains(self, steps: Steps, sentence: int) -> list[Chain]:
        """Every way to end a part, each with the nearest words before it; linear in the number of places.

        The nearest reached end before a place is the only one worth keeping: if any end is near enough, that one is.
        Remembered: patterns of one claim share parts, and what takes them back.
        """
        key = steps, sentence
        chains = self._chains.get(key)
        if chains is None:
            chains = self._chains[key] = self._find_chains(steps, sentence)
        return chains

    def first_chain(self, steps: Steps) -> Chain | None:
        """The first place of a part in the whole post."""
        likely = self.of(next(step.slot for step in steps if not step.optional))
        return next((chains[0] for sentence in sorted(likely) if (chains := self.chains(steps, sentence))), None)

    # ------------------------------------------------------------------ slots

    def _add(self, known: Known, first: int, last: int) -> list[str]:
        """Another reading of the words from `first` to `last`. Returns the forms that it may be."""
        if known.unlisted:
            self._unlisted.append(known)
        forms = [known.form, *known.others]
        for form in forms:
            self._where.setdefault(form, []).append((first, last))
        return forms

    def _find(self, words: SlotWords) -> BySentence:
        where, here = self._where, self._forms
        found = [where[form] for form in words.exact & here]
        if self._unlisted:
            found += [where[known.form] for known in self._unlisted if words.number in known.unlisted]
        if words.rows is not None and (rows := self._rows(words.rows, words)):
            found.append(rows)
        if not found:
            return _NOWHERE
        places = found[0] if len(found) == 1 else sorted({place for places in found for place in places})
        by_sentence: dict[int, list[Place]] = {}
        sentence_of = self._sentence_of
        for place in places:
            by_sentence.setdefault(sentence_of[place[0]], []).append(place)
        if len(places) > MOST_PLACES:
            for several in by_sentence.values():
                del several[MOST_PLACES:]
        return by_sentence

    def _rows(self, rows: Node, words: SlotWords) -> list[Place]:
        """Entries of several words: the words must follow one another, fillers aside."""
        where, pairs = self._where, self._words.pairs
        found: list[Place] = []
        for pair in words.pairs & self._pairs:
            self._follow(rows.exact[self._pair_begins[pair]], pairs[pair], found)
        for form in words.begin & self._forms if words.begin else ():
            self._follow(rows.exact[form], where[form], found)
        if words.rows_open:
            beginnings = tuple(rows.prefix)
            for form in where:
                if form.startswith(beginnings) or is_number(form):
                    for node in rows.steps(form):
                        self._follow(node, where[form], found)
        return sorted(set(found)) if found else found

    def _follow(self, begun: Node, places: list[Place], found: list[Place]) -> None:
        """The rows that go on from `begun`, reached at the end of each of the places."""
        forms, others, sentence_of, length = self._words.forms, self._others, self._sentence_of, len(self._words.forms)
        following, open_ended = begun.exact, begun.prefix or NUMBER in begun.exact
        for first, last in places:
            at = last + 1
            if at < length and (forms[at] in following or forms[at] in FILLERS or open_ended or at in others):
                sentence, open_steps = sentence_of[first], [(begun, at)]
                while open_steps:
                    node, at = open_steps.pop()
                    if at >= length or sentence_of[at] != sentence or at - first > LONGEST_ROW:
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

    def _find_chains(self, steps: Steps, sentence: int) -> list[Chain]:
        if len(steps) == 1:
            return [(place,) for place in self.of(steps[0].slot).get(sentence, _NONE)]
        reached: list[Chain] = [()]
        for step in steps:
            extended = self._extend(reached, self.of(step.slot).get(sentence, _NONE), step.gap)
            if step.optional:
                extended += reached
            if not extended:
                return []
            reached = extended
        return [chain for chain in reached if chain]

    def _extend(self, reached: list[Chain], places: list[Place], gap: int) -> list[Chain]:
        """The chains made longer by one place each, where a place is near enough behind a chain."""
        if reached == [()]:
            return [(place,) for place in places]
        counted = self._words.counted
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


def _end(chain: Chain) -> int:
    return chain[-1][1]
