"""Taking in what a reader says about a report, and closing it: the only writer of a Flag."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.auditing import record
from assessments.models import Assessment
from assessments.moderation.cases import refer
from assessments.moderation.models import Flag, Kind, ReferralSource, State
from posts.intake import PostError, is_visible, normal_line_ends

MAX_REASON = 1_000
MOST_OPEN = 5


class ReasonMissing(PostError):
    """A report is said to be wrong, but not what about it."""

    field = "reason"
    sentence = _("Tell us what is wrong. A few words are enough.")


class ReasonTooLong(PostError):
    """More than MAX_REASON characters."""

    field = "reason"
    sentence = _("This is too long for us. Keep it under 1,000 characters.")


class TooManyFlags(PostError):
    """MOST_OPEN people's words, or the same person's, wait already."""

    field = "reason"
    sentence = _(
        "We have five messages about this report already, and a person will read them. You need not send more."
    )


def raise_flag(*, assessment, kind, reason="", submission):
    """Store one Flag about `assessment` and return it; the same form (`submission`) gives the same Flag again.

    `kind` is a Kind. Raises ReasonMissing, ReasonTooLong and TooManyFlags; then nothing is stored.
    """
    reason = read_reason(reason, is_needed=kind == Kind.WRONG_RESULT)
    with transaction.atomic():
        # The lock lets a second press wait for the first, and the count be right. `no_key`: somebody who decides the
        # case at this moment refers to this row, and must not wait for us while we wait for the case.
        Assessment.objects.select_for_update(no_key=True).get(pk=assessment.pk)
        if raised := Flag.objects.filter(submission=submission, assessment=assessment).first():
            return raised
        if assessment.flags.open().count() >= MOST_OPEN:
            raise TooManyFlags
        flag = Flag.objects.create(assessment=assessment, kind=kind, reason=reason, submission=submission)
        refer(assessment=assessment, source=ReferralSource.READER, reasons=[flag.kind], flag=flag)
        return flag


def close_flag(*, flag, by):
    """Say that `by` has dealt with it. Returns whether this call closed it: somebody else may have been quicker."""
    closed = {"state": State.CLOSED, "closed_at": timezone.now(), "closed_by": by}
    with transaction.atomic():
        is_closed = bool(Flag.objects.open().filter(pk=flag.pk).update(**closed))
        if is_closed:
            record(by=by, verb="close", what=flag, before={"state": State.OPEN}, after={"state": State.CLOSED})
    return is_closed


def read_reason(text, *, is_needed):
    """A reader's words, ready to store. Raises ReasonMissing and ReasonTooLong."""
    text = normal_line_ends(text).strip()
    if len(text) > MAX_REASON:
        raise ReasonTooLong
    if any(is_visible(character) for character in text):
        return text
    if is_needed:
        raise ReasonMissing
    return ""
