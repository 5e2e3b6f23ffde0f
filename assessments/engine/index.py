"""Which patterns may be in a sentence: one look-up for all of them at once.

Each pattern asks for a few slots, the rarest that it needs: HERE of them in its sentence, SOMEWHERE in the post. A
question is one bit of a whole number, so that the answers of a sentence are those of its words joined with “or”, and
the patterns all of whose questions are answered are found with “and”: a handful of operations on whole numbers, however
many patterns there are.
"""

from collections.abc import Container, Iterable, Iterator, Sequence

HERE = 3  # slots of a pattern asked for in its sentence
SOMEWHERE = 2  # slots of a pattern asked for in the whole post

Needs = tuple[Sequence[int], Sequence[int]]  # slots needed in one sentence, and in the post; the rarest first


class Index:
    """The questions of so many patterns. A row of bits for each kind of question, a bit for each pattern.

    The patterns stand in every row in the same order, those with the most questions first, and a row ends with the
    last one that asks it: the shorter the numbers are, the quicker is everything that is done with them.
    """

    def __init__(self, needs: Sequence[Needs]) -> None:
        self._order = sorted(range(len(needs)), key=lambda pattern: (not needs[pattern][1], -len(needs[pattern][0])))
        self._row = (1 << len(needs)) - 1
        self._begins: list[int] = []  # bit at which each row begins
        self._not_asked: list[int] = []  # row -> patterns that do not ask this
        self._asked: dict[int, list[int]] = {}  # slot -> the bits of the questions that it answers
        begin = 0
        for row in range(HERE + SOMEWHERE):
            asking = self._ask(begin, [_asked_in(row, needs[pattern]) for pattern in self._order])
            self._begins.append(begin)
            self._not_asked.append(self._row & ~asking)
            begin += asking.bit_length()
        self._elsewhere = self._row & ~self._not_asked[HERE]
        self._answers: dict[frozenset[int], int] = {}

    def answers(self, slots: Iterable[int]) -> int:
        """What these slots answer. Remembered: all words of a class that is used once answer the same."""
        key = frozenset(slot for slot in slots if slot in self._asked)
        known = self._answers.get(key)
        if known is None:
            known = 0
            for slot in key:
                for bit in self._asked[slot]:
                    known |= 1 << bit
            self._answers[key] = known
        return known

    def likely(self, sentences: Sequence[int]) -> list[int]:
        """Of each sentence, by what it answers, the patterns that may stand in it: a bit each (see `patterns`)."""
        later = [(self._begins[row], self._not_asked[row]) for row in range(1, HERE)]
        likely = []
        for answers in sentences:
            here = answers & self._row
            for begin, not_asked in later:
                here &= answers >> begin | not_asked
            likely.append(here)
        if any(here & self._elsewhere for here in likely):
            in_post = self._in_post(sentences)
            return [here & in_post for here in likely]
        return likely

    def patterns(self, bits: int) -> Iterator[int]:
        """The patterns of some bits."""
        order = self._order
        while bits:
            lowest = bits & -bits
            yield order[lowest.bit_length() - 1]
            bits ^= lowest

    def bits_of(self, patterns: Container[int]) -> int:
        """The bits of some patterns."""
        return sum(1 << place for place, pattern in enumerate(self._order) if pattern in patterns)

    def _ask(self, begin: int, slots: Sequence[int | None]) -> int:
        """Fill a row that begins at a bit with the slots that answer it. Returns which places of it are asked."""
        asking = 0
        for place, slot in enumerate(slots):
            if slot is not None:
                self._asked.setdefault(slot, []).append(begin + place)
                asking |= 1 << place
        return asking

    def _in_post(self, sentences: Sequence[int]) -> int:
        """The patterns all of whose questions of the whole post are answered."""
        post, in_post = 0, self._row
        for answers in sentences:
            post |= answers >> self._begins[HERE]
        for row in range(HERE, HERE + SOMEWHERE):
            in_post &= post >> self._begins[row] - self._begins[HERE] | self._not_asked[row]
        return in_post


def _asked_in(row: int, needs: Needs) -> int | None:
    """The slot that a pattern asks for in a row."""
    here, somewhere = needs
    slots = here[row : row + 1] if row < HERE else somewhere[row - HERE : row - HERE + 1]
    return slots[0] if slots else None
