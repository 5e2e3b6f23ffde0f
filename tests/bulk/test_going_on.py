"""What is refused, so that no run goes on with something else, and the report at the end."""

import io
import json
import os
import re

import pytest
from django.core.management import CommandError

from tests import factories
from tests.assessments.command_line import run
from tests.bulk.conftest import TEXTS, post_lines


def assess(**options):
    said = io.StringIO()
    run("assess", "posts.jsonl", snapshot="snapshot.json", output="out.jsonl", stderr=said, **options)
    return said.getvalue()


@pytest.fixture
def half_done(place, monkeypatch):
    """A run that was stopped by a full disk after its first batch."""
    from assessments.bulk import writing

    (place / "posts.jsonl").write_bytes(post_lines(300))

    def full(self, batch, done):
        real(self, batch, done)
        raise OSError(28, "No space left on device")

    real = writing.GrowingFile.write
    with monkeypatch.context() as patched:
        patched.setattr(writing, "COMMIT_SECONDS", 0)
        patched.setattr(writing.GrowingFile, "write", full)
        with pytest.raises(CommandError, match="Cannot write: No space left on device"):
            assess()
    assert len((place / "out.jsonl.part").read_bytes().splitlines()) == 128
    return place


def test_the_same_command_goes_on_and_the_summary_is_of_everything(half_done):
    said = assess()

    assert said.startswith("Going on after 128 rows.\n")
    assert "300 rows read" in said
    assert len((half_done / "out.jsonl").read_bytes().splitlines()) == 300
    assert not list(half_done.glob("out.jsonl.*"))


def test_another_command_is_refused(half_done):
    with pytest.raises(CommandError, match="begun with another value of “where”"):
        assess(where="crisis")
    with pytest.raises(CommandError, match="begun with another value of “country”"):
        assess(country="GB")
    other = json.loads((half_done / "snapshot.json").read_text()) | {"version": "8"}
    before = (half_done / "snapshot.json").read_bytes()
    (half_done / "snapshot.json").write_text(json.dumps(other))
    with pytest.raises(CommandError, match=r"out\.jsonl was begun with another version of the checklist"):
        assess()
    (half_done / "snapshot.json").write_bytes(before)
    os.utime("posts.jsonl", (1, 1))
    with pytest.raises(CommandError, match=r"begun with other inputs.*Add --restart"):
        assess()
    (half_done / "out.jsonl.journal").write_text("{")
    with pytest.raises(CommandError, match="is damaged"):
        assess()

    assert not assess(restart=True).startswith("Going on")
    assert len((half_done / "out.jsonl").read_bytes().splitlines()) == 300


def test_what_is_there_is_not_written_over(half_done):
    (half_done / "out.jsonl.journal").unlink()
    with pytest.raises(CommandError, match="is there already, without its journal"):
        assess()
    assess(restart=True)
    first = (half_done / "out.jsonl").read_bytes()

    with pytest.raises(CommandError, match=r"out\.jsonl is there already"):
        assess()

    assert (half_done / "out.jsonl").read_bytes() == first
    assert not list(half_done.glob("out.jsonl.*"))


def test_the_report_stands_alone_and_holds_no_words_of_a_post(place):
    (place / "posts.jsonl").write_bytes(post_lines(200))

    assess(report="report.html", group_by="place")

    page = (place / "report.html").read_text()
    assert "What was found in 200 rows" in page
    assert page.count("<svg") == 6
    assert page.count("<table>") == 8  # one beside each chart, the groups, the errors
    assert re.search(r"Do not rely on this</th><td>40</td><td>20\.2% \(15\.2% to 26\.3%\)", page)
    assert re.search(r"<th scope=\"row\">there</th><td>98</td>", page)
    assert '<th scope="row">not JSON</th><td>2</td>' in page
    assert not [text for text in TEXTS if text and text[:20] in page]
    assert not re.search(r"\bp\d+\b", re.sub(r"<style>.*</style>", "", page, flags=re.DOTALL))
    assert not re.search(r"(src|href)=|@import|url\(", page)  # nothing is fetched


def test_a_mistake_of_ours_in_one_post_stops_no_other(place, monkeypatch):
    (place / "posts.jsonl").write_bytes(post_lines(3))
    from assessments.bulk import screening

    real = screening.answer

    def failing(post, *about):
        if getattr(post, "text", "").endswith("1"):
            raise RecursionError
        return real(post, *about)

    monkeypatch.setattr(screening, "answer", failing)
    assess()

    lines = [json.loads(line) for line in (place / "out.jsonl").read_text().splitlines()]
    assert lines[1] == {"id": "p1", "error": "could not be assessed (RecursionError)"}
    assert [line["id"] for line in lines] == ["p0", "p1", "p2"]
    assert factories.HARM_TEXT not in json.dumps(lines)
