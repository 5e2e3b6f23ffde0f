"""The words that patterns look for: which slots a word can fill or help to fill. Remembered by word.

A slot may be filled by one word ("gym") or by several in a row ("link in bio"). A row is looked up by its first two
words; whether the whole of it stands in a post is found out later, for likely patterns only (`sentences.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.engine.commonness import rate_of
from assessments.engine.index import Index
from assessments.engine.once import Remembered
from assessments.engine.patterns import SHORTEST_PREFIX, Entry, Slot, Word
from assessments.engine.spelling import Speller

MOST_REMEMBERED = 60_000  # words
NUMBER = "<number>"  # what {NUMBER} looks for


_NO_STEPS: "dict[str, Node]" = {}


class Node:
    """A step of the tree of a slot's rows: the words that may come next, and whether a row may end here."""

    __slots__ = ("ends", "exact", "prefix")

    def __init__(self) -> None:
        self.ends = False
        # Most steps are the last of their row: they share one empty dictionary, and trees take a third of the memory.
        self.exact: dict[str, Node] = _NO_STEPS
        self.prefix: dict[str, Node] = _NO_STEPS

    def add(self, entry: Entry) -> None:
        """Grow the tree by one row."""
        node = self
        for word in entry:
            kind = "prefix" if word.prefix else "exact"
            steps: dict[str, Node] = getattr(node, kind)
            if steps is _NO_STEPS:
                steps = {}
                setattr(node, kind, steps)
            node = steps.setdefault(word.form, Node())
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

    number: int
    exact: frozenset[str]
    prefix: tuple[str, ...]
    rows: Node | None
    pairs: frozenset[int]  # the numbers of the first two words, of the rows that begin with two plain words
    begin: frozenset[str]  # the first words of rows that go on with a beginning of a word, or with a number
    rows_open: bool  # some row begins with a beginning of a word, or with a number
    only_pairs: bool  # every row begins with two plain words
    rate: float  # how often its words stand among a thousand: for choosing the index, never for what matches


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What one form can be. `form` is the word it is taken for when it is a slip; `others` what a masked one may be."""

    form: str
    others: tuple[str, ...]
    unlisted: frozenset[int]  # the slots that it fills alone without being listed: by its beginning, or as a number
    answers: int  # of the index
    begins: Mapping[str, int]  # the pairs that it begins, by the word that must come next


class Lexicon:
    """All slots of the patterns. Slots are added first; `finish` closes it; then words are looked up."""

    def __init__(self) -> None:
        self.slots: list[SlotWords] = []
        self.remembered = Remembered(self._look_up, MOST_REMEMBERED)
        self.pair_answers = Remembered(self._answers_of, MOST_REMEMBERED)  # most pairs are in no post
        self._numbers: dict[frozenset[Entry], int] = {}
        self._rates: dict[str, float] = {}
        self._prefix_rates: dict[str, float] = {}
        # By word, and by beginning of a word: the slots that it fills alone, or may fill with others around it.
        self._exact: dict[str, set[int]] = {}
        self._prefix: dict[str, set[int]] = {}
        # Pairs are the first two words of rows ("link in" bio). By both words: the number of the pair.
        self._pairs: dict[str, dict[str, int]] = {}
        self.pair_begins: list[str] = []  # number of a pair -> its first word
        self._pair_slots: list[set[int]] = []  # number of a pair -> the slots that its rows may fill
        self._index = Index(())
        self._speller = Speller(())

    def number_of(self, slot: Slot) -> int:
        """The number of a slot; equal slots share one."""
        known = self._numbers.get(slot.entries)
        if known is not None:
            return known
        number = self._numbers[slot.entries] = len(self.slots)
        alone = [entry[0] for entry in slot.entries if len(entry) == 1]
        longer = [entry for entry in slot.entries if len(entry) > 1]
        rate = sum(self._add_word(word, number) for word in alone)
        pairs, others, rows = set(), [], Node()
        for entry in longer:
            rows.add(entry)
            rarest = min((self._rate_of(word), word.form, word) for word in entry)
            rate += rarest[0] * _SHARE_OF_LONGER ** (len(entry) - 1)
            if _is_plain(entry[0]) and _is_plain(entry[1]):
                pair = self._pair(entry[0].form, entry[1].form)
                self._pair_slots[pair].add(number)
                pairs.add(pair)
            else:
                self._listed(rarest[2]).add(number)
                others.append(entry)
        self.slots.append(
            SlotWords(
                number=number,
                exact=frozenset(word.form for word in alone if not word.prefix),
                prefix=tuple(sorted(word.form for word in alone if word.prefix)),
                rows=rows if longer else None,
                pairs=frozenset(pairs),
                begin=frozenset(entry[0].form for entry in others if _is_plain(entry[0])),
                rows_open=not all(_is_plain(entry[0]) for entry in others),
                only_pairs=not others,
                rate=rate,
            )
        )
        return number

    def _add_word(self, word: Word, number: int) -> float:
        """List a word that fills a slot alone. Returns how often it stands in a thousand words, roughly."""
        self._listed(word).add(number)
        return self._rate_of(word)

    def _listed(self, word: Word) -> set[int]:
        """The slots that are listed under a word."""
        listed = self._prefix if word.prefix else self._exact
        found = listed.get(word.form)
        if found is None:
            found = listed[word.form] = set()
        return found

    def _rate_of(self, word: Word) -> float:
        """`rate_of` for a word, remembered here: a large checklist asks for the same few words a million times."""
        rates = self._prefix_rates if word.prefix else self._rates
        rate = rates.get(word.form)
        if rate is None:
            rate = rates[word.form] = rate_of(word.form, prefix=word.prefix)
        return rate

    def _pair(self, first: str, second: str) -> int:
        pairs = self._pairs.setdefault(first, {})
        if second not in pairs:
            pairs[second] = len(self.pair_begins)
            self.pair_begins.append(first)
            self._pair_slots.append(set())
        return pairs[second]

    def _answers_of(self, pair: int) -> int:
        return self._index.answers(self._pair_slots[pair])

    def finish(self, index: Index) -> None:
        """Close the lexicon: from now on words are looked up, and answer what this index asks."""
        self._index = index
        words = {word.form for entries in self._numbers for entry in entries for word in entry if not word.prefix}
        self._speller = Speller(words)
        # A checklist's worth of rows and rates that nobody asks for again.
        self._numbers, self._rates, self._prefix_rates = {}, {}, {}

    def look_up(self, form: str) -> Known:
        """What a form can be, masked letters filled in and slips put right. Remembered."""
        return self.remembered[form]

    def _look_up(self, form: str) -> Known:
        slots, begins = self._slots_of(form), self._pairs.get(form, _NO_PAIRS)
        others: tuple[str, ...] = ()
        if "?" in form and len(form) > 1:
            others = tuple(self._speller.unmask(form))
            slots = slots.union(*map(self._slots_of, others))
        if not (slots or begins) and (corrected := self._speller.correct(form)):
            form, slots, begins = corrected, self._slots_of(corrected), self._pairs.get(corrected, _NO_PAIRS)
        return Known(
            form=form,
            others=others,
            unlisted=frozenset(slot for slot in slots if self._fills_unlisted(form, slot)),
            answers=self._index.answers(slots),
            begins=begins,
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


_NO_PAIRS: Mapping[str, int] = {}
_SHARE_OF_LONGER = 0.25  # of the places of a row's rarest word, the share at which its next word stands too, by eye
_NUMBER_WORDS = frozenset(
    """one two three four five six seven eight nine ten twelve twenty thirty fifty hundred thousand""".split()
)


def is_number(form: str) -> bool:
    """Whether a word is a number: it begins with a digit (`5`, `10k`), or is one of the everyday number words."""
    return form[0].isdigit() or form in _NUMBER_WORDS


def _is_plain(word: Word) -> bool:
    return not word.prefix and word.form != NUMBER
