"""What readers get while something below is broken: never a 500, always the help that a crisis needs, and what was
acknowledged is kept. The faults are real, but for the full disk: that is PostgreSQL's own error, raised by a trigger.
"""

import gzip
import time
from contextlib import ExitStack, contextmanager, suppress
from threading import Thread

from django.db import connection, transaction
from psycopg import OperationalError

from config.embedded_postgres import server
from posts.front_door import new_submission
from tests.platforms_that_answer import BLUESKY
from tests.soak.submitting import WORDS
from tests.soak.table import Line, at_most, none_of, percentile, told
from tests.soak.web import Browser

PAGES = ("/", "/help/", "/how-it-works/versions/")
OUTAGE = 20
AFTER = 5
PRESSES = 16
# How soon whoever asks is told: a wait for a connection is 5 s, one behind a lock 4.
TOLD_AFTER = 7
# What every page of ours has above everything else, also when there is no database to make it from.
CRISIS = b"In danger now, or thinking about ending your life?"
FULL = """
    CREATE FUNCTION disk_is_full() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
    CREATE TRIGGER disk_is_full BEFORE INSERT ON {table} EXECUTE FUNCTION disk_is_full()
"""


def run(here, scaled):
    """The Lines."""
    outage = scaled(OUTAGE)
    parts = (_down(here, outage), _exhausted(here), _too_slow(here), _full(here), _hung(here))
    return [line for part in parts for line in part]


def _down(here, outage):
    with here.web() as web:
        # A visitor of each kind first, so that what a running process remembers is remembered.
        acknowledged = _paste(web, "before").location
        here.stop_postgres()
        began, answers = time.monotonic(), []
        while time.monotonic() < began + outage:
            answers += _visit(web, acknowledged)
        alive, ready = Browser(web.port).get("/healthz"), Browser(web.port).get("/readyz")
        here.start_postgres()
        back = web.until_it_answers("/readyz")
        after = _visit(web, acknowledged)
    connection.close()
    yield from _unhappy("database down", answers)
    yield Line(
        what="  /healthz, /readyz",
        found=f"{alive.status}, {ready.status}",
        must="200, 503",
        kept=(alive.status, ready.status) == (200, 503),
    )
    yield at_most("  ready again after", back, AFTER)
    yield none_of("  pages that fail afterwards", sum(answer.status not in (200, 302) for answer in after))


def _exhausted(here):
    """Others take every connection that PostgreSQL has, and the few of the pool wait for a lock."""
    with here.web(WEB_PROCESSES="1") as web:
        acknowledged = _paste(web, "before all is taken").location
        with _locked("posts_post"), _all_connections_taken(here):
            answers = _many_at_once(web)
        after = _visit(web, acknowledged)
    yield from _unhappy("no connection free", answers, may_queue=True)
    yield none_of("  pages that fail afterwards", sum(answer.status not in (200, 302) for answer in after))


def _too_slow(here):
    """Somebody locks the table of posts and goes to lunch. Once as it is set up, once with impatient statements."""
    yield from _behind_a_lock(here, "behind a lock")
    yield from _behind_a_lock(here, "statement timed out", DATABASE_STATEMENT_TIMEOUT_MS="500")


def _behind_a_lock(here, what, **variables):
    with here.web(**variables) as web:
        acknowledged = _paste(web, "before it is slow").location
        with _locked("posts_post"):
            answers = [_paste(web, "while it is slow"), Browser(web.port).get(acknowledged)]
        after = _visit(web, acknowledged)
    yield from _unhappy(what, answers)
    yield none_of("  pages that fail afterwards", sum(answer.status not in (200, 302) for answer in after))


def _full(here):
    with here.web() as web:
        acknowledged = _paste(web, "before it is full").location
        with _disk_full("posts_post"):
            refused = _paste(web, "while it is full")
            read = Browser(web.port).get(acknowledged)
        with _disk_full("assessments_assessment"):
            kept = _paste(web, "while it is full for reports only")
            unfinished = Browser(web.port).get(kept.location)
    yield from _unhappy("disk full", [refused])
    yield Line(what="  reports can still be read", found=str(read.status), must="200", kept=read.status == 200)
    yield Line(
        what="  a post whose report finds no room",
        found=f"{kept.status}, {unfinished.status}",
        must="302, 200",
        kept=(kept.status, unfinished.status) == (302, 200),
    )


def _hung(here):
    with here.web("tests.soak.hung_wsgi") as web:
        _paste(web, "before anything hangs")
        answers = []
        threads = [Thread(target=lambda: answers.append(_send(web, BLUESKY))) for _ in range(4)]
        for thread in threads:
            thread.start()
        others = [_paste(web, f"while {number} hang") for number in range(4)]
        for thread in threads:
            thread.join()
    yield told("upstream hung: links pasted", len(answers))
    yield none_of("  answers of 500", sum(answer.status == 500 for answer in answers))
    yield at_most("  slowest of them", max(answer.seconds for answer in answers), 10)
    yield none_of("  posts refused meanwhile", sum(answer.status != 302 for answer in others))


def _unhappy(what, answers, *, may_queue=False):
    """The Lines about answers that a fault may turn into the page of a 503 and into nothing else.

    `may_queue`: more people ask than there are threads, so that some wait until others were told.
    """
    slowest = percentile([answer.seconds for answer in answers], 1)
    failed = [answer for answer in answers if answer.status == 503]
    yield told(f"{what}: requests", len(answers))
    yield Line(what="  answers of 503", found=str(len(failed)), must=">= 1", kept=len(failed) >= 1)
    yield none_of("  other errors", sum(answer.status not in (200, 302, 503) for answer in answers))
    yield none_of("  503 without the help", sum(CRISIS not in _read(answer) for answer in failed))
    yield told("  slowest", f"{slowest:.2f} s") if may_queue else at_most("  slowest", slowest, TOLD_AFTER)


def _read(answer):
    return gzip.decompress(answer.body) if answer.body[:2] == b"\x1f\x8b" else answer.body


def _send(web, text):
    return Browser(web.port).post("/", post=text, submission=new_submission())


def _paste(web, which):
    return _send(web, WORDS.format(number=which))


def _visit(web, report):
    """The Answers to somebody who reads, and pastes."""
    browser = Browser(web.port)
    return [*map(browser.get, (*PAGES, report)), _paste(web, f"in {time.monotonic()}")]


def _many_at_once(web):
    answers = []
    threads = [Thread(target=lambda n=n: answers.append(_paste(web, f"press {n}"))) for n in range(PRESSES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@contextmanager
def _all_connections_taken(here):
    with ExitStack() as taken:
        with suppress(OperationalError):
            while True:
                taken.enter_context(server.connect(here.place))
        yield


@contextmanager
def _locked(table):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        yield


@contextmanager
def _disk_full(table):
    with connection.cursor() as cursor:
        cursor.execute(FULL.format(table=table))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION disk_is_full CASCADE")
