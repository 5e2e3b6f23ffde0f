"""How right the checker is: measured on the command line, kept, and shown to everybody."""

import gzip
import json
import re

import pytest
from django.core.management import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments import engine, measuring
from assessments.models import EvaluationRun
from tests.assessments.command_line import run
from tests.factories import a_published_checklist, small_content

pytestmark = pytest.mark.django_db

NOTE = "Made-up posts & <b>words</b>."
HIT = "running cures depression"


@pytest.fixture
def labelled(posts_file):
    """Two sources. Videos: one hit, one miss, one false alarm, one silence. Therapists: one false alarm, three not."""
    videos = [("hit", HIT, True), ("miss", "jogging heals sadness", True), ("alarm", HIT, False), ("no", "soup", False)]
    answers = [("a", HIT, False), ("b", "tea", False), ("c", "sleep", False), ("d", "a walk", False)]
    return posts_file(
        *(_post("Video set, part one (2021)", *row) for row in videos), *(_post("Therapists", *row) for row in answers)
    )


def _post(source, name, text, expected):
    return {"id": name, "text": text, "source": source, "expect": {"misleading_claim": expected}}


def rows_of(page):
    """The cells of every row of figures on the page."""
    bodies = re.findall(r'<tr>\s*<th scope="row">(.*?)</th>(.*?)</tr>', page, re.DOTALL)
    return [(source, re.findall(r"<td>(.*?)</td>", cells)) for source, cells in bodies]


def test_the_figures_of_a_run_are_kept_and_shown(client, published, labelled):
    run("evaluate", labelled, "--store", "--note", NOTE, "--call", "Video set=Short videos")

    kept = EvaluationRun.objects.get()
    page = client.get("/how-it-works/").content.decode()
    assert (kept.checklist_version, kept.digest, kept.engine_version) == ("1", published.digest, engine.VERSION)
    assert rows_of(page) == [
        ("Short videos (4)", ["50 (9–91)", "50 (9–91)", "50 (9–91)"]),
        ("Therapists (4)", ["–", "–", "25 (5–70)"]),
    ]
    assert "Of 100 posts that do not have this, we wrongly found it in 33 (between 10 and 70). Counted on 6" in page
    assert "Made-up posts &amp; &lt;b&gt;words&lt;/b&gt;." in page
    assert f"with version 1 of the checklist (digest {published.digest[:12]})" in page
    assert "not the version on this page" not in page


def test_a_kept_run_holds_no_word_and_no_id_of_a_post(published, labelled):
    run("evaluate", labelled, "--store", "--note", NOTE)

    kept = json.dumps(EvaluationRun.objects.values("note", "figures").get())
    assert not [word for word in ("running", "jogging", "hit", "soup") if f'"{word}"' in kept or f"{word} " in kept]


def test_figures_of_another_version_say_so(client, published, labelled):
    run("evaluate", labelled, "--store", "--note", NOTE)

    a_published_checklist(small_content() | {"claims": small_content()["claims"][:1]})

    assert "That is not the version on this page" in client.get("/how-it-works/").content.decode()


def test_without_a_run_the_page_says_that_nobody_knows(client, published):
    page = client.get("/how-it-works/").content.decode()

    assert "We do not know yet." in page
    assert rows_of(page) == []


def test_the_newest_of_three_runs_is_shown_with_as_many_queries_as_one(client, published, labelled):
    run("evaluate", labelled, "--store", "--note", "First.")
    client.get("/how-it-works/")
    with CaptureQueriesContext(connection) as one:
        client.get("/how-it-works/")
    run("evaluate", labelled, "--store", "--note", "Second.")
    run("evaluate", labelled, "--store", "--note", "Third.")

    with CaptureQueriesContext(connection) as three:
        page = client.get("/how-it-works/").content.decode()

    assert len(three) == len(one)
    assert "Third." in page
    assert "Second." not in page


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--store",), measuring.NoteMissing.sentence),
        (("--store", "--note", "  "), measuring.NoteMissing.sentence),
        (("--store", "--note", NOTE, "--call", "Videos"), "--call takes the beginning of a source's name"),
    ],
)
def test_what_is_missing_is_said_before_any_post_is_read(published, arguments, sentence):
    with pytest.raises(CommandError, match=re.escape(sentence)):
        run("evaluate", "/nowhere.jsonl", *arguments)

    assert EvaluationRun.objects.count() == 0


def test_posts_without_labels_are_no_measurement(published, posts_file):
    with pytest.raises(CommandError, match="nothing to keep"):
        run("evaluate", posts_file({"id": 1, "text": "soup"}), "--store", "--note", NOTE)


def test_what_is_written_to_a_file_can_be_loaded_once(published, labelled, tmp_path):
    file = tmp_path / "measured.json"
    run("evaluate", labelled, "--measured", str(file), "--note", NOTE)
    assert EvaluationRun.objects.count() == 0

    first, second = measuring.load_measured(file), measuring.load_measured(file)

    assert (first.digest, first.note, len(first.figures)) == (published.digest, NOTE, 2)
    assert second is None


@pytest.mark.parametrize(
    "change",
    [
        {"note": ""},
        {"digest": "short"},
        {"figures": []},
        {"figures": [{"label": "x"}]},
        {"ran_at": "yesterday"},
        {"ran_at": "2026-01-01T00:00:00"},
        {"more": 1},
    ],
    ids=str,
)
def test_a_file_with_mistakes_brings_nothing(tmp_path, change):
    file = tmp_path / "measured.json"
    file.write_text(json.dumps(json.loads(measuring.MEASURED.read_text()) | change))

    with pytest.raises(measuring.NotARecord):
        measuring.load_measured(file)

    assert EvaluationRun.objects.count() == 0


def test_the_shipped_figures_and_the_real_checklist_fit_on_a_page(client, first_content):
    measuring.load_measured()

    page = client.get("/how-it-works/").content
    sources = client.get("/how-it-works/sources/").content

    assert len(rows_of(page.decode())) == len(EvaluationRun.objects.get().figures)
    assert len(gzip.compress(page)) <= 15 * 1024
    assert len(gzip.compress(sources)) <= 15 * 1024
