"""How long a post is kept, and the purge. The only place that deletes posts, or moves the day on which one goes.

What is kept of people in every table, and for how long, stands in `retention_rules.py`.
"""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.db.models.functions import Greatest, Least
from django.utils import timezone

from posts.jobs import periodic_job
from posts.models import LinkAnswer, LinkHost, LinkReading, Post, RequestCount

# So many posts are deleted in one transaction: a purge that is cut off keeps what it did, and none meets the time limit
# of a statement or fills the memory, however much there is after a pause.
BATCH = 500
# The end of a post that is kept until somebody lets it go.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


def expires_at(created_at):
    """When a post made at `created_at` has to go (settings.POST_RETENTION_DAYS later)."""
    return created_at + timedelta(days=settings.POST_RETENTION_DAYS)


def keep_post(*, post):
    """Keep a post that our own people made up (for practice, say) until `let_expire`. What readers bring is never kept
    longer than was promised to them: nothing but a made-up post may come here."""
    post.expires_at = NEVER
    post.save(update_fields=("expires_at",))


def let_expire(*, post):
    """Let a kept post go in its time, as every other post, counted from now."""
    post.expires_at = expires_at(timezone.now())
    post.save(update_fields=("expires_at",))


def keep_until(*, posts, until=None):
    """Let these posts (a queryset) go at `until`, or as late as we ever keep one: a person still has to look at them.

    Never before their ordinary time, and never later than settings.POST_RETENTION_DAYS_AT_MOST after they came.
    A post whose time is over already stays so. Calling it again, with another time too, is harmless.
    """
    ordinary = F("created_at") + timedelta(days=settings.POST_RETENTION_DAYS)
    latest = F("created_at") + timedelta(days=settings.POST_RETENTION_DAYS_AT_MOST)
    posts.kept().update(expires_at=Greatest(ordinary, Least(until, latest) if until else latest))


def delete_post(*, key):
    """Delete the post with this key now, with all that hangs on it, and say whether there was one.

    For its owner, who need not wait for the purge. Asking twice is harmless.
    """
    _, deleted = Post.objects.filter(key=key).delete()
    return bool(deleted)


def purge(*, now=None):
    """Delete what has run out: posts, links that wait, answers of links, and counts and failures older than a day.

    Returns the number of posts deleted. Assessments and findings go with their post: their foreign keys cascade.
    """
    now = now or timezone.now()
    posts = 0
    while batch := list(Post.objects.expired(now=now).order_by("expires_at").values_list("pk", flat=True)[:BATCH]):
        # Still expired: meanwhile somebody may have to look at it. Its number alone: words need not be decrypted to go,
        # and those that no key opens any more go too.
        _, deleted = Post.objects.expired(now=now).filter(pk__in=batch).only("pk").delete()
        posts += deleted.get(Post._meta.label, 0)
    LinkReading.objects.filter(expires_at__lte=now).only("pk").delete()
    RequestCount.objects.filter(window_at__lt=now - timedelta(days=1)).delete()
    LinkAnswer.objects.filter(expires_at__lte=now).only("pk").delete()
    LinkHost.objects.filter(updated_at__lt=now - timedelta(days=1)).delete()
    return posts


@periodic_job(name="retention.purge", cron="17 * * * *")
def purge_hourly():
    """Once an hour, wherever a worker runs."""
    purge()
