"""Running the checklist over a post, and what a person decided about it.

The only writer of an Assessment, its Findings and its Reviews.
"""

import logging
from time import perf_counter

from django.db import transaction
from django.utils import timezone

from assessments import engine, snapshots
from assessments.auditing import record
from assessments.models import Assessment, Decision, Finding, Review
from assessments.out_of_reach import NO_DATABASE
from assessments.reference import reference_for
from assessments.snapshots import NoPublishedChecklist
from posts.happenings import happened
from posts.intake import PostError, submit_post
from posts.models import Post

__all__ = (
    "NoPublishedChecklist",
    "ReviewError",
    "mark_taken_up",
    "reasons_for_review",
    "reassess",
    "reassess_if_outdated",
    "record_review",
    "run_assessment",
    "submit_and_assess",
    "undo_reviews",
)

log = logging.getLogger(__name__)

SERIOUS = frozenset({"serious", "urgent"})


def run_assessment(*, post):
    """Assess a post with the published checklist and store what was found, in one transaction.

    Returns the Assessment. Raises NoPublishedChecklist; then nothing is stored, and the post is untouched.
    """
    return _assess_published(post, by=None)


def submit_and_assess(**sent):
    """Store a post and its assessment in one transaction. Takes what `submit_post` takes, raises what it raises.

    When assessing fails, whatever went wrong, the post is stored alone, and its page offers to try again. Returns the
    Post; one that is not new (see `submit_post`) is left as it was. Raises OperationalError or InterfaceError when the
    database is away.
    """
    post = None
    try:
        # Before the transaction: a process that has just begun has to compile it first.
        checklist, digest = snapshots.published_row()
        published = snapshots.by_digest(digest)
        with transaction.atomic():
            post = submit_post(**sent)
            # Nobody else can see a new post yet, so nobody else can be assessing it.
            if post.is_new:
                _assess_and_store(post, by=None, checklist=checklist, published=published)
            return post
    except PostError:
        raise
    except Exception as error:
        # Without a database the post alone would find no place either: nobody waits for it twice.
        if post is None and isinstance(error, NO_DATABASE):
            raise
        # The error goes to the log without its words.
        log.error("assessment failed", extra={"reason": type(error).__name__}, exc_info=True)
        return submit_post(**sent)


def reassess(*, post, by=None):
    """Assess a post again with what is published now. Earlier assessments stay as they are.

    `by` is the member of staff who asked for it, None for a reader. Returns the new Assessment.
    Raises NoPublishedChecklist.
    """
    return _assess_published(post, by=by)


def is_outdated(assessment, *, published_digest):
    """Whether something newer than what made the assessment could look at the post now."""
    return published_digest is not None and (
        assessment.digest != published_digest or assessment.engine_version != engine.VERSION
    )


def reassess_if_outdated(*, post, by=None):
    """Assess again, unless the newest assessment is as new as can be (a second press, say).

    `by` is the member of staff who asked for it, None for a reader. Returns the newest Assessment, None when there is
    none yet. Raises NoPublishedChecklist.
    """
    with transaction.atomic():
        # The row lock makes a second press wait and then find the first one's assessment.
        locked = Post.objects.select_for_update().get(pk=post.pk)
        newest = locked.assessments.newest_first().first()
        if newest and is_outdated(newest, published_digest=snapshots.published().digest):
            return reassess(post=locked, by=by)
        return newest


class ReviewError(Exception):
    """A decision that cannot be recorded. str() is the sentence for the moderator."""


def record_review(*, assessment, decision, note, by, overturned=(), level_after=None, policy=""):
    """Store what `by` decided about the assessment, and return the Review. Nothing else changes.

    `note` is for the reader. A correction says what changes: `overturned` are keys of questions that no longer count,
    `level_after` is the key of another level. `policy` is the rule behind it, which the reader
    sees too. Raises ReviewError; then nothing is stored.
    """
    if not note.strip():
        raise ReviewError("Write a note: the reader sees it on the report.")
    changes_something = bool(overturned or level_after)
    if decision == Decision.CORRECTED and not changes_something:
        raise ReviewError("A correction must change something: choose questions, or another level.")
    if decision != Decision.CORRECTED and changes_something:
        raise ReviewError("Only a correction can change questions or the level.")
    if set(overturned) - {row["item"] for row in assessment.report_record["items"]}:
        raise ReviewError("One of these questions is not in this report.")
    if level_after and level_after not in reference_for(assessment.digest).levels():
        raise ReviewError("This version of the checklist has no such level.")
    decided = {"decision": decision, "overturned": list(overturned), "level_after": level_after or None}
    with transaction.atomic():
        review = Review.objects.create(
            assessment=assessment, note=note.strip(), policy=policy.strip(), reviewed_by=by, **decided
        )
        # Not the note: it is about somebody's post, and goes when the post goes.
        record(by=by, verb="decide", what=review, after=decided | {"assessment": assessment.pk})
    return review


def undo_reviews(reviews):
    """Take decisions back: they stay on record and are shown no longer. `reviews` is a queryset. Returns how many."""
    return reviews.standing().update(undone_at=timezone.now())


def mark_taken_up(assessments):
    """Say that these assessments (a queryset) have become work for moderators, or were found to be none."""
    assessments.update(taken_up_at=timezone.now())


def result_record(published, result):
    """What the world outside gets about one result, and what an assessment keeps: the contract without `id`."""
    return {"checklist": published.version, "digest": published.digest, **result.to_dict()}


def reasons_for_review(result, snapshot):
    """Why a person should look at this result; an empty list when nobody needs to.

    The rule: the published checklist itself says so. A counted finding of a signal whose severity is serious or urgent
    is a reason (the signal's key), and so is crisis help being shown ("crisis"). Findings that the context takes out
    of the judgement (a myth that is put right, say) are no reason.
    """
    serious = {signal["key"] for signal in snapshot["signals"] if signal["severity"] in SERIOUS}
    counted = {finding.signal for finding in result.findings if finding.counted}
    return (["crisis"] if result.crisis else []) + sorted(serious & counted)


def _assess_published(post, *, by):
    checklist, digest = snapshots.published_row()
    return _assess_and_store(post, by=by, checklist=checklist, published=snapshots.by_digest(digest))


def _assess_and_store(post, *, by, checklist, published):
    """`checklist` is the primary key of the version that is compiled in `published`."""
    words = {"author_line": post.author_line, "country": post.country}
    text = post.text
    begun = perf_counter()
    result = engine.assess(text, published.compiled, **words)
    taken = perf_counter() - begun
    reasons = reasons_for_review(result, published.snapshot)
    # A savepoint would be one more question and answer for nothing: whoever has a transaction open gives all of it up.
    with transaction.atomic(savepoint=False):
        assessment = Assessment.objects.create(
            post=post,
            checklist_id=checklist,
            checklist_version=int(published.version),
            digest=published.digest,
            engine_version=result.engine,
            level=result.level,
            crisis=result.crisis,
            language=result.language,
            words=result.words,
            result=snapshots.canonical_bytes(result_record(published, result)).decode("utf-8"),
            needs_review=bool(reasons),
            review_reasons=reasons,
            created_by=by,
        )
        Finding.objects.bulk_create(_finding_rows(assessment, result.findings))
    happened("assessment", level=result.level, seconds=taken)
    return assessment


def _finding_rows(assessment, findings):
    return [
        Finding(
            assessment=assessment,
            order=order,
            item=finding.item,
            answer=finding.answer,
            effect=finding.effect,
            signal=finding.signal,
            kind=finding.kind,
            context=finding.context.value,
            counted=finding.counted,
            masked=finding.masked,
            spans=[list(span) for span in finding.spans],
            place=finding.place,
        )
        for order, finding in enumerate(findings, 1)
    ]
