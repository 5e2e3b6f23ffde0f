"""Who reads which case now: the only writer of an assignment and of a Skip.

An assignment is a lease: it runs out by itself, so that a closed laptop holds nobody up, and is renewed while the page
is open. Every action locks the case's row first, so two people never hold the same case.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from assessments.auditing import record
from assessments.moderation.golden import dress, is_practice_due
from assessments.moderation.models import FREE, Case, CaseState, Skip, SkipReason
from assessments.moderation.people import shown_name
from assessments.moderation.preferring import preference_of

LEASE = timedelta(minutes=15)


class AssigningError(Exception):
    """A case that cannot be taken or left. str() is the sentence for the moderator."""

    sentence = ""

    def __init__(self, sentence=""):
        super().__init__(sentence or self.sentence)


class NothingToRead(AssigningError):
    sentence = "This case is not waiting for anybody: it was decided, or its post was deleted."


class NotForYou(AssigningError):
    sentence = "You have read or left this case already, so somebody else must read it now."


class NotYourTopic(AssigningError):
    sentence = "This case is about a topic that you do not read, so it is for somebody else."


class SomebodyReads(AssigningError):
    """Somebody else holds the case."""

    def __init__(self, case):
        super().__init__(f"{shown_name(case.assigned_to)} is reading this case until {case.assigned_until:%H:%M}.")


class NoteMissing(AssigningError):
    sentence = "Say in a few words why you take the case over: the other person will ask."


class NotYours(AssigningError):
    sentence = "You do not hold this case any more: the time ran out, or somebody took it over."


class NoSuchReason(AssigningError):
    sentence = "Choose one of the reasons, so that we know whom to ask instead."


@transaction.atomic
def assign(*, case, by):
    """Give the case to `by` for LEASE, or renew what `by` holds already. Returns it as it is now.

    Raises NothingToRead, NotYourTopic, NotForYou, SomebodyReads.
    """
    locked = _locked(case)
    _refuse_if_not_readable(locked, by)
    holder = locked.reader_now()
    if holder and holder != by:
        raise SomebodyReads(locked)
    return _hold(locked, by)


@transaction.atomic
def take_next(*, by, cases=None):
    """Give `by` the most pressing case of `cases` (a queryset; all without it) that nobody reads, or None.

    What `by` holds already comes first, and topics that `by` does not read are left to others. Rows that somebody else
    is taking this very moment are skipped, not waited for. Now and then it is a practice case, but never while a crisis
    waits (see golden.py).
    """
    cases = Case.objects.all() if cases is None else cases
    topics = preference_of(by).topics_not_read
    practice = Case.objects.practice().readable_by(by).without_topics(topics, but_of=by)
    free = cases.waiting().readable_by(by).free_for(by).without_topics(topics, but_of=by)
    first = (_held(cases, by), _held(practice, by))
    if is_practice_due(free):
        first += (practice.free_for(by),)
    for found in (*first, free):
        case = found.in_order().select_for_update(skip_locked=True, of=("self",)).first()
        if case:
            return _hold(case, by)
    return None


def _held(cases, by):
    return cases.readable_by(by).filter(assigned_to=by, assigned_until__gt=timezone.now())


@transaction.atomic
def take_over(*, case, by, note):
    """Take the case from whoever holds it, for a reason. Returns (case, who held it or None).

    Raises NoteMissing, NothingToRead, NotYourTopic, NotForYou.
    """
    if not note.strip():
        raise NoteMissing
    locked = _locked(case)
    _refuse_if_not_readable(locked, by)
    before = locked.reader_now()
    record(by=by, verb="take over", what=locked, before={"reader": before and before.pk}, after={"note": note.strip()})
    return _hold(locked, by), before


@transaction.atomic
def renew(*, case, by):
    """Hold the case for another LEASE, while its page is open. Raises NotYours, NothingToRead."""
    locked = _locked(case)
    if not locked.is_waiting:
        raise NothingToRead
    if locked.assigned_to_id != by.pk:
        raise NotYours
    return _hold(locked, by)


@transaction.atomic
def release(*, case, by):
    """Leave the case to others. Returns whether `by` held it."""
    held = bool(Case.objects.filter(pk=case.pk, assigned_to=by).update(**FREE))
    if held:
        record(by=by, verb="release", what=case)
    return held


@transaction.atomic
def skip(*, case, by, reason):
    """Leave the case to others for good, and say why. Twice is once. Raises NothingToRead, NoSuchReason."""
    if reason not in SkipReason.values:
        raise NoSuchReason
    locked = _locked(case)
    if not locked.is_waiting:
        raise NothingToRead
    skipped, is_new = Skip.objects.get_or_create(case=locked, by=by, defaults={"reason": reason})
    if is_new:
        record(by=by, verb="skip", what=locked, after={"reason": reason})
    release(case=locked, by=by)
    return skipped


def _locked(case):
    return Case.objects.select_for_update(of=("self",)).select_related("assigned_to").get(pk=case.pk)


def _refuse_if_not_readable(case, by):
    if not case.is_waiting:
        raise NothingToRead
    if not Case.objects.open_to(by).filter(pk=case.pk).exists():
        raise NotYourTopic
    if not Case.objects.readable_by(by).filter(pk=case.pk).exists():
        raise NotForYou


def _hold(case, by):
    now = timezone.now()
    is_mine = case.assigned_to_id == by.pk
    case.assigned_to, case.assigned_until = by, now + LEASE
    case.assigned_at = case.assigned_at if is_mine else now
    if case.state == CaseState.GOLDEN and not is_mine:
        dress(case, now)
    case.save(update_fields=("assigned_to", "assigned_at", "assigned_until", "opened_at", "due_at"))
    if not is_mine:
        record(by=by, verb="assign", what=case, after={"until": case.assigned_until})
    return case
