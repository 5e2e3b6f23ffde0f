"""What is drawn once and kept: it follows every change, and nothing of a reader is in it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments import compiled_file, help_rows, kept, publishing, snapshots
from assessments.content_loading import read_help
from assessments.help_loading import load_help
from assessments.models import HelpService
from tests.factories import CLAIM_TEXT, an_assessment, small_content

pytestmark = pytest.mark.django_db


def page(client, path):
    return client.get(path).content.decode()


def test_the_strip_follows_an_edited_service_the_country_and_the_language(client):
    load_help(read_help())
    line = HelpService.objects.filter(country="GB", kind="crisis").order_by("order", "id")
    first = page(client, "/?country=GB")
    assert page(client, "/?country=GB").count("116 123") == first.count("116 123") > 0

    line.update(phone="0800 424242")

    assert "0800 424242" in page(client, "/?country=GB")
    assert "0800 424242" not in page(client, "/?country=US")
    assert "More help" in page(client, "/?country=GB")
    assert "More help" not in page(client, "/es/?country=GB")


def test_for_a_second_no_page_asks_for_help_that_is_kept(client, monkeypatch):
    load_help(read_help())
    monkeypatch.setattr(help_rows, "SECONDS_BETWEEN_LOOKS", 3600)
    first = page(client, "/?country=GB")

    with CaptureQueriesContext(connection) as asked:
        again = page(client, "/?country=GB")

    assert len(asked) == 0
    assert "116 123" in first
    assert "116 123" in again


def test_a_report_says_what_its_own_version_says(client, published):
    old = an_assessment(CLAIM_TEXT)
    before = page(client, f"/reports/{old.post.key}/")
    content = small_content()
    for section in content["sections"]:
        for item in section["items"]:
            item["question"] = f"Asked anew: {item['question']}"
    publishing.publish(publishing.load_draft(content, by=None), by=None, note="Other words.")
    new = an_assessment(CLAIM_TEXT)

    assert "Asked anew" not in before
    assert "Asked anew" in page(client, f"/reports/{new.post.key}/")
    assert "Asked anew" not in page(client, f"/reports/{old.post.key}/")


def test_nothing_of_a_post_and_no_address_is_kept(client, published):
    post = an_assessment(f"{CLAIM_TEXT} Quokka! Is it so?", author_line="Zebrafinch, a nurse").post
    words = ("Quokka", "Zebrafinch", CLAIM_TEXT, post.key)
    shown = page(client, f"/reports/{post.key}/")

    everything = repr(kept.pieces._pieces)

    assert all(word in shown for word in ("Quokka", "Zebrafinch", post.key))
    assert "What you can do next" in everything
    assert not [word for word in words if word in everything]


def test_a_compiled_checklist_is_read_only_as_it_was_signed(published, monkeypatch, tmp_path, settings):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    digest = snapshots.published_digest()
    snapshots.remember_for_next_time()
    (file,) = tmp_path.iterdir()
    assert compiled_file.read(digest) is not None
    assert compiled_file.read("0" * 64) is None

    file.write_bytes(file.read_bytes()[:-1] + b"!")
    assert compiled_file.read(digest) is None

    file.unlink()
    snapshots.remember_for_next_time()
    assert snapshots.recall()
    settings.SECRET_KEY = "another"
    assert compiled_file.read(digest) is None
