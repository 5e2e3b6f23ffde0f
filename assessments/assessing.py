"""Running the checklist over a post: the only writer of an Assessment and its Findings."""

from django.db import transaction

from assessments import engine, snapshots
from assessments.models import Assessment, Checklist, Finding
from assessments.snapshots import NoPublishedChecklist

__all__ = ("NoPublishedChecklist", "reasons_for_review", "reassess", "run_assessment")

SERIOUS = frozenset({"serious", "urgent"})


def run_assessment(*, post):
    """Assess a post with the published checklist and store what was found, in one transaction.

    Returns the Assessment. Raises NoPublishedChecklist; then nothing is stored, and the post is untouched.
    """
    return _assess_and_store(post, by=None)


def reassess(*, post, by=None):
    """Assess a post again with what is published now. Earlier assessments stay as they are.

    `by` is the member of staff who asked for it, None for a reader. Returns the new Assessment.
    Raises NoPublishedChecklist.
    """
    return _assess_and_store(post, by=by)


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


def _assess_and_store(post, *, by):
    published = snapshots.published()
    result = engine.assess(post.text, published.compiled, author_line=post.author_line, country=post.country)
    reasons = reasons_for_review(result, published.snapshot)
    with transaction.atomic():
        assessment = Assessment.objects.create(
            post=post,
            checklist=Checklist.objects.only("pk").get(digest=published.digest),
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
