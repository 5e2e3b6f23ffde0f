"""Under /api/ everything that goes wrong is told in JSON, and whoever waits for an answer is told where help is."""

import pytest
from django.db import connection
from django.test import Client

from assessments.api import problems


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("get", "nothing", {}, 404),
        ("get", "", {}, 302),
        ("post", "claims", {}, 405),
        ("get", "assess", {}, 405),
        ("put", "reports", {}, 405),
        ("post", "openapi.json", {}, 405),
        ("post", "docs/", {}, 405),
        ("get", "claims", {"Host": "somebody.example"}, 400),
    ],
)
def test_a_refusal_is_never_a_page(published, method, path, headers, status):
    answer = getattr(Client(raise_request_exception=False), method)(f"/api/v1/{path}", headers=headers)

    assert answer.status_code == status
    if status >= 400:
        assert answer["Content-Type"] == problems.MEDIA_TYPE
        assert answer.json()["status"] == status
        assert int(answer["Content-Length"]) == len(answer.content)
    if status == 405:
        assert answer["Allow"]


@pytest.mark.django_db
def test_our_own_mistake_tells_nothing_and_says_where_help_is(published, program):
    charity = program()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE assessments_checklist RENAME TO somewhere_else")

    answer = charity.post("assess", {"text": "quokka"})

    assert (answer.status_code, answer.json()["type"]) == (500, "/api/v1/docs/#problem-our-mistake")
    assert answer.json()["help"]["say"].startswith("If you are in danger")
    assert "somewhere" not in answer.content.decode()


@pytest.mark.django_db
def test_without_a_published_checklist_the_caller_is_asked_to_come_back(program):
    answer = program().post("assess", {"text": "a"})

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert answer.json()["help"]


@pytest.mark.django_db
def test_the_documentation_names_every_kind(published):
    page = Client().get("/api/v1/docs/").content.decode()

    assert [kind for kind in problems.KINDS if f'id="problem-{kind}"' not in page] == []
    assert "<script>" not in page
