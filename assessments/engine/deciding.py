"""Matches -> findings -> answers and effects per item -> level, by the published rules in the snapshot.

Each item has one answer and one effect, its strongest; the same words count once within a section; good signs never
cancel a serious problem; distress is never counted against its author. Every step is written into the trace.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from assessments.engine.compiled import CLAIMS_ITEM, Compiled, ItemRule, Owner, Setting
from assessments.engine.types import FLAGS, Context, Finding, ItemResult

STRENGTH = {"stop": 7, "red": 6, "amber": 5, "green": 4, "hint": 3, "unknown": 2, "help": 1, "personal": 1, "none": 0}

MOST_REMEMBERED = 10_000  # combinations of effects

# Named once: in Python 3.11 the members of an Enum are slow to reach.
_ASSERTED, _CORRECTED, _RECOVERY, _SAFE_ADVICE = (
    Context.ASSERTED,
    Context.CORRECTED,
    Context.RECOVERY,
    Context.SAFE_ADVICE,
)
_MEANT = frozenset({Context.ASSERTED, Context.PERSONAL})
_OWN_STORY = frozenset({Context.PERSONAL, Context.PAST})
_TAKEN_BACK = frozenset({Context.NEGATED, Context.CORRECTED, Context.REPORTED, Context.SARCASM, Context.RECOVERY})
_NOT_SPOKEN_OF = frozenset({Context.NEGATED, Context.CORRECTED, Context.REPORTED, Context.SARCASM})
_NOT_RECOVERY = frozenset({Context.NEGATED, Context.SARCASM})
_GENERAL = frozenset({Context.ASSERTED, Context.ASKED, Context.HYPOTHETICAL})
_NOT_SAID = frozenset({Context.NEGATED, Context.REPORTED})
_NO_FLAGS = tuple((flag, False) for flag in FLAGS)


def counts(owner: Owner, context: Context) -> bool:
    """Whether a match in this context counts (checklist: "A claim counts only when the post asserts it" and what
    follows).

    Distress counts (as a call for help, never against the post) unless it is plainly denied or somebody else's. Harm
    counts also when asked for ("any tips?"). Absence and good signs must be meant. A denied good sign is no good sign.
    """
    if owner.kind == "claim":
        return context in _MEANT
    if owner.intent == "recovery":
        return context not in _NOT_RECOVERY
    if owner.direction == "positive":
        debunks = any(setting.answer == "debunked" for setting in owner.settings)
        return context not in _TAKEN_BACK or context is _RECOVERY or (debunks and context is _CORRECTED)
    if owner.intent in ("disclose", "discuss"):
        return context not in _NOT_SPOKEN_OF
    if owner.family == "harm":
        return context not in _TAKEN_BACK and context is not _SAFE_ADVICE
    if owner.family == "generality" and owner.direction == "risk":
        return context in _GENERAL
    return context not in _NOT_SAID


def claim_setting(owner: Owner, context: Context, *, tells_others: bool) -> Setting:
    """What a known claim answers (mapping rule "claims"): by verdict, risk and how it is said."""
    if context is _CORRECTED:
        return Setting(item=CLAIMS_ITEM, answer="debunked", effect="")
    serious = owner.verdict in ("false", "misleading", "unproven") and owner.risk == "high"
    personal = context in _OWN_STORY
    if serious and not (personal and not tells_others):
        return Setting(item=CLAIMS_ITEM, answer="high", effect="")
    return Setting(item=CLAIMS_ITEM, answer="some", effect="")


def drop_lone_terms(findings: list[Finding], owners: Mapping[str, Owner]) -> list[Finding]:
    """Terms marked term+context never count alone: they need another signal of the same kind in the post."""
    kinds: dict[str, set[str]] = {}
    for finding in findings:
        owner = owners.get(finding.signal)
        if owner is not None and finding.counted:
            kinds.setdefault(owner.subject, set()).add(owner.key)
    kept = []
    for finding in findings:
        owner = owners.get(finding.signal)
        alone = owner is not None and owner.match == "term+context" and kinds.get(owner.subject, set()) <= {owner.key}
        kept.append(replace(finding, counted=False) if alone else finding)
    return kept


def without_repeats(findings: list[Finding], compiled: Compiled) -> list[Finding]:
    """The findings that count towards the level: within a section, only the strongest effect of the same words does.

    (Mapping rule "do_not_double_count".) The report still shows every item; this is only about counting.
    """
    strong = [
        index
        for index, finding in enumerate(findings)
        if finding.counted and finding.place == "text" and _strength(finding.effect) >= STRENGTH["green"]
    ]
    if len(strong) < 2:
        return findings
    taken: dict[str, list[tuple[str, tuple[int, int], int]]] = {}
    repeats: set[int] = set()
    for index in sorted(strong, key=lambda index: (-_strength(findings[index].effect), index)):
        finding = findings[index]
        section, strength = compiled.section_of.get(finding.item, ""), _strength(finding.effect)
        stronger = [s for item, s, power in taken.get(section, []) if item != finding.item and power > strength]
        if finding.spans and all(any(_overlap(span, other) for other in stronger) for span in finding.spans):
            repeats.add(index)
            continue
        taken.setdefault(section, []).extend((finding.item, span, strength) for span in finding.spans)
    return [finding for index, finding in enumerate(findings) if index not in repeats]


def answer_items(findings: Iterable[Finding], compiled: Compiled) -> tuple[list[ItemResult], list[str]]:
    """One answer and one effect per item, and the trace of how it came about."""
    by_item: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.counted and finding.item in compiled.place_of:
            by_item.setdefault(finding.item, []).append(finding)
    results, trace = list(compiled.nothing_found), list[str]()
    if not by_item:
        return results, trace
    hints = {f.signal for found in by_item.values() for f in found if f.effect == "hint"}
    for key, found in sorted(by_item.items(), key=lambda row: compiled.place_of[row[0]]):
        place = compiled.place_of[key]
        result = results[place] = _answer(compiled.items[place], found, two_hints=len(hints) >= 2)
        names = ", ".join(dict.fromkeys(f.signal for f in found))
        trace.append(f"{key}: {names} -> {result.answer}, {result.effect}")
    return _one_amber_for_hints(results, by_item, hints), trace


def _answer(rule: ItemRule, found: list[Finding], *, two_hints: bool) -> ItemResult:
    strongest = max(found, key=lambda f: _strength(f.effect))
    effects = {part for f in found for part in f.effect.split("+")}
    effect = strongest.effect
    if effect == "hint":
        effect = "amber" if two_hints else "none"
    if "help" in effects and "help" not in effect:
        effect = "help" if effect in ("none", "unknown") else effect + "+help"
    return ItemResult(item=rule.key, answer=strongest.answer, effect=effect)


def _one_amber_for_hints(
    results: list[ItemResult], by_item: Mapping[str, list[Finding]], hints: set[str]
) -> list[ItemResult]:
    """Two different hints make one amber, not one each: the first item keeps it."""
    if len(hints) < 2:
        return results
    kept, given = [], False
    for result in results:
        found = by_item.get(result.item, [])
        only_hints = bool(found) and all(f.effect in ("hint", "none") for f in found) and result.effect == "amber"
        kept.append(replace(result, effect="none") if only_hints and given else result)
        given = given or only_hints
    return kept


def choose_level(
    items: list[ItemResult], compiled: Compiled, *, enough_text: bool, gives_advice: bool
) -> tuple[str, str]:
    """The first level whose rule holds, and the sentence that says why."""
    key = (enough_text, gives_advice, *[item.effect for item in items])
    known = compiled.levels_chosen.get(key)
    if known is None:
        if len(compiled.levels_chosen) >= MOST_REMEMBERED:
            compiled.levels_chosen.clear()
        facts = {"enough_text": enough_text, "gives_advice": gives_advice}
        known = compiled.levels_chosen[key] = _first_level(items, compiled, facts)
    return known


def _first_level(items: list[ItemResult], compiled: Compiled, facts: Mapping[str, bool]) -> tuple[str, str]:
    having: dict[str, list[str]] = {}
    for item in items:
        for effect in item.effect.split("+"):
            having.setdefault(effect, []).append(item.item)
    for level in compiled.levels:
        for conditions in level.when:
            if all(_holds(condition, having, compiled.section_of, facts) for condition in conditions):
                reason = "; ".join(_in_words(condition) for condition in conditions) or "no other level applies"
                return level.key, f"level {level.key}: {reason}"
    raise ValueError("No level applies: the last level's rule must always hold.")


def _holds(
    condition: Mapping[str, Any],
    having: Mapping[str, list[str]],
    section_of: Mapping[str, str],
    facts: Mapping[str, bool],
) -> bool:
    """Whether one condition of a level holds: a fact about the post, or a count of items or sections with an effect."""
    for fact, value in facts.items():
        if fact in condition:
            return bool(value is condition[fact])
    hit = having.get(condition["effect"], [])
    if "items" in condition:
        hit = [item for item in hit if item in condition["items"]]
    if "not_items" in condition:
        hit = [item for item in hit if item not in condition["not_items"]]
    number = len({section_of[item] for item in hit}) if condition.get("count") == "sections" else len(hit)
    lowest, highest = int(condition.get("at_least", 0)), int(condition.get("at_most", number))
    return lowest <= number <= highest


def _in_words(condition: Mapping[str, Any]) -> str:
    if "effect" not in condition:
        return ", ".join(f"{name.replace('_', ' ')}: {'yes' if value else 'no'}" for name, value in condition.items())
    where = " sections with" if condition.get("count") == "sections" else ""
    bounds = [f"{word.replace('_', ' ')} {condition[word]}" for word in ("at_least", "at_most") if word in condition]
    among = f" among {', '.join(condition['items'])}" if "items" in condition else ""
    return f"{' and '.join(bounds)}{where} {condition['effect']}{among}"


def raise_flags(findings: Iterable[Finding], owners: Mapping[str, Owner]) -> tuple[tuple[str, bool], ...]:
    """The contract's flags. Personal experience is its own thing, never "misleading"."""
    raised = set()
    for finding in findings:
        owner = owners.get(finding.signal)
        if owner is not None and owner.flag and finding.counted:
            personal_claim = owner.kind == "claim" and finding.context is not _ASSERTED
            if not personal_claim:
                raised.add(owner.flag)
    return tuple([(flag, flag in raised) for flag in FLAGS]) if raised else _NO_FLAGS


@lru_cache(maxsize=1 << 10)
def _strength(effect: str) -> int:
    return max(STRENGTH.get(part, 0) for part in effect.split("+"))


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
