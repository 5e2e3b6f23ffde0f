"""Making and stopping links that show a report to others: the only writer of a ShareLink."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models import ShareLink
from posts.intake import PostError
from posts.models import Post

DAYS = 7
MOST_AT_ONCE = 5


class TooManyLinks(PostError):
    """The report has MOST_AT_ONCE working links already."""

    field = None
    sentence = _("This report has five links already. Stop one of them first.")


def make_share_link(*, post, shows_post, submission):
    """A new ShareLink for `post`; the same form (`submission`) gives the same link again. Raises TooManyLinks.

    It works for DAYS days, and never longer than the post is kept.
    """
    with transaction.atomic():
        # The lock lets a second press wait for the first, and the count be right.
        Post.objects.select_for_update().get(pk=post.pk)
        if made := post.share_links.filter(submission=submission).first():
            return made
        if post.share_links.working().count() >= MOST_AT_ONCE:
            raise TooManyLinks
        now = timezone.now()
        return ShareLink.objects.create(
            post=post,
            shows_post=shows_post,
            submission=submission,
            created_at=now,
            expires_at=min(now + timedelta(days=DAYS), post.expires_at),
        )


def revoke_share_link(*, post, key):
    """Stop the link of `post` with this key at once. A link that is stopped already, or is not there, stays so."""
    post.share_links.filter(key=key, revoked_at__isnull=True).update(revoked_at=timezone.now())
