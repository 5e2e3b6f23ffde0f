"""What machines are told about this one: alive, and ready for visitors."""

import pytest
from django.db import connection

from config import health


@pytest.fixture(autouse=True)
def new_process(monkeypatch):
    """What a process remembers is forgotten between tests."""
    monkeypatch.setattr(health, "_migrated", False)


def worker_says(sql):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
        cursor.execute(f"INSERT INTO procrastinate_workers (last_heartbeat) VALUES ({sql})")


def test_alive_asks_no_database(client, settings):
    """Without the mark `django_db` any query fails the test."""
    settings.SECURE_SSL_REDIRECT = True
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"alive": True})
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


@pytest.mark.django_db
def test_ready_when_all_is_there(client, published, settings):
    settings.SECURE_SSL_REDIRECT = True
    worker_says("now()")
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "database": True, "migrations": True, "checklist": True, "worker": True}
    assert not answer.cookies


@pytest.mark.django_db
def test_a_silent_worker_is_told_and_takes_no_page_away(client, published):
    worker_says("now() - interval '2 minutes'")
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert (answer.json()["ready"], answer.json()["worker"]) == (True, False)


@pytest.mark.django_db
def test_not_ready_without_a_published_checklist(client):
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert (answer.json()["database"], answer.json()["checklist"]) == (True, False)


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(client, published):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE id IN (SELECT max(id) FROM django_migrations GROUP BY app)")
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert (answer.json()["database"], answer.json()["migrations"]) == (True, False)


@pytest.mark.django_db
def test_it_goes_on_asking_once_the_migrations_are_known(client, published, django_assert_num_queries):
    client.get("/readyz")
    with django_assert_num_queries(2):
        assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_nothing_can_be_sent_there(client, address):
    assert client.post(address).status_code == 405
