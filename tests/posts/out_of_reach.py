"""A process of its own in which there is no database: run by test_out_of_reach.py, which reads what it prints."""

import json
import sys

import django
from django.conf import settings

django.setup()
# As the test runner does it: static files where they lie, and no pages for developers.
settings.DEBUG = False
settings.ALLOWED_HOSTS = ["testserver"]
# Nobody waits five seconds for each of these.
settings.DATABASES["default"]["OPTIONS"]["pool"]["timeout"] = 0.05

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from posts.front_door import new_submission  # noqa: E402
from tests.public_forms import SAME_ORIGIN  # noqa: E402

KEY = "k" * 22


def ask(method, address, **fields):
    """What a browser gets."""
    browser = Client(raise_request_exception=False)
    before = in_vain()
    if method == "post":
        answer = browser.post(address, {"submission": new_submission(), **fields}, headers=SAME_ORIGIN)
    else:
        answer = browser.get(address)
    told = {"status": answer.status_code, "page": answer.content.decode(), "wait": answer.get("Retry-After", "")}
    return told | {"cookies": len(answer.cookies), "waits": in_vain() - before}


def in_vain():
    """How often somebody has waited for a connection and got none."""
    return connection.pool.get_stats().get("requests_errors", 0)


def call(address, text):
    """What a program gets."""
    about = {"content_type": "application/json", "headers": {"Authorization": "Bearer slk_nobody"}}
    before = in_vain()
    answer = Client(raise_request_exception=False).post(address, {"text": text}, **about)
    told = {"status": answer.status_code, "page": answer.content.decode(), "wait": answer.get("Retry-After", "")}
    return told | {"type": answer["Content-Type"], "waits": in_vain() - before}


words = json.load(sys.stdin)
print(
    json.dumps(
        {
            "form": ask("get", "/"),
            "paste": ask("post", "/", post=words["post"], author_line=words["author"], country="GB"),
            "flag": ask("post", f"/reports/{KEY}/flag/", kind="wrong_result", reason=words["reason"]),
            "report": ask("get", f"/reports/{KEY}/"),
            "reading": ask("get", f"/reading/{KEY}/"),
            "look": ask("post", f"/reading/{KEY}/look/"),
            "delete": ask("post", f"/reports/{KEY}/delete/"),
            "help": ask("get", "/help/"),
            "versions": ask("get", "/how-it-works/versions/"),
            "program": call("/api/v1/assess", words["post"]),
        }
    )
)
