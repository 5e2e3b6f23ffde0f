"""What people told moderators about a post, and what came of it: for its reader, and for the moderator. Reads only.

A reader sees kinds and dates, never the words: the address of a report may have been given to others.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from assessments.marking import harmless
from assessments.moderation.appealing import MOST_WAITING
from assessments.moderation.models import Appeal, AppealState, Appellant, Flag, Kind

MOST_FLAGS = 5
MOST_APPEALS = MOST_WAITING
MOST_NOTES = 10
# So much of a note is shown at once. The rest is folded.
FIRST_PART = 200

# Whether there is anything that `flags_of` and `appeals_of` would find: for the one question that a report asks.
IS_TOLD = """(EXISTS (SELECT 1 FROM moderation_flag AS flag
        JOIN assessments_assessment AS flagged ON flagged.id = flag.assessment_id WHERE flagged.post_id = post.id)
    OR EXISTS (SELECT 1 FROM moderation_appeal AS appeal
        JOIN moderation_casepost AS member ON member.case_id = appeal.case_id WHERE member.post_id = post.id))"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Somebody's words to the moderators, safe to draw: `first` is shown, `rest` is folded."""

    label: str
    at: datetime
    first: str
    rest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What people wrote about one case. `counts` are (label, number) pairs, `more` is how many notes are left out."""

    appeals: tuple[Note, ...]
    flags: tuple[Note, ...]
    counts: tuple[tuple[str, int], ...]
    more: int


def flags_of(post):
    """The newest Flags about any report of this post, without their words."""
    return list(Flag.objects.filter(assessment__post=post).defer("reason")[:MOST_FLAGS])


def appeals_of(post):
    """The newest Appeals about the words of this post, the oldest of them first, without what people wrote."""
    newest = Appeal.objects.about(post).select_related("case", "ruling").defer("words").order_by("-created_at", "-pk")
    return list(reversed(newest[:MOST_APPEALS]))


def are_open_to_more(appeals):
    """Whether one more appeal than these would be taken, as far as can be told. `appealing.py` decides."""
    waiting = [one for one in appeals if one.answered_at is None]
    return len(waiting) < MOST_WAITING and not any(one.is_last_word for one in appeals)


def notes_of(case):
    """What people wrote about a case, as Notes: waiting appeals, and the newest notes of readers that are not empty.

    However much was sent, a moderator reads MOST_NOTES of each and is told of the rest. Two rows decide nothing: what
    counts is the post.
    """
    flags = Flag.objects.filter(assessment__post__case_membership__case=case)
    counts = flags.order_by("kind").values_list("kind").annotate(number=Count("pk"))
    total = sum(number for _, number in counts)
    newest = list(flags[:MOST_NOTES])
    return Notes(
        appeals=tuple(
            _note(Appellant(one.who).label, one.created_at, one.words)
            for one in case.appeals.filter(state=AppealState.WAITING)[:MOST_NOTES]
        ),
        flags=tuple(_note(Kind(flag.kind).label, flag.created_at, flag.reason) for flag in newest if flag.reason),
        counts=tuple((Kind(kind).label, number) for kind, number in counts),
        more=max(0, total - len(newest)),
    )


def _note(label, at, words):
    words = harmless(words)
    return Note(label=label, at=at, first=words[:FIRST_PART], rest=words[FIRST_PART:])
