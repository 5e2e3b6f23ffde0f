"""Telling readers what was decided: an answer of moderators becomes a Review beside the assessment of each post."""

from django.db import transaction

from assessments.assessing import ReviewError, record_review


def record(ruling, assessment):
    """Write the answer beside this assessment, and return the Review. Raises ReviewError."""
    return record_review(
        assessment=assessment,
        decision=ruling.decision,
        note=ruling.note,
        policy=ruling.policy,
        overturned=ruling.overturned,
        level_after=ruling.level_after or None,
        by=ruling.by,
    )


def tell(*, ruling, assessment):
    """Write a settled answer beside one assessment of its case, where its reader sees it. Returns the Review, or None
    when the answer does not fit: the checklist judged that post otherwise, so nobody decided about that. Telling the
    same twice is once."""
    if known := ruling.reviews.filter(assessment=assessment).first():
        return known
    if assessment.level != ruling.level_before:
        return None
    try:
        with transaction.atomic():
            review = record(ruling, assessment)
    except ReviewError:
        return None
    ruling.reviews.add(review)
    return review
