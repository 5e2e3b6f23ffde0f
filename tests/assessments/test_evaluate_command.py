"""`manage.py evaluate`: the figures for labelled posts, and what it never shows."""

import json
import os

import pytest
from django.core.management import CommandError

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
        "f1_95": pytest.approx([0.2609, 0.9189], abs=0.0001),
        "false_alarm_rate": pytest.approx(1 / 3),
        "false_alarm_rate_95": pytest.approx([0.0615, 0.7923], abs=0.0001),
    }
    assert report["files"] == [
        {
            "file": os.path.basename(labelled),
            "posts": 7,
            "bad_lines": 1,
            "not_scored": {"mood": 1},
            "unknown_claims": {},
        }
    ]
    assert (report["checklist"], report["engine"]) == ("7", engine.VERSION)


def test_evaluate_as_a_table(labelled, snapshot_file):
    lines = run("evaluate", labelled, "--snapshot", snapshot_file).splitlines()

    assert lines[2].split() == "label file posts expected found both precision recall F1 false alarms".split()
    assert " ".join(lines[3].split()).endswith(
        "6 3 3 2 0.667 (0.21-0.94) 0.667 (0.21-0.94) 0.667 (0.26-0.92) 0.333 (0.06-0.79)"
    )
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


def test_evaluate_names_files_that_end_alike_in_full(tmp_path, snapshot_file):
    files = [tmp_path / folder / "posts.jsonl" for folder in ("a", "b")]
    for file in files:
        file.parent.mkdir()
        file.write_text('{"id": 1, "text": "x"}')

    report = json.loads(run("evaluate", *map(str, files), "--json", "--snapshot", snapshot_file))

    assert [file["file"] for file in report["files"]] == list(map(str, files))


def test_evaluate_refuses_the_same_file_twice(labelled, snapshot_file):
    with pytest.raises(CommandError, match="given twice"):
        run("evaluate", labelled, labelled, "--snapshot", snapshot_file)


def test_evaluate_refuses_a_negative_number_to_show(labelled, snapshot_file):
    with pytest.raises(CommandError, match="0 or more"):
        run("evaluate", labelled, "--show", "-1", "--snapshot", snapshot_file)


# --- sources ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def from_two_sources(posts_file):
    """Of three posts of the forum that claim nothing one is flagged, of one of the clinic none."""
    claim = "running cures depression"
    return posts_file(
        {"id": 1, "text": claim, "source": "Forum", "expect": {"misleading_claim": False}},
        {"id": 2, "text": "I had soup", "source": "Forum", "expect": {"misleading_claim": False}},
        {"id": 3, "text": "I had tea", "source": "Forum", "expect": {"misleading_claim": False}},
        {"id": 4, "text": "I had rice", "source": "Clinic", "expect": {"misleading_claim": False}},
        {"id": 5, "text": claim, "source": "Clinic", "expect": {"misleading_claim": True, "selling": True}},
    )


def test_evaluate_tells_false_alarms_by_source(from_two_sources, snapshot_file):
    blocks = run("evaluate", from_two_sources, "--snapshot", snapshot_file).split("\n\n")

    title, head, clinic, forum = blocks[2].splitlines()
    assert title == "False alarms by source"
    assert head.split() == "label not expected found false alarms source".split()
    assert clinic.split() == ["misleading_claim", "1", "0", "0.000", "(0.00-0.79)", "Clinic"]
    assert forum.split() == ["misleading_claim", "3", "1", "0.333", "(0.06-0.79)", "Forum"]


def test_evaluate_writes_sources_as_json(from_two_sources, snapshot_file):
    rows = json.loads(run("evaluate", from_two_sources, "--json", "--snapshot", snapshot_file))["sources"]

    assert [(row["label"], row["source"], row["false_alarms"], row["posts"]) for row in rows] == [
        ("misleading_claim", "Clinic", 0, 2),
        ("misleading_claim", "Forum", 1, 3),
    ]


def test_a_post_without_a_source_counts_under_its_file(labelled, from_two_sources, snapshot_file):
    shown = run("evaluate", labelled, from_two_sources, "--snapshot", snapshot_file)

    sources = [line.split()[-1] for line in shown.split("\n\n")[2].splitlines()[2:]]
    assert sources == ["Clinic", "Forum", os.path.basename(labelled)]


def test_one_source_gets_no_table(labelled, snapshot_file):
    assert "by source" not in run("evaluate", labelled, "--snapshot", snapshot_file)


# --- claims ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def claiming(posts_file):
    """Of three expected claims one is found, one missed and one unknown; of two denied ones one is found."""
    running, walking = "running-cures-depression", "walking-cures-depression"
    return posts_file(
        {"id": "both", "text": "running cures depression", "expect": {"claims": {running: True, walking: True}}},
        {"id": "false", "text": "walking cures depression", "expect": {"claims": {running: False, walking: False}}},
        {"id": "short", "text": "I had soup", "expect": {"claim": "soup-cures-depression"}},
    )


def test_evaluate_scores_claims_as_one_label(claiming, snapshot_file):
    report = json.loads(run("evaluate", claiming, "--json", "--snapshot", snapshot_file))

    (row,) = report["labels"]
    assert row["label"] == "claim"
    assert [row[name] for name in ("hits", "misses", "false_alarms", "silences")] == [1, 2, 1, 1]


def test_evaluate_tells_mistakes_claim_by_claim(claiming, snapshot_file):
    claims = json.loads(run("evaluate", claiming, "--json", "--snapshot", snapshot_file))["claims"]

    assert [(row["claim"], row["hits"], row["missed_in"], row["false_alarms_in"]) for row in claims] == [
        ("running-cures-depression", 1, [], []),
        ("soup-cures-depression", 0, ["short"], []),
        ("walking-cures-depression", 0, ["both"], ["false"]),
    ]


def test_evaluate_says_which_claims_the_checklist_does_not_know(claiming, snapshot_file):
    shown = run("evaluate", claiming, "--show", "5", "--snapshot", snapshot_file)

    assert "claim that this checklist does not know, never found: soup-cures-depression (1)" in shown
    assert "  claim walking-cures-depression, missed: both\n" in shown
    assert "  claim walking-cures-depression, false alarm: false\n" in shown


def test_a_claim_that_is_put_right_is_not_found(posts_file, snapshot_file):
    text = "Myth: running cures depression. That is not true."
    file = posts_file({"id": 1, "text": text, "expect": {"claims": {"running-cures-depression": False}}})

    (row,) = json.loads(run("evaluate", file, "--json", "--snapshot", snapshot_file))["labels"]
    assert (row["label"], row["silences"]) == ("claim", 1)


# --- folds -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def by_authors(posts_file):
    """Of two folds the first holds Bo and p2, who is nobody (a hit and a false alarm), the second Ann (a hit, a miss).

    Ids are such that without their authors the posts would fall otherwise.
    """
    claim = "running cures depression"
    return posts_file(
        {"id": "p1", "text": claim, "author": "bo", "expect": {"misleading_claim": True}},
        {"id": "p2", "text": claim, "expect": {"misleading_claim": False}},
        {"id": "p3", "text": claim, "author": "ann", "expect": {"misleading_claim": True}},
        {"id": "p2b", "text": "jogging heals", "author": "ann", "expect": {"misleading_claim": True}},
    )


def test_evaluate_parts_posts_by_author(by_authors, snapshot_file):
    shown = run("evaluate", by_authors, "--folds", "2", "--snapshot", snapshot_file)

    heading, _, *rows = shown.strip().split("\n\n")[-1].splitlines()
    assert heading == "2 folds by author (field: author); 1 of 4 posts name no author and went by their id"
    assert [row.split() for row in rows] == [
        ["misleading_claim", "1", "2", "1", "2", "1", "0.500", "1.000", "0.667"],
        ["misleading_claim", "2", "2", "2", "1", "1", "1.000", "0.500", "0.667"],
        ["misleading_claim", "minimum", "0.500", "0.500", "0.667"],
        ["misleading_claim", "maximum", "1.000", "1.000", "0.667"],
    ]


def test_evaluate_writes_folds_as_json(by_authors, snapshot_file):
    folds = json.loads(run("evaluate", by_authors, "--folds", "2", "--json", "--snapshot", snapshot_file))["folds"]

    (label,) = folds["labels"]
    assert (folds["posts"], folds["posts_without_author"]) == ([2, 2], 1)
    assert [fold["false_alarms"] for fold in label["folds"]] == [1, 0]
    assert (label["precision"], label["recall"]) == ({"minimum": 0.5, "maximum": 1.0},) * 2


def test_a_fold_without_posts_has_no_figures(posts_file, snapshot_file):
    file = posts_file({"id": 1, "text": "running cures depression", "who": "ann", "expect": {"misleading_claim": True}})

    shown = run("evaluate", file, "--folds", "2", "--author-field", "who", "--snapshot", snapshot_file)

    assert "2 folds by author (field: who)\n" in shown
    rows = [line.split()[1:] for line in shown.splitlines()[-4:]]
    assert rows[0] == ["1", "0", "0", "0", "0", "-", "-", "-"]
    assert rows[2] == ["minimum", "1.000", "1.000", "1.000"]


@pytest.mark.parametrize("number", ["1", "-2"])
def test_evaluate_refuses_fewer_than_two_folds(number, by_authors, snapshot_file):
    with pytest.raises(CommandError, match="2 or more"):
        run("evaluate", by_authors, "--folds", number, "--snapshot", snapshot_file)
