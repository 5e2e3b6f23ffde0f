"""How a run over the stored posts goes on: batch by batch, each with its own job; stopped, resumed, never done twice.

A batch does its work, moves the run on and asks for the next job in one transaction. So a worker that dies leaves a
whole batch or none, and a job that comes twice finds that its batch has been done.
"""

from django.db import IntegrityError, transaction
from django.db.models import Count, Max
from django.utils import timezone

from assessments.models import RunState
from posts.jobs import later
from posts.models import Post


class RunError(Exception):
    """Something stands in the way. str() is a sentence for the member of staff."""

    sentence = ""

    def __init__(self, sentence=""):
        super().__init__(sentence or self.sentence)


class NotRunning(RunError):
    sentence = "This run is not going on, so there is nothing to stop."


class HasFinished(RunError):
    sentence = "This run has finished. Start another one."


class AlreadyRunning(RunError):
    sentence = "One is going on already. Wait until it has finished, or stop it."


def posts_ahead():
    """The posts that there are now, as the fields of a run: how many, and the last of them."""
    found = Post.objects.kept().aggregate(number=Count("pk"), last=Max("pk"))
    return {"posts_total": found["number"], "final_post": found["last"] or 0}


def next_posts(run, number):
    """The next `number` posts of the run, at most. One query; posts that were deleted meanwhile are not missed."""
    ahead = Post.objects.kept().filter(pk__gt=run.last_post, pk__lte=run.final_post)
    return list(ahead.order_by("pk")[:number])


def stop_run(run):
    """Stop a run after the batch that is being done. What it has counted stays. Raises NotRunning."""
    stopped = type(run).objects.running().filter(pk=run.pk).update(state=RunState.STOPPED, moved_at=timezone.now())
    if not stopped:
        raise NotRunning


def resume_run(run, *, job):
    """Go on where a run was stopped, or where it stands still because its job was lost. Raises HasFinished,
    AlreadyRunning.

    Harmless when nothing was lost: of two jobs for one batch the second does nothing.
    """
    with transaction.atomic():
        locked = type(run).objects.select_for_update().only("state", "batch").get(pk=run.pk)
        if locked.is_finished:
            raise HasFinished
        locked.state, locked.moved_at = RunState.RUNNING, timezone.now()
        try:
            with transaction.atomic():
                locked.save(update_fields=["state", "moved_at"])
        except IntegrityError as error:
            raise AlreadyRunning from error
        later(job, run=locked.pk, batch=locked.batch)


def do_batch(runs, *, run, batch, work, job):
    """Do one batch of the run with this number, of the queryset `runs`, and ask for the next one.

    `work` gets the locked run, changes it, and says what its state is now. Nothing is done for a batch that is not the
    next one, or when the run was stopped or is gone.
    """
    with transaction.atomic():
        found = runs.select_for_update(of=("self",)).running().filter(pk=run, batch=batch).first()
        if found is None:
            return
        found.state = work(found)
        found.batch += 1
        found.moved_at = timezone.now()
        found.ended_at = found.moved_at if found.is_finished else None
        found.save()
        if found.is_running:
            later(job, run=found.pk, batch=found.batch)
