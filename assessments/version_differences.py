"""What changed from one frozen version of the checklist to the next, in words that anybody may read. Pure functions.

Complete: when nothing is said to have changed, the two versions are the same but for their numbers. Words that the
checker looks for are said to have changed and never shown, and signals of masked kinds are not described.
"""

from dataclasses import dataclass, replace
from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

# (list in the snapshot, heading, field that names an entry to people)
GROUPS = (
    ("levels", _("The four answers"), "label"),
    ("sections", _("Chapters"), "title"),
    ("items", _("Questions"), "question"),
    ("claims", _("Claims"), "claim"),
    ("signals", _("Signs"), "description"),
    ("titles", _("Job titles"), "title"),
    ("sources", _("Sources"), "title"),
    ("word_classes", _("Lists of words"), "description"),
)
# Fields whose plain name is not their own, in the order of telling.
PARTS = {
    "question": _("the wording"),
    "claim": _("the wording"),
    "label": _("the wording"),
    "title": _("the name"),
    "answers": _("the answers"),
    "why": _("why it matters"),
    "what_is_known": _("what is known"),
    "citations": _("the sources"),
    "patterns": _("the words we look for"),
    "words": _("the words"),
    "when": _("the rule"),
    "examples": _("the examples"),
    "near_misses": _("what must not count"),
    "sets": _("what it does"),
    "verdict": _("the verdict"),
    "url": _("the link"),
    "section": _("the chapter"),
    "order": _("the place"),
    "intro": _("the introduction"),
    "report": _("what the report says"),
    "register": _("the register"),
    "register_url": _("the link to the register"),
    "meaning": _("what it means"),
    "description": _("the description"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """An entry that is in both versions and not the same. `parts` says what changed about it."""

    name: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupDifference:
    """What changed in one list of the snapshot (`name`): names of entries, and whether those that stayed stand in
    another order."""

    name: str
    heading: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[Changed, ...]
    is_reordered: bool

    @property
    def is_nothing(self):
        return not (self.added or self.removed or self.changed or self.is_reordered)


def differences(before, after):
    """The GroupDifferences from one snapshot to another, groups without one left out."""
    masked = {*before["checklist"].get("masked_kinds", ()), *after["checklist"].get("masked_kinds", ())}
    groups = [
        _group(name, heading, _entries(before, name), _entries(after, name), partial(_name, field=field, masked=masked))
        for name, heading, field in GROUPS
    ]
    return tuple(group for group in [*groups, _whole(before["checklist"], after["checklist"])] if not group.is_nothing)


def _entries(snapshot, name):
    """Rows of a list by key. Questions stand inside sections: each says which, and a section is told without them."""
    if name == "items":
        return {item["key"]: item | {"section": row["key"]} for row in snapshot["sections"] for item in row["items"]}
    if name == "sections":
        # The order of questions belongs to their chapter.
        return {row["key"]: {key: row[key] for key in row if key != "items"} for row in snapshot["sections"]}
    return {row["key"]: row for row in snapshot[name]}


def _group(name, heading, before, after, name_of):
    stayed = [key for key in before if key in after]
    return GroupDifference(
        name=name,
        heading=heading,
        added=tuple(name_of(row) for key, row in after.items() if key not in before),
        removed=tuple(name_of(row) for key, row in before.items() if key not in after),
        changed=tuple(
            Changed(name=name_of(after[key]), parts=_parts(before[key], after[key]))
            for key in stayed
            if before[key] != after[key]
        ),
        is_reordered=stayed != [key for key in after if key in before],
    )


def _parts(before, after):
    """The parts in which two rows differ, in words; each once."""
    all_names = dict.fromkeys([*PARTS, *before, *after])
    names = [name for name in all_names if before.get(name) != after.get(name)]
    words = [_answers(before, after) if name == "answers" else _plain(name) for name in names]
    return tuple(dict.fromkeys(str(word) for word in words))


def _plain(name):
    return PARTS.get(name, name.replace("_", " "))


def _answers(before, after):
    """“the answers”, with how many are new, gone or otherwise."""
    old, new = ({row["key"]: row for row in item.get("answers", ())} for item in (before, after))
    added, removed = len(new.keys() - old.keys()), len(old.keys() - new.keys())
    changed = sum(old[key] != new[key] for key in old.keys() & new.keys())
    said = [
        ngettext("%(n)d new", "%(n)d new", added) % {"n": added} if added else "",
        ngettext("%(n)d removed", "%(n)d removed", removed) % {"n": removed} if removed else "",
        ngettext("%(n)d changed", "%(n)d changed", changed) % {"n": changed} if changed else "",
    ]
    how = ", ".join(part for part in said if part) or _("another order")
    return f"{PARTS['answers']} ({how})"


def _name(row, *, field, masked):
    if row.get("kind") in masked:
        return _("A sign that we do not describe, so that nobody gets ideas from it")
    return str(row.get(field) or row["key"])


def _whole(before, after):
    """The texts of the checklist as a whole, by the names of their fields."""
    old, new = ({key: {"key": key, "text": value} for key, value in texts.items()} for texts in (before, after))
    heading = _("Texts of the checklist as a whole")
    group = _group("checklist", heading, old, new, lambda row: row["key"].replace("_", " "))
    return replace(group, changed=tuple(Changed(name=one.name, parts=()) for one in group.changed), is_reordered=False)
