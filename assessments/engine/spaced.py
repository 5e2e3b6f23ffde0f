"""Words written with a space behind every letter: `p r o a n a`."""

from itertools import pairwise
from typing import TYPE_CHECKING

from assessments.engine.characters import as_latin, is_one_letter, plain
from assessments.engine.chunks import LONGEST_WORD
from assessments.engine.hashtags import words_in_tag
from assessments.engine.letters import unleeted

if TYPE_CHECKING:
    from assessments.engine.text import Reading

SPACED_LETTERS = 4  # so many single letters in a row are a word; fewer are "i", "a", initials


def join_letters(reading: "Reading") -> None:
    """Add an arc over every row of single letters: over all of it, over each group that wider spaces part, and over the
    words that the row can be cut into.
    """
    length, start = len(reading.forms), 0
    while start < length:
        end = start
        while end < length and end - start < LONGEST_WORD and _is_letter(reading, end):
            end += 1
        if end - start >= SPACED_LETTERS:
            _add_arcs(reading, start, end)
        start = max(end, start + 1)


def _add_arcs(reading: "Reading", start: int, end: int) -> None:
    text, starts = reading.text, reading.starts
    letters = as_latin([plain(text[starts[place]])[:1] for place in range(start, end)])
    written = "".join(letters)
    spans = {(0, end - start), *_groups(reading, start, end)}
    spans.update(words_in_tag(written) if len(written) == end - start else ())
    for first, last in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        word = "".join(letters[first:last])
        if last - first >= SPACED_LETTERS - 1:
            arcs = reading.arcs.setdefault(start + first, [])
            new = dict.fromkeys((start + last - 1, form) for form in (word, *unleeted(word)))
            arcs += [arc for arc in new if arc not in arcs]


def _groups(reading: "Reading", start: int, end: int) -> list[tuple[int, int]]:
    """The row, parted where the space is wider than the narrowest in it."""
    starts, ends = reading.starts, reading.ends
    spaces = [starts[place + 1] - ends[place] for place in range(start, end - 1)]
    narrowest = min(spaces)
    cuts = [0, *(at + 1 for at, space in enumerate(spaces) if space > narrowest), end - start]
    return list(pairwise(cuts))


def _is_letter(reading: "Reading", place: int) -> bool:
    return is_one_letter(reading.text[reading.starts[place] : reading.ends[place]])
