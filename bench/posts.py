"""Posts of a given length, made from the content's own examples and near misses. Deterministic."""

import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle
from typing import Any

from bench.everyday import NOTHING_IN_THEM

ONE_IN = 4  # sentences of an ordinary post; so many that a short post holds about one finding
_ENDS = (". ", ". ", "! ", "\n", " … ", ". ")  # posts end their sentences in many ways


def sentences_of(content: Mapping[str, Any], fields: Sequence[str] = ("examples", "near_misses")) -> list[str]:
    """Every example and near miss of the content, shuffled, always the same way."""
    found = [text for kind in ("claims", "signals") for row in content[kind] for field in fields for text in row[field]]
    random.Random(280).shuffle(found)
    return found


def among_others(sentences: Sequence[str]) -> list[str]:
    """The sentences, each after three about other things: what an ordinary post is made of."""
    others = cycle(NOTHING_IN_THEM)
    return [text for sentence in sentences for text in (*(next(others) for _ in range(ONE_IN - 1)), sentence)]


def make_posts(sentences: Sequence[str], length: int, how_many: int) -> list[str]:
    """So many posts of at most so many characters, cut between words."""
    source = cycle(sentences)
    return [_post(source, length) for _ in range(how_many)]


def posts_with_nothing(length: int, how_many: int) -> list[str]:
    """Posts about other things: the same sentences, begun at another one each time."""
    turns = len(NOTHING_IN_THEM)
    return [
        make_posts(NOTHING_IN_THEM[first % turns :] + NOTHING_IN_THEM[: first % turns], length, 1)[0]
        for first in range(how_many)
    ]


def _post(source: Iterator[str], length: int) -> str:
    ends = cycle(_ENDS)
    text = ""
    while len(text) < length:
        text += next(source).strip()
        text += " " if text[-1:] in ".!?…" else next(ends)
    cut = text[: length + 1]
    return cut.rsplit(None, 1)[0] if len(cut.split()) > 1 else cut[:length]
