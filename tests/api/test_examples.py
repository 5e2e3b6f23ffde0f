"""The examples of the documentation, run as they stand there, against a server."""

import os
import shutil
import subprocess
import sys

import pytest

from assessments.api.documentation import EXAMPLES, EXAMPLES_FOLDER
from tests import factories
from tests.api.conftest import Program

RUN_BY = {"curl.txt": ["sh"], "python.txt": [sys.executable], "javascript.txt": ["node", "--input-type=module", "-"]}
FOUND = ("check-first", "running-cures-depression")


@pytest.mark.django_db(transaction=True)
def test_every_example_of_the_page_works(live_server):
    factories.a_published_checklist()
    charity = Program("assess")
    environment = os.environ | {"SECOND_LOOK": live_server.url, "SECOND_LOOK_KEY": charity.secret, "no_proxy": "*"}

    assert set(RUN_BY) == set(EXAMPLES.values())
    for file, command in RUN_BY.items():
        # Node and curl are on every developer's machine; a machine without one of them tries the others.
        if not shutil.which(command[0]) or (file == "curl.txt" and not shutil.which("curl")):
            continue
        text = (EXAMPLES_FOLDER / file).read_text()
        done = subprocess.run(command, input=text, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert [words for words in FOUND if words not in done.stdout] == []
    assert charity.key.uses.get().day_count >= 1, "no example was run"
