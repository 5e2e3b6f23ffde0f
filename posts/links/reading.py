"""Reading the words of a link, where its platform lets everybody: the one way from a Link to words.

    can_read(link)  -> whether it is worth trying
    read_link(link) -> a Reading, or NotReadable with a sentence for the person

Nothing of what the person typed is touched here. What comes back is somebody else's text: to be shown, checked by the
person, and taken in by `posts.intake` like any other.
"""

import logging
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db import connection, transaction

from posts.links import Link, door
from posts.links.answers import DoorError, Refusal
from posts.links.keeping import keep_reason, keep_words, kept_answer
from posts.links.not_readable import NotReadable, Reason
from posts.links.pauses import note_asked_to_wait, note_failure, note_success, reason_to_wait
from posts.links.providers import PROVIDERS
from posts.links.switches import is_switched_on
from posts.models import ReadAs

__all__ = ["NotReadable", "Reading", "Reason", "can_read", "read_link"]

logger = logging.getLogger(__name__)

OK = 200
TOO_MANY_REQUESTS = 429
SERVER_ERROR = 500
# What a status means, where a provider has no REASONS of its own. Any other one: REFUSED.
REASONS = {401: Reason.LOGIN, 403: Reason.PRIVATE, 404: Reason.GONE, 410: Reason.GONE}
# Nothing went wrong on the way: it is about this one post, or about us.
NO_FAILURE = {
    # A page where JSON was promised asks people to sign in.
    Refusal.TYPE: Reason.LOGIN,
    # Sent on to a host that is not the provider's, or in circles.
    Refusal.ADDRESS: Reason.REFUSED,
    Refusal.REDIRECTS: Reason.REFUSED,
}
FAILURE = {
    Refusal.DEADLINE: Reason.TOO_SLOW,
    Refusal.TOO_BIG: Reason.GARBLED,
    Refusal.GARBLED: Reason.GARBLED,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What we read from a Link: `text`, however long; `author_line`, often empty; `read_as`, a posts.models.ReadAs."""

    link: Link
    text: str
    author_line: str
    read_as: ReadAs


def can_read(link):
    """Whether there is a documented way to read this Link and its platform is switched on. One query at most."""
    return _reason_against(link) is None and is_switched_on(link.platform)


def read_link(link):
    """The Reading of a Link. Takes up to the six seconds of the door, so it refuses to run inside a transaction.

    Raises NotReadable, whose text is the sentence for the person, and RuntimeError inside a transaction.
    """
    # `durable` is what says no inside a transaction of ours, and yes inside the one around a test.
    with transaction.atomic(durable=True):
        if reason := _reason_against(link):
            raise NotReadable(reason, link.name)
        if not is_switched_on(link.platform):
            raise NotReadable(Reason.SWITCHED_OFF, link.name)
        kept = kept_answer(link)
    if isinstance(kept, Reason):
        raise NotReadable(kept, link.name)
    words = kept or _asked(link)
    read_as = PROVIDERS[link.platform].READS
    return Reading(link=link, text=words.text, author_line=words.author_line, read_as=read_as)


def _reason_against(link):
    """Why this Link can never be read, or None."""
    provider = PROVIDERS.get(link.platform)
    if provider and provider.address(link):
        return None
    return Reason.SHORT if link.is_short else Reason.NO_WAY


def _asked(link):
    """The Words that the provider gives now, and keeping them. Raises NotReadable."""
    try:
        words = PROVIDERS[link.platform].words(_answer(link), link)
    except NotReadable as error:
        logger.info("link not readable", extra={"provider": link.platform, "reason": error.reason.value})
        keep_reason(link=link, reason=error.reason)
        raise NotReadable(error.reason, link.name) from None
    keep_words(link=link, words=words)
    return words


def _answer(link):
    """The JSON of the provider, with a note of how its host behaved. Raises NotReadable."""
    provider = PROVIDERS[link.platform]
    address = provider.address(link)
    host = urlsplit(address).hostname
    if reason := reason_to_wait(platform=link.platform, host=host):
        raise NotReadable(reason)
    _lend_the_connection()
    try:
        answer = door.get(address, hosts=provider.HOSTS or frozenset({host}))
        body = answer.json() if answer.status == OK else None
    except DoorError as error:
        if reason := NO_FAILURE.get(error.refusal):
            raise NotReadable(reason) from None
        note_failure(host=host)
        raise NotReadable(FAILURE.get(error.refusal, Reason.DOWN)) from None
    _note(answer, host)
    if answer.status != OK:
        raise NotReadable({**REASONS, **provider.REASONS}.get(answer.status, Reason.REFUSED))
    return body


def _note(answer, host):
    """Write down how the host behaved. Raises NotReadable when it is in trouble, or asks us to wait."""
    if answer.status == TOO_MANY_REQUESTS:
        note_asked_to_wait(host=host, seconds=answer.retry_after)
        raise NotReadable(Reason.BUSY)
    if answer.status >= SERVER_ERROR:
        note_failure(host=host)
        raise NotReadable(Reason.DOWN)
    note_success(host=host)


def _lend_the_connection():
    """Give the database connection back to the pool: a few slow hosts must not use up those of all other visitors."""
    if not connection.in_atomic_block:
        connection.close()
