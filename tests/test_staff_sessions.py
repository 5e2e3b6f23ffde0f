"""Nothing of the staff pages without a second factor, and sessions that end."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from assessments.models import AuditEntry
from config import second_factor
from config.sign_in import sessions
from config.sign_in.models import SharedEntry
from tests import factories
from tests.signing_in import PASSWORD, SECURITY, SIGN_IN, a_person, code_of, is_in, send_password

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Django's hash is slow on purpose; what is tested here does not hang on that."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def age(client, **seconds):
    """Let time pass for a session: `used_at` or `signed_in_at` moves back."""
    session = client.session
    for key, number in seconds.items():
        session[key] -= number
    session.save()


# --- nothing without it -----------------------------------------------------------------------------------------------


def staff_pages(patterns, prefix="", space=""):
    """(name, path) of every address that needs signing in, with 1 for whatever has to be filled in."""
    for pattern in patterns:
        if not isinstance(pattern, URLPattern):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from staff_pages(pattern.url_patterns, prefix, inner)
        elif pattern.name and getattr(pattern.callback, "login_required", True):
            about = dict.fromkeys(pattern.pattern.regex.groupindex, "1")
            about |= {"app_label": "auth"} if "app_label" in about else {}
            yield f"{space}{pattern.name}", reverse(f"{space}{pattern.name}", kwargs=about)


def test_without_a_second_factor_nothing_is_open_but_setting_one_up():
    person = a_person("boss", factor=False, group=None, is_superuser=True)
    client = Client()
    client.force_login(person)
    request = type("Request", (), {"session": client.session})
    sessions.begin(request.session)
    request.session.save()
    pages = dict(staff_pages(get_resolver().url_patterns))
    assert len(pages) > 100, "hardly any page was found: this test would pass for nothing"

    opened = set()
    for name, path in pages.items():
        for method in (client.get, client.post):
            if (
                name != "admin:logout"
                and name != "sign_out_everywhere"
                and method(path).headers.get("Location") != SECURITY
            ):
                opened.add(name)

    assert opened == {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"}


def test_a_session_from_before_the_second_factor_ends():
    person = a_person(factor=False)
    client = Client()
    send_password(client)
    factories.a_second_factor(person)

    assert client.get("/moderation/")["Location"] == f"{SIGN_IN}?next=%2Fmoderation%2F"
    assert "_auth_user_id" not in client.session


def test_a_session_ends_with_the_factor_that_opened_it(moderator, signed_in):
    browser = signed_in(moderator)
    assert is_in(browser)

    Authenticator.objects.all().delete()

    assert browser.get("/moderation/")["Location"] == SECURITY


def test_only_a_developer_s_machine_can_do_without(settings):
    a_person(factor=False)
    client = Client()
    send_password(client)
    settings.STAFF_SECOND_FACTOR = False
    assert second_factor.is_required()
    assert not is_in(client)

    settings.DEBUG = True
    assert is_in(client)


def test_the_last_factor_cannot_be_removed(moderator, signed_in):
    browser = signed_in(moderator)

    answer = browser.post("/staff/security/app/remove/", follow=True)

    assert "This is your only second step" in answer.content.decode()
    assert is_in(browser)


# --- the end of a session ---------------------------------------------------------------------------------------------


def test_a_session_ends_when_left_alone_and_use_renews_it(moderator, signed_in):
    browser = signed_in(moderator)
    age(browser, used_at=sessions.IDLE - 60)
    assert is_in(browser)
    age(browser, used_at=sessions.IDLE - 60)
    assert is_in(browser)

    age(browser, used_at=sessions.IDLE + 60)

    page = browser.get("/moderation/", follow=True)
    assert page.redirect_chain[0][0] == f"{SIGN_IN}?next=%2Fmoderation%2F"
    assert "You were signed out" in page.content.decode()
    assert not is_in(browser)


def test_a_session_ends_after_a_long_day_however_much_it_is_used(moderator, signed_in):
    browser = signed_in(moderator)
    age(browser, signed_in_at=sessions.LONGEST + 60)

    assert not is_in(browser)


def test_what_an_open_page_asks_on_its_own_keeps_nobody_signed_in(published, moderator, signed_in):
    case, browser = factories.a_case(), signed_in(moderator)
    age(browser, used_at=sessions.IDLE - 60)
    before = browser.session["used_at"]

    browser.post(f"/moderation/cases/{case.key}/renew/")
    assert browser.session["used_at"] == before
    age(browser, used_at=120)
    answer = browser.post(f"/moderation/cases/{case.key}/renew/", HTTP_HX_REQUEST="true")
    assert answer["HX-Redirect"].startswith(SIGN_IN)


def test_public_pages_leave_the_session_of_staff_alone(published, moderator, signed_in):
    browser = signed_in(moderator)
    age(browser, used_at=sessions.IDLE + 60)
    before = dict(browser.session.items())

    answer = browser.get("/")

    assert (answer.status_code, dict(answer.cookies), dict(browser.session.items())) == (200, {}, before)


def test_what_is_over_is_forgotten(moderator, signed_in):
    running, over = signed_in(moderator).session, signed_in(moderator).session
    now = timezone.now()
    Session.objects.filter(pk=over.session_key).update(expire_date=now)
    for key, expires in (("old", now), ("new", now + timezone.timedelta(seconds=90))):
        SharedEntry.objects.create(cache_key=key, value="", expires=expires)

    sessions.forget()

    assert [one.pk for one in Session.objects.all()] == [running.session_key]
    assert [one.pk for one in SharedEntry.objects.all()] == ["new"]


def test_signing_out_everywhere_ends_every_session_of_one_person(moderator, editor, signed_in):
    here, there, theirs = signed_in(moderator), signed_in(moderator), signed_in(editor)
    assert here.get("/staff/sign-out/everywhere/").status_code == 200

    assert "signed out everywhere" in here.post("/staff/sign-out/everywhere/", follow=True).content.decode()

    assert (is_in(here), is_in(there), theirs.get("/admin/").status_code) == (False, False, 200)
    assert AuditEntry.objects.filter(verb="sign out everywhere", user_name="mo").count() == 1


def test_a_new_password_ends_all_other_sessions():
    person = a_person()
    here, there = factories.a_browser(person), factories.a_browser(person)
    new = "other words nobody guesses"

    weak = here.post("/staff/password/", {"oldpassword": PASSWORD, "password1": "short", "password2": "short"})
    assert "too short" in weak.content.decode()
    assert is_in(there)
    here.post("/admin/password_change/")
    here.post("/staff/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert (is_in(here), is_in(there)) == (True, False)


# --- accounts and roles ask again -------------------------------------------------------------------------------------


def test_accounts_and_roles_ask_again_who_it_is(admin, signed_in):
    browser = signed_in(admin)
    assert browser.get("/admin/auth/user/").status_code == 200
    session = browser.session
    session["account_authentication_methods"][0]["at"] -= sessions.LATELY + 60
    session.save()

    asked = browser.get("/admin/auth/group/add/")
    assert asked["Location"] == "/staff/confirm/code/?next=%2Fadmin%2Fauth%2Fgroup%2Fadd%2F"
    unsaved = browser.post("/admin/auth/user/add/", {"username": "intruder", "password1": PASSWORD}, follow=True)
    assert "Nothing was changed yet" in unsaved.content.decode()
    assert PASSWORD not in str([one.get_decoded() for one in Session.objects.all()])
    assert browser.get("/admin/").status_code == 200
    assert browser.post("/staff/confirm/code/", {"code": "000000", "next": "/admin/auth/"}).status_code == 200
    assert browser.get("/admin/auth/user/").status_code == 302
    browser.post("/staff/confirm/code/", {"code": code_of(), "next": "/admin/auth/user/"})
    assert browser.get("/admin/auth/user/").status_code == 200


def test_nobody_reads_or_changes_factors_in_the_admin(admin, signed_in):
    assert signed_in(admin).get("/admin/mfa/authenticator/").status_code == 404
    assert signed_in(admin).get("/admin/account/emailaddress/").status_code == 404


# --- a lost phone -----------------------------------------------------------------------------------------------------


def test_a_lost_phone_is_reset_by_a_command(moderator, signed_in, capsys):
    browser = signed_in(moderator)

    call_command("reset_second_factor", "mo")

    assert capsys.readouterr().out == "mo: removed TOTP Authenticator; signed out of 1 sessions.\n"
    assert not is_in(browser)
    assert not Authenticator.objects.exists()
    entry = AuditEntry.objects.newest_first().first()
    assert (entry.user_name, entry.verb, entry.label) == ("The software itself", "reset second factor", "mo")
    with pytest.raises(CommandError, match="Nobody signs in with the name mop"):
        call_command("reset_second_factor", "mop")
