"""How much longer a report and the queue take when the tables are full: three databases, asked in turns.

The rows that fill them are as many as posts, assessments and cases would be, but their words are empty: what grows is
the indexes that a page has to go through. The pages asked for are of posts like those of the bench.
"""

import statistics
import time
from collections import defaultdict
from datetime import timedelta
from itertools import cycle

from bench.pages import handle

POSTS = """
INSERT INTO posts_post (key, text, author_line, source_link, source_mark, read_as, country, submission,
    created_at, expires_at)
SELECT 'filled-' || n, one.author_line, one.author_line, one.author_line, '', 'typed', '', 'filled ' || n,
    now() - n * %(apart)s, now() - n * %(apart)s + interval '30 days'
FROM generate_series(1, %(size)s) n, (SELECT author_line FROM posts_post LIMIT 1) AS one
"""
ASSESSMENTS = """
INSERT INTO assessments_assessment (post_id, checklist_id, checklist_version, digest, engine_version, level, crisis,
    language, words, result, needs_review, review_reasons, taken_up_at, created_at)
SELECT post.id, one.checklist_id, one.checklist_version, one.digest, one.engine_version, one.level, false,
    'en', 40, '{}', false, '[]', post.created_at, post.created_at
FROM posts_post AS post, (SELECT * FROM assessments_assessment LIMIT 1) AS one WHERE post.key LIKE 'filled-%%'
"""


def growth(here, settings, keys, cookies):
    """By size: by page, (best, median) processor and clock ms of a request in this process."""
    from django.db import connection

    asked = {"report": cycle(f"/reports/{key}/" for key in keys), "queue": cycle(["/moderation/"])}
    taken = {size: defaultdict(list) for size in settings.page_rows}
    own = connection.settings_dict["NAME"]
    for size in settings.page_rows:
        _copy(here, own, size)
        _fill(size)
    for turn in range(settings.page_rounds + 1):
        # Each is the first one in its turn, and the last.
        for size in settings.page_rows[:: -1 if turn % 2 else 1]:
            _use(f"{own}_{size}")
            for name, paths in asked.items():
                handle("GET", next(paths), {}, cookies=cookies)
                begun = time.perf_counter()
                for _ in range(settings.page_requests_in_process):
                    handle("GET", next(paths), {}, cookies=cookies if name == "queue" else "")
                if turn:
                    taken[size][name].append((time.perf_counter() - begun) * 1_000 / settings.page_requests_in_process)
    _use(own)
    return {
        size: {name: (min(times), statistics.median(times)) for name, times in pages.items()}
        for size, pages in taken.items()
    }


def _use(name):
    """Let the connection lead to this database from now on."""
    from django.db import connection

    connection.close()
    connection.close_pool()
    connection.settings_dict["NAME"] = name
    connection.ensure_connection()


def _copy(here, own, size):
    from django.db import connection

    from config.embedded_postgres import server

    connection.close()
    connection.close_pool()
    with server.connect(here.place) as there:
        there.execute(f"CREATE DATABASE {own}_{size} TEMPLATE {own}")
    _use(f"{own}_{size}")


def _fill(size):
    from django.db import connection

    from tests.soak.queue_million import FILL
    from tests.soak.staff import a_moderator

    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        # The rows are right, so nobody need look each of them up again.
        cursor.execute("SET session_replication_role = replica")
        given = {"size": size, "rare": max(size // 3, 1), "person": a_moderator("mod").pk}
        cursor.execute(FILL, {**given, "apart": timedelta(days=14) / size})
        cursor.execute(POSTS, {**given, "apart": timedelta(days=14) / size})
        cursor.execute(ASSESSMENTS, given)
        cursor.execute("VACUUM ANALYZE")
    connection.close()
    connection.close_pool()
