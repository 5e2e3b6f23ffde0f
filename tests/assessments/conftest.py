"""What the tests of the commands need."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from django.conf import settings

from assessments.content_loading import CONTENT
from assessments.snapshots import canonical_bytes
from tests import factories
from tests.assessments.command_line import NOWHERE

# Of each large folder, what the rest of the content refers to, and what the tests make their mistakes in.
ENOUGH = {
    "claims": {"depression.yaml", "eating_disorders.yaml", "suicide.yaml"},
    "titles": {"gb.yaml"},
    "signals": {
        "author.yaml",
        "harm_dangerous_challenge.yaml",
        "harm_disclosure.yaml",
        "harm_pro_eating_disorder.yaml",
        "harm_self_harm.yaml",
        "harm_suicide_encouragement.yaml",
        "harm_suicide_method.yaml",
        "harm_suicide_terms.yaml",
    },
}


@pytest.fixture
def folder(tmp_path):
    """A part of the shipped content in a folder of its own: whole in itself, quick to read, and free to be spoilt."""

    def left_out(place, names):
        enough = ENOUGH.get(os.path.basename(place), names)
        return set(names) - set(enough)

    return shutil.copytree(CONTENT, tmp_path / "content", ignore=left_out)


@pytest.fixture
def posts_file(tmp_path):
    def write(*lines):
        file = tmp_path / f"posts-{len(list(tmp_path.iterdir()))}.jsonl"
        file.write_bytes(b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines))
        return str(file)

    return write


@pytest.fixture
def snapshot_file(tmp_path):
    file = tmp_path / "snapshot.json"
    file.write_bytes(canonical_bytes(factories.small_content() | {"version": "7"}))
    return str(file)


@pytest.fixture
def command_line(tmp_path):
    """A function that runs manage.py as a programme of its own, where no database answers."""

    def start(*arguments, words=b"", **options):
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=os.environ | {"DATABASE_URL": NOWHERE},
            input=words,
            capture_output=True,
            timeout=60,
            check=False,
            **options,
        )

    return start
