"""The engine does not change its mind unnoticed: see golden.py for the rule, and for how to accept a change."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.assessments import golden
from tests.assessments.command_line import NOWHERE

RECORD = {"engine": "1.0.0", "digest": "d", "content": "c", "posts": "p", "code": "x"}


@pytest.fixture(scope="module")
def now():
    """What the engine makes of the examples today: some seconds of work."""
    return golden.present()


def test_the_engine_behaves_as_recorded(now):
    complaint = golden.complaint(golden.recorded(), now)

    assert not complaint, complaint


# What moved since the record was taken, and what then must be done: nothing, a fresh record, a new VERSION.
@pytest.mark.parametrize(
    ("moved", "asked_for", "recordable"),
    [
        ("", "", True),
        ("code", "", True),
        ("content", "moved since: content", True),
        ("posts", "moved since: posts", True),
        ("content code", "moved since: content", True),  # no result moved
        ("content digest", "moved since: content", True),
        ("posts digest", "moved since: posts", True),
        ("digest", "move VERSION", False),
        ("code digest", "move VERSION", False),
        ("code content digest", "moved since: content", False),
        ("code posts digest", "moved since: posts", False),
        ("engine", "moved since: engine", True),
        ("engine code digest", "moved since: engine", True),
        ("engine code content posts digest", "moved since: engine, content, posts", True),
    ],
)
def test_what_a_change_asks_for(moved, asked_for, recordable):
    now = RECORD | dict.fromkeys(moved.split(), "moved")

    complaint = golden.complaint(RECORD, now)
    assert asked_for in complaint
    assert bool(complaint) == bool(asked_for)
    assert (golden.refusal(RECORD, now) == "") == recordable


def test_every_demand_says_which_command_to_run():
    for moved in ("digest", "content", "engine"):
        assert golden.COMMAND in golden.complaint(RECORD, RECORD | {moved: "moved"})


def test_where_there_is_no_record_one_is_asked_for_and_taken(monkeypatch, tmp_path):
    monkeypatch.setattr(golden, "present", lambda: RECORD)
    file = tmp_path / "golden.json"

    assert golden.COMMAND in golden.complaint(golden.recorded(file), RECORD)
    assert golden.take(file) == ""
    assert golden.recorded(file) == RECORD


def test_a_refused_record_is_not_written(monkeypatch, tmp_path):
    file = tmp_path / "golden.json"
    file.write_text(json.dumps(RECORD))
    monkeypatch.setattr(golden, "present", lambda: RECORD | {"digest": "moved"})

    assert "move VERSION" in golden.take(file)
    assert golden.recorded(file) == RECORD


def test_posts_are_found_in_any_shape():
    value = {
        "about": "not a post",
        "stories": [{"text": "one", "author_line": "Jo", "effects": ["red"]}, "two"],
        "deeper": {"asked": ["three"], "more": {"text": "four", "country": None}},
    }

    posts = list(golden.posts_in(value))

    assert [post["text"] for post in posts] == ["one", "two", "three", "four"]
    assert posts[0] == {"text": "one", "author_line": "Jo", "country": ""}


def test_a_file_without_posts_is_a_mistake(tmp_path):
    (tmp_path / "empty.yaml").write_text("about: nothing here")

    with pytest.raises(ValueError, match=r"empty\.yaml holds no posts"):
        golden.written_posts(tmp_path)


def test_the_command_takes_the_record_without_a_database(now, tmp_path):
    """And takes the same one in another process, whose sets of words come in another order."""
    file = tmp_path / "golden.json"

    done = subprocess.run(
        [sys.executable, "-m", "tests.assessments.golden", str(file)],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": NOWHERE, "PYTHONHASHSEED": "7"},
        capture_output=True,
        timeout=120,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert golden.recorded(file) == now
