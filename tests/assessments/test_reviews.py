"""What a person decides about a report, and how the report shows it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments import publishing
from assessments.assessing import ReviewError, reassess, record_review
from assessments.models import Review
from tests.factories import a_review, an_assessment

pytestmark = pytest.mark.django_db

MASKED = "Listen: you deserve to hurt yourself, and everybody knows it."
CLAIM = "C1-known-claims"
ONLY_A_CORRECTION = "Only a correction can change questions or the level."


def report_of(client, assessment):
    return client.get(f"/reports/{assessment.post.key}/").content.decode()


def banner_of(page):
    return page.partition('class="banner')[2].partition("</div>")[0]


def test_without_a_decision_the_report_says_that_no_person_looked(client, published):
    page = report_of(client, an_assessment())

    assert "No person has looked at it." in page
    assert "A person looked at this" not in page


def test_a_report_that_stands_stays_and_says_so(client, published, moderator):
    assessment = an_assessment()
    before = banner_of(report_of(client, assessment))
    a_review(assessment, by=moderator, note="We read it twice.")

    page = report_of(client, assessment)

    assert banner_of(page) == before
    assert "<strong>The report is right as it is.</strong>" in page
    assert "We read it twice." in page
    assert "No person has looked at it." not in page
    assert moderator.username not in re.sub(r"<[^>]+>", "", page).split()


def test_a_correction_strikes_the_question_and_changes_the_level(client, published, moderator):
    assessment = an_assessment()
    a_review(assessment, by=moderator, decision="corrected", overturned=[CLAIM], level_after="read-with-care")

    page = report_of(client, assessment)

    assert "<h2>Read with care</h2>" in banner_of(page)
    assert "We found no things to be careful about" in banner_of(page)
    assert f"<s>Question {CLAIM}? Answer high</s>" in page
    assert "The program had said: <s>Check before you trust it</s>" in page
    assert 'class="number"' not in page
    assert "a person decided this." in page


def test_a_report_that_is_taken_back_shows_no_verdict_and_no_counts(client, published, moderator):
    assessment = an_assessment()
    a_review(assessment, by=moderator, decision="withdrawn")

    page = report_of(client, assessment)

    assert "<h2>We took this report back</h2>" in banner_of(page)
    assert "We found" not in banner_of(page)
    assert 'id="item-1"' not in page


@pytest.mark.parametrize(
    "change", [{"decision": "withdrawn"}, {"decision": "corrected", "overturned": ["D2-encourages-harm"]}]
)
def test_whatever_is_decided_hidden_words_stay_hidden_and_help_stays_first(client, published, moderator, change):
    assessment = an_assessment(MASKED)
    a_review(assessment, by=moderator, **change)

    page = report_of(client, assessment)

    assert "deserve to hurt yourself" not in page
    assert "[words hidden]" in page
    assert page.index('class="panel"') < page.index("<h1")


def test_the_newest_decision_is_shown(client, published, moderator):
    assessment = an_assessment()
    a_review(assessment, by=moderator, note="The first look.")
    a_review(assessment, by=moderator, decision="withdrawn", note="The second look.")

    page = report_of(client, assessment)

    assert "The second look." in page
    assert "The first look." not in page


def test_after_a_new_report_the_decision_is_still_there_and_changes_nothing(client, published, moderator):
    assessment = an_assessment()
    a_review(assessment, by=moderator, decision="withdrawn", note="It was satire.")
    reassess(post=assessment.post)

    page = report_of(client, assessment)

    assert "This was about an earlier report on this post." in page
    assert "It was satire." in page
    assert "<h2>Check before you trust it</h2>" in banner_of(page)


@pytest.mark.parametrize("note", ["<script>alert(1)</script>", "a\n<b>b</b>"])
def test_markup_in_a_note_stays_text(client, published, moderator, note):
    assessment = an_assessment()
    a_review(assessment, by=moderator, note=note)

    assert note.split("\n")[-1] not in report_of(client, assessment)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"note": "  "}, "Write a note: the reader sees it on the report."),
        ({"decision": "corrected"}, "A correction must change something: choose questions, or another level."),
        ({"overturned": [CLAIM]}, ONLY_A_CORRECTION),
        (
            {"decision": "withdrawn", "level_after": "check-first"},
            ONLY_A_CORRECTION,
        ),
        ({"decision": "corrected", "overturned": ["nothing"]}, "One of these questions is not in this report."),
        ({"decision": "corrected", "level_after": "best"}, "This version of the checklist has no such level."),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(published, moderator, change, sentence):
    with pytest.raises(ReviewError, match=f"^{re.escape(sentence)}$"):
        record_review(**{"assessment": an_assessment(), "decision": "stands", "note": "Why.", "by": moderator} | change)

    assert not Review.objects.exists()


def test_a_decision_changes_nothing_in_the_assessment(published, moderator):
    assessment = an_assessment()
    before = assessment.result, assessment.level
    a_review(assessment, by=moderator, decision="corrected", level_after="read-with-care")

    assessment.refresh_from_db()
    assert (assessment.result, assessment.level) == before


def test_an_old_decision_is_read_by_the_version_that_it_was_about(client, published, moderator):
    assessment = an_assessment()
    a_review(assessment, by=moderator, decision="corrected", level_after="read-with-care")
    publishing.publish(publishing.start_draft(by=None), by=None, note="Newer.")

    assert "<h2>Read with care</h2>" in banner_of(report_of(client, assessment))


def test_a_report_asks_as_often_for_three_decisions_as_for_one(client, published, moderator):
    assessment = an_assessment()
    a_review(assessment, by=moderator)
    report_of(client, assessment)
    with CaptureQueriesContext(connection) as one:
        report_of(client, assessment)
    a_review(assessment, by=moderator)
    a_review(assessment, by=moderator)
    with CaptureQueriesContext(connection) as three:
        report_of(client, assessment)

    assert len(three) == len(one) == 4
