"""In which sentences of a post the slots of patterns may stand: seen much quicker than where in them they do."""

from bisect import bisect_right
from collections.abc import Sequence

from assessments.engine.lexicon import Known, SlotWords
from assessments.engine.words import Words


class Whereabouts:
    """The sentences of each word, pair of words and beginning of a word. They go by their number in `stretches`."""

    def __init__(self, words: Words) -> None:
        self._every = range(len(words.stretches))
        self._forms: dict[str, list[int]] = {}
        self._pairs: dict[int, list[int]] = {}
        self._unlisted: dict[int, list[int]] = {}  # of slots that a word fills by its beginning, or as a number
        for number, stretch in enumerate(words.stretches):
            for form in words.forms[stretch.first : stretch.end]:
                self._forms.setdefault(form, []).append(number)
            for pair in stretch.pairs:
                self._pairs.setdefault(pair, []).append(number)
            for known in words.known_at[stretch.first : stretch.end]:
                if known.unlisted:
                    self._add_unlisted(known, number)
        if words.others or words.joined:
            self._add_other_readings(words)
        # Sets of both: what two sets share is found by way of the smaller one.
        self._known_forms, self._known_pairs = frozenset(self._forms), frozenset(self._pairs)

    def of(self, slot: SlotWords) -> Sequence[int]:
        """The sentences in which a slot may stand, in order."""
        if slot.rows_open or not slot.begin.isdisjoint(self._known_forms):
            return self._every
        forms, pairs = self._forms, self._pairs
        found = [forms[form] for form in slot.exact & self._known_forms]
        found += [pairs[pair] for pair in slot.pairs & self._known_pairs]
        if slot.number in self._unlisted:
            found.append(self._unlisted[slot.number])
        return sorted({number for numbers in found for number in numbers}) if found else ()

    def _add_other_readings(self, words: Words) -> None:
        firsts = [stretch.first for stretch in words.stretches]
        read_as = [(place, known) for place, several in words.others.items() for known in several]
        read_as += [(place, known) for place, several in words.joined.items() for _, known in several]
        for place, known in read_as:
            number = bisect_right(firsts, place) - 1
            for form in (known.form, *known.others):
                self._forms.setdefault(form, []).append(number)
            self._add_unlisted(known, number)

    def _add_unlisted(self, known: Known, number: int) -> None:
        for slot in known.unlisted:
            self._unlisted.setdefault(slot, []).append(number)
