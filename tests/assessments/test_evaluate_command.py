"""`manage.py evaluate`: the figures for labelled posts, and what it never shows."""

import json
import os

import pytest

from assessments import engine
from tests.assessments.command_line import run


@pytest.fixture
def labelled(posts_file):
    """Two found rightly, one missed, one false alarm, two silent; one of unknown label, one bad line."""
    claim = "running cures depression"
    return posts_file(
        *({"id": f"hit-{number}", "text": claim, "expect": {"misleading_claim": True}} for number in (1, 2)),
        {"id": "missed", "text": "jogging heals sadness", "expect": {"misleading_claim": True}},
        {"id": "false", "text": claim, "expect": {"misleading_claim": False, "mood": "good"}},
        *({"id": f"silent-{n}", "text": "I had soup", "expect": {"misleading_claim": False}} for n in (1, 2)),
        {"id": "unknown", "text": claim},
        b"broken",
    )


def test_evaluate_as_json(labelled, snapshot_file):
    report = json.loads(run("evaluate", labelled, "--json", "--snapshot", snapshot_file))

    (row,) = report["labels"]
    assert row == {
        "label": "misleading_claim",
        "file": os.path.basename(labelled),
        "posts": 6,
        "hits": 2,
        "false_alarms": 1,
        "misses": 1,
        "silences": 2,
        "precision": pytest.approx(2 / 3),
        "precision_95": pytest.approx([0.2077, 0.9385], abs=0.0001),
        "recall": pytest.approx(2 / 3),
        "recall_95": pytest.approx([0.2077, 0.9385], abs=0.0001),
        "f1": pytest.approx(2 / 3),
        "false_alarm_rate": pytest.approx(1 / 3),
        "false_alarm_rate_95": pytest.approx([0.0615, 0.7923], abs=0.0001),
    }
    assert report["files"] == [
        {"file": os.path.basename(labelled), "posts": 7, "bad_lines": 1, "not_scored": {"mood": 1}}
    ]
    assert (report["checklist"], report["engine"]) == ("7", engine.VERSION)


def test_evaluate_as_a_table(labelled, snapshot_file):
    lines = run("evaluate", labelled, "--snapshot", snapshot_file).splitlines()

    assert lines[2].split() == "label file posts expected found both precision recall F1 false alarms".split()
    assert " ".join(lines[3].split()).endswith("6 3 3 2 0.667 (0.21-0.94) 0.667 (0.21-0.94) 0.667 0.333 (0.06-0.79)")
    assert lines[2].index("precision") == lines[3].index("0.667")
    assert lines[5:] == [f"{os.path.basename(labelled)}: 7 posts, 1 bad lines", "  label not scored: mood (1)"]


def test_evaluate_adds_several_files_up(labelled, posts_file, snapshot_file):
    other = posts_file({"id": 1, "text": "I had soup", "expect": {"misleading_claim": True, "selling": False}})

    report = json.loads(run("evaluate", labelled, other, "--json", "--snapshot", snapshot_file))

    rows = {(row["label"], row["file"]): (row["posts"], row["misses"]) for row in report["labels"]}
    assert rows == {
        ("misleading_claim", os.path.basename(labelled)): (6, 1),
        ("misleading_claim", os.path.basename(other)): (1, 1),
        ("misleading_claim", "all files"): (7, 2),
        ("selling", os.path.basename(other)): (1, 0),
    }


def test_evaluate_shows_mistakes_without_their_words(labelled, snapshot_file):
    shown = run("evaluate", labelled, "--show", "5", "--snapshot", snapshot_file)

    assert "  misleading_claim, false alarm: false\n    running-cures-depression -> C1-known-claims=high" in shown
    assert "  misleading_claim, missed: missed\n    (nothing found)" in shown
    assert "jogging" not in shown


def test_evaluate_shows_the_words_when_asked(labelled, snapshot_file):
    assert "    | jogging heals sadness" in run(
        "evaluate", labelled, "--show", "5", "--texts", "--snapshot", snapshot_file
    )


def test_evaluate_reads_another_field(posts_file, snapshot_file):
    file = posts_file(
        {"id": 1, "text": "running cures depression", "short": "soup", "expect": {"misleading_claim": False}}
    )

    row = json.loads(run("evaluate", file, "--json", "--field", "short", "--snapshot", snapshot_file))["labels"][0]
    assert row["silences"] == 1


def test_evaluate_needs_no_database(command_line, labelled, snapshot_file):
    done = command_line("evaluate", labelled, "--snapshot", snapshot_file)

    assert (done.returncode, done.stderr) == (0, b"")
    assert b"misleading_claim" in done.stdout
