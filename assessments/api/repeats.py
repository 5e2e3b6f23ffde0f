"""The same call twice is one: for a caller whose connection broke and who cannot know whether we heard them.

    repeat = once(key=…, operation="report", name="the Idempotency-Key", body={…})
    … the action, with submission=repeat.submission: its own table lets one of many calls at once win
    done(repeat)

Only hashes are kept, for a day; the answer is made again from what the action stored.
"""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from assessments.api.models import Repeat
from assessments.api.quotas import HOURS_REPEATED
from assessments.snapshots import canonical_bytes
from posts.intake import PostError


class SentBefore(PostError):
    """The Idempotency-Key was used for something else."""

    field = None
    sentence = "This Idempotency-Key was used for another body. Take a new one for a new call."


def new_submission():
    """A number for an action that nobody repeats."""
    return f"api-{secrets.token_urlsafe(24)}"


def once(*, key, operation, name, body):
    """The Repeat for a call (a new one, or the one that was made the first time); None when it has no `name`.

    `key` is the number of an ApiKey, `body` what JSON can hold. Raises SentBefore.
    """
    if not name:
        return None
    now = timezone.now()
    fresh = {
        "body_mark": _mark("body", canonical_bytes(body)),
        "submission": new_submission(),
        "is_done": False,
        "created_at": now,
    }
    with transaction.atomic():
        repeat, _ = Repeat.objects.select_for_update().get_or_create(
            key_id=key, mark=_mark("name", f"{operation} {name}"), defaults=fresh
        )
        if repeat.created_at < now - timedelta(hours=HOURS_REPEATED):
            for field, value in fresh.items():
                setattr(repeat, field, value)
            repeat.save()
    if repeat.body_mark != fresh["body_mark"]:
        raise SentBefore
    return repeat


def done(repeat):
    """Say that the call went well, so that it is never done a second time. None is nobody's."""
    if repeat and not repeat.is_done:
        Repeat.objects.filter(pk=repeat.pk, submission=repeat.submission).update(is_done=True)


def _mark(what, value):
    return salted_hmac(f"api.repeats.{what}", value, algorithm="sha256").hexdigest()
