"""kill -9 of the worker, fifty times in the middle of a batch, while it reads all stored posts again.

The lease of a killed worker is half a minute, and the clock that looks for one ticks each minute. It is waited for in
full after the last kill; after the others the signs of life are made old and the clock is moved on, to save an hour.
"""

import os
import random
import signal
import time
from contextlib import contextmanager, suppress

from django.db import connection
from django.db.models import Count
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from assessments.assessing import run_assessment
from assessments.models import Assessment, RunState
from assessments.reassessing import POSTS_AT_ONCE, start_reassessment
from posts.intake import submit_post
from posts.jobs import recover
from posts.models import Post
from tests.soak.staff import a_moderator
from tests.soak.submitting import WORDS
from tests.soak.table import Line, at_most, none_of, told

TIMES = 50
# Half a minute without a sign of life, the next tick of the clock, and a start on a busy machine.
LEASE = 30 + 60 + 30
PATIENCE = 600
AT_WORK = """
    SELECT EXISTS (
        SELECT 1 FROM procrastinate_jobs JOIN procrastinate_workers ON procrastinate_workers.id = worker_id
        WHERE task_name = 'reassessing.batch' AND status = 'doing' AND last_heartbeat > now() - interval '30 seconds'
    )
"""


def run(here, scaled):
    """The Lines."""
    times = scaled(TIMES)
    posts = _posts_read_by_an_older_engine((times + 5) * POSTS_AT_ONCE)
    asked = start_reassessment(by=a_moderator("ada"))
    for number in range(times):
        with _worker(here):
            _until(lambda: _is_at_work() or _ended(asked))
            time.sleep(random.uniform(0, 0.2))
        if number < times - 1:
            _time_goes_by()
    stuck = list(_doing().values_list("pk", flat=True))
    with _worker(here):
        lease = _until(lambda: not _doing().filter(pk__in=stuck).exists() or _ended(asked))
        _until(lambda: _ended(asked) and not _waiting().exists())
    asked.refresh_from_db()
    return [
        told("worker killed in the middle of a batch", times),
        told("posts to read again", posts),
        Line(what="the run", found=asked.state, must="finished", kept=asked.state == RunState.FINISHED),
        Line(what="posts done", found=f"{asked.posts_done:,}", must=f"{posts:,}", kept=asked.posts_done == posts),
        none_of("posts not read again, or read twice", _posts_without_two_assessments()),
        none_of("jobs stuck", _waiting().count()),
        none_of("jobs failed", ProcrastinateJob.objects.filter(status__in=("failed", "aborted")).count()),
        at_most("the last killed worker's job taken up after", lease, LEASE),
    ]


def _posts_read_by_an_older_engine(number):
    """Make them; returns how many."""
    for one in range(number):
        run_assessment(post=submit_post(text=WORDS.format(number=one), submission=f"soak {one}"))
    return Assessment.objects.update(engine_version="0.0.1")


@contextmanager
def _worker(here):
    """A worker, killed with its children on leaving."""
    process = here.process("manage.py", "procrastinate", "worker")
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _time_goes_by():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
    with suppress(AlreadyEnqueued):
        recover.defer(timestamp=int(time.time()))


def _until(condition):
    """Wait for what a worker does; the seconds that it took. Raises TimeoutError."""
    began = time.monotonic()
    while not condition():
        if time.monotonic() > began + PATIENCE:
            raise TimeoutError("The worker does not come to an end.")
        time.sleep(0.01)
    return time.monotonic() - began


def _ended(asked):
    asked.refresh_from_db(fields=["state"])
    return asked.state != RunState.RUNNING


def _waiting():
    """The batches that wait or are being done."""
    return ProcrastinateJob.objects.filter(task_name="reassessing.batch", status__in=("todo", "doing"))


def _is_at_work():
    """Whether a worker that lives is in a batch; the one before may have left its job in the same state."""
    with connection.cursor() as cursor:
        cursor.execute(AT_WORK)
        return cursor.fetchone()[0]


def _doing():
    return _waiting().filter(status="doing")


def _posts_without_two_assessments():
    return Post.objects.annotate(times=Count("assessments")).exclude(times=2).count()
