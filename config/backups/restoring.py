"""Putting a backup back, into an empty database only, all of it or nothing; and the drill: the same on a copy."""

import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from config.backups import BackupError
from config.backups.programs import address, command, parameters
from config.backups.sealing import check, identities, unseal
from config.backups.writing import last_words

WHAT_IS_THERE = """
    SELECT count(*) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'
"""
ONE_DRILL_AT_A_TIME = "SELECT pg_try_advisory_lock(hashtext('second-look restore drill'))"


class Pipe:
    """pg_restore's standard input, which remembers that pg_restore would take no more."""

    def __init__(self, pipe):
        self.pipe, self.broken = pipe, False

    def write(self, piece):
        """Hand a piece on."""
        try:
            return self.pipe.write(piece)
        except BrokenPipeError:
            self.broken = True
            raise

    def flush(self):
        """Pieces are handed on at once."""


def restore(*, backup, keys):
    """Put a backup back into the database of the settings, in one transaction.

    Raises BackupError when it is not empty, and for whatever is wrong with the backup; then it is still empty.
    """
    with connection.cursor() as cursor:
        cursor.execute(WHAT_IS_THERE)
        if cursor.fetchone()[0]:
            raise BackupError("The database is not empty. A backup is only put back into an empty one.")
    check(backup, keys)
    words, environment = command(
        "pg_restore", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"
    )
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(
            words, env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said
        ) as restoring,
    ):
        pipe = Pipe(restoring.stdin)
        try:
            with Path(backup).open("rb") as file:
                unseal(file, pipe, keys)
            restoring.stdin.close()
        except (BackupError, BrokenPipeError):
            if not pipe.broken:
                # Before its input ends: what was read so far must not look like all.
                restoring.kill()
                raise
            # It ended first, and says why. What Python still holds for it would break the pipe once more.
            with suppress(BrokenPipeError):
                restoring.stdin.close()
        if restoring.wait():
            raise BackupError(f"pg_restore failed: {last_words(said)}")


@contextmanager
def a_copy():
    """The address of a new, empty database beside the live one; gone on leaving, with all that is in it.

    Raises BackupError when another drill is running, or the account may not make databases.
    """
    connection.ensure_connection()
    name = f"{connection.settings_dict['NAME']}_restore_drill"
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    create = sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name))
    with psycopg.connect(**parameters(), autocommit=True) as server:
        if not server.execute(ONE_DRILL_AT_A_TIME).fetchone()[0]:
            raise BackupError("Another restore drill is running.")
        try:
            # A drill that was killed may have left its copy.
            server.execute(drop)
            server.execute(create)
        except psycopg.errors.InsufficientPrivilege:
            raise BackupError("The account of DATABASE_URL may not make databases: ALTER ROLE … CREATEDB.") from None
        try:
            yield address(name)
        finally:
            server.execute(drop)


def drill(*, backup, key, kept=None):
    """Run `manage.py restore` on a copy, in a process that knows of no other database. Returns its exit status.

    `key` is the text of the key file: the process is told it, not where it lies. Raises BackupError as `check` and
    `a_copy` do.
    """
    check(backup, identities(key))
    with a_copy() as there:
        words = [sys.executable, "manage.py", "restore", str(Path(backup).resolve()), "--key", "-"]
        words += ["--kept", str(Path(kept).resolve())] if kept else []
        # A copy may be large, and counting it slow.
        only_there = os.environ | {"DATABASE_URL": there, "DATABASE_STATEMENT_TIMEOUT_MS": "0"}
        return subprocess.run(
            words, cwd=settings.BASE_DIR, env=only_there, input=key, text=True, check=False
        ).returncode
