"""`manage.py evaluate --compare`: what a second version of the checklist would say otherwise."""

import json
import os

import pytest
from django.core.management import CommandError

from assessments import engine, publishing
from assessments.snapshots import canonical_bytes
from tests import factories
from tests.assessments.command_line import run

RUNNING, WALKING = "running-cures-depression", "walking-cures-depression"


def next_content():
    """The small checklist, grown: "running" is no longer found, "walking" also when it heals."""
    content = factories.small_content()
    running, walking = content["claims"]
    running["patterns"] = ["sprinting cures {DEPRESSION}"]
    walking["patterns"] += ["walking heals {DEPRESSION}"]
    return content


@pytest.fixture
def next_file(tmp_path):
    file = tmp_path / "next.json"
    file.write_bytes(canonical_bytes(next_content() | {"version": "8"}))
    return str(file)


@pytest.fixture
def posts(posts_file):
    """With version 7: a hit, a false alarm, a miss, a silence. With version 8: a miss, a silence, a hit, a silence."""
    return posts_file(
        {"id": "lost", "text": "running cures depression", "expect": {"misleading_claim": True}},
        {"id": "mended", "text": "running cures depression!", "expect": {"misleading_claim": False}},
        {"id": "won", "text": "walking heals depression", "expect": {"misleading_claim": True, "claim": WALKING}},
        {"id": "same", "text": "I had soup", "expect": {"misleading_claim": False}},
        {"id": "unlabelled", "text": "running cures depression"},
    )


@pytest.fixture
def compared(posts, snapshot_file, next_file):
    """A function that compares version 7 with version 8, with further arguments."""

    def compare(*arguments):
        return run("evaluate", posts, "--snapshot", snapshot_file, "--compare", next_file, *arguments)

    return compare


def test_compare_draws_both_tables_and_the_difference(compared):
    blocks = compared().split("\n\n")

    assert blocks[0].startswith("checklist 7,")
    assert blocks[3].startswith("Compared with checklist 8,")
    figures = [" ".join(blocks[number].splitlines()[-1].split()) for number in (1, 3, 4)]
    assert figures[0].endswith("4 2 2 1 0.500 (0.09-0.91) 0.500 (0.09-0.91) 0.500 (0.12-0.88) 0.500 (0.09-0.91)")
    assert figures[1].endswith("4 2 1 1 1.000 (0.21-1.00) 0.500 (0.09-0.91) 0.667 (0.17-0.95) 0.000 (0.00-0.66)")
    assert figures[2].endswith("-1 +0 +0.500 +0.000 +0.167 -0.500")


def test_compare_lists_the_posts_that_differ(compared, posts):
    listed = compared().split("\n\n")[-1].splitlines()

    file = os.path.basename(posts)
    assert listed == [
        "Posts with another flag or claim: 4",
        f"  lost ({file})",
        "    misleading_claim: yes -> no (now wrong)",
        f"    claim {RUNNING}: yes -> no",
        f"  mended ({file})",
        "    misleading_claim: yes -> no (now right)",
        f"    claim {RUNNING}: yes -> no",
        f"  won ({file})",
        "    misleading_claim: no -> yes (now right)",
        f"    claim {WALKING}: no -> yes (now right)",
        f"  unlabelled ({file})",
        "    misleading_claim: yes -> no",
        f"    claim {RUNNING}: yes -> no",
    ]


def test_compare_shows_no_more_posts_than_asked_for(compared):
    listed = compared("--show", "1").split("\n\n")[-1].splitlines()

    assert listed[0] == "Posts with another flag or claim: 4, of which 1 are listed"
    assert len(listed) == 4


def test_compare_shows_words_only_when_asked(compared):
    assert "heals" not in compared() + compared("--json")
    assert "    | walking heals depression" in compared("--texts")
    assert '"text": "walking heals depression"' in compared("--texts", "--json")


def test_compare_as_json(compared, posts):
    other = json.loads(compared("--json", "--show", "1"))["compared"]

    assert (other["checklist"], other["changed_posts"]) == ("8", 4)
    assert {row["label"]: row["hits"] for row in other["labels"]} == {"misleading_claim": 1, "claim": 1}
    claim, flag = other["differences"]
    assert (claim["label"], claim["recall"], claim["precision"]) == ("claim", 1.0, None)
    assert [flag[name] for name in ("found", "hits", "precision", "recall")] == [-1, 0, 0.5, 0.0]
    assert other["changed"] == [
        {
            "id": "lost",
            "file": os.path.basename(posts),
            "changes": [
                {"flag": "misleading_claim", "from": True, "to": False, "expected": True},
                {"claim": RUNNING, "from": True, "to": False, "expected": None},
            ],
        }
    ]


def test_compare_with_itself_finds_nothing(posts, snapshot_file):
    shown = run("evaluate", posts, "--snapshot", snapshot_file, "--compare", snapshot_file)

    assert shown.endswith("Posts with another flag or claim: 0\n")


def test_compare_of_two_files_needs_no_database(command_line, posts, snapshot_file, next_file):
    done = command_line("evaluate", posts, "--snapshot", snapshot_file, "--compare", next_file)

    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Posts with another flag or claim: 4" in done.stdout


def test_compare_names_what_is_neither_file_nor_digest(command_line, posts, snapshot_file):
    done = command_line("evaluate", posts, "--snapshot", snapshot_file, "--compare", "nowhere.json")

    assert done.stderr == b"CommandError: nowhere.json is neither a file nor the beginning of a digest.\n"


# --- versions in the database ----------------------------------------------------------------------------------------


@pytest.fixture
def retired(published, editor):
    """Version 1, retired by version 2, which is made of next_content()."""
    publishing.publish(publishing.load_draft(next_content(), by=editor), by=editor, note="Again.")
    published.refresh_from_db()
    return published


@pytest.mark.parametrize("letters", [64, 10])
def test_compare_with_a_retired_version_by_its_digest(letters, retired, posts):
    shown = run("evaluate", posts, "--compare", retired.digest[:letters].upper())

    blocks = shown.split("\n\n")
    assert blocks[0].startswith("checklist 2,")
    assert blocks[3].startswith(f"Compared with checklist 1, engine {engine.VERSION}, digest {retired.digest[:12]}")
    assert "    misleading_claim: no -> yes (now right)" in shown


def test_compare_a_draft_file_with_the_published_version(retired, posts, snapshot_file):
    report = json.loads(run("evaluate", posts, "--compare", snapshot_file, "--json"))

    assert (report["checklist"], report["compared"]["checklist"]) == ("2", "7")


def test_compare_says_that_no_version_has_this_digest(retired, posts):
    unknown = "0" * 64
    with pytest.raises(CommandError, match="no version of the checklist has this digest"):
        run("evaluate", posts, "--compare", unknown)


def test_compare_says_when_a_beginning_is_ambiguous(published, posts, editor):
    """Of seventeen versions at least two begin with the same letter."""
    seen = {published.digest[0]}
    while True:
        digest = publishing.publish(publishing.start_draft(by=editor), by=editor, note="Again.").digest
        if digest[0] in seen:
            break
        seen.add(digest[0])

    with pytest.raises(CommandError, match=f"More than one version .* begins with {digest[0]}"):
        run("evaluate", posts, "--compare", digest[0])
