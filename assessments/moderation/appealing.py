"""Taking in an appeal, and answering it: the only writer of an Appeal.

An appeal puts the case before somebody who has not decided it before. Nobody needs an account or a name, so whoever has
the address of a report may appeal, and so may whoever knows the link of a post: they learn nothing from it.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment
from assessments.moderation.cases import refer
from assessments.moderation.flagging import read_reason
from assessments.moderation.models import Appeal, AppealState, CasePost, CaseState, ReferralSource
from posts.intake import PostError
from posts.models import Post

MOST_WAITING = 5
# How many posts from one link are looked at, the newest first.
MOST_POSTS = 20


class NoSuchReport(PostError):
    """An address of ours that leads to no report."""

    field = "where"
    sentence = _("We found no report at this address. It may be deleted by now.")


class NotAnAddress(PostError):
    """Neither an address of ours nor a link that we know."""

    field = "where"
    sentence = _("We do not know this address. Paste the address of a report, or the link of one post.")


class TooManyAppeals(PostError):
    """MOST_WAITING appeals about these words wait already."""

    field = "words"
    sentence = _("Five people have asked for this already. A person will look again, so you need not ask too.")


class AnsweredAlready(PostError):
    """The decision that stands is the answer to an appeal."""

    field = None
    sentence = _(
        "Another person has looked again already. Their answer stands on the report. "
        "If there is something new, tell our moderators."
    )


def appeal(*, assessment, who, words, submission):
    """Ask for another person to look at this assessment's post, and return the Appeal; the same form (`submission`)
    gives the same Appeal again.

    `who` is an Appellant, `words` say what is wrong. Raises ReasonMissing, ReasonTooLong, TooManyAppeals and
    AnsweredAlready; then nothing is stored.
    """
    words = _read(words)
    with transaction.atomic():
        # See flagging.raise_flag about the lock.
        Assessment.objects.select_for_update(no_key=True).get(pk=assessment.pk)
        appeals = Appeal.objects.about(assessment.post)
        if made := appeals.filter(submission=submission).first():
            return made
        _refuse_one_too_many(appeals)
        case = refer(assessment=assessment, source=ReferralSource.APPEAL, reasons=[who])
        return Appeal.objects.create(case=case, assessment=assessment, who=who, words=words, submission=submission)


def appeal_by_link(*, link, who, words, submission):
    """Ask for another person to look at what we have about the post behind a Link. Returns nothing, whatever there is:
    reports belong to those who asked for them, and the link of a post is known to many.

    Goes to every case of this post that was decided; where there is none, to the newest report. The same form again
    changes nothing. Raises ReasonMissing and ReasonTooLong.
    """
    words = _read(words)
    if Appeal.objects.filter(submission=submission).exists():
        return
    for assessment in _assessments_of(link):
        try:
            appeal(assessment=assessment, who=who, words=words, submission=submission)
        except PostError:
            continue


def reply_is_needed(case):
    """Whether somebody waits for an answer to an appeal."""
    return case.appeals.waiting().exists()


def answer_appeals(*, ruling, reply):
    """Answer every waiting appeal of the case that `ruling` settles. Returns how many there were."""
    answered = {"state": AppealState.ANSWERED, "answered_at": ruling.created_at, "ruling": ruling, "reply": reply}
    return ruling.case.appeals.waiting().update(**answered)


def reopen_appeals(*, ruling):
    """Let the appeals that an undone `ruling` had answered wait again. Returns how many there were."""
    return ruling.appeals.update(state=AppealState.WAITING, answered_at=None, ruling=None)


def _read(words):
    """The words, ready to store, with a complaint that names the box of this form."""
    try:
        return read_reason(words, is_needed=True)
    except PostError as error:
        error.field = "words"
        raise


def _refuse_one_too_many(appeals):
    if appeals.waiting().count() >= MOST_WAITING:
        raise TooManyAppeals
    if any(one.is_last_word for one in appeals.exclude(ruling=None).select_related("case", "ruling")):
        raise AnsweredAlready


def _assessments_of(link):
    """The newest assessment of one post from this link for each decided case; else the newest assessment of all."""
    posts = list(Post.objects.kept().seen_at(link.canonical).order_by("-created_at", "-pk")[:MOST_POSTS])
    decided = CasePost.objects.filter(post__in=posts, case__state=CaseState.DECIDED).select_related("post")
    by_case = {member.case_id: member.post for member in decided}
    newest = [post.assessments.newest_first().first() for post in by_case.values() or posts[:1]]
    return [assessment for assessment in newest if assessment]
