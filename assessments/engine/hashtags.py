"""Joined hashtags -> words: `#ExerciseCures` by its capitals, `#exercisecures` by the words that it can be cut into."""

import re
from itertools import pairwise

from assessments.engine.characters import is_english

SHORTEST_CUT = 6  # letters; shorter tags are words or initials
LONGEST_PIECE = 18  # letters
LONGEST_TAG = 60  # letters

_CAMEL = re.compile(r"[A-Z]?[a-z']+|[A-Z]+(?![a-z])|\d+")
_SHORT_WORDS = frozenset("a i am an as at be by do ed go he hi if in is it me my no of on or so to up us we".split())
_NAMES = frozenset(["ana", "mia"])  # names that circles go by, which must not be cut into "an a"


def has_humps(written: str) -> bool:
    """Whether capitals inside a tag say where its words begin."""
    return any(map(str.isupper, written[1:])) and any(map(str.islower, written))


def words_in_tag(written: str) -> list[tuple[int, int]]:
    """Where the words of a tag (without its hash) begin and end; empty when it is one word, or nobody can tell."""
    if not written.isascii() or len(written) > LONGEST_TAG:
        return []
    lowered = written.lower()
    if not has_humps(written):
        return _cut(lowered)
    pieces = [found.span() for found in _CAMEL.finditer(written)]
    places: list[tuple[int, int]] = []
    for start, end in pieces:
        piece = lowered[start:end]
        inside = _cut(piece)
        places += [(start + first, start + last) for first, last in inside] or [(start, end)]
        if not (inside or is_english(piece) or written[start:end].isupper() or piece.isdigit()):
            return _cut(lowered) or (pieces if len(pieces) > 1 else [])  # the humps are not where words begin
    return places if len(places) > 1 else []


def _cut(word: str) -> list[tuple[int, int]]:
    """The words that a row of letters can be cut into, long ones liked best; empty when it is one, or cannot be cut.

    The best cut before each letter is found from the best cuts before it: time is linear in the letters.
    """
    length = len(word)
    if length < SHORTEST_CUT or is_english(word) or not word.isalpha():
        return []
    best: list[tuple[int, int] | None] = [(0, 0)]  # score so far, where the last word begins
    for end in range(1, length + 1):
        choices = [
            (reached[0] + (end - start) ** 2, start)
            for start in range(max(0, end - LONGEST_PIECE), end)
            if (reached := best[start]) is not None and _is_piece(word[start:end])
        ]
        best.append(max(choices, default=None))
    return _follow_back(best, length) if best[length] else []


def _follow_back(best: list[tuple[int, int] | None], length: int) -> list[tuple[int, int]]:
    ends, end = [length], length
    while end and (step := best[end]):
        end = step[1]
        ends.append(end)
    return list(pairwise(reversed(ends)))


def _is_piece(word: str) -> bool:
    return word in _SHORT_WORDS if len(word) < 3 else is_english(word) or word in _NAMES
