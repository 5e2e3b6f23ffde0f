"""What a preview says of posts that people have decided about."""

import pytest

from assessments import previewing
from assessments.assessing import undo_reviews
from tests.assessments.test_previewing import HELPED, do_all, draft  # noqa: F401 - a fixture
from tests.factories import a_review, an_assessment

pytestmark = pytest.mark.django_db


def test_agreement_with_what_moderators_decided(published, draft, editor, moderator):  # noqa: F811
    stands, wrong, taken_back = an_assessment(), an_assessment(), an_assessment(HELPED)
    a_review(stands, by=moderator)
    a_review(wrong, by=moderator)
    a_review(wrong, by=moderator, decision="corrected", overturned=["C1-known-claims"], level_after="read-with-care")
    a_review(taken_back, by=moderator, decision="withdrawn")

    run = do_all(previewing.start_preview(draft, by=editor))

    assert run.figures["reviews"] == {
        "both": [0, []],
        "only_before": [1, [stands.post_id]],
        "only_after": [1, [wrong.post_id]],
        "neither": [1, [taken_back.post_id]],
    }


def test_a_decision_that_was_undone_counts_for_nothing(published, draft, editor, moderator):  # noqa: F811
    stands, undone = an_assessment(), an_assessment()
    a_review(stands, by=moderator)
    a_review(undone, by=moderator)
    undo_reviews(undone.reviews.all())

    run = do_all(previewing.start_preview(draft, by=editor))

    assert run.figures["reviews"]["only_before"] == [1, [stands.post_id]]
