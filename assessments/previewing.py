"""What publishing a draft would change, worked out in the background. The only writer of a PreviewRun.

The draft, as it is at the start, tries its own examples and near misses, and then reads every stored post beside the
published version. Nothing about a post or its reports changes, and no word of it is kept.
"""

import json
from functools import lru_cache

from django.db import IntegrityError, transaction

from assessments import engine, publishing
from assessments.impact import count_post, count_review, count_trial, empty_figures
from assessments.models import Assessment, Checklist, PreviewRun, Review, RunState
from assessments.running import AlreadyRunning, RunError, do_batch, next_posts, posts_ahead, resume_run, stop_run
from assessments.snapshots import by_digest, canonical_bytes, compile_quickly, digest_of
from assessments.trying import is_triable, try_entry
from posts.jobs import job, later

ENTRIES_AT_ONCE = 100
POSTS_AT_ONCE = 200


class NotADraft(RunError):
    sentence = "This version is not a draft any more, so there is nothing to preview."


class NothingToCompareWith(RunError):
    sentence = "No version is published, so there is nothing to compare the draft with."


class DraftHasMistakes(RunError):
    sentence = "The draft has mistakes. Put them right first: the page that publishes it lists them."


def start_preview(draft, *, by):
    """Start a preview of the draft in the background and return the PreviewRun.

    One that was stopped before it finished is given up. Raises NotADraft, NothingToCompareWith, DraftHasMistakes,
    AlreadyRunning.
    """
    if not draft.is_draft:
        raise NotADraft
    published = Checklist.objects.published().values("version", "digest").first()
    if published is None:
        raise NothingToCompareWith
    if publishing.content_problems(draft):
        raise DraftHasMistakes
    with transaction.atomic():
        PreviewRun.objects.filter(draft=draft, state=RunState.STOPPED).delete()
        run = _insert(draft, publishing.freeze(draft), published, by=by)
        later(preview_batch, run=run.pk, batch=0)
    return run


def stop_preview(run):
    """Stop a preview. What it has counted stays, and it can go on from there. Raises NotRunning."""
    stop_run(run)


def resume_preview(run):
    """Go on with a preview that was stopped or stands still. Raises HasFinished, AlreadyRunning."""
    resume_run(run, job=preview_batch)


def newest_preview(draft):
    """The newest preview of a draft, or None."""
    return PreviewRun.objects.filter(draft=draft).defer("content").newest_first().first()


def is_out_of_date(run):
    """Whether the draft was changed after the preview began. Reads all rows of the draft."""
    return run.draft.is_draft and digest_of(publishing.freeze(run.draft)) != run.digest


@job(name="previewing.batch")
def preview_batch(*, run, batch):
    """Do the next batch of a preview."""
    do_batch(PreviewRun.objects.defer("content"), run=run, batch=batch, work=_work, job=preview_batch)


def _insert(draft, content, published, *, by):
    try:
        with transaction.atomic():  # a savepoint, so that the refused insert leaves the transaction usable
            return PreviewRun.objects.create(
                draft=draft,
                digest=digest_of(content),
                content=canonical_bytes(content).decode("utf-8"),
                compared_version=published["version"],
                compared_digest=published["digest"],
                entries_total=len(_entries(content)),
                figures=empty_figures(),
                started_by=by,
                started_by_name=publishing.name_of(by),
                **posts_ahead(),
            )
    except IntegrityError as error:
        raise AlreadyRunning from error


@lru_cache(maxsize=1)
def _ready(digest):
    """The entries and the compiled draft of the previews with this digest; kept from batch to batch."""
    content = json.loads(PreviewRun.objects.filter(digest=digest).exclude(content="").values_list("content")[0][0])
    return _entries(content), compile_quickly(content, digest)


def _entries(content):
    """The claims and signals whose examples are tried."""
    return [entry for group in ("claims", "signals") for entry in content[group] if is_triable(entry)]


def _work(run):
    """One batch: first the examples, then posts. Returns the state that the run is in after it."""
    entries, draft = _ready(run.digest)
    if run.entries_done < run.entries_total:
        batch = entries[run.entries_done : run.entries_done + ENTRIES_AT_ONCE]
        for entry in batch:
            count_trial(run.figures, try_entry(entry, draft))
        run.entries_done += len(batch)
        return RunState.RUNNING
    posts = next_posts(run, POSTS_AT_ONCE)
    if not posts:
        run.content = ""  # it is as large as a snapshot, and nobody needs it any more
        return RunState.FINISHED
    _count_posts(run, posts, draft)
    run.posts_done += len(posts)
    run.last_post = posts[-1].pk
    return RunState.RUNNING


def _count_posts(run, posts, draft):
    """Three queries, however many posts there are."""
    published = by_digest(run.compared_digest).compiled
    stored = _stored_records(posts, run.compared_digest)
    reviews = _newest_reviews(posts)
    for post in posts:
        before = stored.get(post.pk) or _record(post, published)
        after = _record(post, draft)
        count_post(run.figures, post=post.pk, before=before, after=after)
        if post.pk in reviews:
            count_review(run.figures, post=post.pk, review=reviews[post.pk], before=before, after=after)


def _record(post, compiled):
    return engine.assess(post.text, compiled, author_line=post.author_line, country=post.country).to_dict()


def _stored_records(posts, digest):
    """What the published version and this engine found before, by post: the same as it would find again."""
    made = Assessment.objects.filter(post__in=posts, digest=digest, engine_version=engine.VERSION)
    newest = made.order_by("post_id", "-created_at", "-id").distinct("post_id").only("post_id", "result")
    return {assessment.post_id: assessment.report_record for assessment in newest}


def _newest_reviews(posts):
    """What a person decided last about each post, with the assessment that they looked at."""
    about = Review.objects.standing().filter(assessment__post__in=posts).select_related("assessment")
    newest = about.order_by("assessment__post_id", "-reviewed_at", "-id").distinct("assessment__post_id")
    return {review.assessment.post_id: review for review in newest}
