"""Original text -> normal words with their places in the ORIGINAL text. No meaning here, only reading.

A `Reading` is one stream of words. Where a word can be read in more than one way (leet, masked or repeated letters),
the other readings stand beside it in `alternatives`; where several words can be read as one (`pro-ana`, `p r o a n a`,
`#JoinedTags`), the joined reading is an `arc` over them. Every span is in code points of the text as given.
"""

import re
from functools import cached_property

from assessments.engine.chunks import (
    LINK,
    LONGEST_WORD,
    MENTION,
    REMEMBERED,
    Chunk,
    fold,
    normal_form,
    read_chunk,
    unleeted,
)
from assessments.engine.tables import FILLERS

__all__ = ("LINK", "MENTION", "Reading", "normal_form", "read")

SPACED_LETTERS = 4  # so many single letters in a row are a word; fewer are "i", "a", initials

_CHUNK = re.compile(r"\S+")


class Reading:
    """A text as the engine sees it. Lists are parallel: word i is `forms[i]` at `starts[i]:ends[i]`.

    What only matches need (places, fillers) is worked out when first asked for: most posts have no match.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.forms: list[str] = []
        self.sentences: list[int] = []  # number of the sentence that each word stands in
        self.alternatives: dict[int, list[str]] = {}
        self.arcs: dict[int, list[tuple[int, str]]] = {}  # first word -> [(last word, joined form)]
        self.before: dict[int, str] = {}  # punctuation that opens at a word
        self.after: dict[int, str] = {}  # punctuation that closes at a word
        self.questions: set[int] = set()  # sentences that end with a question mark
        self._chunks: list[Chunk] = []
        self._sentence = 0
        for line in text.splitlines():
            self._read_line(line)
        if sum(end - start == 1 for chunk in self._chunks for start, end, _ in chunk.words) >= SPACED_LETTERS:
            self._join_spaced_letters()

    @cached_property
    def starts(self) -> list[int]:
        """Where each word begins in the text."""
        return [place for place, _ in self._places]

    @cached_property
    def ends(self) -> list[int]:
        """Where each word ends in the text (exclusive)."""
        return [place for _, place in self._places]

    @cached_property
    def _places(self) -> list[tuple[int, int]]:
        return [
            (found.start() + start, found.start() + end)
            for found, chunk in zip(_CHUNK.finditer(self.text), self._chunks, strict=True)
            for start, end, _ in chunk.words
        ]

    @cached_property
    def counted(self) -> list[int]:
        """How many words before word i are not fillers, with one more entry for the end; gaps are measured on this."""
        so_far, counted = 0, []
        for form in self.forms:
            counted.append(so_far)
            so_far += form not in FILLERS
        return [*counted, so_far]

    @property
    def word_count(self) -> int:
        """Meaningful words: anything with a letter or digit that is not a link or a mention."""
        return sum(1 for form in self.forms if form[0].isalnum())

    def _read_line(self, line: str) -> None:
        forms, sentences, chunks, sentence = self.forms, self.sentences, self._chunks, self._sentence
        known = REMEMBERED.get
        if sentences and sentences[-1] == sentence:
            sentence += 1  # a line break ends a sentence
        for raw in line.split():
            chunk = known(raw) or read_chunk(raw)
            chunks.append(chunk)
            if chunk.form:
                forms.append(chunk.form)
                sentences.append(sentence)
                continue
            self._add(chunk, sentence)
            if chunk.asks and sentences:
                self.questions.add(sentences[-1])
            if chunk.ends_sentence and sentences and sentences[-1] == sentence:
                sentence += 1
        self._sentence = sentence

    def _add(self, chunk: Chunk, sentence: int) -> None:
        """A chunk that is more than one plain word: punctuation, several words, other readings."""
        first = len(self.forms)
        if not chunk.words:
            if first:
                self.after[first - 1] = self.after.get(first - 1, "") + chunk.before
            return
        for _, _, form in chunk.words:
            self.forms.append(form)
            self.sentences.append(sentence)
        last = len(self.forms) - 1
        for index, form in chunk.alternatives:
            self.alternatives.setdefault(first + index, []).append(form)
        if chunk.joined:
            self.arcs[first] = [(last, form) for form in chunk.joined]
        if chunk.before:
            self.before[first] = chunk.before
        if chunk.after:
            self.after[last] = chunk.after

    def _join_spaced_letters(self) -> None:
        """`p r o a n a` -> an arc over the six letters."""
        text, starts, ends, length = self.text, self.starts, self.ends, len(self.forms)
        start = 0
        while start < length:
            end = start
            while end < length and end - start < LONGEST_WORD and _is_letter(text, starts[end], ends[end]):
                end += 1
            if end - start >= SPACED_LETTERS:
                written = "".join(text[starts[place]] for place in range(start, end))
                joined = "".join(fold(character) for character in written)
                forms = dict.fromkeys((joined, *unleeted(written)))
                self.arcs.setdefault(start, []).extend((end - 1, form) for form in forms)
            start = max(end, start + 1)


def read(text: str) -> Reading:
    """Read a whole text. Total: any `str` gives a Reading; time is linear in its length."""
    return Reading(text)


def _is_letter(text: str, start: int, end: int) -> bool:
    return end - start == 1 and text[start].isalnum()
