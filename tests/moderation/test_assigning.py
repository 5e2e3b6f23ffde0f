"""Who reads which case: a lease that runs out, and never two people at once."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from assessments.models import AuditEntry
from assessments.moderation.assigning import (
    LEASE,
    NoSuchReason,
    NoteMissing,
    NotForYou,
    NothingToRead,
    NotYours,
    SomebodyReads,
    assign,
    release,
    renew,
    skip,
    take_next,
    take_over,
)
from assessments.moderation.models import Case
from assessments.roles import MODERATORS
from tests.factories import a_case, a_crisis_case, a_ruling, a_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_reading(settings):
    """Otherwise one case in twenty, drawn by chance, waits for a second reader after the first decided it."""
    settings.SECOND_READING_SHARE = 0


@pytest.fixture
def case(published):
    return a_case()


def run_out(case):
    """The lease of this case ended a moment ago."""
    past = timezone.now() - LEASE
    Case.objects.filter(pk=case.pk).update(assigned_at=past, assigned_until=timezone.now())


def test_a_case_is_held_by_one_person_until_the_lease_runs_out(case, moderator, other):
    held = assign(case=case, by=moderator)
    with pytest.raises(SomebodyReads, match="mo is reading this case until"):
        assign(case=case, by=other)

    run_out(case)

    assert held.reader_now() == moderator
    assert assign(case=case, by=other).reader_now() == other


def test_holding_on_renews_the_lease_and_keeps_its_beginning(case, moderator):
    first = assign(case=case, by=moderator)
    again = renew(case=case, by=moderator)

    assert again.assigned_until > first.assigned_until
    assert again.assigned_at == first.assigned_at


def test_what_somebody_took_over_cannot_be_renewed(case, moderator, other):
    assign(case=case, by=moderator)
    with pytest.raises(NoteMissing):
        take_over(case=case, by=other, note="  ")

    _, before = take_over(case=case, by=other, note="Mo went home.")

    assert before == moderator
    with pytest.raises(NotYours):
        renew(case=case, by=moderator)
    assert not release(case=case, by=moderator)
    assert release(case=case, by=other)


def test_the_most_pressing_case_comes_first_and_one_s_own_before_it(published, moderator, other, settings):
    mild, crisis = a_case(), a_crisis_case()

    assert take_next(by=moderator) == crisis
    assert take_next(by=other) == mild
    assert take_next(by=moderator) == crisis
    assert take_next(by=a_user("third", group=MODERATORS)) is None


def test_a_skipped_case_is_for_others(case, moderator, other):
    assign(case=case, by=moderator)
    with pytest.raises(NoSuchReason):
        skip(case=case, by=moderator, reason="bored")

    skip(case=case, by=moderator, reason="topic")
    skip(case=case, by=moderator, reason="topic")

    assert take_next(by=moderator) is None
    with pytest.raises(NotForYou):
        assign(case=case, by=moderator)
    assert take_next(by=other) == case
    assert [one.reason for one in case.skips.all()] == ["topic"]


def test_a_decided_case_cannot_be_taken(case, moderator, other):
    a_ruling(case, by=moderator)

    for take in (assign, lambda **who: skip(**who, reason="topic"), lambda **who: take_over(**who, note="Why not.")):
        with pytest.raises(NothingToRead):
            take(case=case, by=other)


@pytest.mark.django_db(transaction=True)
def test_eight_people_who_press_at_once_get_eight_cases(published):
    people = [a_user(f"person{number}", group=MODERATORS) for number in range(8)]
    for number in range(8):
        a_case(f"Text number {number}: {number} times")
    start, taken = threading.Barrier(8), []

    def press(person):
        start.wait()
        taken.append(take_next(by=person))
        connection.close()

    threads = [threading.Thread(target=press, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({case.pk for case in taken if case}) == 8


def test_who_took_left_and_skipped_a_case_is_on_record(case, moderator, other):
    assign(case=case, by=moderator)
    renew(case=case, by=moderator)
    take_over(case=case, by=other, note="Mo went home.")
    release(case=case, by=other)
    release(case=case, by=other)
    skip(case=case, by=other, reason="known")

    trail = AuditEntry.objects.filter(kind="moderation.case").order_by("id")
    assert [(entry.user_name, entry.verb) for entry in trail] == [
        ("mo", "assign"),
        ("other", "take over"),
        ("other", "assign"),
        ("other", "release"),
        ("other", "skip"),
    ]
    assert trail[1].after == {"note": "Mo went home."}
