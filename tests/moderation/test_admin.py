"""Flags, reasons and the way to a case in the staff pages: who sees them, and what a moderator can do."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.moderation.cases import take_up
from assessments.moderation.models import Band, Case, Flag
from tests.factories import CLAIM_TEXT, HARM_TEXT, a_case, a_flag, a_reason, a_ruling, an_assessment

pytestmark = pytest.mark.django_db

LIST = "/admin/moderation/flag/"
REASON = "Quokkas are mentioned and it is a joke."


@pytest.fixture
def assessment(published):
    return an_assessment()


@pytest.fixture
def browser(moderator, signed_in):
    return signed_in(moderator)


def to_its_case(assessment):
    return reverse("moderation_staff:case_of", args=(assessment.pk,))


def test_a_moderator_sees_the_flags(browser, assessment):
    a_flag(assessment, reason=REASON)

    page = browser.get(LIST).content.decode()

    assert REASON in page
    assert "You got this wrong" in page
    assert reverse("admin:assessments_assessment_change", args=(assessment.pk,)) in page


def test_the_page_of_a_flag_shows_the_way_to_its_case_and_no_word_of_the_post(browser, assessment):
    flag = a_flag(assessment, reason=REASON)

    page = browser.get(f"{LIST}{flag.pk}/change/").content.decode()

    assert assessment.post.text[:20] not in page
    assert to_its_case(assessment) in page
    assert "deletelink" not in page
    assert 'name="reason"' not in page


@pytest.mark.parametrize("who", ["stranger", "editor", None])
def test_nobody_else_sees_flags_or_makes_cases(client, assessment, request, signed_in, who):
    flag = a_flag(assessment, reason=REASON)
    browser = signed_in(request.getfixturevalue(who)) if who else client

    for address in (LIST, f"{LIST}{flag.pk}/change/"):
        answer = browser.get(address)
        assert answer.status_code in (302, 403)
        assert REASON not in answer.content.decode()
    unasked = an_assessment("Some other text.")
    assert browser.post(to_its_case(unasked)).status_code in (302, 403)
    assert not Case.objects.filter(members__post=unasked.post).exists()


def test_a_moderator_closes_flags_and_only_once(browser, assessment, moderator):
    flag = a_flag(assessment)
    data = {"action": "close", "_selected_action": [flag.pk]}

    browser.post(LIST, data)
    closed_at = Flag.objects.get().closed_at
    browser.post(LIST, data)

    flag.refresh_from_db()
    assert (flag.state, flag.closed_by, flag.closed_at) == ("closed", moderator, closed_at)


def test_an_assessment_leads_to_the_case_that_it_is_in(browser, assessment):
    a_flag(assessment)
    case = Case.objects.get()

    page = browser.get(reverse("admin:assessments_assessment_change", args=(assessment.pk,))).content.decode()

    assert to_its_case(assessment) in page
    assert browser.get(to_its_case(assessment))["Location"] == f"/moderation/cases/{case.key}/"
    assert browser.post(to_its_case(assessment))["Location"] == f"/moderation/cases/{case.key}/"
    assert Case.objects.count() == 1


@pytest.mark.parametrize(("text", "band"), [(CLAIM_TEXT, Band.DOUBT), (HARM_TEXT, Band.CRISIS)])
def test_one_that_is_in_none_becomes_a_case_with_a_button_and_only_one(browser, published, text, band):
    assessment = an_assessment(text)
    page = browser.get(to_its_case(assessment)).content.decode()
    assert "Make it a case" in page
    assert not Case.objects.exists()

    addresses = {browser.post(to_its_case(assessment))["Location"] for _ in range(2)}
    take_up()

    case = Case.objects.get()
    assert addresses == {f"/moderation/cases/{case.key}/"}
    assert (case.band, case.sources, case.referrals_count) == (band, ["machine"], 1)


def test_there_is_no_case_of_nothing(browser, published):
    assert browser.get(reverse("moderation_staff:case_of", args=(99,))).status_code == 404


class TestReasons:
    """What decisions may be explained with: reworded in the admin, never deleted."""

    ADDRESS = "/admin/moderation/rulingreason/"

    def test_a_reason_is_reworded_and_earlier_decisions_keep_the_words_of_their_day(self, admin, signed_in, published):
        ruling = a_ruling(a_case(), by=admin)
        reason = ruling.reason
        fields = {"label": "It is right", "decisions": ["stands", "corrected"], "policy": "A new rule.", "order": 1}
        page = signed_in(admin).get(f"{self.ADDRESS}{reason.pk}/change/").content.decode()
        assert 'name="key"' not in page

        answer = signed_in(admin).post(f"{self.ADDRESS}{reason.pk}/change/", fields | {"is_active": "on"})

        assert answer.status_code == 302
        before, key = ruling.policy, reason.key
        reason.refresh_from_db()
        ruling.refresh_from_db()
        assert (reason.key, reason.policy, reason.decisions) == (key, "A new rule.", ["stands", "corrected"])
        assert ruling.policy == before != "A new rule."

    def test_nobody_deletes_one_and_a_moderator_only_looks(self, admin, browser, signed_in):
        reason = a_reason()

        assert signed_in(admin).post(f"{self.ADDRESS}{reason.pk}/delete/", {"post": "yes"}).status_code == 403
        assert browser.get(f"{self.ADDRESS}{reason.pk}/change/").status_code == 200
        assert browser.post(f"{self.ADDRESS}{reason.pk}/change/", {"label": "Mine"}).status_code == 403


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
