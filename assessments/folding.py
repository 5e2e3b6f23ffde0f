"""Folding away the stretches of a long post that are far from any evidence. Pure.

Only words that are drawn plainly are ever folded: evidence, its numbers and hidden words always stay in sight, so a
link to a number never leads into something closed.
"""

import re
import unicodedata
from dataclasses import replace

LONG = 1200  # a post that is shorter is shown whole
CONTEXT = 160  # what stays in sight on both sides of evidence, and at the beginning of the post
OPENING = 600  # what stays in sight of a post without any evidence
WORTH = 240  # fewer characters are read sooner than opened
REACH = 80  # how far a cut may move to fall between sentences or words

AFTER_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*\s+|[\u3002\uff01\uff1f]|\n\s*")
AFTER_WORD = re.compile(r"\s+")
JOINER = "\u200d"


def fold(segments):
    """The Segments with every long plain stretch cut in up to three, the middle one `folded`; a short post unchanged.

    Joining their `text` gives the post back, and what is no plain stretch comes back as it was.
    """
    segments = tuple(segments)
    if sum(len(segment.text) for segment in segments) <= LONG:
        return segments
    last = len(segments) - 1
    folded = []
    for place, segment in enumerate(segments):
        if segment.numbers or segment.hidden:
            folded.append(segment)
        else:
            before = OPENING if last == 0 else CONTEXT
            folded += _folded(segment, before, after=CONTEXT if place < last else 0)
    return tuple(folded)


def _folded(segment, before, after):
    """The plain Segment in pieces that keep about `before` and `after` characters of it in sight."""
    text = segment.text
    start = _cut_after(text, before)
    end = _cut_before(text, len(text) - after) if after else len(text)
    if end - start < WORTH:
        return [segment]
    pieces = [(text[:start], False), (text[start:end], True), (text[end:], False)]
    return [replace(segment, text=words, folded=is_folded) for words, is_folded in pieces if words]


def _cut_after(text, at):
    """A good place to cut at `at` or a little later: between sentences, between words, or anywhere."""
    window = text[at : at + REACH]
    for between in (AFTER_SENTENCE, AFTER_WORD):
        if found := between.search(window):
            return at + found.end()
    return _whole_sign(text, at)


def _cut_before(text, at):
    """The same at `at` or a little earlier."""
    begin = max(0, at - REACH)
    window = text[begin : max(0, at)]
    for between in (AFTER_SENTENCE, AFTER_WORD):
        if found := list(between.finditer(window)):
            return begin + found[-1].end()
    return _whole_sign(text, max(0, at))


def _whole_sign(text, at):
    """`at`, moved on to where no sign is cut from what belongs to it: accents, joiners, colours of skin."""
    while 0 < at < len(text) and (
        unicodedata.category(text[at]) in ("Mn", "Me", "Mc", "Cf", "Sk") or text[at - 1] == JOINER
    ):
        at += 1
    return at
