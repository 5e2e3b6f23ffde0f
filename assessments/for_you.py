"""The private questions of the checklist and what they lead to. Pure: no database, no request; nothing is kept.

Questions, answers and guidance are those of the published checklist. Answers are about the reader: they can add help
and never touch what is said about the post.
"""

from dataclasses import dataclass

HELP = "help"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer that can be picked."""

    key: str
    label: str
    is_picked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One private question. `key` is its name in the form."""

    key: str
    text: str
    why: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What the checklist says to one answer."""

    question: str
    answer: str
    guidance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What the reader's answers lead to. `help_notes` is said in the crisis panel, which `needs_help` puts first."""

    is_answered: bool
    needs_help: bool
    help_notes: tuple[str, ...]
    notes: tuple[Note, ...]


def questions(reference, answers=None):
    """The Questions of this version of the checklist, with what was picked; none when the version asks none."""
    answers = answers or {}
    if not answers and "questions" in reference.cards:
        return reference.cards["questions"]
    asked = tuple(
        Question(
            key=item["key"],
            text=item["question"],
            why=item["why"],
            choices=tuple(
                Choice(key=row["key"], label=row["label"], is_picked=answers.get(item["key"]) == row["key"])
                for row in item["answers"]
            ),
        )
        for item in reference.private_items()
    )
    if not answers:
        reference.cards["questions"] = asked
    return asked


def advise(reference, answers):
    """The Advice for `answers` (item key -> answer key). What the checklist does not know is as if not answered."""
    picked = [
        (item, row)
        for item in reference.private_items()
        for row in item["answers"]
        if answers.get(item["key"]) == row["key"]
    ]
    helping = [row for _, row in picked if HELP in row["effect"].split("+")]
    return Advice(
        is_answered=bool(picked),
        needs_help=bool(helping),
        help_notes=tuple(row["guidance"] for row in helping if row["guidance"]),
        notes=tuple(
            Note(question=item["question"], answer=row["label"], guidance=row["guidance"])
            for item, row in picked
            if row["guidance"] and row not in helping
        ),
    )
