"""Running the checklist over a post and keeping what was found."""

import json

import pytest

from assessments import engine, publishing, snapshots
from assessments.assessing import NoPublishedChecklist, reasons_for_review, reassess, result_record, run_assessment
from assessments.models import Assessment, Finding
from posts.models import Post
from tests import factories

pytestmark = pytest.mark.django_db

HARM_TEXT = "You are nothing. You deserve to hurt yourself and everybody here knows it."
CALM_TEXT = "I went for a short walk with my sister today and then we made some soup."


def test_run_assessment_stores_the_result_as_the_engine_gave_it(published):
    post = factories.a_post(factories.CLAIM_TEXT)

    assessment = run_assessment(post=post)

    frozen = snapshots.by_digest(published.digest)
    result = engine.assess(post.text, frozen.compiled)
    assert assessment.result == snapshots.canonical_bytes(result_record(frozen, result)).decode()
    assert (assessment.checklist, assessment.checklist_version, assessment.digest) == (published, 1, published.digest)
    assert (assessment.engine_version, assessment.level) == (engine.VERSION, result.level)
    assert (assessment.crisis, assessment.language, assessment.words) == (result.crisis, "en", result.words)


def test_run_assessment_keeps_the_bytes_of_the_result(published):
    assessment = factories.an_assessment()
    written = assessment.result

    assessment.refresh_from_db()

    assert assessment.result == written
    assert assessment.report_record == json.loads(written)


def test_run_assessment_stores_a_row_for_every_finding(published):
    assessment = factories.an_assessment(factories.CLAIM_TEXT, author_line="Dr Jo Bloggs, consultant psychiatrist, UK")

    rows = [
        {
            "item": row.item,
            "answer": row.answer,
            "effect": row.effect,
            "signal": row.signal,
            "kind": row.kind,
            "spans": row.spans,
            "context": row.context,
            "counted": row.counted,
            "masked": row.masked,
            **({"in": row.place} if row.place != "text" else {}),
        }
        for row in assessment.findings.all()
    ]
    assert rows == assessment.report_record["findings"]
    assert "running-cures-depression" in {row["signal"] for row in rows}
    assert "author_line" in {row.get("in") for row in rows}


def test_the_stored_result_holds_no_words_of_the_post(published):
    assessment = factories.an_assessment("My friend Zebedee says running cures depression, so run every day.")

    assert "Zebedee" not in assessment.result
    assert "running cures" not in assessment.result


def test_harm_is_marked_for_review_with_its_reasons(published):
    assessment = factories.an_assessment(HARM_TEXT)

    assert assessment.needs_review is True
    assert assessment.review_reasons == ["crisis", "tells-to-hurt"]
    assert list(Assessment.objects.needing_review()) == [assessment]


def test_a_calm_post_is_not_marked_for_review(published):
    assessment = factories.an_assessment(CALM_TEXT)

    assert (assessment.needs_review, assessment.review_reasons) == (False, [])
    assert not Assessment.objects.needing_review().exists()


@pytest.mark.parametrize(
    ("signal", "counted", "crisis", "reasons"),
    [
        ("tells-to-hurt", True, False, ["tells-to-hurt"]),
        ("tells-to-hurt", False, False, []),  # the context takes it out: somebody says that it is wrong, say
        ("works-for-all", True, False, []),  # not serious
        ("works-for-all", True, True, ["crisis"]),
    ],
)
def test_reasons_for_review(signal, counted, crisis, reasons):
    assert reasons_for_review(a_result(signal, counted=counted, crisis=crisis), factories.small_content()) == reasons


def a_result(signal, *, counted, crisis):
    """What the engine might say about a post in which it found one signal."""
    finding = engine.Finding(
        **{"item": "D2-encourages-harm", "answer": "yes", "effect": "red", "signal": signal, "kind": "signal"},
        **{"spans": ((0, 3),), "context": engine.Context.ASSERTED, "counted": counted, "masked": False},
    )
    return engine.Result(
        **{"level": "check-first", "crisis": crisis, "language": "en", "words": 9, "author": engine.Author.LAY},
        **{"flags": (), "items": (), "findings": (finding,), "not_checked": (), "trace": (), "engine": "1.0.0"},
    )


def test_without_a_published_checklist_the_post_survives():
    post = factories.a_post()

    with pytest.raises(NoPublishedChecklist):
        run_assessment(post=post)
    assert Post.objects.get() == post
    assert not Assessment.objects.exists()


def test_reassess_keeps_the_assessment_before(published, editor):
    first = factories.an_assessment(HARM_TEXT)
    before = (first.result, first.findings.count())
    second_version = publishing.publish(publishing.start_draft(by=editor), by=editor, note="Again.")

    second = reassess(post=first.post, by=editor)

    first.refresh_from_db()
    assert (first.result, first.findings.count(), first.checklist_version) == (*before, 1)
    assert (second.checklist, second.checklist_version, second.created_by) == (second_version, 2, editor)
    assert list(first.post.assessments.newest_first()) == [second, first]


def test_deleting_the_post_takes_everything_along(published):
    assessment = factories.an_assessment(HARM_TEXT)

    assessment.post.delete()

    assert (Assessment.objects.count(), Finding.objects.count()) == (0, 0)


def test_storing_takes_the_same_queries_for_one_finding_and_for_many(published, django_assert_num_queries):
    snapshots.published()
    one = factories.a_post(factories.CLAIM_TEXT)
    many = factories.a_post(f"{factories.CLAIM_TEXT} Walking cures depression too. It works for everybody. {HARM_TEXT}")

    for post in (one, many):
        with django_assert_num_queries(3):
            run_assessment(post=post)
    assert one.assessments.get().findings.count() < many.assessments.get().findings.count()
