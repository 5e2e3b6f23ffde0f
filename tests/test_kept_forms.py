"""What staff wrote survives the end of their session: they sign in again, and send it again."""

import html
import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from assessments.moderation.models import Ruling
from config.sign_in import kept_forms, sessions
from tests import factories
from tests.moderation.case_pages import address, send, typed
from tests.signing_in import CODE, PASSWORD, SIGN_IN, a_person, code_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]

NOTE = 'A zebrafinch wrote <this> "note"\nfor the reader.'
KEPT = "/staff/kept/"


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def case():
    return factories.a_case()


def left_alone(person):
    """A browser with a session that nobody used for too long."""
    browser = factories.a_browser(person)
    session = browser.session
    session[sessions.USED] -= sessions.IDLE + 60
    session.save()
    return browser


def through_both_steps(browser, name="mo"):
    """The page to which signing in leads."""
    browser.post(SIGN_IN, {"login": name, "password": PASSWORD, "next": KEPT})
    return browser.post(CODE, {"code": code_of()}, follow=True).content.decode()


def fields_of(page):
    """(where the form goes, its fields), as a browser reads the page."""
    form = re.search(r'<form method="post" action="(/moderation[^"]*)">(.*?)</form>', page, re.S)
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form[2])
    return form[1], {html.unescape(name): html.unescape(text) for name, text in found}


def test_a_note_survives_signing_in_again(case):
    browser = left_alone(a_person())

    refused = send(browser, case, note=NOTE, next="1")
    assert refused["Location"] == f"{SIGN_IN}?next=%2Fstaff%2Fkept%2F"
    assert "It is kept for an hour" in browser.get(refused["Location"]).content.decode()
    assert not Ruling.objects.exists()
    assert kept_forms.KEPT in browser.session
    assert "zebrafinch" not in str([one.get_decoded() for one in Session.objects.all()])
    assert browser.get(KEPT)["Location"].startswith(SIGN_IN), "not before the second step"
    page = through_both_steps(browser)

    assert "A zebrafinch wrote &lt;this&gt;" in page
    action, fields = fields_of(page)
    assert action == address(case, "decide/")
    fields.pop("csrfmiddlewaretoken")
    assert fields == {name: str(text) for name, text in typed(case, note=NOTE, next="1").items()}
    browser.post(action, fields)
    assert Ruling.objects.get().note == NOTE
    assert browser.get(KEPT)["Location"] == "/moderation/", "sent once, it is gone"


def test_nobody_else_sees_it_and_it_does_not_wait_for_ever(case, monkeypatch):
    browser = left_alone(a_person())
    a_person("other")
    send(browser, case, note=NOTE)
    assert "zebrafinch" not in through_both_steps(browser, "other")

    late = left_alone(a_person("late"))
    send(late, case, note=NOTE)
    monkeypatch.setattr(kept_forms, "SECONDS_KEPT", -1)
    assert "zebrafinch" not in through_both_steps(late, "late")


@pytest.mark.parametrize("path", ["/admin/auth/user/add/", "/staff/password/", "/admin/password_change/"])
def test_passwords_are_never_kept(path):
    browser = left_alone(a_person("boss", group=None, is_superuser=True))

    browser.post(path, {"username": "x", "password1": "a secret of theirs", "oldpassword": "a secret of theirs"})

    assert kept_forms.KEPT not in browser.session


def test_a_stranger_finds_nothing():
    assert Client().get(KEPT)["Location"].startswith(SIGN_IN)
