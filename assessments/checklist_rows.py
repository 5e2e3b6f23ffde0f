"""One version of the checklist as rows, and as the content dictionary: the same thing said twice.

`insert_rows` and `content_of` are each other's inverse. Nothing is checked here and no status changes: that is
`publishing.py`, the only caller.
"""

from collections import defaultdict

from assessments.models import (
    Answer,
    Citation,
    Claim,
    Item,
    Level,
    Section,
    Signal,
    SignalEffect,
    Source,
    Title,
    WordClass,
)
from assessments.models.rows import lines_of

FORMAT = 1

# What the content dictionary says with the same name as the row.
PLAIN = {
    Section: ("key", "title", "intro"),
    Item: ("key", "question", "why", "answer_type", "weight"),
    Answer: ("key", "label", "effect", "guidance"),
    Level: ("key", "label", "plain", "words", "when"),
    WordClass: ("key", "description"),
    Claim: ("key", "topic", "claim", "verdict", "risk", "why", "what_is_known"),
    Signal: (
        *("key", "family", "kind", "intent", "severity", "weight", "direction", "match", "absence", "crisis"),
        *("help_route", "flag", "description", "report"),
    ),
    Title: (
        *("key", "country", "title", "protected", "register", "register_url", "meaning"),
        *("can_diagnose", "can_prescribe", "confidence", "family"),
    ),
    Source: ("key", "org", "title", "year", "url", "confidence"),
}

# What people who work on the checklist tell each other. It is copied from version to version and is no part of a
# snapshot: neither the engine nor a reader has any use for it.
NOTES = {Item: ("confirm",)}

# What is a list in the dictionary and a text with one line for each in the row.
LISTED = {
    WordClass: ("words",),
    Claim: ("patterns", "examples", "near_misses"),
    Signal: ("patterns", "examples", "near_misses"),
    Title: ("aliases", "post_nominals"),
}


def content_of(checklist, *, with_notes=False):
    """The content dictionary of the rows of `checklist`, whatever its status. A fixed number of queries.

    `with_notes`: with what stands in NOTES, for copies and exports.
    """
    citations = _citations_by_owner(checklist)
    return {
        "format": FORMAT,
        "checklist": {"key": checklist.key, "title": checklist.title, **checklist.texts},
        "levels": [_entry(level) | {"order": level.seriousness} for level in Level.objects.filter(checklist=checklist)],
        "sections": _sections(checklist, citations, with_notes=with_notes),
        "word_classes": [_entry(row) for row in WordClass.objects.filter(checklist=checklist)],
        "claims": [
            _entry(claim) | {"citations": citations["claim", claim.pk]}
            for claim in Claim.objects.filter(checklist=checklist)
        ],
        "signals": _signals(checklist, citations),
        "titles": [_entry(row) for row in Title.objects.filter(checklist=checklist)],
        "sources": [_entry(row) for row in Source.objects.filter(checklist=checklist)],
    }


def _entry(row):
    """The plain part of a row's entry in the content dictionary."""
    model = type(row)
    entry = {name: getattr(row, name) for name in PLAIN[model]}
    return entry | {name: lines_of(getattr(row, name)) for name in LISTED.get(model, ())}


def _citations_by_owner(checklist):
    by_owner = defaultdict(list)
    for citation in Citation.objects.filter(checklist=checklist).select_related("source"):
        owner = next((name, pk) for name in ("item", "claim", "signal") if (pk := getattr(citation, f"{name}_id")))
        by_owner[owner].append({"source": citation.source.key, "locator": citation.locator})
    return by_owner


def _notes(row):
    """What NOTES says of this row and somebody wrote."""
    return {name: getattr(row, name) for name in NOTES[type(row)] if getattr(row, name)}


def _sections(checklist, citations, *, with_notes):
    answers = defaultdict(list)
    for answer in Answer.objects.filter(checklist=checklist):
        answers[answer.item_id].append(_entry(answer))
    items = defaultdict(list)
    for item in Item.objects.filter(checklist=checklist):
        more = {"citations": citations["item", item.pk], "answers": answers[item.pk]}
        items[item.section_id].append(_entry(item) | (_notes(item) if with_notes else {}) | more)
    return [_entry(section) | {"items": items[section.pk]} for section in Section.objects.filter(checklist=checklist)]


def _signals(checklist, citations):
    sets = defaultdict(list)
    for row in SignalEffect.objects.filter(checklist=checklist).select_related("answer__item"):
        sets[row.signal_id].append({"item": row.answer.item.key, "answer": row.answer.key, "effect": row.effect})
    return [
        _entry(signal) | {"sets": sets[signal.pk], "citations": citations["signal", signal.pk]}
        for signal in Signal.objects.filter(checklist=checklist)
    ]


def checklist_fields(content):
    """What the Checklist row itself keeps of the content dictionary: key, title and all the other texts."""
    texts = dict(content["checklist"])
    return {"key": texts.pop("key"), "title": texts.pop("title"), "texts": texts}


def insert_rows(checklist, content):
    """Write all rows of `content` for `checklist`, a new draft without rows. Raises KeyError for a missing part."""
    sources = _insert(checklist, Source, content["sources"])
    _insert(checklist, WordClass, content["word_classes"])
    _insert(checklist, Title, content["titles"])
    _insert(checklist, Level, content["levels"], lambda level: {"seriousness": level["order"]})
    claims = _insert(checklist, Claim, content["claims"])
    items, answers = _insert_sections(checklist, content["sections"])
    signals = _insert(checklist, Signal, content["signals"])

    _insert_sets(checklist, content["signals"], signals, answers)
    cited = [
        *(("item", items[item["key"]], item) for section in content["sections"] for item in section["items"]),
        *(("claim", claims[claim["key"]], claim) for claim in content["claims"]),
        *(("signal", signals[signal["key"]], signal) for signal in content["signals"]),
    ]
    _insert_citations(checklist, cited, sources)


def _insert(checklist, model, entries, more=lambda entry: {}):
    """Write one row for each entry, in order. Returns them by key."""
    rows = [
        model(
            checklist=checklist,
            order=order,
            **{name: entry[name] for name in PLAIN[model]},
            **{name: "\n".join(entry[name]) for name in LISTED.get(model, ())},
            **{name: entry.get(name, "") for name in NOTES.get(model, ())},
            **more(entry),
        )
        for order, entry in enumerate(entries, 1)
    ]
    return {row.key: row for row in model.objects.bulk_create(rows)}


def _insert_sections(checklist, entries):
    """Write sections, items and answers. Returns the items by key, and the answers by (item key, answer key)."""
    sections = _insert(checklist, Section, entries)
    items, answers = {}, {}
    for entry in entries:
        parent = {"section": sections[entry["key"]]}
        items |= _insert(checklist, Item, entry["items"], lambda item, parent=parent: parent)
    for item in (item for entry in entries for item in entry["items"]):
        answers |= {
            (item["key"], answer["key"]): Answer(
                checklist=checklist,
                order=order,
                item=items[item["key"]],
                **{name: answer[name] for name in PLAIN[Answer]},
            )
            for order, answer in enumerate(item["answers"], 1)
        }
    Answer.objects.bulk_create(answers.values())
    return items, answers


def _insert_sets(checklist, entries, signals, answers):
    SignalEffect.objects.bulk_create(
        SignalEffect(
            checklist=checklist,
            order=order,
            signal=signals[signal["key"]],
            answer=answers[given["item"], given["answer"]],
            effect=given["effect"],
        )
        for signal in entries
        for order, given in enumerate(signal["sets"], 1)
    )


def _insert_citations(checklist, cited, sources):
    Citation.objects.bulk_create(
        Citation(
            checklist=checklist,
            order=order,
            source=sources[citation["source"]],
            locator=citation["locator"],
            **{owner_name: owner},
        )
        for owner_name, owner, entry in cited
        for order, citation in enumerate(entry["citations"], 1)
    )
