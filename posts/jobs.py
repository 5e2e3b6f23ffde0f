"""Work that goes on after a request has ended. The only door to Procrastinate, which needs nothing but PostgreSQL.

    @job(name="previewing.next_batch")
    def next_batch(*, run, batch): …

    later(next_batch, run=3, batch=0)    # inside the transaction of the action that asks for it

A job is a row written with Django's own connection: it is there when the transaction commits, and never without it. A
job may run twice (its worker can die after the work and before saying so), so that every job must be harmless to
repeat. Its arguments are numbers only: what stands in the table of jobs can be read by whoever reads the database.

`manage.py procrastinate worker` runs them. settings.PROCRASTINATE_IMPORT_PATHS names the modules that declare jobs.
"""

import logging

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status
from procrastinate.manager import JobManager

log = logging.getLogger(__name__)

# A database that is down for a moment, say. Waits 2, 4, 8, 16, 32 seconds between.
TRIES_AGAIN = RetryStrategy(max_attempts=5, exponential_wait=2)
# A job that has ended so many workers is what ends them (it needs more memory than there is, say): it would end all
# that come after, and hold up what waits behind it.
MOST_TAKES = 10
# What keeps the house goes before what people asked for: a long preview must not hold up the purge.
FIRST = 10
HOURS_KEPT = 1
HOURS_KEPT_WHEN_SOMETHING_WENT_WRONG = 7 * 24


def job(*, name):
    """Declare a function as a job. `name` is what its rows are called: it must outlive renamed modules."""
    return app.task(name=name, retry=TRIES_AGAIN)


def periodic_job(*, name, cron):
    """Declare a function to be run by the clock. It gets no arguments; two of them never wait at the same time."""

    def declare(function):
        def at(timestamp):
            function()

        at.__doc__ = function.__doc__
        task = app.task(name=name, queueing_lock=name, priority=FIRST, retry=TRIES_AGAIN)(at)
        app.periodic(cron=cron)(task)
        return function

    return declare


def later(task, **numbers):
    """Ask for a job, in the transaction that is open. Raises TypeError for an argument that is not a number."""
    wrong = sorted(name for name, value in numbers.items() if type(value) is not int)
    if wrong:
        raise TypeError(f"Only numbers may be given to a job: {', '.join(wrong)} is something else.")
    # Not `task.defer`: inside a worker it would use the worker's connection, outside the transaction.
    JobManager(DjangoConnector()).defer_job(task.configure(task_kwargs=numbers).job)


def is_given_up(task, **numbers):
    """Whether this very job was given up, and nobody has asked for it again: it went wrong too often, or ended too many
    workers."""
    states = set(ProcrastinateJob.objects.filter(task_name=task.name, args=numbers).values_list("status", flat=True))
    return Status.FAILED.value in states and not {Status.TODO.value, Status.DOING.value} & states


@app.periodic(cron="* * * * *")
@app.task(name="jobs.recover", queueing_lock="jobs.recover", priority=FIRST, pass_context=True)
async def recover(context, timestamp):
    """Put jobs back into the queue whose worker has died: one without a sign of life for half a minute. A job that has
    been taken MOST_TAKES times, and each time its worker died, is given up."""
    manager = context.app.job_manager
    for stalled in await manager.get_stalled_jobs():
        if stalled.attempts + 1 >= MOST_TAKES:
            log.error("job given up: its worker died each time", extra={"reason": stalled.task_name})
            await manager.finish_job(stalled, status=Status.FAILED, delete_job=False)
            continue
        try:
            await manager.retry_job(stalled)
        except UniqueViolation:
            # The same one is waiting already, by the clock: this one need not run again.
            await manager.finish_job(stalled, status=Status.ABORTED, delete_job=False)


@app.periodic(cron="41 * * * *")
@app.task(name="jobs.forget", queueing_lock="jobs.forget", priority=FIRST, pass_context=True)
async def forget(context, timestamp):
    """Delete jobs that went well an hour ago, and a week later those that did not."""
    manager = context.app.job_manager
    await manager.delete_old_jobs(nb_hours=HOURS_KEPT)
    await manager.delete_old_jobs(
        nb_hours=HOURS_KEPT_WHEN_SOMETHING_WENT_WRONG,
        include_failed=True,
        include_cancelled=True,
        include_aborted=True,
    )
