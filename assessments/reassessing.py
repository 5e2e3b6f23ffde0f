"""Reading all stored posts again with the version that is published. The only writer of a ReassessRun.

Every post that something older has read gets another assessment beside the ones it has; its report then says what
changed and why. Nothing is written over. A post without a report is left to its reader, who is offered to try again.
"""

from django.db import IntegrityError, transaction

from assessments import snapshots
from assessments.assessing import is_outdated, reassess_if_outdated
from assessments.models import Assessment, Checklist, ReassessRun, RunState
from assessments.publishing import name_of
from assessments.running import AlreadyRunning, RunError, do_batch, next_posts, posts_ahead, resume_run, stop_run
from assessments.snapshots import NoPublishedChecklist
from posts.jobs import job, later
from posts.models import Post

POSTS_AT_ONCE = 50


class NothingPublished(RunError):
    sentence = "No version is published, so there is nothing to check the posts with."


class AnotherVersion(RunError):
    sentence = "Another version was published since. Start another run: it begins with all posts."


def start_reassessment(*, by):
    """Start to read all stored posts again, in the background, and return the ReassessRun.

    Raises NothingPublished, AlreadyRunning.
    """
    published = Checklist.objects.published().without_snapshots().first()
    if published is None:
        raise NothingPublished
    name = name_of(by)
    try:
        with transaction.atomic():
            run = ReassessRun.objects.create(checklist=published, started_by=by, started_by_name=name, **posts_ahead())
            later(reassess_batch, run=run.pk, batch=0)
    except IntegrityError as error:
        raise AlreadyRunning from error
    return run


def stop_reassessment(run):
    """Stop a run after the batch that is being done. What is done stays. Raises NotRunning."""
    stop_run(run)


def resume_reassessment(run):
    """Go on with a run that was stopped or stands still. Raises HasFinished, AnotherVersion, AlreadyRunning."""
    if not Checklist.objects.published().filter(pk=run.checklist_id).exists():
        raise AnotherVersion
    resume_run(run, job=reassess_batch)


def newest_reassessment():
    """The newest run, or None."""
    return ReassessRun.objects.newest_first().first()


@job(name="reassessing.batch")
def reassess_batch(*, run, batch):
    """Do the next batch of a run."""
    runs = ReassessRun.objects.select_related("started_by", "checklist").defer(
        "checklist__snapshot", "checklist__texts"
    )
    do_batch(runs, run=run, batch=batch, work=_work, job=reassess_batch)


def _work(run):
    """One batch of posts. Returns the state that the run is in after it."""
    try:
        published = snapshots.published()
    except NoPublishedChecklist:
        return RunState.STOPPED
    if published.digest != run.checklist.digest:
        return RunState.STOPPED  # half of the posts with one version and half with another would help nobody
    posts = next_posts(run, POSTS_AT_ONCE)
    if not posts:
        return RunState.FINISHED
    for post, newest in _outdated(posts, published.digest):
        _reassess(run, post, newest)
    run.posts_done += len(posts)
    run.last_post = posts[-1].pk
    return RunState.RUNNING


def _outdated(posts, digest):
    """(post, newest assessment) of those that something older has read. One query."""
    about = Assessment.objects.filter(post__in=posts).order_by("post_id", "-created_at", "-id").distinct("post_id")
    newest = {one.post_id: one for one in about.only("post_id", "digest", "engine_version", "level")}
    found = [(post, newest.get(post.pk)) for post in posts]
    return [(post, one) for post, one in found if one and is_outdated(one, published_digest=digest)]


def _reassess(run, post, newest):
    try:
        made = reassess_if_outdated(post=post, by=run.started_by)
    except Post.DoesNotExist:
        return  # its owner has deleted it in this moment
    if made.pk != newest.pk:
        run.posts_reassessed += 1
        run.levels_changed += made.level != newest.level
