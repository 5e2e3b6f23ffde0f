"""Cutting the words of a post into pieces that a page can show: which are evidence, which stay hidden. Pure.

All offsets are code points into the text exactly as given. A piece never lies half inside a piece of evidence, so
marks never need to be nested.
"""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

HIDDEN = _("[words hidden]")

# Signs that change the order in which other text is drawn, and tag characters that draw nothing. They stay in the
# stored text (offsets count them) and are left out on the page. Left-to-right and right-to-left MARKS are harmless.
REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The place of one item's words: the item's number on the page, its tone, and a half-open range."""

    number: int
    tone: str  # "careful" or "good"
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A number that stands at the beginning of a piece of evidence, and the anchor that its item links to."""

    number: int
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of the post that is drawn in one way. `text` is the original; a page shows `shown` only."""

    text: str
    numbers: tuple[int, ...] = ()
    tone: str = ""
    openings: tuple[Opening, ...] = ()
    hidden: bool = False
    asked_for: bool = False  # hidden words that the reader asked to see
    folded: bool = False  # far from any evidence: closed until somebody opens it

    @property
    def shown(self):
        """What the page may draw: no words that must not be echoed unless asked for, no sign that reorders the page."""
        return str(HIDDEN) if self.hidden and not self.asked_for else harmless(self.text)


def harmless(text):
    """The text with reordering signs left out and control characters made visible. For display, never for storing."""
    return CONTROLS.sub(_visible_control, REORDERING.sub("", text))


def cut(text, evidence=(), masked=(), *, prefix="words"):
    """`text` as Segments, in order; joining their `text` gives it back.

    `evidence` are Evidence, `masked` are (start, end) ranges of words that are never echoed. Where careful and good
    evidence meet, careful gives the tone. Ranges outside the text are cut to it. Anchors begin with `prefix`.
    """
    size = len(text)
    masked = merged(((max(0, start), min(size, end)) for start, end in masked), text)
    evidence = [one for one in evidence if max(0, one.start) < min(size, one.end)]
    edges = {0, size, *(edge for span in masked for edge in span)}
    edges |= {min(size, max(0, edge)) for one in evidence for edge in (one.start, one.end)}
    # Inside hidden words nothing is cut: one block stands for them, whatever was found in them.
    edges = sorted(edge for edge in edges if not any(start < edge < end for start, end in masked))
    named = list(zip(evidence, anchors(evidence, prefix), strict=True))
    return tuple(_segment(text, start, end, named, masked) for start, end in pairwise(edges))


def quote(text, start, end, masked=()):
    """The words from `start` to `end` as the page may show them, with hidden words as HIDDEN."""
    inside = [
        (max(start, one) - start, min(end, other) - start) for one, other in masked if one < end and other > start
    ]
    return "".join(segment.shown for segment in cut(text[start:end], masked=inside))


def anchors(evidence, prefix="words"):
    """The anchor of each Evidence, in the same order: `words-2`, and `words-2-2`, `words-2-3` for further places."""
    seen = Counter()
    result = []
    for one in evidence:
        seen[one.number] += 1
        place = seen[one.number]
        result.append(f"{prefix}-{one.number}" + (f"-{place}" if place > 1 else ""))
    return result


def _segment(text, start, end, named, masked):
    """The Segment from `start` to `end`, which no edge divides. `named` are (Evidence, anchor) pairs."""
    # A hidden block may hold the whole of a piece of evidence, so it is asked for overlap and for what begins inside.
    covering = [one for one, _ in named if max(0, one.start) < end and one.end > start]
    openings = [Opening(number=one.number, anchor=name) for one, name in named if start <= max(0, one.start) < end]
    tones = {one.tone for one in covering}
    return Segment(
        text=text[start:end],
        numbers=tuple(sorted({one.number for one in covering})),
        tone="careful" if "careful" in tones else next(iter(tones), ""),
        openings=tuple(openings),
        hidden=any(first <= start and end <= last for first, last in masked),
    )


def merged(ranges, text=""):
    """Ranges with overlapping ones joined (with `text` also those with only white space between), in order.

    Empty ranges are left out.
    """
    joined = []
    for start, end in sorted(pair for pair in ranges if pair[0] < pair[1]):
        if joined and (start <= joined[-1][1] or (text and not text[joined[-1][1] : start].strip())):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _visible_control(match):
    """U+2400 onwards are pictures of the control characters; C1 has none."""
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"
