"""What everybody may read: paged by key, with an ETag, without a key, and never more than is public."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments import publishing
from assessments.api import entrance
from tests import factories

pytestmark = pytest.mark.django_db

LISTS = {"checklists": "versions", "claims": "claims", "sources": "sources"}


def pages(path, name, limit=1):
    """Every page of a list, by its cursors."""
    cursor, found = "", []
    while cursor is not None:
        page = Client().get(f"/api/v1/{path}", {"cursor": cursor, "limit": limit}).json()
        found.append(page[name])
        cursor = page["next"]
    return found


def test_lists_go_on_by_cursor_to_the_end(published):
    publishing.publish(publishing.start_draft(by=None), by=None, note="A second one.")

    assert [[row["version"] for row in page] for page in pages("checklists", "versions")] == [[2], [1]]
    keys = [row["key"] for page in pages("claims", "claims") for row in page]
    assert keys == ["running-cures-depression", "walking-cures-depression"]
    assert [len(page) for page in pages("sources", "sources", limit=2)] == [2]


def test_a_list_that_is_being_read_stays_in_its_version(published):
    first = Client().get("/api/v1/claims?limit=1").json()
    content = factories.small_content()
    content["claims"] = content["claims"][:1]
    publishing.publish(publishing.load_draft(content, by=None), by=None, note="One less.")

    second = Client().get("/api/v1/claims", {"cursor": first["next"]}).json()
    assert (second["digest"], [row["key"] for row in second["claims"]]) == (
        first["digest"],
        ["walking-cures-depression"],
    )


def test_what_a_key_was_told_is_not_kept_for_others(published, program):
    assert program("read").get("claims")["Cache-Control"] == "private, max-age=60"
    assert Client().get("/api/v1/claims")["Cache-Control"] == "public, max-age=60"


def test_drafts_and_patterns_are_nobodys_business(published):
    publishing.start_draft(by=None)

    versions = Client().get("/api/v1/checklists").json()["versions"]
    everything = "".join(Client().get(f"/api/v1/{path}").content.decode() for path in (*LISTS, "checklists/1"))
    assert [row["version"] for row in versions] == [1]
    assert "{DEPRESSION}" not in everything
    assert "hurt yourself" not in everything
    assert Client().get("/api/v1/checklists/2").status_code == 404


@pytest.mark.parametrize("path", ["checklists", "checklists/1", "claims", "sources", "openapi.json", "docs/"])
def test_what_the_caller_has_already_is_not_sent_again(published, path):
    first = Client().get(f"/api/v1/{path}")
    again = Client().get(f"/api/v1/{path}", headers={"If-None-Match": first["ETag"]})
    other = Client().get(f"/api/v1/{path}", headers={"If-None-Match": '"another"'})

    assert (first.status_code, again.status_code, other.status_code) == (200, 304, 200)
    assert again.content == b""
    assert again["ETag"] == first["ETag"]
    assert not first.cookies
    assert "Cookie" not in first["Vary"]
    assert "Access-Control-Allow-Origin" not in first
    assert Client().head(f"/api/v1/{path}").status_code == 200


@pytest.mark.parametrize("path", LISTS)
def test_a_list_asks_the_database_the_same_at_one_row_and_at_three(published, path):
    for _ in range(2):
        publishing.publish(publishing.start_draft(by=None), by=None, note="Again.")
    Client().get(f"/api/v1/{path}")

    def queries(limit):
        with CaptureQueriesContext(connection) as asked:
            Client().get(f"/api/v1/{path}", {"limit": limit})
        return len(asked)

    assert queries(1) == queries(3) == 2


@pytest.mark.parametrize("cursor", ["x", "WyJhIiwgImIiXQ", "W1tbW1tb", "bnVsbA", "é"])
def test_a_cursor_that_is_not_ours_leads_nowhere(published, cursor):
    for path in LISTS:
        assert Client().get(f"/api/v1/{path}", {"cursor": cursor}).status_code == 404


def test_who_reads_too_much_waits_and_readers_of_posts_do_not(published, monkeypatch, client):
    monkeypatch.setattr(entrance, "READS_PER_ADDRESS", 2)

    answers = [client.get("/api/v1/claims") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2]["Retry-After"]) > 0
    assert answers[2].json()["help"]["url"] == "https://findahelpline.com/"
    assert client.get("/api/v1/claims", REMOTE_ADDR="198.51.100.7").status_code == 200
