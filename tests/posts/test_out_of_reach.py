"""No database at all: words are kept on the page, everybody gets help, and the log tells no word.

In a process of its own with an address where nothing listens: nothing is replaced by the test.
"""

import html
import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

WORDS = {
    "post": "Ismenia says that every somersault cures depression, so do one.",
    "author": "Duskwater, life coach",
    "reason": "Zebrafinch words: it is a joke.",
}
NOWHERE = "postgres://nobody@127.0.0.1:1/nothing"
MUST_BE_KEPT = {"paste": ("post", "author"), "flag": ("reason",)}


@pytest.fixture(scope="module")
def told():
    """(what the pages said, the log)"""
    environment = os.environ | {
        "DATABASE_URL": NOWHERE,
        "DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": str(settings.BASE_DIR),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.posts.out_of_reach"],
        cwd=settings.BASE_DIR,
        env=environment,
        input=json.dumps(WORDS),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout), done.stderr


@pytest.mark.parametrize("name", MUST_BE_KEPT)
def test_what_was_sent_comes_back_with_a_sentence(told, name):
    answer = told[0][name]

    page = html.unescape(answer["page"])
    assert (answer["status"], answer["wait"], answer["cookies"]) == (503, "30", 0)
    assert "Your words are still here: wait a minute, then try again." in page
    assert [field for field in MUST_BE_KEPT[name] if WORDS[field] not in page] == []
    assert '<form method="post"' in page


@pytest.mark.parametrize("name", ["report", "reading", "look", "delete", "versions"])
def test_a_page_that_needs_the_database_says_so(told, name):
    answer = told[0][name]

    assert (answer["status"], answer["wait"], answer["cookies"]) == (503, "30", 0)
    assert "We cannot look anything up right now" in answer["page"]


@pytest.mark.parametrize("name", ["form", "help"])
def test_what_needs_no_database_goes_on(told, name):
    assert told[0][name]["status"] == 200


def test_nobody_waits_for_it_twice(told):
    waits = {name: answer["waits"] for name, answer in told[0].items()}

    assert waits["form"] == 1, "the control: the first page does wait"
    assert {name for name, number in waits.items() if number > 1} == set()


def test_help_is_on_every_page(told):
    pages = {name: answer for name, answer in told[0].items() if name != "program"}
    assert [name for name, answer in pages.items() if 'class="strip"' not in answer["page"]] == []


def test_a_program_gets_a_problem_with_help_in_it(told):
    answer = told[0]["program"]

    assert (answer["status"], answer["wait"], answer["type"]) == (503, "30", "application/problem+json")
    assert json.loads(answer["page"])["help"]["say"].startswith("If you are in danger")


def test_the_log_says_what_happened_without_a_word(told):
    log = told[1]

    assert "database out of reach" in log
    assert "OperationalError" in log
    known = (*WORDS.values(), "Ismenia", "somersault", "Duskwater", "Zebrafinch", "k" * 22)
    assert [words for words in known if words in log] == []
