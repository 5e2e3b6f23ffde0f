"""The words that patterns look for: which slots a word can fill or help to fill. Remembered by word.

A slot may be filled by one word ("gym") or by several in a row ("link in bio"). A row is looked up by its two rarest
words; whether the whole of it stands in a post is found out later, for likely patterns only (`matching.py`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assessments.engine.commonness import rate_of
from assessments.engine.patterns import SHORTEST_PREFIX, Entry, Slot, Word
from assessments.engine.spelling import Speller

MOST_REMEMBERED = 60_000  # words
NUMBER = "<number>"  # what {NUMBER} looks for
ALONE = "<alone>"  # in place of another word: the slot is filled by one word
ANY = "<any>"  # in place of another word: the row has none that can be looked up, so it is always worth a look


class Node:
    """A step of the tree of a slot's rows: the words that may come next, and whether a row may end here."""

    __slots__ = ("ends", "exact", "prefix")

    def __init__(self) -> None:
        self.ends = False
        self.exact: dict[str, Node] = {}
        self.prefix: dict[str, Node] = {}

    def add(self, entry: Entry) -> None:
        """Grow the tree by one row."""
        node = self
        for word in entry:
            node = (node.prefix if word.prefix else node.exact).setdefault(word.form, Node())
        node.ends = True

    def steps(self, form: str) -> "list[Node]":
        """The steps that a word leads to from here."""
        reached = [self.exact[form]] if form in self.exact else []
        if NUMBER in self.exact and is_number(form):
            reached.append(self.exact[NUMBER])
        if self.prefix:
            reached += [node for beginning, node in self.prefix.items() if form.startswith(beginning)]
        return reached


@dataclass(frozen=True, slots=True)
class SlotWords:
    """All that may fill one slot: words alone, and rows of words with the words that such a row may begin with."""

    exact: frozenset[str]
    rows: Node | None
    begin: frozenset[str]
    rate: float  # how often its words stand among a thousand: for choosing the index, never for what matches


Lead = tuple[int, int]  # a pattern, and the other slots that must be possible in its sentence, a bit each


class Hint(NamedTuple):
    """What a word, or two words of a row together, make possible: of the slots that the index asks about."""

    possible: int  # slots, a bit each
    leads: tuple[tuple[Lead, ...], ...]  # the patterns that are indexed by these slots, group by group


@dataclass(frozen=True, slots=True)
class Known:
    """What one form can be. `form` is the word it is taken for when it is a slip; `others` what a masked one may be."""

    form: str
    others: tuple[str, ...]
    unlisted: frozenset[int]  # the slots that it fills alone without being listed: by its beginning, or as a number
    alone: Hint  # of the slots that it fills alone
    partners: frozenset[str]  # the other words with which it may fill a row
    pairs: Mapping[str, Hint]  # of those rows, by the other word
    matters: bool  # some pattern could use it


class Lexicon:
    """All slots of the patterns. Slots are added first; `finish` closes it; then words are looked up."""

    def __init__(self) -> None:
        self.slots: list[SlotWords] = []
        self.remembered: dict[str, Known] = {}
        self._numbers: dict[frozenset[Entry], int] = {}
        # By word, and by beginning of a word: the slots that it helps to fill, by the other word that must be there.
        self._exact: dict[str, dict[str, set[int]]] = {}
        self._prefix: dict[str, dict[str, set[int]]] = {}
        self._indexes: Sequence[Mapping[int, Sequence[Lead]]] = ()
        self._bits: Mapping[int, int] = {}  # slot -> its bit, for those that the index asks about
        self._speller = Speller(())

    def number_of(self, slot: Slot) -> int:
        """The number of a slot; equal slots share one."""
        known = self._numbers.get(slot.entries)
        if known is not None:
            return known
        number = self._numbers[slot.entries] = len(self.slots)
        rows, rate, alone = Node(), 0.0, set()
        for entry in slot.entries:
            if len(entry) > 1:
                rows.add(entry)
            elif not entry[0].prefix:
                alone.add(entry[0].form)
            rate += self._add(entry, number)
        begin = frozenset(rows.exact)
        self.slots.append(SlotWords(frozenset(alone), rows if begin or rows.prefix else None, begin, rate))
        return number

    def _add(self, entry: Entry, number: int) -> float:
        """List one entry of a slot under its rarest word. Returns how often it stands in a thousand words, roughly."""
        key, *others = sorted(entry, key=lambda word: (_rate(word), word))
        other = next((word.form for word in others if not word.prefix and word.form != NUMBER), ANY)
        listed = (self._prefix if key.prefix else self._exact).setdefault(key.form, {})
        listed.setdefault(other if others else ALONE, set()).add(number)
        return _rate(key) * _SHARE_OF_LONGER ** len(others)

    def finish(self, indexes: Sequence[Mapping[int, Sequence[Lead]]], bits: Mapping[int, int]) -> None:
        """Close the lexicon. `indexes` hold, group by group, the patterns by slot; `bits` the bit of each slot that
        matters for choosing among them.
        """
        self._indexes, self._bits = indexes, bits
        words = {word.form for entries in self._numbers for entry in entries for word in entry if not word.prefix}
        self._speller = Speller(words)

    def look_up(self, form: str) -> Known:
        """What a form can be, masked letters filled in and slips put right. Remembered."""
        known = self.remembered.get(form)
        if known is None:
            if len(self.remembered) >= MOST_REMEMBERED:
                self.remembered.clear()
            known = self.remembered[form] = self._look_up(form)
        return known

    def _look_up(self, form: str) -> Known:
        listed = self._listed(form)
        others: tuple[str, ...] = ()
        if "?" in form and len(form) > 1:
            others = tuple(self._speller.unmask(form))
            for word in others:
                _join(listed, self._listed(word))
        corrected = "" if listed else self._speller.correct(form)
        if corrected:
            form, listed = corrected, self._listed(corrected)
        alone = listed.pop(ALONE, set())
        unlisted = frozenset(slot for slot in alone if form not in self.slots[slot].exact)
        pairs = {word: hint for word, slots in listed.items() if (hint := self._hint(slots)).possible}
        hint = self._hint(alone)
        matters = bool(pairs or hint.possible or unlisted or others or corrected)
        return Known(form, others, unlisted, hint, frozenset(pairs), pairs, matters)

    def _listed(self, form: str) -> dict[str, set[int]]:
        """The slots that a form helps to fill, by the other word that must be there."""
        listed: dict[str, set[int]] = {}
        _join(listed, self._exact.get(form, {}))
        for length in range(SHORTEST_PREFIX, len(form) + 1):
            _join(listed, self._prefix.get(form[:length], {}))
        if is_number(form):
            _join(listed, self._exact.get(NUMBER, {}))
        return listed

    def _hint(self, slots: set[int]) -> Hint:
        asked = sorted(self._bits.keys() & slots)
        leads = (tuple(lead for slot in asked for lead in index.get(slot, ())) for index in self._indexes)
        return Hint(sum(self._bits[slot] for slot in asked), tuple(leads))


def _join(listed: dict[str, set[int]], more: Mapping[str, set[int]]) -> None:
    for word, slots in more.items():
        listed[word] = listed.get(word, set()) | slots


_SHARE_OF_LONGER = 0.25  # of the places of a row's rarest word, the share at which its next word stands too, by eye
_NUMBER_WORDS = frozenset(
    """one two three four five six seven eight nine ten twelve twenty thirty fifty hundred thousand""".split()
)


def is_number(form: str) -> bool:
    """Whether a word is a number: it begins with a digit (`5`, `10k`), or is one of the everyday number words."""
    return form[0].isdigit() or form in _NUMBER_WORDS


def _rate(word: Word) -> float:
    return rate_of(word.form, prefix=word.prefix)
