"""Runs that are killed: whatever dies, and whenever, no row is lost and none is doubled."""

import gzip
import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.assessments.command_line import NOWHERE, run
from tests.bulk.conftest import post_lines


@pytest.fixture
def happened(place):
    """What tests.bulk.dying did in `place`. One start-up for all of it."""
    (place / "posts.jsonl").write_bytes(post_lines(900))
    (place / "few.jsonl").write_bytes(post_lines(200))
    done = subprocess.run(
        [sys.executable, "-m", "tests.bulk.dying", str(place)],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": NOWHERE},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def whole(place, output, posts="posts.jsonl"):
    """The bytes of a run that nothing happened to."""
    run("assess", posts, snapshot="snapshot.json", output=f"whole-{output}", processes=1)
    return (place / f"whole-{output}").read_bytes()


def test_nothing_is_lost_or_doubled(place, happened):
    # Whole runs killed at any moment, on two processes.
    for name, about in happened["killed"].items():
        assert about["code"] == 0
        assert about["kills"] >= 3, "hardly anything was killed: this test would pass for nothing"
        assert (place / name).read_bytes() == whole(place, name)
    # Killed before each step on the disk.
    for name, about in happened["steps"].items():
        assert about["steps"] > 5
        assert [bytes.fromhex(content) for content in about["contents"]] == [whole(place, name, "few.jsonl")]
    # A worker killed in the middle of a batch.
    assert happened["worker"] == 0
    assert (place / "was-killed").exists()
    lost = (place / "lost.jsonl").read_bytes()
    assert lost == whole(place, "lost.jsonl")
    assert gzip.decompress((place / "whole-step.jsonl.gz").read_bytes()) == lost[: _length(lost, 200)]
    # A batch that kills whoever does it.
    assert happened["poison"]["code"] == 1
    assert "died 3 times at the same 128 rows" in happened["poison"]["complaint"]


def _length(data, lines):
    return sum(len(line) for line in data.splitlines(keepends=True)[:lines])
