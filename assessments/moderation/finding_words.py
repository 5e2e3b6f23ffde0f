"""Finding words that a moderator selected or typed in the post: they become ranges, no words are kept. Pure."""

import re

from assessments.marking import REORDERING

MOST_PLACES = 20
MOST_CHARACTERS = 300


def places_of(words, text, *, near=None):
    """Where the words stand in the text: [[start, end], …] in code points, empty when nowhere.

    Capitals, line breaks and signs that draw nothing do not matter. `near` is about where they were selected: then
    only the place closest to it counts; without it every place does, up to MOST_PLACES.
    """
    parts = words[:MOST_CHARACTERS].split()
    if not parts:
        return []
    unseen = f"{REORDERING.pattern}*"
    pattern = rf"[\s{REORDERING.pattern[1:-1]}]+".join(unseen.join(map(re.escape, part)) for part in parts)
    found = [list(match.span()) for match in re.finditer(pattern, text, re.IGNORECASE)]
    if near is not None and found:
        return [min(found, key=lambda span: abs(span[0] - near))]
    return found[:MOST_PLACES]
