"""Making a backup: pg_dump's own format, encrypted on the way, never in clear on a disk."""

import subprocess
import tempfile
from pathlib import Path

from django.db import connection

from config.backups import BackupError
from config.backups.files import BACKUP, check_room, keep_newest, new_name, oldest_first, whole_or_nothing
from config.backups.programs import command
from config.backups.sealing import recipients, seal

# So long pg_dump waits for a migration that holds a table, then says so instead of making the migration's readers wait.
MILLISECONDS_OF_PATIENCE = 60_000


def back_up(*, to, public_keys, keep):
    """Write a backup into a folder (then only the newest `keep` stay), or into a file of one's own name.

    Returns the path. Raises BackupError; then nothing is left behind, and no older backup is gone.
    """
    keys = recipients(public_keys)
    target = Path(to)
    folder = target if target.is_dir() else target.parent
    if not folder.is_dir():
        raise BackupError(f"There is no folder {folder}.")
    check_room(folder, expected_size(folder))
    path = new_name(folder, BACKUP) if target.is_dir() else target
    words, environment = command(
        "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--lock-wait-timeout={MILLISECONDS_OF_PATIENCE}"
    )
    with whole_or_nothing(path) as file:
        _dump(words, environment, file, keys)
    if target.is_dir():
        keep_newest(folder, BACKUP, keep)
    return path


def _dump(words, environment, file, keys):
    """Run pg_dump and encrypt what it says. Raises BackupError with its last words when it fails."""
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(
            words, env=environment, stdout=subprocess.PIPE, stderr=said, stdin=subprocess.DEVNULL
        ) as dumping,
    ):
        try:
            seal(dumping.stdout, file, keys)
        except BaseException:
            dumping.kill()
            raise
        if dumping.wait():
            raise BackupError(f"pg_dump failed: {last_words(said)}")


def last_words(said):
    """The last line that a program wrote to the file that is its stderr: PostgreSQL's programs quote no rows there."""
    said.seek(0)
    lines = said.read().decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing"


def expected_size(folder):
    """About how many bytes a backup will have: as the last one, or as the database while there is none."""
    if there := oldest_first(folder, BACKUP):
        return there[-1].stat().st_size
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return cursor.fetchone()[0]
