"""Signing in: a password and a second factor, a session that ends, and nothing of the staff pages without both."""

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as ours
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from assessments import roles
from assessments.models import AuditEntry
from config.sign_in.models import SharedEntry
from tests import factories
from tests.signing_in import CODE, PASSWORD, SECURITY, SIGN_IN, a_person, code_of, is_in, send_password

pytestmark = pytest.mark.django_db

ADDRESS = "203.0.113.77"


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Django's hash is slow on purpose; what is tested here does not hang on that."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


# --- the way in -------------------------------------------------------------------------------------------------------


def test_the_first_time_a_second_step_is_set_up_before_anything_else():
    a_person(factor=False)
    client = Client()

    assert send_password(client)["Location"] == "/moderation/"
    assert client.get("/moderation/")["Location"] == SECURITY
    assert "Set up a second step first" in client.get(SECURITY).content.decode()
    page = client.get("/staff/security/app/")
    secret = page.context["form"].secret
    assert "<svg" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    wrong = client.post("/staff/security/app/", {"code": "000000"})
    assert "This did not work" in wrong.content.decode()
    assert client.post("/staff/security/app/", {"code": code_of(secret)})["Location"] == "/staff/security/codes/"

    assert client.get("/staff/security/codes/").context["unused_codes"][0].isdigit()
    assert "****" in client.get("/staff/security/codes/").context["unused_codes"]
    assert is_in(client)
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))
    assert AuditEntry.objects.filter(verb="add a second factor", user_name="mo").count() == 2
    again = Client()
    send_password(again)
    assert again.post(CODE, {"code": code_of(secret)}).status_code == 200, "the code of the set-up was taken again"


def test_a_password_alone_is_not_enough_and_a_code_works_once():
    a_person()
    client, other = Client(), Client()

    assert send_password(client)["Location"] == CODE
    assert not is_in(client)
    anonymous = client.session.session_key
    assert client.post(CODE, {"code": code_of()})["Location"] == "/moderation/"
    assert is_in(client)
    assert client.session.session_key != anonymous

    send_password(other)
    refused = other.post(CODE, {"code": code_of()})
    assert "A code works once" in refused.content.decode()
    assert not is_in(other)
    other.post(CODE, {"code": code_of(later=1)})
    assert is_in(other)


@pytest.mark.django_db(transaction=True)
def test_a_code_that_one_process_took_is_refused_in_another():
    factor = factories.a_second_factor(a_person())
    code = code_of()
    ask = f"""
import django; django.setup()
from allauth.mfa.models import Authenticator
print(Authenticator.objects.get(pk={factor.pk}).wrap().validate_code({code!r}))
"""
    place = connection.settings_dict
    address = f"postgresql://{place['USER']}:{quote(place['PASSWORD'] or '', safe='')}"
    address += f"@{quote(place['HOST'], safe='')}:{place['PORT']}/{place['NAME']}"
    environment = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "config.settings"}

    def in_a_new_process():
        done = subprocess.run(
            [sys.executable, "-c", ask],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(ours.BASE_DIR),
        )
        return done.stdout.strip()

    assert in_a_new_process() == "True"
    assert in_a_new_process() == "False"
    assert factor.wrap().validate_code(code) is False


def test_a_recovery_code_signs_in_once():
    person = a_person()
    browser = factories.a_browser(person)
    browser.post("/staff/security/codes/new/")
    code = browser.get("/staff/security/codes/").context["unused_codes"][0]

    for client, expected in ((Client(), True), (Client(), False)):
        send_password(client)
        client.post(CODE, {"code": code})
        assert is_in(client) is expected


def test_a_wrong_password_gets_a_sentence_and_keeps_the_name():
    a_person()
    page = send_password(Client(), password="wrong").content.decode()

    assert "This name and password do not belong together" in page
    assert 'value="mo"' in page
    assert send_password(Client(), name="nobody").content.decode().count("do not belong together") == 1


def test_signing_in_leads_back_but_never_elsewhere():
    a_person("ed", group=roles.EDITORS)
    for following, expected in (("/admin/assessments/claim/", None), ("https://elsewhere.example/", "/admin/")):
        client = Client()
        client.post(SIGN_IN, {"login": "ed", "password": PASSWORD, "next": following})
        SharedEntry.objects.all().delete()  # the code of this half minute is needed twice
        assert client.post(CODE, {"code": code_of()})["Location"] == (expected or following)


def test_the_pages_of_signing_in_make_nobody_an_account():
    for address in ("/staff/signup/", "/accounts/signup/", "/staff/password/reset/"):
        assert Client().post(address, {"username": "x"}).status_code in (302, 404)
    assert not get_user_model().objects.exists()
    assert Client().get("/admin/login/")["Location"].startswith(SIGN_IN)


# --- slowing down who guesses -----------------------------------------------------------------------------------------


def test_guessing_a_password_is_slowed_down_whatever_address_is_claimed():
    a_person()
    a_person("other")
    for number in range(5):
        send_password(Client(), password="wrong", REMOTE_ADDR=ADDRESS, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")

    refused = send_password(Client(), REMOTE_ADDR=ADDRESS).content.decode()
    assert "Wait five minutes" in refused
    assert send_password(Client(), name="other", REMOTE_ADDR=ADDRESS).status_code == 302
    kept = list(SharedEntry.objects.values_list("cache_key", flat=True))
    assert kept
    assert not [key for key in kept if not re.fullmatch("[0-9a-f]{64}", key)], "nothing but keyed hashes"


def test_one_address_that_tries_many_names_gets_a_page_with_help():
    answers = [send_password(Client(), name=f"n{number}", REMOTE_ADDR=ADDRESS) for number in range(31)]

    assert (answers[-2].status_code, answers[-1].status_code) == (200, 429)
    assert "Wait a minute" in answers[-1].content.decode()
    assert Client().get(SIGN_IN, REMOTE_ADDR=ADDRESS).status_code == 200


def test_guessing_a_code_is_slowed_down():
    a_person()
    client = Client()
    send_password(client)
    for _ in range(5):
        client.post(CODE, {"code": "000000"})

    assert "Wait five minutes" in client.post(CODE, {"code": code_of()}).content.decode()


def test_asking_for_passkeys_is_counted_too():
    asked = [Client().get("/staff/sign-in/passkey/", HTTP_ACCEPT="application/json") for _ in range(11)]

    assert "challenge" in asked[0].content.decode()
    assert asked[-1].status_code == 429
