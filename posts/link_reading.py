"""From a link that was pasted without its words to a post: the only writer of a LinkReading.

    ask_to_read(...)   keeps the link, to be read soon
    read_if_free(...)  reads it in this very request, unless somebody else does or too many others are being read
    read_and_keep_nothing(...)  the same for whoever wants the words alone
    stop_reading(...)  its owner would rather paste the words

Whoever reads has claimed the row first, and stores the post only while that claim is still theirs: of two tabs, two
presses or a killed process and its successor, one makes the post.
"""

import logging
from datetime import timedelta
from threading import BoundedSemaphore

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posts.happenings import happened
from posts.intake import (
    MAX_AUTHOR_LINE,
    AlreadySent,
    NothingWritten,
    NoWords,
    OnlyALink,
    PostError,
    normal_line_ends,
    read_author_line,
    submit_post,
)
from posts.links.not_readable import NotReadable, Reason
from posts.links.reading import read_link
from posts.models import LinkReading, Post, ReadingState

log = logging.getLogger(__name__)

KEPT = timedelta(hours=1)
# Longer than a reading can take: who has claimed a link for that long is no more.
CLAIM = timedelta(seconds=15)
# So many links are read at once in this process, however long their platforms let us wait: the other threads of the
# server stay free for everybody else.
PLACES = BoundedSemaphore(2)

OUR_FAULT = _(
    "Something went wrong on our side, so we could not read this link. "
    "Open the post, copy its words and paste them here."
)


class NotRead(OnlyALink):
    """The link was not read, and its words are asked for. The sentence is what the person is told."""


class NoPlaceFree(NotRead):
    """Too many links are being read right now."""

    status = 503

    def __init__(self, link):
        super().__init__(
            link,
            _("We are reading many links right now. Press the button again, or copy the words and paste them here."),
        )


def ask_to_read(*, text, author_line="", country="", submission):
    """Keep a link for KEPT, to be read, and return its LinkReading; the same form with the same link gives it again.

    `text` is what was in the box (see `posts.links.only_link`), the rest as for `submit_post`.
    Raises AlreadySent when the form was used for something else or its time is over, and AuthorLineTooLong.
    """
    asked = {"text": normal_line_ends(text), "author_line": read_author_line(author_line), "country": country}
    now = timezone.now()
    if Post.objects.filter(submission=submission, link_readings=None).exists():
        raise AlreadySent
    reading, _is_new = LinkReading.objects.select_related("post").get_or_create(
        submission=submission, defaults={**asked, "created_at": now, "expires_at": now + KEPT}
    )
    if reading.expires_at <= now or any(getattr(reading, name) != value for name, value in asked.items()):
        raise AlreadySent
    return reading


def read_if_free(*, reading, patience=0):
    """Read the link now if it is to be read and a place is free within `patience` seconds; return what became of it.

    That is a fresh LinkReading: done (it has its post), failed (it has the sentence), reading (somebody else does) or
    waiting (no place was free). Takes as long as the platform, six seconds at most, and must not run in a transaction.
    Raises LinkReading.DoesNotExist when it was deleted meanwhile.
    """
    if _to_read(reading).exists() and PLACES.acquire(timeout=patience):
        try:
            claimed_at = timezone.now()
            if _to_read(reading).update(state=ReadingState.READING, claimed_at=claimed_at):
                _read(reading, claimed_at)
        finally:
            PLACES.release()
    return LinkReading.objects.select_related("post").get(pk=reading.pk)


def read_and_keep_nothing(*, link, patience=0):
    """The posts.links.reading.Reading of a Link, if a place is free within `patience` seconds. Stores no post.

    Takes as long as the platform, six seconds at most, and must not run in a transaction.
    Raises NotReadable, and NoPlaceFree.
    """
    if not PLACES.acquire(timeout=patience):
        raise NoPlaceFree(link)
    try:
        return read_link(link)
    finally:
        PLACES.release()


def stop_reading(*, reading):
    """Let nothing come of it any more, unless it is a post already. Doing it twice changes nothing."""
    unfinished = Q(state__in=(ReadingState.WAITING, ReadingState.READING))
    LinkReading.objects.filter(unfinished, pk=reading.pk).update(state=ReadingState.STOPPED, claimed_at=None)


def _to_read(reading):
    """The row, if nobody reads it or whoever began is long gone."""
    cut_off = Q(state=ReadingState.READING, claimed_at__lt=timezone.now() - CLAIM)
    return LinkReading.objects.filter(Q(state=ReadingState.WAITING) | cut_off, pk=reading.pk)


def _claimed(reading, claimed_at):
    """The row, if the claim made at that time still holds."""
    return LinkReading.objects.filter(pk=reading.pk, state=ReadingState.READING, claimed_at=claimed_at)


def _read(reading, claimed_at):
    """Read a claimed link and store its post, or why there is none."""
    outcome = "read"
    try:
        found = read_link(reading.link)
        _store(reading, claimed_at, found)
    except NotReadable as error:
        outcome = error.reason.value
        _fail(reading, claimed_at, error)
    except (NothingWritten, NoWords, OnlyALink):
        outcome = Reason.EMPTY.value
        _fail(reading, claimed_at, NotReadable(Reason.EMPTY))
    except PostError as error:
        outcome = type(error).__name__
        _fail(reading, claimed_at, error)
    except Exception as error:
        # Whatever went wrong, the person is told and keeps their link. The error goes to the log without its words.
        log.error("reading a link failed", extra={"reason": type(error).__name__}, exc_info=True)
        outcome = "our_fault"
        _fail(reading, claimed_at, OUR_FAULT)
    happened("link reading", provider=reading.link.platform, outcome=outcome)


def _store(reading, claimed_at, found):
    """The Post for what was found, in one transaction with the row. Raises PostError; then neither is changed."""
    with transaction.atomic():
        # The lock makes a second reader, or a press on “Stop”, wait until the post is there.
        mine = _claimed(reading, claimed_at).select_for_update().first()
        if mine is None:
            return
        mine.post = submit_post(
            text=found.text,
            author_line=mine.author_line or _kept_author_line(found.author_line),
            country=mine.country,
            submission=mine.submission,
            source_link=found.link.canonical,
            read_as=found.read_as,
        )
        mine.state = ReadingState.DONE
        mine.save(update_fields=["post", "state"])


def _kept_author_line(line):
    """What the platform says about the author, as far as it can be kept: a line that cannot be read is left out."""
    try:
        return read_author_line(line[:MAX_AUTHOR_LINE])
    except PostError:
        return ""


def _fail(reading, claimed_at, sentence):
    """Keep why it could not be read. Without the claim this changes nothing."""
    _claimed(reading, claimed_at).update(state=ReadingState.FAILED, sentence=str(sentence))
