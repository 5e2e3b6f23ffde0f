"""The words of the engine: frozen values that go in and come out. They do no more than turn themselves into JSON."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Effect(StrEnum):
    """What one answer does to the report. Order and meaning come from the checklist's published `effects`."""

    STOP = "stop"  # a serious problem on its own
    RED = "red"  # a strong reason not to rely on the post
    AMBER = "amber"  # a reason to be careful
    GREEN = "green"  # a good sign
    NONE = "none"  # no effect
    UNKNOWN = "unknown"  # could not tell; never counted as green
    HELP = "help"  # shows crisis help first; judges nothing
    PERSONAL = "personal"  # about the reader, never about the post
    HINT = "hint"  # two different hints make one amber


class Context(StrEnum):
    """How the post says what it says. Only some contexts let a match count (see `context.py`)."""

    ASSERTED = "asserted"
    NEGATED = "negated"
    CORRECTED = "corrected"  # mentioned in order to put it right
    ASKED = "asked"
    REPORTED = "reported"  # somebody else's words, with disagreement
    HYPOTHETICAL = "hypothetical"
    SAFE_ADVICE = "safe-advice"  # "talk to your doctor before…"
    PAST = "past"
    PERSONAL = "personal"  # the author's own story, not advice
    RECOVERY = "recovery"  # recovery, awareness, loss or help-seeking
    SARCASM = "sarcasm"


class Author(StrEnum):
    """What the author line (or the post) says about who wrote it. A claim, never a check."""

    REGISTERED_TITLE = "registered_title"
    OTHER_TITLE = "other_title"
    LAY = "lay"
    NONE_STATED = "none_stated"


VERSION = "1.3.1"  # moves with every change of behaviour; stored with each assessment

FLAGS = (
    "misleading_claim",
    "harmful_community",
    "crisis_language",
    "too_general",
    "pressure",
    "selling",
    "encourages_help",
    "personal_story",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was found, with the words that it was found in.

    `spans` are half-open code-point ranges into the text exactly as given (or into the author line when `place` says
    so). `counted` is False when the context takes the finding out of the judgement (a myth being corrected, say).
    `masked` is True when the words must never be echoed to a reader.
    """

    item: str
    answer: str
    effect: str
    signal: str
    kind: str  # "claim", "signal" or "title"
    spans: tuple[tuple[int, int], ...]
    context: Context
    counted: bool
    masked: bool
    place: str = "text"  # or "author_line"

    def to_dict(self) -> dict[str, Any]:
        """The finding as the machine-readable contract writes it."""
        row: dict[str, Any] = {
            "item": self.item,
            "answer": self.answer,
            "effect": self.effect,
            "signal": self.signal,
            "kind": self.kind,
            "spans": [list(span) for span in self.spans],
            "context": self.context.value,
            "counted": self.counted,
            "masked": self.masked,
        }
        if self.place != "text":
            row["in"] = self.place
        return row


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResult:
    """The one answer an item got, and the one effect it has (its strongest)."""

    item: str
    answer: str
    effect: str

    def to_dict(self) -> dict[str, str]:
        """The item as the contract writes it."""
        return {"item": self.item, "answer": self.answer, "effect": self.effect}


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Everything the engine has to say about one post. The same input gives the same Result, for ever."""

    level: str
    crisis: bool
    language: str  # "en", another ISO 639-1 code, or "und" when it cannot be told
    words: int
    author: Author
    flags: tuple[tuple[str, bool], ...]
    items: tuple[ItemResult, ...]
    findings: tuple[Finding, ...]
    not_checked: tuple[str, ...]  # keys of the checklist's `not_checked` sentences
    trace: tuple[str, ...]  # every step from matches to level, in words
    engine: str

    def to_dict(self) -> dict[str, Any]:
        """The contract's record, without what only the caller knows (id, checklist version, digest)."""
        return {
            "level": self.level,
            "crisis": self.crisis,
            "language": self.language,
            "words": self.words,
            "engine": self.engine,
            "flags": dict(self.flags),
            "author": self.author.value,
            "items": [item.to_dict() for item in self.items],
            "findings": [finding.to_dict() for finding in self.findings],
            "not_checked": list(self.not_checked),
            "trace": list(self.trace),
        }
