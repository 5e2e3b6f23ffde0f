"""The content format, as tables of field -> check: for the checklist and its evidence, for help, for other pages."""

import re
from collections.abc import Iterable

from assessments.content_loading.checks import (
    Check,
    address,
    all_of,
    day_or_nothing,
    effect,
    known,
    legend,
    list_of,
    one_of,
    record,
    shaped,
    text,
    true_or_false,
    whole_number,
)
from assessments.content_loading.rules import (
    Names,
    answer_given,
    classes_known,
    condition,
    has_answers,
    keeps_its_promises,
    word_of_class,
)
from assessments.engine import FLAGS, LONGEST_PATTERN

KEY = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*\Z")
CLASS_KEY = re.compile(r"[A-Z][A-Z0-9_]*\Z")
COUNTRY = re.compile(r"(?:[A-Z]{2}|INT)\Z")

# Notes among editors, of an item: how a second person would confirm the answer. The engine and readers never see them.
NOTES = ("confirm",)

key = shaped(KEY, "a key is made of letters and digits, joined by hyphens")
line = text(600, one_line=True)
lines = list_of(line)
some_lines = list_of(line, least=1)
confidence = one_of(["sure", "check"])


def content_tables(names: Names) -> dict[str, Check]:
    """Top-level name -> the check of its value (for a list: of each of its entries)."""
    legends = names.legends
    citation = record({"source": known(names.sources, "source"), "locator": text(300, empty=True)})
    citations = list_of(citation, least=1, unique=False)
    pattern = all_of(text(LONGEST_PATTERN, one_line=True), classes_known(names))
    found_by = {
        "patterns": list_of(pattern),
        "examples": some_lines,
        "near_misses": some_lines,
        "citations": citations,
    }
    answer = record(
        {
            "key": shaped(KEY, "a key is made of letters and digits", 50),
            "label": text(300),
            "effect": effect(legends.get("effects", [])),
            "guidance": text(empty=True),
        }
    )
    item = record(
        {
            "key": key,
            "question": text(300),
            "why": text(empty=True),
            "answer_type": one_of(legends.get("answer_types", [])),
            "weight": one_of(["minor", "moderate", "major", "critical"]),
            "citations": citations,
            "answers": all_of(has_answers, list_of(answer)),
            "confirm": text(empty=True),
        },
        optional=NOTES,
    )
    sets = record(
        {
            "item": known(names.answers, "item"),
            "answer": text(50),
            "effect": effect(legends.get("effects", []), empty=True),
        }
    )
    return {
        "checklist": checklist_table(names),
        "levels": record(
            {
                "key": key,
                "order": whole_number(1),
                "label": text(100),
                "plain": text(),
                "words": text(),
                "when": list_of(list_of(condition(names), unique=False), least=1, unique=False),
            }
        ),
        "sections": record(
            {"key": key, "title": text(200), "intro": text(empty=True), "items": list_of(item, least=1)}
        ),
        "word_classes": record(
            {
                "key": shaped(CLASS_KEY, "a word class is named in CAPITALS"),
                "description": text(300),
                "words": list_of(all_of(line, word_of_class, classes_known(names)), least=1),
            }
        ),
        "claims": record(
            {
                "key": key,
                "topic": text(100),
                "claim": text(),
                "verdict": one_of(legends.get("verdicts", [])),
                "risk": one_of(["low", "medium", "high"]),
                "why": text(),
                "what_is_known": text(),
                **found_by,
            }
        ),
        "signals": all_of(
            record(
                {
                    "key": key,
                    "family": one_of(["harm", "generality", "author", "practice"]),
                    "kind": text(60, empty=True),
                    "intent": one_of(legends.get("intents", []), empty=True),
                    "severity": one_of(legends.get("severities", []), empty=True),
                    "weight": one_of(["low", "medium", "high"], empty=True),
                    "direction": one_of(["risk", "positive", "neutral"]),
                    "match": one_of(legends.get("match_modes", [])),
                    "absence": true_or_false,
                    "crisis": true_or_false,
                    "help_route": text(60, empty=True),
                    "flag": one_of(FLAGS, empty=True),
                    "sets": list_of(all_of(sets, answer_given(names))),
                    "description": text(),
                    "report": text(),
                    **found_by,
                }
            ),
            keeps_its_promises(names),
        ),
        "titles": record(
            {
                "key": key,
                "country": shaped(COUNTRY, "a country is two capital letters, or empty for every country", empty=True),
                "title": text(200),
                "aliases": lines,
                "post_nominals": lines,
                "protected": one_of(["yes", "partly", "no"]),
                "register": text(300, empty=True),
                "register_url": address(empty=True),
                "meaning": text(),
                "can_diagnose": text(200, empty=True),
                "can_prescribe": text(200, empty=True),
                "confidence": confidence,
                "family": text(40),
            }
        ),
        "sources": record(
            {
                "key": key,
                "org": text(200),
                "title": text(400),
                "year": text(60, empty=True),
                "url": address(empty=True),
                "confidence": confidence,
            }
        ),
    }


def checklist_table(names: Names) -> Check:
    """The checklist as a whole."""
    return record(
        {
            "key": key,
            "title": text(200),
            "what_it_is_not": list_of(text(), least=1),
            "basis": list_of(record({"source": known(names.sources, "source"), "use": text()}), least=1),
            "always_shown": list_of(text(), least=1),
            "short_text": record({"words": whole_number(1), "message": text()}),
            "advice_words": whole_number(1),
            "crisis": record(
                {
                    "title": text(100),
                    "shown": text(),
                    "triggers": list_of(text(), least=1),
                    "rules": list_of(text(), least=1),
                }
            ),
            "answer_types": legend,
            "effects": legend,
            "matching_rules": list_of(text(), least=1),
            "mapping_rules": list_of(text(), least=1),
            "display_rule": text(),
            "method_rule": text(),
            "masked_kinds": list_of(known(names.subjects, "kind of signal or topic of claims"), least=1),
            "not_checked": list_of(record({"key": key, "sentence": text()}), least=1),
            "author_outcomes": list_of(record({"key": key, "label": text(100), "guidance": text()}), least=1),
            "cautions": list_of(text(), least=1),
            "degrees_not_licences": record({"note": text(), "list": some_lines}),
            "ambiguous_letters": list_of(record({"letters": text(50), "meanings": some_lines})),
            "protected_meanings": legend,
            "verdicts": legend,
            "severities": legend,
            "intents": legend,
            "match_modes": legend,
            "term_drift": text(),
        }
    )


def help_tables() -> dict[str, Check]:
    """The same for assessments/content/help."""
    source = {"org": text(200), "title": text(400), "url": address(), "confidence": confidence}
    service = record(
        {
            "name": text(200),
            "kind": text(60),
            "phone": text(200, empty=True),
            "text_or_chat": text(300, empty=True),
            "url": address(empty=True),
            "hours": text(200, empty=True),
            "languages": text(200, empty=True),
            "audience": text(200, empty=True),
            "confidence": confidence,
            "how_checked": text(300, empty=True),
            "verified_at": day_or_nothing,
        }
    )
    step = record({"key": key, "when": text(), "what": text()})
    treatment = record(
        {"name": text(100), "plain": text(), "limits": text(), "sources": list_of(record(source), least=1)}
    )
    return {
        "guidance": record(
            {
                "key_message": text(),
                "key_message_source": record({**source, "locator": text(300)}),
                "steps": list_of(step, least=1),
                "what_to_say": some_lines,
                "what_to_expect": some_lines,
                "supporting_someone_else": some_lines,
                "responding_to_a_post": some_lines,
                "treatment_overview": list_of(treatment, least=1),
                "display_rules": some_lines,
                "verification_rule": text(),
            }
        ),
        "countries": record(
            {
                "code": shaped(COUNTRY, "a country is two capital letters, or INT"),
                "country": text(100),
                "emergency": text(200, empty=True),
                "note": text(empty=True),
                "services": list_of(service, least=1, unique=False),
            }
        ),
    }


def page_tables(sources: Iterable[str]) -> dict[str, Check]:
    """The same for assessments/content/pages; they cite the sources of the checklist."""
    citation = record({"source": known(sources, "source"), "locator": text(300, empty=True)})
    section = record({"heading": text(100), "lines": some_lines})
    return {
        "support_pages": record(
            {
                "key": key,
                "title": text(100),
                "lead": text(300),
                "opening": text(300),
                "sections": list_of(section, least=1),
                "citations": list_of(citation, least=1),
            }
        ),
        "platforms": record(
            {
                "key": key,
                "name": text(60),
                "report": some_lines,
                "see_less": some_lines,
                "help_title": text(100),
                "help_url": address(),
                "confidence": confidence,
                "verified_at": day_or_nothing,
            }
        ),
        "appointment_questions": record({"key": key, "questions": some_lines}),
        "ruling_reasons": record(
            {
                "key": key,
                "label": text(200),
                "decisions": list_of(one_of(["stands", "corrected", "withdrawn"]), least=1),
                "policy": text(500),
                "note_template": text(500),
            }
        ),
    }
