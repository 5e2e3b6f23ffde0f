"""Content with so many patterns: sampled from its own; beyond those, its own once more in words that were renamed.

A renamed word keeps its length and its vowels' places (`therapy` becomes something like `nvirika`), and is always
renamed to the same word, so a renamed pattern is as long, as branched and as rare as the one that it was made from.
Everyday words stay: a checklist on other subjects would share them. Word classes are renamed with their patterns.
"""

import random
import re
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from bench.everyday import EVERYDAY

_VOWELS, _CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxyz"
_BUILT_IN = ("NUMBER", "LINK", "MENTION")
_CLASS = re.compile(r"\{([^}\s]+)\}")
_PIECES = re.compile(r"\{[^}\s]*\}|\.\.\.\d*|[A-Za-z']+|.", re.S)


class Written(NamedTuple):
    """A pattern as it is written, and what it belongs to."""

    kind: str  # "claims" or "signals"
    key: str
    pattern: str


def own_patterns(content: Mapping[str, Any]) -> list[Written]:
    """Every pattern of the claims and signals, except those of signs that something is missing."""
    return [
        Written(kind, row["key"], pattern)
        for kind in ("claims", "signals")
        for row in content[kind]
        if not row.get("absence")
        for pattern in row["patterns"]
    ]


def catalogue(content: Mapping[str, Any], count: int) -> dict[str, Any]:
    """The content with exactly so many patterns. 0: its own, as many as there are."""
    own = own_patterns(content)
    if count == 0:
        return with_patterns(content, own)
    if count <= len(own):
        return with_patterns(content, _mixed(own)[:count])
    return with_other_subjects(content, len(own), count)


def with_other_subjects(content: Mapping[str, Any], few: int, count: int) -> dict[str, Any]:
    """`few` of the content's own patterns, the same as in `catalogue`, and renamed ones up to `count`.

    What is found in a post stays the same, so that only the number of patterns differs.
    """
    own = own_patterns(content)
    mixed = _mixed(own)
    turns = range(1, 1 + -(-(count - few) // len(own)))
    classes = [row for turn in (0, *turns) for row in _renamed_classes(content["word_classes"], turn)]
    others = [_renamed(written, turn) for turn in turns for written in mixed]
    return with_patterns({**content, "word_classes": classes}, [*mixed[:few], *others[: count - few]])


def _mixed(own: list[Written]) -> list[Written]:
    """The patterns in an order of chance that is always the same."""
    return random.Random(9_000).sample(own, len(own))


def with_patterns(content: Mapping[str, Any], patterns: Sequence[Written]) -> dict[str, Any]:
    """The content with these patterns instead of those of its claims and signals."""
    by_owner: dict[tuple[str, str], list[str]] = {}
    for kind, key, pattern in patterns:
        by_owner.setdefault((kind, key), []).append(pattern)
    return {
        **content,
        **{
            kind: [
                row if row.get("absence") else {**row, "patterns": by_owner.get((kind, row["key"]), [])}
                for row in content[kind]
            ]
            for kind in ("claims", "signals")
        },
    }


def rename_words(text: str, turn: int = 1) -> str:
    """A text in the words that patterns are renamed to: everyday words and what is no word stay as they are."""
    return "".join(
        _new_word(piece, turn) if piece[0].isalpha() else piece for piece in (m.group() for m in _PIECES.finditer(text))
    )


def _renamed(written: Written, turn: int) -> Written:
    return written._replace(pattern=_rename_pattern(written.pattern, turn)) if turn else written


def _renamed_classes(rows: Sequence[Mapping[str, Any]], turn: int) -> list[dict[str, Any]]:
    if not turn:
        return [dict(row) for row in rows]
    return [
        {**row, "key": f"{row['key']}_{turn}", "words": [_rename_pattern(word, turn) for word in row["words"]]}
        for row in rows
    ]


def _rename_pattern(pattern: str, turn: int) -> str:
    named = _CLASS.sub(lambda m: m.group() if m[1] in _BUILT_IN else f"{{{m[1]}_{turn}}}", pattern)
    return rename_words(named, turn)


def _new_word(word: str, turn: int) -> str:
    """A fresh word of the same shape; everyday words, contractions of them and single letters stay."""
    lowered = word.lower()
    if len(word) < 3 or lowered.replace("'", "") in EVERYDAY:
        return word
    seed = zlib.crc32(f"{turn} {lowered}".encode())
    return "".join(_new_letter(letter, seed >> (place % 24)) for place, letter in enumerate(lowered))


def _new_letter(letter: str, seed: int) -> str:
    for letters in (_VOWELS, _CONSONANTS):
        if letter in letters:
            return letters[(letters.index(letter) + 1 + seed % (len(letters) - 1)) % len(letters)]
    return letter
