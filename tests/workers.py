"""Real workers, on the database of the tests. For tests with real transactions."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from types import SimpleNamespace
from urllib.parse import quote

from django.conf import settings
from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from posts.jobs import recover


def run_jobs():
    """Run every waiting job, and those that they ask for, as `manage.py procrastinate worker` does; then stop."""
    # In a thread of its own: a browser test in the same process leaves an event loop behind in this one.
    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(_run_jobs).result()


def _run_jobs():
    with app.replace_connector(app.connector.get_worker_connector()):
        app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
    connections.close_all()


def jobs():
    """(name, state, arguments) of the jobs that have not gone well, oldest first, without those of the clock."""
    rows = ProcrastinateJob.objects.order_by("id").filter(queueing_lock=None).exclude(status="succeeded")
    return list(rows.values_list("task_name", "status", "args"))


NAME = "second-look-test-process"
STILL_CONNECTED = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    f" WHERE datname = current_database() AND application_name = '{NAME}'"
)


def forget_jobs():
    """Django empties its own tables between tests; these are Procrastinate's. What killed processes left goes too."""
    with connection.cursor() as cursor:
        until(lambda: not cursor.execute(STILL_CONNECTED).fetchall())
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE")


def until(condition):
    """Wait for what another process does."""
    while not condition():
        time.sleep(0.05)


def last_sign_of_life_long_ago():
    """As if every worker that is known had been silent for an hour."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")


def run_jobs_after_recovery():
    """A minute later: what a dead worker left is put back, and all that waits is run."""
    with suppress(AlreadyEnqueued):  # the clock has asked for it just now
        recover.defer(timestamp=0)
    run_jobs()


def recover_alone():
    """What a dead worker left is put back, and nothing of it is run."""
    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(_recover_alone).result()


def _recover_alone():
    with app.replace_connector(app.connector.get_worker_connector()):
        asyncio.run(_recovered())


async def _recovered():
    async with app.open_async():
        await recover.func(SimpleNamespace(app=app), 0)


def environment():
    """That of a process which uses the database of the tests."""
    there = connection.settings_dict
    place = f"{quote(there['HOST'], safe='')}:{there['PORT'] or 5432}"
    password = f":{quote(there['PASSWORD'], safe='')}" if there["PASSWORD"] else ""
    return os.environ | {
        "DATABASE_URL": f"postgres://{there['USER']}{password}@{place}/{there['NAME']}",
        "PGAPPNAME": NAME,
    }


def hear_ctrl_c():
    """In a child, before its programme: tests that were started in the background would hand their deafness on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def process(*arguments):
    """manage.py as a process of its own, which leads a group as under a terminal. Killed on leaving, if need be."""
    started = subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=hear_ctrl_c,
    )
    try:
        yield started
    finally:
        started.kill()
        started.wait()
