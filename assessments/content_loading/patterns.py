"""Whether the engine can read every pattern and word class: all mistakes, each in its place."""

from collections.abc import Iterator, Mapping
from typing import Any

from assessments import engine

Found = tuple[str, int, str, str, str]  # list, place in it, key, field, sentence


def pattern_mistakes(content: Mapping[str, Any]) -> Iterator[Found]:
    """Every pattern that cannot be read, of content that has no other mistake."""
    words = {row["key"]: tuple(row["words"]) for row in content["word_classes"]}
    try:
        classes = engine.read_classes(words)
    except engine.PatternError as mistake:
        # Classes stand in each other: one that cannot be read leaves others and patterns unreadable too.
        yield ("word_classes", -1, "word_classes", "", str(mistake))
        return
    for name in ("claims", "signals"):
        for place, row in enumerate(content[name]):
            for number, written in enumerate(row["patterns"], 1):
                try:
                    engine.parse(written, classes)
                except engine.PatternError as mistake:
                    yield (name, place, row["key"], f"patterns.{number}", f"“{written}”: {mistake}")
