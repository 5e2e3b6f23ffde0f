"""Rows of interest: what a condition keeps, and how a mistake in one is explained."""

import io
import json

import pytest
from django.core.management import CommandError

from tests import factories
from tests.assessments.command_line import json_lines, run
from tests.bulk.conftest import post_lines


@pytest.fixture
def rows(place):
    """A function that gives the ids of the rows that a condition keeps; bad lines have none."""
    lines = (
        {"id": "claim", "text": factories.CLAIM_TEXT},
        {"id": "harm", "text": factories.HARM_TEXT},
        {"id": "river", "text": "We walked along the river and counted boats, and then it rained."},
    )

    def kept(where):
        return {line["id"] for line in json_lines(assess(where))}

    (place / "posts.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines) + "{no\n")
    return kept


def assess(where):
    return run("assess", "posts.jsonl", snapshot="snapshot.json", where=where, stderr=io.StringIO())


@pytest.mark.parametrize(
    ("where", "ids"),
    [
        ("level=check-first,do-not-rely", {"claim", "harm", None}),
        ("crisis", {"harm", None}),
        ("not crisis", {"claim", "river", None}),
        ("not not crisis", {"harm", None}),
        ("crisis or item:C1-known-claims=high,some", {"claim", "harm", None}),
        ("signal:tells-to-hurt", {"harm", None}),
        ("claim:running-cures-depression and not error", {"claim"}),
        ("error", {None}),
        ("not error", {"claim", "harm", "river"}),
        ("words>=20 or (crisis and effect=stop)", {"harm", None}),
        ("flag:misleading_claim and language=en and author=none_stated", {"claim", None}),
        ("(crisis or error) and (crisis or not error)", {"harm", None}),
    ],
)
def test_a_condition_keeps_what_it_says_and_rows_nobody_can_judge(rows, where, ids):
    assert rows(where) == ids


@pytest.mark.parametrize(
    ("where", "sentence", "at"),
    [
        ("level=check-frist", "there is no level “check-frist”. Did you mean “check-first”?", 7),
        ("level=check-first,x", "there is no level “x”. There are: do-not-rely", 19),
        ("crisis and", "a condition is missing here.", 11),
        ("(crisis", "a closing bracket is missing here.", 8),
        ("crisis)", "“and” or “or” belongs here.", 7),
        ("crisis error", "“and” or “or” belongs here.", 8),
        ("crisis=yes", "“crisis” stands alone.", 1),
        ("item:C1-known-claims", "say which answer: item:C1-known-claims=ANSWER", 21),
        ("item:C1-known-claims=none,hihg", "Did you mean “high”?", 27),
        ("flag:sellin", "Did you mean “selling”?", 6),
        ("words>many", "write words>=20", 1),
        ("__import__('os')", "“__import__” is not known here", 1),
        ("(" * 40 + "crisis" + ")" * 40, "too many brackets", 32),
    ],
)
def test_a_mistake_is_shown_where_it_is(rows, where, sentence, at):
    with pytest.raises(CommandError) as raised:
        assess(where)

    said, text, mark = str(raised.value).split("\n")
    assert sentence in said
    assert said.startswith(f"--where, character {at}: ")
    assert (text, mark) == (f"  {where}", f"  {' ' * (at - 1)}^")


def test_the_summary_counts_what_was_read_and_what_was_kept(place):
    (place / "posts.jsonl").write_bytes(post_lines(200))
    said = io.StringIO()

    run("assess", "posts.jsonl", snapshot="snapshot.json", where="crisis", output="out.jsonl", stderr=said)

    assert said.getvalue().startswith("200 rows read, ")
    assert "\n42 rows kept by --where.\n2 rows without a result: not JSON.\n" in said.getvalue()
    assert len((place / "out.jsonl").read_bytes().splitlines()) == 42
