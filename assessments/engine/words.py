"""The words of a post looked up: what each can be, where sentences end, and what each sentence answers the index.

Nothing that a pattern looks for in a row reaches over the end of a sentence, so one sentence is all that need be seen.
"""

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from assessments.engine.lexicon import Known, Lexicon
from assessments.engine.tables import FILLERS
from assessments.engine.text import Reading

LONGEST = 60  # words of one sentence; transcripts and hostile posts may have no full stop at all
SHORTEST_CUT = 30  # words at least when one is cut
LONGEST_ROW = 20  # words over which one row of words may be spread by fillers

_NOTHING: tuple[str, ...] = ()
_JOINING = frozenset("and but so because then if when while which or although since".split())


Pairs = dict[int, list[tuple[int, int]]]  # pair of words that begins a row -> where its first word stands


class Stretch(NamedTuple):
    """One sentence of a post, or a part of an endless one: its words (the end is exclusive) and what they answer."""

    number: int  # of the sentence in the reading
    first: int
    end: int
    answers: int  # of the index
    pairs: Pairs


class Words:
    """One reading looked up. `forms` are the words as patterns know them: slips put right."""

    def __init__(self, reading: Reading, lexicon: Lexicon) -> None:
        self._reading, self._look_up, self._pair_answers = reading, lexicon.look_up, lexicon.pair_answers
        self.known_at = list(map(lexicon.remembered.__getitem__, reading.forms))
        self.forms = [known.form for known in self.known_at]
        self.others: dict[int, list[Known]] = {}  # place -> what else may stand there
        self.joined: dict[int, list[tuple[int, Known]]] = {}  # first word -> last word, and what all are together
        if reading.alternatives or reading.arcs or [known for known in self.known_at if known.others]:
            self._take_other_readings()
        self.stretches = [self._stretch(*bounds) for bounds in _sentences(reading)]

    @property
    def counted(self) -> list[int]:
        """As in the reading: words before each word that are no fillers."""
        return self._reading.counted

    def _take_other_readings(self) -> None:
        look_up = self._look_up
        for place, known in enumerate(self.known_at):
            for form in known.others:
                self.others.setdefault(place, []).append(look_up(form))
        for place, forms in self._reading.alternatives.items():
            self.others.setdefault(place, []).extend(map(look_up, forms))
        for place, arcs in self._reading.arcs.items():
            self.joined[place] = [(last, look_up(form)) for last, form in arcs]

    def _stretch(self, number: int, first: int, end: int) -> Stretch:
        """What the words answer: each alone, and two by two where they may begin a row.

        From the last word to the first, so that what may come next in a row is known: `following`, and where that is
        a filler, the words behind it up to the first that is none.
        """
        answers, pairs, place, pair_answers = 0, Pairs(), end, self._pair_answers
        following, behind = "", _NOTHING
        for known, form in zip(self.known_at[first:end][::-1], self.forms[first:end][::-1], strict=True):
            place -= 1
            answers |= known.answers
            begins = known.begins
            if begins:
                if following in begins:
                    pair = begins[following]
                    answers |= pair_answers[pair]
                    pairs.setdefault(pair, []).append((place, place))
                for later in behind:
                    if later in begins:
                        answers |= self._begun(pairs, begins[later], place, place)
            behind = (following, *behind[: LONGEST_ROW - 1]) if form in FILLERS else _NOTHING
            following = form
        if self.others or self.joined:
            answers |= self._other_answers(pairs, first, end)
        return Stretch(number, first, end, answers, pairs)

    def _begun(self, pairs: Pairs, pair: int, first: int, last: int) -> int:
        pairs.setdefault(pair, []).append((first, last))
        return self._pair_answers[pair]

    def _other_answers(self, pairs: Pairs, first: int, end: int) -> int:
        """What the other readings of some places answer: alone, and with any word of the sentence."""
        read_as = [(known, place, place) for place in range(first, end) for known in self.others.get(place, ())]
        read_as += [(known, place, last) for place in range(first, end) for last, known in self.joined.get(place, ())]
        if not read_as:
            return 0
        new = {form for known, _, _ in read_as for form in (known.form, *known.others)}
        every = new.union(self.forms[first:end])
        answers = 0
        for known, begin, last in read_as:
            answers |= known.answers
            for form in known.begins.keys() & every:
                answers |= self._begun(pairs, known.begins[form], begin, last)
        for place, known in enumerate(self.known_at[first:end], first):
            for form in known.begins.keys() & new:
                answers |= self._begun(pairs, known.begins[form], place, place)
        return answers


def _sentences(reading: Reading) -> Iterator[tuple[int, int, int]]:
    """Number, first word, exclusive end. One that does not end for LONGEST words is cut before a joining word."""
    numbers, forms, first, length = reading.sentences, reading.forms, 0, len(reading.sentences)
    while first < length:
        number = numbers[first]
        end = bisect_right(numbers, number, first, min(length, first + LONGEST))
        if end - first == LONGEST and end < length and numbers[end] == number:
            joints = (place for place in range(end - 1, first + SHORTEST_CUT - 1, -1) if forms[place] in _JOINING)
            end = next(joints, end)
        yield number, first, end
        first = end
