"""The bench runs, and its table says a number for everything. How fast anything is, no test asks."""

import re
import tomllib
from pathlib import Path

import pytest

from assessments import engine
from bench import adversarial, catalogues, regexes
from bench.__main__ import measure, report
from bench.previewing import FORETOLD, preview, rows_of
from bench.serving import AGAINST, WORDS
from bench.serving import rows_of as page_rows
from bench.settings import TINY
from tests import factories

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def rows():
    return measure(TINY)


def test_every_row_has_numbers_or_says_why_it_was_skipped(rows):
    assert len(rows) > 50
    for row in rows:
        if row.skipped:
            assert "not installed" in row.skipped
        else:
            assert row.best > 0 < row.median, row
            assert row.ratio > 0, row


def test_every_kind_of_measurement_is_in_the_table(rows):
    groups = "\n".join(dict.fromkeys(row.group for row in rows))
    for kind in ("Ordinary", "Growth with length", "says", "Adversarial texts", "slowest", "adversarial patterns"):
        assert kind in groups
    for kind in ("Compile", "Memory", "never seen", "Peers"):
        assert kind in groups


def test_the_report_is_a_table_without_paths(rows):
    written = report(rows, 1.0)
    lines = [line for line in written.splitlines() if line.startswith("|")]
    assert {line.count(" | ") for line in lines[2:]} == {5}
    assert not re.search(r"(?<![\w.])/\w+/", written)


@pytest.mark.django_db
def test_a_preview_is_measured_and_what_many_posts_would_take_is_foretold():
    figures = preview(factories.small_content(), 3)
    assert figures["posts"] == 3
    assert figures["ready_s"] > 0 < figures["posts_s"]

    one, many = rows_of({"ready_s": 5.0, "posts_s": 4.0, "posts": 2_000})

    assert (one.best, one.unit) == (2.0, "ms")
    assert (many.best, many.unit) == (5.0 + FORETOLD * 0.002, "s")
    assert "10,000 posts" in many.what


def test_pages_are_compared_with_bare_views_round_by_round_and_every_target_is_in_the_table():
    sizes = {"rss": 200.0, "pss": 120.0, "uss": 75.0}
    figures = {
        "served": {
            "each": {name: [(100.0, 2.0), (300.0, 1.0)] for name in AGAINST} | {"report": [(70.0, 3.0), (210.0, 2.0)]},
            "memory": {"worker": sizes, "parent": sizes},
            "requests": 2_000,
        },
        "alone": dict.fromkeys(WORDS, (1.0, 2.0)),
        "cold": [2.0, 3.0],
        "growth": {"100": {"report": (2.0, 3.0)}, "1000000": {"report": (2.2, 3.0)}},
    }

    rows = list(page_rows(figures))

    report = next(row for row in rows if row.what == WORDS["report"])
    assert (report.ratio, report.best, report.target[:5]) == (0.7, 210.0, "≥ 0.6")
    assert next(row.ratio for row in rows if row.what.endswith("1,000,000 rows")) == 1.1
    assert len([row for row in rows if row.target]) == 8


@pytest.mark.parametrize("count", [50, 9_000])
def test_a_catalogue_has_so_many_different_patterns_that_compile(content, count):
    snapshot = catalogues.catalogue(content, count)
    patterns = [written.pattern for written in catalogues.own_patterns(snapshot)]
    assert len(patterns) == count
    assert snapshot == catalogues.catalogue(content, count)
    classes = engine.read_classes({row["key"]: tuple(row["words"]) for row in snapshot["word_classes"]})
    assert len({engine.parse(pattern, classes).parts for pattern in patterns}) > 0.97 * count


def test_adversarial_texts_have_the_length_that_was_asked_for(content):
    assert {len(text) for text in adversarial.texts(content, 500).values()} == {500}


@pytest.mark.parametrize(
    ("pattern", "finds", "not_finds"),
    [
        ("gym ...2 cure+", "gym can cure", "gym. cures"),
        ("cure+ & !not", "it cures all", "it does not cure"),
        ("gym && code", "use code ten. Go to the gym", "gym"),
        ("snap [right] out of it", "snap out of it", "snap it"),
        ("depress*", "so depressing", "pressing"),
    ],
)
def test_the_regular_expressions_say_what_the_patterns_say(pattern, finds, not_finds):
    (expression,) = regexes.loop([engine.parse(pattern, {})])
    assert expression.search(regexes.plain(finds))
    assert not expression.search(regexes.plain(not_finds))


def test_the_lock_of_the_bench_has_hashes_no_address_and_the_versions_of_the_other_locks():
    written = (ROOT / "requirements-bench.txt").read_text()
    entries = re.split(r"\n(?=\S)", written.strip())
    assert all(re.match(r"[\w.-]+==[\w.]+( ;[^\n\\]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+$", one) for one in entries)
    assert "://" not in written
    runtime = (ROOT / "requirements.txt").read_text()
    assert set(re.findall(r"^\S+==\S+", runtime, re.M)) <= set(re.findall(r"^\S+==\S+", written, re.M))
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert [one.split(">")[0] for one in extras["bench"]] == ["spacy"]
    assert not any(one.startswith("spacy") for one in extras["dev"])
