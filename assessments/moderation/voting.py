"""Counting what readers find hard or wrong about single answers of a report: the only writer of a Vote."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment
from assessments.moderation.models import Vote, VoteKind
from posts.intake import PostError

MOST = 50


class NoSuchQuestion(PostError):
    """A question that this report does not have, or a word that is none of ours."""

    field = None
    sentence = _("This is not one of the answers in your report. Go back to it and try again.")


class TooManyVotes(PostError):
    """MOST votes about one report."""

    field = None
    sentence = _("You have told us a lot about this report. We have all we need from it, thank you.")


def vote(*, assessment, item, kind, submission):
    """Store one Vote about the answer to the question `item`, and return it; the same press twice is one Vote.

    `kind` is a VoteKind. Raises NoSuchQuestion and TooManyVotes; then nothing is stored.
    """
    if kind not in VoteKind.values or item not in {row["item"] for row in assessment.report_record["items"]}:
        raise NoSuchQuestion
    given = {"assessment": assessment, "item": item, "kind": kind, "submission": submission}
    with transaction.atomic():
        # The lock lets a second press wait for the first, and the count be right.
        Assessment.objects.select_for_update(no_key=True).get(pk=assessment.pk)
        if found := Vote.objects.filter(**given).first():
            return found
        if assessment.votes.count() >= MOST:
            raise TooManyVotes
        return Vote.objects.create(**given)
