"""Checks that only this content has: references between its parts, level rules, and promises that must be kept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assessments import engine
from assessments.content_loading.checks import (
    Check,
    Mistakes,
    known,
    list_of,
    one_of,
    record,
    true_or_false,
    whole_number,
)

BUILT_IN_CLASSES = ("NUMBER", "LINK", "MENTION")  # the engine brings these with it
AGAINST = ("stop", "red", "amber", "hint")  # effects that count against a post
NEEDED_BY_FAMILY = {"harm": ("kind", "intent", "severity"), "generality": ("weight",)}
CLASS_IN_USE = re.compile(r"\{([^}]*)\}?")


@dataclass(frozen=True)
class Names:
    """Every key that something else may refer to, collected without trusting that the content is right."""

    legends: Mapping[str, list[str]] = field(default_factory=dict)  # effects, verdicts, intents…
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # item -> its answers and their effects
    sources: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset(BUILT_IN_CLASSES)
    subjects: frozenset[str] = frozenset()  # kinds of signals and topics of claims


def names_in(content: Mapping[str, Any]) -> Names:
    """Collect the names. Total: anything of an unexpected shape is passed over, the checks will speak of it."""
    checklist = content.get("checklist")
    legends = {name: list(value) for name, value in _mapping(checklist).items() if isinstance(value, dict)}
    items = [item for section in _entries(content, "sections") for item in _entries(section, "items")]
    return Names(
        legends=legends,
        answers={
            str(item.get("key")): {str(a.get("key")): str(a.get("effect")) for a in _entries(item, "answers")}
            for item in items
        },
        sources=frozenset(str(entry.get("key")) for entry in _entries(content, "sources")),
        classes=frozenset(BUILT_IN_CLASSES) | {str(entry.get("key")) for entry in _entries(content, "word_classes")},
        subjects=frozenset(str(entry.get("kind")) for entry in _entries(content, "signals"))
        | {str(entry.get("topic")) for entry in _entries(content, "claims")},
    )


def classes_known(names: Names) -> Check:
    """The {CLASSES} in a pattern or in a word class exist. The engine checks the rest of the language."""

    def check(value: Any, field: str) -> Mistakes:
        for name in CLASS_IN_USE.findall(value) if isinstance(value, str) else ():
            if name not in names.classes:
                yield field, f"There is no word class called “{name}”."

    return check


def word_of_class(value: Any, field: str) -> Mistakes:
    """One entry of a word class: words in a row, with the signs + * {CLASS} and nothing else."""
    if not isinstance(value, str):
        return
    try:
        engine.check_entry(value)
    except engine.PatternError as mistake:
        yield field, str(mistake)


def answer_given(names: Names) -> Check:
    """The answer that a signal sets is one of that item's answers."""

    def check(value: Any, field: str) -> Mistakes:
        item, answer = _mapping(value).get("item"), _mapping(value).get("answer")
        if isinstance(item, str) and isinstance(answer, str) and answer not in names.answers.get(item, [answer]):
            yield f"{field}.answer", f"“{item}” has no answer “{answer}”; it has: {', '.join(names.answers[item])}."

    return check


def has_answers(value: Any, field: str) -> Mistakes:
    """A question has something to answer it with."""
    if value == []:
        yield field, "This question has no answers. Give it at least one, or take the question out."


def condition(names: Names) -> Check:
    """One condition of a level: a count of effects, or a fact about the post."""
    items = list_of(known(names.answers, "item"), least=1)
    counted = record(
        {
            "effect": one_of(names.legends.get("effects", [])),
            "at_least": whole_number(1),
            "at_most": whole_number(0),
            "count": one_of(["items", "sections"]),
            "items": items,
            "not_items": items,
        },
        optional=("at_least", "at_most", "count", "items", "not_items"),
    )
    fact = record(
        {"enough_text": true_or_false, "gives_advice": true_or_false}, optional=("enough_text", "gives_advice")
    )

    def check(value: Any, field: str) -> Mistakes:
        if "effect" not in _mapping(value):
            yield from fact(value, field)
            if value == {}:
                yield field, "This condition says nothing; take it out or write what it asks."
            return
        yield from counted(value, field)
        for one, other in (("at_least", "at_most"), ("items", "not_items")):
            if one in value and other in value:
                yield field, f"Use either “{one}” or “{other}”, not both."
        if "at_least" not in value and "at_most" not in value:
            yield field, "This condition needs “at_least” or “at_most”."

    return check


def keeps_its_promises(names: Names) -> Check:
    """The promises that no editor may break by mistake: see "Rules to keep" in content/README.md."""

    def check(value: Any, field: str) -> Mistakes:
        signal = _mapping(value)
        of_distress = signal.get("intent") in ("disclose", "discuss")
        if of_distress and not _effects_of(signal, names).isdisjoint(AGAINST):
            yield "sets", "Talking about distress or disclosing it must never count against a post."
        if of_distress and signal.get("direction") == "risk":
            yield "direction", "Talking about distress or disclosing it is not a risk of the post: write neutral."
        needs_help = signal.get("intent") == "disclose" or signal.get("severity") == "urgent"
        if needs_help and signal.get("crisis") is not True:
            yield "crisis", "A disclosure, and anything urgent, must show crisis help first: write true."
        for needed in NEEDED_BY_FAMILY.get(str(signal.get("family")), ()):
            if signal.get(needed) == "":
                yield needed, f"A signal of the family {signal['family']} must have this."

    return check


def _effects_of(signal: dict[str, Any], names: Names) -> set[str]:
    """Every effect that the signal may have: its own, or where it gives none, that of the answer."""
    effects = set()
    for each in _entries(signal, "sets"):
        of_answer = names.answers.get(str(each.get("item")), {}).get(str(each.get("answer")), "")
        effects.update(str(each.get("effect") or of_answer).split("+"))
    return effects


def last_level_always_holds(value: Any, field: str) -> Mistakes:
    """The last level, and no other, holds whatever was found; otherwise a post could get no level at all."""
    if not isinstance(value, list):
        return
    for place, level in enumerate(value, 1):
        always = [] in listed(level, "when")
        if always != (place == len(value)):
            yield f"{place}.when", "The last level must have one empty list, “[]” (it always holds); no other may."


def _entries(holder: Any, name: str) -> list[dict[str, Any]]:
    return [entry for entry in listed(holder, name) if isinstance(entry, dict)]


def listed(holder: Any, name: str) -> list[Any]:
    """The list of that name in the holder; empty when there is none."""
    value = _mapping(holder).get(name)
    return value if isinstance(value, list) else []


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
