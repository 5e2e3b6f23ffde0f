"""The words that patterns look for: which slots a word can fill, which rows of words it begins. Remembered by word."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from assessments.engine.patterns import SHORTEST_PREFIX, Entry, Slot, Word
from assessments.engine.spelling import Speller
from assessments.engine.tables import FILLERS

MOST_REMEMBERED = 60_000  # words
NUMBER = "<number>"  # what {NUMBER} looks for


class Node:
    """A step of the tree of entries of several words: the slots filled here, and the words that may come next."""

    __slots__ = ("anchors", "exact", "mask", "plain", "prefix", "slots")

    def __init__(self) -> None:
        self.slots: list[int] = []
        self.mask = 0
        self.plain = True  # the next word is looked up as it is: no beginnings, no numbers
        self.anchors: tuple[int, ...] = ()
        self.exact: dict[str, Node] = {}
        self.prefix: dict[str, Node] = {}

    def next(self, word: Word) -> "Node":
        return (self.prefix if word.prefix else self.exact).setdefault(word.form, Node())


@dataclass(frozen=True, slots=True)
class Known:
    """What one form can be: slots it fills alone (a bit each), those that patterns are indexed by, rows it begins."""

    mask: int
    slots: frozenset[int]
    anchors: tuple[int, ...]
    rows: tuple[Node, ...]
    follow: frozenset[str]  # words that may come next in some row, and the first letters of those known by beginning

    def may_go_on(self, after: str) -> bool:
        """Whether some row that this word begins may go on with the word after it: one cheap look, sometimes wrong."""
        follow = self.follow
        return (
            after in follow
            or after[:SHORTEST_PREFIX] in follow
            or after in FILLERS
            or (NUMBER in follow and is_number(after))
        )


class Lexicon:
    """All slots of a set of patterns. Slots are added first; `finish` closes it; then words are looked up."""

    def __init__(self) -> None:
        self.weights: list[float] = []  # how common the words of each slot are
        self._numbers: dict[frozenset[Entry], int] = {}
        self._single: dict[str, list[int]] = {}
        self._prefix: dict[str, list[int]] = {}
        self._rows = Node()
        self._anchors: Collection[int] = ()
        self.remembered: dict[str, Known] = {}
        self._speller = Speller(())

    def number_of(self, slot: Slot) -> int:
        """The number of a slot; equal slots share one."""
        known = self._numbers.get(slot.entries)
        if known is not None:
            return known
        number = self._numbers[slot.entries] = len(self._numbers)
        weight = 0.0
        for entry in slot.entries:
            weight += _commonness(entry)
            if len(entry) == 1:
                singles = self._prefix if entry[0].prefix else self._single
                singles.setdefault(entry[0].form, []).append(number)
                continue
            node = self._rows
            for word in entry:
                node = node.next(word)
            node.slots.append(number)
        self.weights.append(weight)
        return number

    def finish(self, anchors: Collection[int]) -> None:
        """Close the lexicon. `anchors` are the slots that patterns are indexed by."""
        self._anchors = anchors
        self._speller = Speller(self._single)
        self._finish(self._rows)

    def _finish(self, node: Node) -> None:
        """Write the bits and anchors of a tree of entries, once the index is known."""
        node.plain = not node.prefix and NUMBER not in node.exact
        node.mask, node.anchors = sum(1 << slot for slot in node.slots), self._anchors_of(node.slots)
        for step in (*node.exact.values(), *node.prefix.values()):
            self._finish(step)

    @staticmethod
    def steps_from(node: Node, form: str) -> list[Node]:
        """The steps that a word leads to from a step of the tree."""
        reached = [node.exact[form]] if form in node.exact else []
        if NUMBER in node.exact and is_number(form):
            reached.append(node.exact[NUMBER])
        if node.prefix:
            reached += [step for beginning, step in node.prefix.items() if form.startswith(beginning)]
        return reached

    def look_up(self, form: str, *, spelling: bool) -> Known:
        """What a form can be, masked letters filled in and (with `spelling`) slips put right. Remembered."""
        key = form if spelling else "\0" + form
        known = self.remembered.get(key)
        if known is None:
            slots, rows = self._look_up_form(form)
            if "?" in form and len(form) > 1:
                for word in self._speller.unmask(form):
                    slots |= set(self._single.get(word, ()))
            if spelling and not slots and not rows and (corrected := self._speller.correct(form)):
                slots, rows = self._look_up_form(corrected)
            if len(self.remembered) >= MOST_REMEMBERED:
                self.remembered.clear()
            mask, follow = sum(1 << slot for slot in slots), _follow(rows)
            known = Known(mask, frozenset(slots), self._anchors_of(slots), tuple(rows), follow)
            self.remembered[key] = known
        return known

    def _look_up_form(self, form: str) -> tuple[set[int], list[Node]]:
        slots = set(self._single.get(form, ()))
        for length in range(SHORTEST_PREFIX, len(form) + 1):
            slots |= set(self._prefix.get(form[:length], ()))
        rows = self.steps_from(self._rows, form)
        if is_number(form):
            slots |= set(self._single.get(NUMBER, ()))
        return slots, rows

    def _anchors_of(self, slots: Iterable[int]) -> tuple[int, ...]:
        return tuple(sorted(slot for slot in slots if slot in self._anchors))


def _follow(rows: Iterable[Node]) -> frozenset[str]:
    exact = {form for node in rows for form in node.exact}
    return frozenset(exact | {form[:SHORTEST_PREFIX] for node in rows for form in node.prefix})


_NUMBER_WORDS = frozenset(
    """one two three four five six seven eight nine ten twelve twenty thirty fifty hundred thousand""".split()
)

# How common a word is, roughly: used only to choose the slot of the index, never for what matches.
_COMMON = frozenset(
    """you i to and it of in is that for on not be have do so are was but all if what they we can no just about
    get with feel people go know how one think life when help from more need want there out up will because
    only take say make your my me dont stop never always who this that them has depression anxiety adhd
    mental health therapy meds medication therapist doctor brain day time good better bad""".split()
)


def is_number(form: str) -> bool:
    """Whether a word is a number: it begins with a digit (`5`, `10k`), or is one of the everyday number words."""
    return form[0].isdigit() or form in _NUMBER_WORDS


def _commonness(entry: Entry) -> float:
    """Times in a thousand words, by eye: common words 8, other words 0.3, beginnings 0.6, rows less."""
    rates = [8.0 if word.form in _COMMON else (0.6 if word.prefix else 0.3) for word in entry]
    rarity: float = 0.25 ** (len(entry) - 1)
    return min(rates) * rarity
