"""A log line says what happened and where, never what somebody wrote."""

import json
import logging

import pytest
from django.db import connection
from django.test import RequestFactory

from config.log_lines import AllowedFieldsFormatter

SECRET = "I feel terrible tonight"


def line(name: str, message: str, *args: object, error: BaseException | None = None, **extra: object) -> dict:
    """The line that the formatter makes of such a record; the secret is in none of its fields."""
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(name, logging.WARNING, __file__, 1, message, args, info)
    record.__dict__.update(extra)
    text = AllowedFieldsFormatter().format(record)
    assert SECRET not in text
    return json.loads(text)


def test_a_message_keeps_its_words_and_loses_its_values():
    assert line("posts", "stored %s", SECRET, count=3, text=SECRET) | {"at": ""} == {
        "at": "",
        "severity": "WARNING",
        "logger": "posts",
        "event": "stored %s",
        "count": 3,
    }


def test_an_address_is_its_route():
    request = RequestFactory().get(f"/reports/{SECRET}/")
    made = line("django.request", "Not Found: %s", request.path, request=request, status_code=404)
    assert (made["event"], made["status_code"], made["method"]) == ("Not Found: %s", 404, "GET")


@pytest.mark.parametrize(
    ("request_line", "path"),
    [
        ("GET / HTTP/1.1", "/"),
        (f"GET /reports/{SECRET.replace(' ', '')}/ HTTP/1.1", "/reports/…"),
        (f"GET /?text={SECRET.replace(' ', '')} HTTP/1.1", "/"),
    ],
)
def test_the_development_server_shows_the_first_part_of_the_path(request_line, path):
    made = line("django.server", '"%s" %s %s', request_line, "200", "12", status_code=200)
    assert made["path"] == path
    assert SECRET.replace(" ", "") not in json.dumps(made)


def test_a_refusal_by_django_loses_its_words():
    assert line("django.security.DisallowedHost", f"Invalid host {SECRET}")["event"] == "refused as suspicious"


def test_an_exception_is_its_type_and_its_places():
    def fail() -> None:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise ValueError(f"cannot read {SECRET}") from error

    with pytest.raises(ValueError, match="cannot read") as caught:
        fail()
    made = line("posts", "failed", error=caught.value)
    assert [found["type"] for found in made["exceptions"]] == ["builtins.ValueError", "builtins.KeyError"]
    assert "fail" in made["exceptions"][0]["places"][-1]


@pytest.mark.django_db
def test_a_database_error_keeps_its_code_and_loses_the_row():
    from django.db import DataError

    with pytest.raises(DataError) as caught, connection.cursor() as cursor:
        cursor.execute("SELECT CAST(%s AS integer)", [SECRET])
    made = line("django.request", "Internal Server Error: %s", "/", error=caught.value)
    assert made["exceptions"][1]["sqlstate"] == "22P02"
