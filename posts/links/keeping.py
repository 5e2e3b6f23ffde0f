"""What links said, kept for a while so that nobody is asked twice: the only writer of a LinkAnswer."""

import json
from datetime import timedelta

from django.utils import timezone

from posts.encryption import keyed_digest
from posts.links.not_readable import Reason
from posts.links.providers.words import Words
from posts.models import LinkAnswer

WORDS_FOR = timedelta(hours=24)
# Short, because what was hidden can be shown again. Troubles on the way are not kept at all: `pauses.py` knows them.
REASON_FOR = timedelta(minutes=10)
KEPT = {Reason.GONE, Reason.PRIVATE, Reason.LOGIN, Reason.EMPTY, Reason.CUT, Reason.GARBLED}


def kept_answer(link):
    """The Words or the Reason that we know for a Link, or None."""
    row = LinkAnswer.objects.filter(digest=keyed_digest(link.canonical), expires_at__gt=timezone.now()).first()
    if row is None:
        return None
    answer = json.loads(row.answer)
    return Reason(answer["reason"]) if "reason" in answer else Words(**answer)


def keep_words(*, link, words):
    """Keep the Words of a Link for a day."""
    _keep(link, {"text": words.text, "author_line": words.author_line}, WORDS_FOR)


def keep_reason(*, link, reason):
    """Keep for some minutes why a Link cannot be read, when that lies in the post and not in the moment."""
    if reason in KEPT:
        _keep(link, {"reason": reason}, REASON_FOR)


def _keep(link, answer, how_long):
    LinkAnswer.objects.update_or_create(
        digest=keyed_digest(link.canonical),
        defaults={"answer": json.dumps(answer), "expires_at": timezone.now() + how_long},
    )
