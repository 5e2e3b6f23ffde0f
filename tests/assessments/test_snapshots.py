"""Canonical bytes, digests, and the compiled copies that a process keeps."""

import hashlib

import pytest

from assessments import publishing, snapshots
from assessments.snapshots import NoPublishedChecklist, UnknownSnapshot, canonical_bytes, digest_of
from tests import factories


def test_canonical_bytes_are_sorted_tight_and_plain_utf8():
    assert canonical_bytes({"b": [1, True], "a": "é ☂"}) == '{"a":"é ☂","b":[1,true]}'.encode()


def test_digest_is_the_sha256_of_the_canonical_bytes():
    assert digest_of({"a": 1}) == hashlib.sha256(b'{"a":1}').hexdigest()


@pytest.mark.django_db
def test_published_gives_the_frozen_version(published):
    found = snapshots.published()

    assert (found.version, found.digest) == ("1", published.digest)
    assert found.snapshot == factories.small_content() | {"version": "1"}
    assert (found.compiled.version, found.compiled.digest) == ("1", published.digest)


@pytest.mark.django_db
def test_published_compiles_once_and_asks_one_small_query(published, django_assert_num_queries):
    first = snapshots.published()

    with django_assert_num_queries(1):
        second = snapshots.published()
    assert second is first


@pytest.mark.django_db
def test_published_follows_a_new_version(published, editor):
    snapshots.published()
    second = publishing.publish(publishing.start_draft(by=editor), by=editor, note="Again.")

    assert (snapshots.published().version, snapshots.published().digest) == ("2", second.digest)


@pytest.mark.django_db
def test_published_says_when_there_is_none():
    factories.a_draft()

    with pytest.raises(NoPublishedChecklist, match="No checklist is published yet"):
        snapshots.published()


@pytest.mark.django_db
def test_by_digest_still_runs_a_retired_version(published, editor):
    publishing.publish(publishing.start_draft(by=editor), by=editor, note="Again.")

    assert snapshots.by_digest(published.digest).version == "1"


@pytest.mark.django_db
@pytest.mark.parametrize("digest", ["", "0" * 64])
def test_by_digest_refuses_what_nobody_published(digest):
    factories.a_draft()

    with pytest.raises(UnknownSnapshot):
        snapshots.by_digest(digest)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1}', "\x00"])
def test_from_file_refuses_what_is_no_snapshot(tmp_path, text):
    file = tmp_path / "snapshot.json"
    file.write_text(text)

    with pytest.raises(UnknownSnapshot, match="is not a snapshot"):
        snapshots.from_file(file)


def test_from_file_names_a_file_that_is_not_there(tmp_path):
    with pytest.raises(UnknownSnapshot, match="nowhere"):
        snapshots.from_file(tmp_path / "nowhere")
