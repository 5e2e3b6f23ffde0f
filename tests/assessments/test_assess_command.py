"""`manage.py assess`, as somebody at a terminal or a pipe meets it. Files and runs that are killed: tests/bulk."""

import io
import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError

from assessments import engine, snapshots
from assessments.assessing import result_record
from tests import factories
from tests.assessments.command_line import NOWHERE, json_lines, run

CONTRACT = {"id", "level", "crisis", "language", "words", "checklist", "digest", "engine", "flags", "author", "items"}


@pytest.mark.django_db
def test_assess_writes_the_contract(published, posts_file):
    text = factories.CLAIM_TEXT
    file = posts_file({"id": "p1", "text": text, "author_line": "Jo, psychiatrist", "country": "gb"})

    (line,) = json_lines(run("assess", file))

    frozen = snapshots.by_digest(published.digest)
    result = engine.assess(text, frozen.compiled, author_line="Jo, psychiatrist", country="GB")
    assert line == {"id": "p1", **result_record(frozen, result)}
    assert set(line) >= CONTRACT | {"findings", "not_checked"}
    assert (line["checklist"], line["digest"], line["engine"]) == ("1", published.digest, engine.VERSION)


@pytest.mark.django_db
def test_assess_keeps_the_order_and_goes_on_after_bad_lines(published, posts_file):
    file = posts_file(
        {"id": 1, "text": "It is my birthday."},
        b"{not json",
        b"[]",
        {"id": "no-text"},
        {"id": "number", "text": 5},
        b'{"id": "latin", "text": "\xe9"}',
        {"id": ["x"], "text": "x"},
        {"id": "line", "text": "x", "author_line": 5},
        b"[" * 100_000,
        {"text": "no id"},
        b"",
        {"id": "last", "text": "", "author_line": None, "country": None},
    )

    lines = json_lines(run("assess", file))

    assert [(line["id"], line.get("error")) for line in lines] == [
        (1, None),
        (None, "not JSON"),
        (None, "not a JSON object"),
        ("no-text", "text is missing or not a string"),
        ("number", "text is missing or not a string"),
        (None, "not UTF-8 text"),
        (None, "id is not a string or a number"),
        ("line", "author_line is not a string"),
        (None, "not JSON"),
        (None, None),
        ("last", None),
    ]


@pytest.mark.django_db
def test_assess_takes_hostile_text(published, posts_file):
    file = posts_file(
        b'{"id": "\\ud800", "text": "lone \\udfff surrogate \\u0000 NUL \\u202e reversed"}',
        {"id": "☂", "text": "\u200b" * 500},
    )

    lines = json_lines(run("assess", file))

    assert [(line["id"], "error" in line) for line in lines] == [("\ud800", False), ("☂", False)]


@pytest.mark.django_db
def test_assess_reads_a_file_that_starts_with_a_byte_order_mark(published, posts_file):
    file = posts_file(b'\xef\xbb\xbf{"id": "a", "text": "x"}')

    assert json_lines(run("assess", file))[0]["id"] == "a"


@pytest.mark.django_db
def test_assess_stores_nothing(published, posts_file):
    run("assess", posts_file({"id": 1, "text": factories.CLAIM_TEXT}))

    assert published.assessments.count() == 0


@pytest.mark.django_db
def test_assess_counts_on_standard_error_only_when_asked(published, posts_file):
    file = posts_file(*({"id": number, "text": "x"} for number in range(100)))
    quiet, counting = io.StringIO(), io.StringIO()

    run("assess", file, stderr=quiet)
    run("assess", file, "--progress", stderr=counting)

    assert quiet.getvalue() == ""
    assert "100 rows" in counting.getvalue()


@pytest.mark.django_db
def test_assess_says_that_nothing_is_published(posts_file):
    with pytest.raises(CommandError, match="No checklist is published yet"):
        run("assess", posts_file({"id": 1, "text": "x"}))


@pytest.mark.django_db
def test_assess_names_a_file_that_is_not_there(published):
    with pytest.raises(CommandError, match=r"Cannot read nowhere\.jsonl: No such file or directory"):
        run("assess", "nowhere.jsonl")


def test_assess_with_a_snapshot_needs_no_database(command_line, snapshot_file):
    done = command_line(
        "assess", "--snapshot", snapshot_file, words=b'{"id": "a", "text": "running cures depression"}\n'
    )

    assert (done.returncode, done.stderr) == (0, b"")
    (line,) = json_lines(done.stdout.decode())
    assert (line["id"], line["checklist"]) == ("a", "7")
    assert [finding["signal"] for finding in line["findings"]] == ["running-cures-depression"]


def test_assess_gives_the_same_bytes_twice(command_line, snapshot_file):
    words = json.dumps({"id": "a", "text": f"{factories.CLAIM_TEXT} It works for everybody."}).encode()

    first, second = (command_line("assess", "--snapshot", snapshot_file, words=words).stdout for _ in range(2))

    assert first == second
    assert len(first) > 100


def test_assess_ends_quietly_when_nobody_reads_on(snapshot_file):
    line = json.dumps({"id": "a", "text": factories.CLAIM_TEXT}) + "\n"
    process = subprocess.Popen(
        [sys.executable, "manage.py", "assess", "--snapshot", snapshot_file],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": NOWHERE},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdin.write(line.encode())
    process.stdin.flush()
    assert json.loads(process.stdout.readline())["id"] == "a"
    process.stdout.close()

    _, complaints = process.communicate((line * 2000).encode(), timeout=60)

    assert (process.returncode, complaints) == (0, b"")


@pytest.mark.parametrize("text", ["", "{}", "nothing"])
def test_assess_refuses_a_file_that_is_no_snapshot(text, tmp_path, posts_file):
    file = tmp_path / "broken.json"
    file.write_text(text)

    with pytest.raises(CommandError, match="is not a snapshot"):
        run("assess", posts_file({"id": 1, "text": "x"}), "--snapshot", str(file))
