"""A backup that is put back: no words in clear in it, and what is over goes again."""

import os
import subprocess
import sys
from datetime import timedelta

import psycopg
from django.conf import settings
from django.utils import timezone

from config.backups.programs import command, program
from config.backups.restoring import a_copy
from posts.models import Post
from posts.retention import purge
from tests.factories import a_flag, a_share_link, an_assessment
from tests.workers import environment, until

QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
WORDS = "Ismenia says that every somersault cures depression, and that you should all do one every morning."


def test_a_backup_holds_no_words_and_what_is_over_goes_again_when_it_is_put_back(published, transactional_db):
    over = an_assessment(WORDS, author_line="Dr Duskwater").post
    a_flag(an_assessment(WORDS), reason="Ismenia is wrong.")
    a_share_link(over)
    Post.objects.filter(pk=over.pk).update(
        created_at=timezone.now() - timedelta(days=31), expires_at=timezone.now() - timedelta(days=1)
    )
    words, reaching = command("pg_dump", "--no-owner")
    backup = subprocess.run(words, env=reaching, capture_output=True, check=True).stdout
    assert purge() == 1
    assert b"COPY public.posts_post" in backup
    assert not [words for words in (b"Ismenia", b"somersault", b"Duskwater") if words in backup]
    with a_copy() as copy, psycopg.connect(copy, autocommit=True) as there:
        put_back = [program("psql"), "-qXd", copy, "-v", "ON_ERROR_STOP=1"]
        subprocess.run(put_back, input=backup, **QUIET, check=True)
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
