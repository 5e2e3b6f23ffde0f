"""The words that patterns look for: which slots a word can fill or help to fill. Remembered by word.

A slot may be filled by one word ("gym") or by several in a row ("link in bio"). A row is looked up by its first two
words; whether the whole of it stands in a post is found out later, for likely patterns only (`sentences.py`).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assessments.engine.commonness import rate_of
from assessments.engine.patterns import SHORTEST_PREFIX, Entry, Slot, Word
from assessments.engine.spelling import Speller

MOST_REMEMBERED = 60_000  # words
NUMBER = "<number>"  # what {NUMBER} looks for


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
    """All that may fill one slot: words and beginnings alone, rows of words and what such a row may begin with."""

    exact: frozenset[str]
    prefix: tuple[str, ...]
    rows: Node | None
    begin: frozenset[str]
    rows_open: bool  # some row begins with a beginning of a word, or with a number
    rate: float  # how often its words stand among a thousand: for choosing the index, never for what matches


Lead = tuple[int, int]  # a pattern, and the other slots that must be possible in its sentence, a bit each


class Hint(NamedTuple):
    """What a word, or two words that begin a row, make possible: of the slots that the index asks about."""

    possible: int  # slots, a bit each
    leads: tuple[tuple[int, tuple[Lead, ...]], ...]  # group, the patterns of it that are indexed by these slots

    @property
    def matters(self) -> bool:
        """Whether any pattern asks about it."""
        return bool(self.possible or self.leads)


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What one form can be. `form` is the word it is taken for when it is a slip; `others` what a masked one may be."""

    form: str
    others: tuple[str, ...]
    unlisted: frozenset[int]  # the slots that it fills alone without being listed: by its beginning, or as a number
    hint: Hint
    matters: bool  # the hint does
    begins: Mapping[str, Hint]  # of the rows that it begins, by the word that must come next


class Lexicon:
    """All slots of the patterns. Slots are added first; `finish` closes it; then words are looked up."""

    def __init__(self) -> None:
        self.slots: list[SlotWords] = []
        self.remembered: dict[str, Known] = {}
        self._numbers: dict[frozenset[Entry], int] = {}
        # By word, and by beginning of a word: the slots that it fills alone, or may fill with others around it.
        self._exact: dict[str, set[int]] = {}
        self._prefix: dict[str, set[int]] = {}
        self._rows: dict[str, dict[str, set[int]]] = {}  # by the first two words of a row
        self._indexes: Sequence[Mapping[int, Sequence[Lead]]] = ()
        self._bits: Mapping[int, int] = {}  # slot -> its bit, for those that the index asks about
        self._hints: dict[frozenset[int], Hint] = {}
        self._speller = Speller(())

    @property
    def groups(self) -> int:
        """How many groups of patterns there are."""
        return len(self._indexes)

    def number_of(self, slot: Slot) -> int:
        """The number of a slot; equal slots share one."""
        known = self._numbers.get(slot.entries)
        if known is not None:
            return known
        number = self._numbers[slot.entries] = len(self.slots)
        rows, rate = Node(), 0.0
        for entry in slot.entries:
            if len(entry) > 1:
                rows.add(entry)
            rate += self._add(entry, number)
        alone = [entry[0] for entry in slot.entries if len(entry) == 1]
        self.slots.append(
            SlotWords(
                exact=frozenset(word.form for word in alone if not word.prefix),
                prefix=tuple(sorted(word.form for word in alone if word.prefix)),
                rows=rows if rows.exact or rows.prefix else None,
                begin=frozenset(rows.exact),
                rows_open=bool(rows.prefix) or NUMBER in rows.exact,
                rate=rate,
            )
        )
        return number

    def _add(self, entry: Entry, number: int) -> float:
        """List one entry of a slot. Returns how often it stands in a thousand words, roughly."""
        rate, rarest = min((rate_of(word.form, prefix=word.prefix), word) for word in entry)
        if len(entry) > 1 and _is_plain(entry[0]) and _is_plain(entry[1]):
            self._rows.setdefault(entry[0].form, {}).setdefault(entry[1].form, set()).add(number)
        else:
            (self._prefix if rarest.prefix else self._exact).setdefault(rarest.form, set()).add(number)
        return rate * _SHARE_OF_LONGER ** (len(entry) - 1)

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
        slots, rows = self._slots_of(form), self._rows.get(form, {})
        others: tuple[str, ...] = ()
        if "?" in form and len(form) > 1:
            others = tuple(self._speller.unmask(form))
            slots = slots.union(*map(self._slots_of, others))
        if not (slots or rows) and (corrected := self._speller.correct(form)):
            form, slots, rows = corrected, self._slots_of(corrected), self._rows.get(corrected, {})
        hint = self._hint(slots)
        return Known(
            form=form,
            others=others,
            unlisted=frozenset(slot for slot in slots if self._fills_unlisted(form, slot)),
            hint=hint,
            matters=hint.matters,
            begins={word: hint for word, row in rows.items() if (hint := self._hint(row)).matters},
        )

    def _slots_of(self, form: str) -> set[int]:
        """The slots that a form fills alone, or may fill with others around it."""
        slots = set(self._exact.get(form, ()))
        for length in range(SHORTEST_PREFIX, len(form) + 1):
            slots.update(self._prefix.get(form[:length], ()))
        if is_number(form):
            slots.update(self._exact.get(NUMBER, ()))
        return slots

    def _fills_unlisted(self, form: str, slot: int) -> bool:
        words = self.slots[slot]
        return form not in words.exact and (
            form.startswith(words.prefix) or (NUMBER in words.exact and is_number(form))
        )

    def _hint(self, slots: Collection[int]) -> Hint:
        """The hint of these slots. Remembered: the words of a class that is used once all give the same."""
        key = frozenset(slots)
        hint = self._hints.get(key)
        if hint is None:
            leads = [
                (group, tuple(lead for slot in sorted(key) for lead in index.get(slot, ())))
                for group, index in enumerate(self._indexes)
            ]
            possible = sum(self._bits[slot] for slot in self._bits.keys() & key)
            hint = self._hints[key] = Hint(possible, tuple(lead for lead in leads if lead[1]))
        return hint


_SHARE_OF_LONGER = 0.25  # of the places of a row's rarest word, the share at which its next word stands too, by eye
_NUMBER_WORDS = frozenset(
    """one two three four five six seven eight nine ten twelve twenty thirty fifty hundred thousand""".split()
)


def is_number(form: str) -> bool:
    """Whether a word is a number: it begins with a digit (`5`, `10k`), or is one of the everyday number words."""
    return form[0].isdigit() or form in _NUMBER_WORDS


def _is_plain(word: Word) -> bool:
    return not word.prefix and word.form != NUMBER
