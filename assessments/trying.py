"""Trying the examples and near misses of claims and signals on the engine. Pure: for editors, commands and publishing.

An example is found when its own claim or signal is among the findings. A near miss is wrong when its claim or signal
counts; being found without counting (a myth put right, a question) is what near misses are for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assessments import engine


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One text tried for one claim or signal."""

    text: str
    found: bool
    counted: bool
    contexts: tuple[str, ...]  # in which ways the post was taken to say it

    def to_dict(self) -> dict[str, Any]:
        return {"text": self.text, "found": self.found, "counted": self.counted, "contexts": list(self.contexts)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """All texts of one claim or signal, tried. `group` is "claims" or the family of the signal."""

    key: str
    group: str
    patterns: int
    untried: tuple[str, ...]  # patterns that none of the examples fires
    examples: tuple[Attempt, ...]
    near_misses: tuple[Attempt, ...]

    @property
    def missed(self) -> list[Attempt]:
        """Examples that were not found."""
        return [attempt for attempt in self.examples if not attempt.found]

    @property
    def uncounted(self) -> list[Attempt]:
        """Examples that were found and did not count."""
        return [attempt for attempt in self.examples if attempt.found and not attempt.counted]

    @property
    def wrong(self) -> list[Attempt]:
        """Near misses that counted."""
        return [attempt for attempt in self.near_misses if attempt.counted]

    @property
    def good(self) -> bool:
        return not (self.missed or self.uncounted or self.wrong or self.untried)

    def to_dict(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "group": self.group,
            "patterns": self.patterns,
            "untried": list(self.untried),
            "examples": [attempt.to_dict() for attempt in self.examples],
            "near_misses": [attempt.to_dict() for attempt in self.near_misses],
        }


def is_triable(entry: dict[str, Any]) -> bool:
    """Whether short texts can show anything: a sign that something is missing needs a longer post with advice."""
    return not entry.get("absence", False)


def trials(content: dict[str, Any], compiled: engine.Compiled, *, only: str = "") -> Iterator[Trial]:
    """Try every claim and signal of the content in its order, or the one with the key `only`."""
    for group in ("claims", "signals"):
        for entry in content[group]:
            if is_triable(entry) and only in ("", entry["key"]):
                yield try_entry(entry, compiled)


def try_entry(entry: dict[str, Any], compiled: engine.Compiled) -> Trial:
    """Try the examples and near misses of one claim or signal."""
    return Trial(
        key=entry["key"],
        group=entry.get("family", "claims"),
        patterns=len(entry["patterns"]),
        untried=untried_patterns(entry, compiled),
        examples=tuple(_attempt(text, entry["key"], compiled) for text in entry["examples"]),
        near_misses=tuple(_attempt(text, entry["key"], compiled) for text in entry["near_misses"]),
    )


def untried_patterns(entry: dict[str, Any], compiled: engine.Compiled) -> tuple[str, ...]:
    """The patterns of a claim or signal that none of its own examples fires."""
    fired = {place for text in entry["examples"] for place in engine.patterns_found(text, compiled)}
    return tuple(written for place, written in enumerate(entry["patterns"]) if (entry["key"], place) not in fired)


def _attempt(text: str, key: str, compiled: engine.Compiled) -> Attempt:
    own = [finding for finding in engine.assess(text, compiled).findings if finding.signal == key]
    return Attempt(
        text=text,
        found=bool(own),
        # A claim that is put right counts as a good sign ("debunked"), which is not what is asked here.
        counted=any(finding.counted and finding.context is not engine.Context.CORRECTED for finding in own),
        contexts=tuple(dict.fromkeys(finding.context.value for finding in own)),
    )
