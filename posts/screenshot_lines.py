"""The lines that were read in a screenshot, with their places, made into the words of the post and its author's line.

Pure. What belongs to the app is left out (`screenshot_interface.py`), columns are read one after the other, and the
lines of a paragraph are joined.
"""

from dataclasses import dataclass
from statistics import median

from posts.screenshot_interface import (
    bare,
    is_button,
    is_clock,
    is_handle,
    is_interface,
    is_name,
    name_before,
)

# How far apart, in heights of a line, two lines of one paragraph may be.
NEAR = 0.85
# A gap between columns is this wide, in heights of a line.
GUTTER = 1.0
ENDS = ".!?…:;\"”'’)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line as it was read, and its box in the picture."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def of(cls, told):
        """A Line from what the child wrote about it."""
        left, top, right, bottom = told["box"]
        return cls(text=told["text"].strip(), left=left, top=top, right=right, bottom=bottom)

    @property
    def height(self):
        return max(self.bottom - self.top, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What was read: the words of the post, and what it says about its author. Either may be empty."""

    text: str
    author_line: str


def words_of(lines):
    """The Words in these lines, whatever their order."""
    rows = without_status_bar(rows_of(without_icons([line for line in lines if line.text])))
    kept, author, handles = [], "", {bare(line.text) for row in rows for line in row if is_handle(line.text)}
    for number, row in enumerate(rows):
        above = rows[number - 1][0] if number else None
        if not author:
            author, row = author_in(row, below=[line for later in rows[number + 1 : number + 3] for line in later])
        kept += [line for line in row if belongs(line, above)]
    paragraphs = paragraphs_of(kept)
    return Words(text=without_handle("\n\n".join(paragraphs), handles), author_line=author)


def without_icons(lines):
    """The lines without single signs as tall as two lines: round pictures of people are read as an O."""
    tall = 1.8 * median(line.height for line in lines) if lines else 0
    return [line for line in lines if len(line.text) > 1 or line.height < tall]


def rows_of(lines):
    """The lines in rows from the top, each from the left: lines that stand beside each other share a row."""
    rows = []
    for line in sorted(lines, key=lambda line: (line.top + line.bottom) / 2):
        if rows and any(is_beside(line, one) for one in rows[-1]):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]


def is_beside(line, other):
    """Whether two lines stand beside each other: the lower one covers two fifths of the smaller one's height."""
    shared = min(line.bottom, other.bottom) - max(line.top, other.top)
    return shared >= 0.4 * min(line.height, other.height)


def without_status_bar(rows):
    """The rows without the phone's own: a clock at the very top, and the few signs beside it."""
    if rows and any(is_clock(line.text) for line in rows[0]) and all(len(line.text) <= 12 for line in rows[0]):
        return rows[1:]
    return rows


def author_in(row, *, below):
    """(the author's name, the row without it) when this row is the head of a post, else ("", row)."""
    first, *rest = row
    if name := name_before(first.text):
        return name, rest
    beside = bool(rest) and all(is_interface(line.text) for line in rest)
    told_beside = beside and any(is_handle(line.text) or is_button(line.text) for line in rest)
    told_below = any(line.text.startswith("@") and is_interface(line.text) and is_under(line, first) for line in below)
    if is_name(first.text) and (told_beside or (told_below and (not rest or beside))):
        return bare(first.text), rest
    return "", row


def is_under(line, above):
    """Whether the line begins under the other one, and close to it."""
    return abs(line.left - above.left) < 2 * above.height and line.top - above.bottom < 2 * above.height


def belongs(line, above):
    """Whether the line is part of the post. A small word or a number may be the end of a sentence that was wrapped."""
    words = [letter for letter in line.text if letter.isalnum()]
    if len(words) >= 2 and not is_interface(line.text):
        return True
    goes_on = (
        above is not None and continues(line, above) and not is_interface(above.text) and above.text[-1] not in ENDS
    )
    begins_small = line.text[0].islower() or line.text[0].isdigit()
    return goes_on and bool(words) and begins_small and not line.text.lower().endswith(" ago")


def continues(line, above):
    """Whether the line can be the next one of the same paragraph."""
    alike = 0.7 < line.height / above.height < 1.45
    in_line = abs(line.left - above.left) < above.height
    centred = abs(line.left + line.right - above.left - above.right) / 2 < above.height
    return alike and (in_line or centred) and line.top - above.bottom < NEAR * above.height


def paragraphs_of(lines):
    """The paragraphs in reading order: cut at gutters into columns first, then at the widest gap, and so on."""
    return [paragraph for column in columns(lines) for paragraph in _paragraphs_in(column, right_of(column))]


def right_of(lines):
    """How far to the right these lines reach."""
    return max((line.right for line in lines), default=0)


def _paragraphs_in(lines, right):
    """The paragraphs of a column that reaches to `right`, which may part into columns further down."""
    if not lines:
        return []
    parts = cut_across(lines)
    if len(parts) == 1:
        return [joined(rows_of(lines), right)]
    found = []
    for part in parts:
        below = columns(part)
        for column in below:
            found += _paragraphs_in(column, right if len(below) == 1 else right_of(column))
    return found


def columns(lines):
    """The lines left and right of a gutter that runs from top to bottom, when both sides are columns of text."""
    least = GUTTER * median(line.height for line in lines) if lines else 0
    for left, right in gaps((line.left, line.right) for line in lines):
        if right - left >= least:
            first = [line for line in lines if line.right <= left]
            second = [line for line in lines if line.left >= right]
            if len(rows_of(first)) > 1 and len(rows_of(second)) > 1:
                return [first, second]
    return [lines]


def cut_across(lines):
    """The lines above and below the widest gap, when it is wider than within a paragraph."""
    wide = max(gaps((line.top, line.bottom) for line in lines), key=lambda gap: gap[1] - gap[0], default=None)
    if wide is None or wide[1] - wide[0] <= NEAR * median(line.height for line in lines):
        return [lines]
    return [[line for line in lines if line.bottom <= wide[0]], [line for line in lines if line.top >= wide[1]]]


def gaps(sides):
    """The (end, start) pairs between these stretches that no stretch covers."""
    found, reached = [], None
    for start, end in sorted(sides):
        if reached is not None and start > reached:
            found.append((reached, start))
        reached = end if reached is None else max(reached, end)
    return found


def joined(rows, right):
    """One paragraph's text: a line that ended before it had to is a line of its own, the rest runs on."""
    text = ""
    for above, row in zip([None, *rows], rows, strict=False):
        words = " ".join(line.text for line in row)
        if above:
            first = row[0]
            first_word = len(first.text.split()[0]) / len(first.text) * (first.right - first.left)
            ended_early = above[-1].right + first_word + first.height < right
            text += "\n" if ended_early else " "
        text += words
    return text


def without_handle(text, handles):
    """The text without the account's name that an app puts before a caption."""
    first, _, rest = text.partition(" ")
    return rest if rest and first in handles else text
