"""The privacy notice: it says what is so."""

import re

import pytest

from assessments.moderation.cases import take_up
from posts.models import RequestCount
from tests.factories import HARM_TEXT, an_assessment
from tests.public_forms import send, text_of

pytestmark = pytest.mark.django_db


def test_the_notice_names_the_days_of_the_settings_and_asks_to_be_reviewed(client, settings):
    settings.POST_RETENTION_DAYS = 11
    settings.POST_RETENTION_DAYS_AFTER_DECISION = 3
    settings.POST_RETENTION_DAYS_AT_MOST = 44

    page = text_of(client.get("/privacy/"))

    assert "after 11 days." in page
    assert "until 3 days after they decide." in page
    assert "more than 44 days" in page
    assert "still has to check this page" in page


@pytest.mark.parametrize("address", ["/", "/help/", "/how-it-works/", "/leave/about/"])
def test_every_page_leads_to_the_notice(client, published, address):
    assert re.search(r'<footer.*href="/privacy/\?country=', text_of(client.get(address)), re.DOTALL)


def test_the_notice_may_be_found_and_sets_nothing(client):
    answer = client.get("/privacy/")

    assert answer.status_code == 200
    assert not answer.has_header("Set-Cookie")
    assert not answer.has_header("X-Robots-Tag")


def test_the_method_page_says_how_long_a_post_is_kept(client, published):
    page = text_of(client.get("/how-it-works/"))

    assert "We keep a post for 30 days." in page
    assert "until 7 days after they decide, and never more than 90 days in all." in page


def test_the_report_says_the_day_on_which_it_goes_also_when_it_waits_for_a_person(client, published):
    post = an_assessment(HARM_TEXT).post
    take_up()
    post.refresh_from_db()

    page = text_of(client.get(f"/reports/{post.key}/"))

    assert (post.expires_at - post.created_at).days == 90
    assert post.expires_at.strftime("%Y-%m-%d") in page


def test_no_address_of_a_visitor_is_kept(client, published):
    client.defaults["REMOTE_ADDR"] = "203.0.113.77"
    send(client)

    assert RequestCount.objects.count() == 2
    assert not [count.who for count in RequestCount.objects.all() if "203.0.113" in count.who]
