"""A snapshot made ready to run: patterns parsed and indexed, answers, effects and level rules looked up once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from assessments.engine.matching import Matcher
from assessments.engine.patterns import Pattern, PatternError, parse, read_classes
from assessments.engine.titles import TitleIndex
from assessments.engine.types import ItemResult

Snapshot = Mapping[str, Any]

CLAIMS_ITEM = "C1-known-claims"  # the item that known claims answer (checklist 1, section "false-information")
TITLES_ITEM = "A2-credential"  # the item that professional titles answer
ADVICE_SIGNAL = "gives-advice"  # neutral detector: without it, nothing that "should be there" can be missing

# Groups of patterns, asked for one after another: most posts need only the first.
FOUND = 0  # claims and signals
MISSED = 1  # words whose absence is a sign; of interest only in posts that give advice
TITLES = 2  # professional titles

_NOTHING_FOUND = ("na", "none", "no", "unsure")  # answers that stand when nothing was found, in this order


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One answer that a signal gives to one item."""

    item: str
    answer: str
    effect: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """What a pattern belongs to: a claim or a signal, with all that deciding needs to know of it."""

    key: str
    kind: str  # "claim" or "signal"
    family: str
    subject: str  # a signal's kind, a claim's topic
    intent: str
    severity: str
    verdict: str
    risk: str
    direction: str
    match: str
    absence: bool
    crisis: bool
    flag: str
    settings: tuple[Setting, ...]
    masked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRule:
    """One item of the checklist, as deciding sees it."""

    key: str
    section: str
    nothing_found: ItemResult  # what stands when nothing was found


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelRule:
    """One level and when it applies: any of the lists, all conditions of the list."""

    key: str
    when: tuple[tuple[Mapping[str, Any], ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """Everything `assess` needs. Made once per snapshot and process; never changed after."""

    version: str
    digest: str
    matcher: Matcher  # its groups of patterns: FOUND, MISSED, TITLES
    owners: Mapping[str, Owner]  # claims and signals by key
    found_by: tuple[Owner, ...]  # pattern number in FOUND -> its claim or signal
    missed_by: tuple[Owner, ...]  # pattern number in MISSED -> the sign whose words should be there
    places_written: tuple[tuple[tuple[str, int], ...], ...]  # FOUND, MISSED: number -> owner's key, place in its list
    items: tuple[ItemRule, ...]
    nothing_found: tuple[ItemResult, ...]  # of all items, in their order: what stands when nothing was found
    place_of: Mapping[str, int]  # item -> its place in this order
    section_of: Mapping[str, str]  # item -> section
    effects: Mapping[tuple[str, str], str]  # item and answer -> effect
    levels: tuple[LevelRule, ...]
    titles: TitleIndex
    short_words: int
    advice_words: int
    not_checked: frozenset[str]
    levels_chosen: dict[tuple[object, ...], tuple[str, str]]  # remembered: most posts come to a few same effects


def compile_snapshot(snapshot: Snapshot, *, digest: str = "") -> Compiled:
    """Make a snapshot (or a content dict) ready. `digest` is passed through.

    Raises PatternError for the first pattern or word class that cannot be read; the message names its owner.
    """
    checklist = snapshot["checklist"]
    masked = frozenset(checklist["masked_kinds"])
    owners = {row["key"]: _owner(kind, row, masked) for kind in ("claim", "signal") for row in snapshot[kind + "s"]}
    found: list[_Written] = []
    missed: list[_Written] = []
    for key, place, pattern in _patterns_of(snapshot):
        (missed if owners[key].absence else found).append(_Written(owners[key], place, pattern))
    titles = TitleIndex(snapshot["titles"], ambiguous=[row["letters"] for row in checklist["ambiguous_letters"]])
    items = _items(snapshot)
    return Compiled(
        version=str(snapshot.get("version", "")),
        digest=digest,
        matcher=Matcher([one.pattern for one in found], [one.pattern for one in missed], titles.patterns),
        owners=owners,
        found_by=tuple(one.owner for one in found),
        missed_by=tuple(one.owner for one in missed),
        places_written=tuple(tuple((one.owner.key, one.place) for one in group) for group in (found, missed)),
        items=tuple(items),
        nothing_found=tuple(rule.nothing_found for rule in items),
        place_of={rule.key: place for place, rule in enumerate(items)},
        section_of={rule.key: rule.section for rule in items},
        effects=_effects(snapshot),
        levels=tuple(_levels(snapshot)),
        titles=titles,
        short_words=checklist["short_text"]["words"],
        advice_words=checklist["advice_words"],
        not_checked=frozenset(row["key"] for row in checklist["not_checked"]),
        levels_chosen={},
    )


def check_patterns(snapshot: Snapshot) -> None:
    """Read every pattern and word class of a snapshot, to see that they can be read. Raises PatternError."""
    for _ in _patterns_of(snapshot):
        pass


class _Written(NamedTuple):
    """A pattern, whose it is, and its place in the owner's list."""

    owner: Owner
    place: int
    pattern: Pattern


def _patterns_of(snapshot: Snapshot) -> Iterator[tuple[str, int, Pattern]]:
    """Every pattern of the claims and signals: the key of its owner, its place there, and the pattern read."""
    classes = read_classes({row["key"]: tuple(row["words"]) for row in snapshot["word_classes"]})
    for row in (*snapshot["claims"], *snapshot["signals"]):
        for place, written in enumerate(row["patterns"]):
            try:
                yield row["key"], place, parse(written, classes)
            except PatternError as error:
                raise PatternError(f"{row['key']}: “{written}”: {error.message}", error.column) from error


def _owner(kind: str, row: Mapping[str, Any], masked: frozenset[str]) -> Owner:
    return Owner(
        key=row["key"],
        kind=kind,
        family=row.get("family", "claim"),
        subject=row.get("kind", row.get("topic", "")),
        intent=row.get("intent", ""),
        severity=row.get("severity", ""),
        verdict=row.get("verdict", ""),
        risk=row.get("risk", ""),
        direction=row.get("direction", "risk"),
        match=row.get("match", "phrase"),
        absence=row.get("absence", False),
        crisis=row.get("crisis", False),
        flag=row.get("flag", "misleading_claim" if kind == "claim" else ""),
        settings=tuple(Setting(item=s["item"], answer=s["answer"], effect=s["effect"]) for s in row.get("sets", ())),
        # Methods and amounts are never echoed, whatever they are about (display rule and method rule).
        masked=row.get("kind", row.get("topic", "")) in masked or row.get("intent", "") == "method",
    )


def _items(snapshot: Snapshot) -> list[ItemRule]:
    rules = []
    for section in snapshot["sections"]:
        for item in section["items"]:
            if item["answer_type"] == "reader":
                continue  # only the reader can answer: never part of a post's assessment
            effects = {answer["key"]: answer["effect"] for answer in item["answers"]}
            quiet = [key for key, effect in effects.items() if effect in ("none", "unknown")]
            preferred = [key for key in _NOTHING_FOUND if key in quiet] or quiet or list(effects)
            quiet_result = ItemResult(item=item["key"], answer=preferred[0], effect=effects[preferred[0]])
            rules.append(ItemRule(key=item["key"], section=section["key"], nothing_found=quiet_result))
    return rules


def _effects(snapshot: Snapshot) -> dict[tuple[str, str], str]:
    return {
        (item["key"], answer["key"]): answer["effect"]
        for section in snapshot["sections"]
        for item in section["items"]
        if item["answer_type"] != "reader"
        for answer in item["answers"]
    }


def _levels(snapshot: Snapshot) -> list[LevelRule]:
    return [
        LevelRule(key=level["key"], when=tuple(tuple(conditions) for conditions in level["when"]))
        for level in snapshot["levels"]
    ]
