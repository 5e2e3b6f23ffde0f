"""Flags and decisions in the staff pages: who sees them, and what a moderator can do."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Review
from assessments.moderation.models import Flag
from tests.factories import a_flag, an_assessment

pytestmark = pytest.mark.django_db

LIST = "/admin/moderation/flag/"
REASON = "Quokkas are mentioned and it is a joke."


@pytest.fixture
def assessment(published):
    return an_assessment()


@pytest.fixture
def browser(moderator, signed_in):
    return signed_in(moderator)


def decide(browser, assessment, **fields):
    fields = {"decision": "stands", "note": "We looked at it again."} | fields
    return browser.post(reverse("admin:assessments_assessment_decide", args=(assessment.pk,)), fields)


def test_a_moderator_sees_the_flags(browser, assessment):
    a_flag(assessment, reason=REASON)

    page = browser.get(LIST).content.decode()

    assert REASON in page
    assert "You got this wrong" in page
    assert reverse("admin:assessments_assessment_change", args=(assessment.pk,)) in page


def test_the_page_of_a_flag_shows_the_post_and_the_way_to_a_decision(browser, assessment):
    flag = a_flag(assessment, reason=REASON)

    page = browser.get(f"{LIST}{flag.pk}/change/").content.decode()

    assert assessment.post.text in page
    assert reverse("admin:assessments_assessment_decide", args=(assessment.pk,)) in page
    assert "deletelink" not in page
    assert 'name="reason"' not in page


@pytest.mark.parametrize("who", ["stranger", "editor", None])
def test_nobody_else_sees_flags_or_decides(client, assessment, request, signed_in, who):
    flag = a_flag(assessment, reason=REASON)
    browser = signed_in(request.getfixturevalue(who)) if who else client

    for address in (LIST, f"{LIST}{flag.pk}/change/"):
        answer = browser.get(address)
        assert answer.status_code in (302, 403)
        assert REASON not in answer.content.decode()
    assert decide(browser, assessment).status_code in (302, 403)
    assert not Review.objects.exists()


def test_a_moderator_closes_flags_and_only_once(browser, assessment, moderator):
    flag = a_flag(assessment)
    data = {"action": "close", "_selected_action": [flag.pk]}

    browser.post(LIST, data)
    closed_at = Flag.objects.get().closed_at
    browser.post(LIST, data)

    flag.refresh_from_db()
    assert (flag.state, flag.closed_by, flag.closed_at) == ("closed", moderator, closed_at)


def test_a_moderator_decides_and_the_report_shows_it(browser, client, assessment, moderator):
    answer = decide(
        browser, assessment, decision="corrected", overturned=["C1-known-claims"], level_after="read-with-care"
    )

    review = Review.objects.get()
    assert answer["Location"] == reverse("admin:assessments_assessment_change", args=(assessment.pk,))
    assert (review.reviewed_by, review.overturned, review.level_after) == (
        moderator,
        ["C1-known-claims"],
        "read-with-care",
    )
    page = client.get(f"/reports/{assessment.post.key}/").content.decode()
    assert "We looked at it again." in page
    assert "<s>Question C1-known-claims? Answer high</s>" in page


def test_the_form_offers_what_the_report_found_and_the_levels_of_its_version(browser, assessment):
    page = browser.get(reverse("admin:assessments_assessment_decide", args=(assessment.pk,))).content.decode()

    assert "Question C1-known-claims? Answer high" in page
    assert "Question D2-encourages-harm?" not in page
    assert '<option value="read-with-care">Read with care</option>' in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"note": ""}, "This field is required."),
        ({"decision": "corrected"}, "A correction must change something: choose questions, or another level."),
        ({"level_after": "check-first"}, "Only a correction can change questions or the level."),
    ],
)
def test_a_decision_that_makes_no_sense_is_sent_back(browser, assessment, fields, sentence):
    answer = decide(browser, assessment, **fields)

    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not Review.objects.exists()


def test_there_is_no_decision_about_nothing(browser, published):
    assert browser.get(reverse("admin:assessments_assessment_decide", args=(99,))).status_code == 404


def test_the_list_asks_as_often_for_three_flags_as_for_one(browser, assessment):
    a_flag(assessment)
    browser.get(LIST)
    with CaptureQueriesContext(connection) as one:
        browser.get(LIST)
    a_flag(an_assessment())
    a_flag(an_assessment())
    with CaptureQueriesContext(connection) as three:
        browser.get(LIST)

    assert len(three) == len(one)
