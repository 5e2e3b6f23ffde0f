"""Jobs: asked for inside a transaction, run by a real worker, and not lost with one that dies."""

import os
import signal
import socket

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from posts import retention
from posts.jobs import MOST_TAKES, is_given_up, job, later
from posts.models import Post
from tests.posts.test_retention import an_expired_post
from tests.workers import (
    jobs,
    last_sign_of_life_long_ago,
    process,
    recover_alone,
    run_jobs,
    run_jobs_after_recovery,
    until,
)

pytestmark = pytest.mark.django_db(transaction=True)

done = []


@job(name="tests.note_down")
def note_down(*, number):
    done.append(number)
    if number == 13:
        raise ValueError("the words of somebody")


@pytest.fixture(autouse=True)
def nothing_done(no_jobs):
    done.clear()


def test_a_job_is_there_when_the_transaction_commits_and_a_worker_runs_it_once():
    with transaction.atomic():
        later(note_down, number=1)
    waiting = jobs()
    run_jobs()
    run_jobs()

    assert waiting == [("tests.note_down", "todo", {"number": 1})]
    assert done == [1]
    assert jobs() == []


def test_a_job_goes_with_the_transaction_that_asked_for_it():
    with transaction.atomic():
        later(note_down, number=1)
        transaction.set_rollback(True)

    assert jobs() == []


@pytest.mark.parametrize("value", ["the words of a post", None, True, 1.5, [1], {"text": 1}])
def test_a_job_gets_numbers_only(value):
    with pytest.raises(TypeError, match="Only numbers"):
        later(note_down, number=value)

    assert jobs() == []


def test_a_job_that_fails_waits_to_be_tried_again_and_keeps_no_words(caplog):
    later(note_down, number=13)

    run_jobs()

    assert done == [13]
    assert jobs() == [("tests.note_down", "todo", {"number": 13})]
    assert ProcrastinateJob.objects.get(task_name="tests.note_down").scheduled_at is not None


def test_the_purges_and_the_recovery_run_by_the_clock():
    app.perform_import_paths()  # as a worker does

    crons = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}

    assert crons == {
        "retention.purge": "17 * * * *",
        "sign_in.forget": "29 * * * *",
        "jobs.recover": "* * * * *",
        "jobs.forget": "41 * * * *",
        "moderation.take_up": "* * * * *",
        "moderation.let_go": "*/10 * * * *",
        "api.forget": "27 * * * *",
    }


def test_what_went_well_is_forgotten_after_an_hour_and_the_rest_after_a_week():
    for number in range(4):
        later(note_down, number=number)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE (args->>'number')::int < 2")
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE (args->>'number')::int >= 2")
        for number, hours in enumerate((0, 2, 2, 200)):
            cursor.execute(
                "UPDATE procrastinate_events SET at = now() - %s * interval '1 hour' FROM procrastinate_jobs job"
                " WHERE job.id = job_id AND (args->>'number')::int = %s",
                [hours, number],
            )
    app.configure_task("jobs.forget").defer(timestamp=0)

    run_jobs()

    kept = ProcrastinateJob.objects.filter(task_name="tests.note_down").order_by("id")
    assert list(kept.values_list("args__number", flat=True)) == [0, 2]


def test_the_hourly_purge_deletes_what_is_over(published):
    an_expired_post()
    app.configure_task("retention.purge").defer(timestamp=0)

    run_jobs()

    assert not Post.objects.exists()
    assert retention.purge_hourly() is None


def test_a_job_whose_worker_was_killed_is_taken_up_by_the_next_one(published):
    """The purge waits for a row that we hold, its worker is killed then, and another worker does the work."""
    post = an_expired_post()
    app.configure_task("retention.purge").defer(timestamp=0)
    doing = ProcrastinateJob.objects.filter(task_name="retention.purge", status="doing")

    with transaction.atomic():
        Post.objects.select_for_update().get(pk=post.pk)
        with process("procrastinate", "worker") as worker:
            until(doing.exists)
            worker.kill()
            worker.wait()
        assert doing.exists()
    assert Post.objects.exists()
    last_sign_of_life_long_ago()
    run_jobs_after_recovery()

    assert not Post.objects.exists()
    assert not ProcrastinateJob.objects.filter(task_name="retention.purge", status__in=("todo", "doing")).exists()


def test_a_job_of_a_worker_that_lives_is_left_alone():
    later(note_down, number=1)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE task_name = 'tests.note_down'",
            cursor.fetchone(),
        )

    run_jobs_after_recovery()

    assert done == []
    assert jobs() == [("tests.note_down", "doing", {"number": 1})]


def test_a_stalled_job_of_the_clock_gives_way_to_the_one_that_waits():
    """Both have the lock that lets one wait at a time; recovery must not stumble over it, and must go on."""
    app.configure_task("retention.purge").defer(timestamp=0)
    later(note_down, number=1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")  # and no worker: both are stalled
    app.configure_task("retention.purge", schedule_in={"hours": 1}).defer(timestamp=3600)

    run_jobs_after_recovery()

    assert done == [1]
    purges = ProcrastinateJob.objects.filter(task_name="retention.purge").order_by("id")
    assert list(purges.values_list("status", flat=True)) == ["aborted", "todo"]


def test_a_job_that_ends_every_worker_is_given_up_and_holds_up_nothing_behind_it(caplog):
    later(note_down, number=1)
    takes = 0

    while jobs() and jobs()[0][1] == "todo":
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE task_name = 'tests.note_down'")
        # Its worker is dead; the job never runs to its end, so what `recover` puts back must not be run here.
        recover_alone()
        takes += 1

    assert (takes, jobs()) == (MOST_TAKES, [("tests.note_down", "failed", {"number": 1})])
    assert is_given_up(note_down, number=1)
    assert "job given up" in caplog.text
    later(note_down, number=1)
    assert not is_given_up(note_down, number=1), "somebody asked for it again"
    run_jobs()
    assert done == [1]


@pytest.mark.parametrize("ended_by", ["ctrl-c", "terminate"])
def test_one_command_serves_and_works_and_leaves_no_process(ended_by, live_server_port):
    with process("run_here", f"127.0.0.1:{live_server_port}") as started:
        until(ProcrastinateWorker.objects.exists)
        if ended_by == "ctrl-c":
            os.killpg(started.pid, signal.SIGINT)
        else:
            started.terminate()
        started.wait()

        until(lambda: not is_there(started.pid))


def is_there(group):
    """Is there a process of the group? One that was killed just now may take a moment to be gone."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def live_server_port():
    """A port that nobody uses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
