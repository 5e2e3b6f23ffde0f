"""Signing in as people do, for the tests of it."""

import base64
import hmac
import struct
import time

from assessments import roles
from tests import factories

SIGN_IN, CODE, SECURITY = "/staff/sign-in/", "/staff/sign-in/code/", "/staff/security/"
PASSWORD = "four unlikely words here"


def code_of(secret=factories.TOTP_SECRET, *, later=0):
    """The code that an app shows (RFC 6238), now or `later` half minutes from now."""
    counter = struct.pack(">Q", int(time.time()) // 30 + later)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    number = struct.unpack(">I", digest[(at := digest[-1] & 15) : at + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def a_person(name="mo", *, factor=True, **about):
    person = factories.a_user(name, **({"group": roles.MODERATORS} | about))
    person.set_password(PASSWORD)
    person.save()
    if factor:
        factories.a_second_factor(person)
    return person


def send_password(client, name="mo", password=PASSWORD, **about):
    return client.post(SIGN_IN, {"login": name, "password": password}, **about)


def is_in(client):
    return client.get("/moderation/").status_code == 200
