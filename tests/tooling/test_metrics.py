"""Figures for operators: closed to everybody else, without a word of a visitor, and always as few queries."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.conf import settings as project
from django.db import connection
from django.test import Client

from config.metrics import slots
from config.metrics.table import table
from tests import factories
from tests.public_forms import send

TOKEN = "t" * 40
CANARY = "zanzibarcanary"
DOCUMENT = Path(project.BASE_DIR) / "docs" / "metrics.md"


@pytest.fixture
def look(settings):
    settings.METRICS_TOKEN = TOKEN

    def look():
        answer = Client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert answer.status_code == 200
        return answer.content.decode()

    return look


def figure(page, series):
    """The value of a series, 0 when it is not there yet."""
    found = [line for line in page.splitlines() if line.startswith(series + " ")]
    return float(found[0].rpartition(" ")[2]) if found else 0


@pytest.mark.parametrize("sent", [None, "", "Bearer", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", f"bearer{TOKEN}"])
@pytest.mark.parametrize("token", ["", TOKEN])
def test_closed_without_the_token(client, db, settings, token, sent):
    settings.METRICS_TOKEN = token
    answer = client.get("/metrics", headers={} if sent is None else {"Authorization": sent})

    assert answer.status_code == 404
    assert b"second_look_" not in answer.content


def test_open_over_plain_http_because_who_asks_stands_beside_us(look, published, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert "second_look_database_up 1.0" in look()


@pytest.mark.django_db
def test_a_post_is_counted_and_leaves_no_trace(client, look, published):
    before = look()
    sent = send(client, f"{CANARY} running cures depression, honestly, it works.", author_line=CANARY)
    send(client, "")
    client.get(sent["Location"])
    client.get(f"/reports/{CANARY}/")
    client.get(f"/{CANARY}?{CANARY}", headers={"User-Agent": CANARY, "Referer": CANARY, "Accept-Language": CANARY})
    client.generic(CANARY.upper(), "/")
    after = look()

    assert CANARY not in after.lower()
    assert sent["Location"].split("/")[2] not in after
    for series, more in {
        'second_look_submissions_total{outcome="accepted"}': 1,
        'second_look_submissions_total{outcome="NothingWritten"}': 1,
        'second_look_request_seconds_count{method="GET",route="assessments:report",status="2xx"}': 1,
        'second_look_request_seconds_count{method="GET",route="none",status="4xx"}': 1,
        "second_look_engine_seconds_count": 1,
    }.items():
        assert figure(after, series) == figure(before, series) + more, series


@pytest.mark.django_db
def test_the_same_three_queries_whatever_there_is(look, published, django_assert_num_queries):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '90 seconds')")
    for number in range(3):
        factories.a_case(f"Running cures depression, says number {number}.")
    post = factories.a_post()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE posts_post SET created_at = now() - interval '31 days', expires_at = now() - interval '1 hour' "
            "WHERE id = %s",
            [post.pk],
        )
    with django_assert_num_queries(3):
        page = look()

    assert figure(page, 'second_look_cases_waiting{band="worry"}') == 3
    assert figure(page, 'second_look_cases_waiting{band="crisis"}') == 0
    assert figure(page, "second_look_checklist_version") == 1
    assert 3_600 <= figure(page, "second_look_expired_post_seconds") < 3_700
    assert 90 <= figure(page, "second_look_worker_silent_seconds") < 190


def test_every_figure_stands_in_the_document():
    assert table() in DOCUMENT.read_text(encoding="utf-8"), "python -m config.metrics.table prints the new table"


PROGRAM = """
import django, os; django.setup()
from config.metrics import counted
counted.SUBMISSIONS.labels("accepted").inc()
from prometheus_client import generate_latest
print(generate_latest(counted.registry()).decode())
"""


def test_processes_count_together_and_leave_no_files_behind(tmp_path, monkeypatch):
    slots.make_folder(tmp_path)
    folder = Path(os.environ[slots.VARIABLE])
    try:
        for times in (1, 2):
            said = subprocess.run(
                [sys.executable, "-c", PROGRAM],
                env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"},
                cwd=project.BASE_DIR,
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            assert figure(said, 'second_look_submissions_total{outcome="accepted"}') == times
        # The second one went on in the slot of the first.
        assert [path.name for path in folder.glob("slot-*")] == ["slot-0"]
    finally:
        slots.remove_folder()
    assert not folder.exists()


def test_alerts_ask_for_figures_that_there_are():
    rules = yaml.safe_load((Path(project.BASE_DIR) / "deploy" / "prometheus-alerts.yaml").read_text(encoding="utf-8"))
    asked = [rule["expr"] for group in rules["groups"] for rule in group["rules"]]
    known = set(re.findall(r"`(second_look_\w+)`", table()))
    named = {re.sub(r"_(count|bucket|sum)$", "", name) for one in asked for name in re.findall(r"second_look_\w+", one)}

    assert len(asked) > 10
    assert named <= known
