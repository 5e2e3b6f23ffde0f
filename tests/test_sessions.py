"""The sessions of staff: a new key for each signing in, none that outlives signing out, account or password."""

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(signed_in):
    return signed_in(factories.a_user("ada", is_superuser=True))


def key_of(browser):
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def gets_in(browser):
    return browser.get("/admin/").status_code == 200


def test_signing_out_ends_the_session_also_for_who_kept_its_key(browser):
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = key_of(browser)
    assert gets_in(thief)

    browser.post("/admin/logout/")

    assert not gets_in(thief)


def test_an_account_that_is_switched_off_is_out_at_once(browser):
    user = factories.get_user_model().objects.get()
    user.is_active = False
    user.save()

    assert not gets_in(browser)


def test_a_new_password_ends_other_sessions(browser):
    user = factories.get_user_model().objects.get()
    user.set_password("a-new-and-long-password")
    user.save()

    assert not gets_in(browser)


def test_every_signing_in_has_a_key_of_its_own(browser):
    user = factories.get_user_model().objects.get()
    before = key_of(browser)
    browser.logout()
    browser.force_login(user)

    assert key_of(browser) != before
    assert len(key_of(browser)) == 32


@pytest.mark.parametrize(
    "guessed",
    [
        "password1234",
        "dragondragon",
        "Monkey-Princess!",
        "123456789012",
        "111111111111",
        "SecondLook2026",
        "iloveyou  2026",
    ],
)
def test_what_is_guessed_first_is_no_password(guessed):
    with pytest.raises(ValidationError, match="tried first"):
        validate_password(guessed)


@pytest.mark.parametrize("password", ["four unlikely words here", "739016482205", "ñandú ☂ 雨の日の散歩です"])
def test_any_character_may_be_in_one(password):
    validate_password(password)
    with pytest.raises(ValidationError, match="too short"):
        validate_password(password[:8])
