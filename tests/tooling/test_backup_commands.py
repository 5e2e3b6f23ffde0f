"""Backups that the server cannot read, and the drill that shows that they can be put back. On real PostgreSQL."""

from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from config.backups import BackupError
from config.backups.files import BACKUP, KEPT, check_room, oldest_first
from config.backups.kept import delete_what_was_deleted, note_kept_posts
from config.backups.looking import facts
from config.backups.sealing import new_key
from config.backups.writing import back_up
from posts.encryption import CannotDecrypt, _fernet
from posts.models import Post
from posts.retention import delete_post
from tests.factories import a_post, an_assessment

WORDS = "Ismenia says that every somersault cures depression, and that you should all do one every morning."


@pytest.fixture
def keys(settings):
    """(public, private); backups are encrypted to the public one."""
    public, private = new_key()
    settings.BACKUP_PUBLIC_KEYS = [public]
    return public, private


@pytest.fixture
def elsewhere(tmp_path, keys):
    """A folder with the key file, as it is on the operator's own machine."""
    (tmp_path / "key").write_text(f"# public key: {keys[0]}\n{keys[1]}\n")
    return tmp_path


def run(*arguments):
    said = StringIO()
    call_command(*arguments, stdout=said)
    return said.getvalue()


def databases():
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.usefixtures("transactional_db")
def test_a_backup_is_put_back_on_a_copy_without_what_was_deleted_since(published, elsewhere, capfd):
    kept, deleted = an_assessment(WORDS).post, an_assessment(WORDS).post
    Session.objects.create(session_key="somebody", session_data="", expire_date=timezone.now())
    folder, before = elsewhere / "backups", databases()
    folder.mkdir()

    assert "does NOT hold FIELD_ENCRYPTION_KEYS" in run("backup", str(folder))
    delete_post(key=deleted.key)
    assert "1 posts are there" in run("backup", str(folder), "--only-note")
    [backup], [note] = oldest_first(folder, BACKUP), oldest_first(folder, KEPT)
    said = run("restore_drill", str(backup), "--key", str(elsewhere / "key"), "--kept", str(note))

    table = dict(line.split("   ", 1) for line in capfd.readouterr().out.splitlines() if "   " in line)
    table = {name: found.strip() for name, found in table.items()}
    assert table["posts deleted since"] == "1 deleted again"
    assert table["rows of posts"] == "1"
    assert table["encrypted texts read"] == "3 of 3 tried"
    assert table["checklist"] == "version 1"
    assert "went well" in said
    assert databases() == before, "the copy is gone"
    assert Post.objects.get() == kept, "the live database was left alone"
    assert Session.objects.exists()
    sealed = backup.read_bytes()
    assert sealed.startswith(b"age-encryption.org/v1")
    assert b"PGDMP" not in sealed
    assert backup.stat().st_mode & 0o077 == 0


def test_a_backup_that_does_not_open_whole_fails_the_drill_and_leaves_nothing(elsewhere, db):
    backup, key, before = elsewhere / "backup", str(elsewhere / "key"), databases()
    run("backup", str(backup))
    whole = backup.read_bytes()
    (elsewhere / "other").write_text(new_key()[1])

    for content, opens_with, sentence in (
        (whole[:-1000], key, "damaged"),
        (whole[:5000] + b"!" + whole[5001:], key, "damaged"),
        (whole, str(elsewhere / "other"), "the key is another one"),
        (b"not a backup", key, "does not open"),
        (whole, str(backup), "key file .* cannot be read"),
    ):
        backup.write_bytes(content)
        with pytest.raises(CommandError, match=sentence):
            run("restore_drill", str(backup), "--key", opens_with)
    assert databases() == before


def test_a_backup_goes_back_into_an_empty_database_only(elsewhere, db):
    with pytest.raises(CommandError, match="not empty"):
        run("restore", "any", "--key", str(elsewhere / "key"))


def test_keys_of_the_posts_that_are_missing_are_told(published, settings):
    an_assessment(WORDS)
    assert not any(fact.wrong for fact in facts())
    settings.FIELD_ENCRYPTION_KEYS = ["QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="]

    try:
        found = {fact.name: fact.wrong for fact in facts()}
    finally:
        _fernet.cache_clear()

    assert "lost without it" in found["encrypted texts read"]
    with pytest.raises(CannotDecrypt):
        Post.objects.get()


def test_a_folder_keeps_the_newest_and_a_failure_costs_none_of_them(elsewhere, keys, db, monkeypatch):
    folder = elsewhere / "backups"
    folder.mkdir()
    made = [back_up(to=folder, public_keys=[keys[0]], keep=2) for _ in range(3)]
    assert oldest_first(folder, BACKUP) == made[1:]

    monkeypatch.setitem(connection.settings_dict, "NAME", "there_is_no_such_database")
    with pytest.raises(BackupError, match="pg_dump failed"):
        back_up(to=folder, public_keys=[keys[0]], keep=1)

    assert sorted(folder.iterdir()) == made[1:], "nothing unfinished, and the older ones are there"


def test_what_cannot_go_well_is_said_before_anything_is_written(elsewhere, keys, db):
    for public_keys, sentence in (([], "BACKUP_PUBLIC_KEY is missing"), (["age1nonsense"], "is no public key")):
        with pytest.raises(BackupError, match=sentence):
            back_up(to=elsewhere, public_keys=public_keys, keep=7)
    with pytest.raises(BackupError, match="is there already"):
        back_up(to=elsewhere / "key", public_keys=[keys[0]], keep=7)
    with pytest.raises(BackupError, match="no room"):
        check_room(elsewhere, 10**18)
    assert [path.name for path in elsewhere.iterdir()] == ["key"]


def test_a_note_deletes_only_what_was_there_before_it_and_only_when_it_is_whole(tmp_path, settings, db):
    kept, gone = a_post(), a_post("Somersaults cure depression, honestly. Do one every morning, all of you, it works.")
    key = gone.key
    delete_post(key=key)
    path, count = note_kept_posts(tmp_path)
    assert count == 1
    assert kept.key not in path.read_text()
    # As a backup from before brings it back; and one that came after the note.
    Post.objects.create(key=key, text=WORDS, submission="again", created_at=gone.created_at, expires_at=gone.expires_at)
    later = a_post("Another one that came later: running cures depression, honestly, every morning, all of you.")

    # The key was changed meanwhile, and the old one is still there.
    settings.FIELD_ENCRYPTION_KEYS = ["QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=", *settings.FIELD_ENCRYPTION_KEYS]
    assert delete_what_was_deleted(path) == 1
    assert set(Post.objects.values_list("key", flat=True)) == {kept.key, later.key}

    path.write_text(path.read_text().removesuffix("end\n"))
    with pytest.raises(BackupError, match="not whole"):
        delete_what_was_deleted(path)
