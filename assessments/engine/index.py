"""Which patterns may be in a sentence: one look-up for all of them at once.

Each pattern asks for a few slots, the rarest that it needs: HERE of them in its sentence, SOMEWHERE in the post. A
question is one bit of a whole number, so that the answers of a sentence are those of its words joined with “or”, and
the patterns all of whose questions are answered are found with “and”: a handful of operations on whole numbers, however
many patterns there are.
"""

from collections.abc import Iterable, Iterator, Sequence

HERE = 3  # slots of a pattern asked for in its sentence
SOMEWHERE = 2  # slots of a pattern asked for in the whole post

Needs = tuple[Sequence[int], Sequence[int]]  # slots needed in one sentence, and in the post; the rarest first


class Index:
    """The questions of so many patterns. A row of bits for each kind of question, a bit for each pattern."""

    def __init__(self, needs: Sequence[Needs]) -> None:
        self._width = len(needs)
        self._row = (1 << self._width) - 1
        self._always = 0  # questions that need not be asked
        self._asked: dict[int, list[int]] = {}  # slot -> the bits of the questions that it answers
        for pattern, (here, somewhere) in enumerate(needs):
            for row in range(HERE + SOMEWHERE):
                slots = here[row : row + 1] if row < HERE else somewhere[row - HERE : row - HERE + 1]
                bit = row * self._width + pattern
                if slots:
                    self._asked.setdefault(slots[0], []).append(bit)
                else:
                    self._always |= 1 << bit
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
        """Of each sentence, by what it answers, the patterns that may stand in it: a bit each."""
        width, always = self._width, self._always
        post = always
        for answers in sentences:
            post |= answers
        in_post = self._row
        for row in range(HERE, HERE + SOMEWHERE):
            in_post &= post >> row * width
        likely = []
        for answers in sentences:
            answers |= always
            here = answers & in_post
            for row in range(1, HERE):
                here &= answers >> row * width
            likely.append(here)
        return likely


def places_of_bits(number: int) -> Iterator[int]:
    """The places of the bits that are set, from the lowest."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest
