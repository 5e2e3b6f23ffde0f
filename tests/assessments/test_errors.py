"""Errors as pages: our look, a clear sentence, crisis help, no cookie."""

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client
from django.urls import path

from assessments.views.paste import paste
from config import errors, urls
from tests.public_forms import SAME_ORIGIN

MISTAKE = RuntimeError("Zebrafinch words")


def breaks(request):
    """A view with a mistake in it, and with words in the mistake."""
    raise MISTAKE


breaks.login_required = False
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
urlpatterns = [path("breaks/", breaks), *urls.urlpatterns]


def page_of(answer):
    return answer.content.decode()


@pytest.mark.parametrize(
    ("method", "address", "more", "status", "heading"),
    [
        ("GET", "/nothing/", {}, 404, "There is nothing here"),
        ("PUT", "/", {}, 405, "That does not work here"),
        ("POST", "/help/", {}, 405, "That does not work here"),
        ("POST", "/", {"content_type": "text/plain", "headers": SAME_ORIGIN}, 422, "We could not read that"),
        (
            "POST",
            "/",
            {"headers": {"Content-Type": "application/x-www-form-urlencoded"}},
            403,
            "We could not take that",
        ),
        ("POST", "/", {"CONTENT_LENGTH": "9999999"}, 413, "That is too much"),
        ("GET", "/", {"HTTP_HOST": "elsewhere.example"}, 400, "We could not read that"),
    ],
)
@pytest.mark.django_db
def test_every_error_is_a_page_with_crisis_help(client, method, address, more, status, heading):
    answer = client.generic(method, address, b"", **more)

    page = page_of(answer)
    assert answer.status_code == status
    assert f"<h1>{heading}</h1>" in page
    assert page.count('class="strip"') == 1
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert not answer.has_header("Set-Cookie")
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.django_db
def test_a_refused_method_still_says_which_are_allowed(client):
    assert client.put("/")["Allow"] == "GET, HEAD, POST"


@pytest.mark.urls(__name__)
def test_our_own_mistake_is_a_page_without_database_and_without_details():
    answer = Client(raise_request_exception=False).get("/breaks/", headers={"Accept-Language": "en-GB"})

    page = page_of(answer)
    assert answer.status_code == 500
    assert "<h1>Something went wrong</h1>" in page
    assert "tel:999" in page
    assert "Zebrafinch" not in page


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_database_out_of_reach_is_said_and_passes(error, monkeypatch):
    monkeypatch.setattr("tests.assessments.test_errors.MISTAKE", error("Failing row contains (Zebrafinch words)"))

    answer = Client(raise_request_exception=False).get("/breaks/", headers={"Accept-Language": "en-GB"})

    page = page_of(answer)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "<h1>We cannot look anything up right now</h1>" in page
    assert "tel:999" in page
    assert "Zebrafinch" not in page


@pytest.mark.urls(__name__)
def test_when_even_the_error_page_breaks_the_emergency_number_is_left(monkeypatch):
    def broken(*codes):
        raise OSError("no content")

    monkeypatch.setattr(errors.crisis_help, "from_content", broken)

    answer = Client(raise_request_exception=False).get("/breaks/")

    assert answer.status_code == 500
    assert page_of(answer) == errors.LAST_WORDS


@pytest.mark.django_db
def test_the_staff_pages_keep_djangos_own_answers(client):
    answer = client.put("/admin/login/")

    assert "Get help" not in page_of(answer)


def test_the_paste_page_needs_no_csrf_cookie():
    assert paste.csrf_exempt is True


@pytest.mark.django_db
def test_a_staff_form_without_its_token_is_refused_in_words():
    browser = Client(enforce_csrf_checks=True)

    answer = browser.post("/admin/login/", {"username": "ada", "password": "x"})

    assert answer.status_code == 403
    assert "This page was open for too long. Go back, load it again and send it." in page_of(answer)
