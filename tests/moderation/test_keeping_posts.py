"""A post waits for the people who have to look at it, and not for ever. What they wrote about it goes after it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app

from assessments.moderation.cases import let_go, take_up
from assessments.moderation.deciding import undo
from assessments.moderation.models import Case, CaseState, Ruling
from posts.models import Post
from posts.retention import delete_post, keep_until, purge
from tests.factories import HARM_TEXT, a_case, a_crisis_case, a_flag, a_post, a_ruling, an_assessment
from tests.workers import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published", "one_reading")]


def days_kept(post):
    post.refresh_from_db()
    return (post.expires_at - post.created_at).days


def came(post, *, days_ago):
    """As if the post had come so many days ago; all its times move together."""
    ago = timedelta(days=days_ago)
    post.refresh_from_db()
    Post.objects.filter(pk=post.pk).update(created_at=post.created_at - ago, expires_at=post.expires_at - ago)


def test_a_post_that_nobody_looks_at_is_kept_for_the_ordinary_time():
    assert days_kept(an_assessment().post) == 30


def test_a_post_of_a_waiting_case_is_kept_until_the_decision_and_seven_days(moderator):
    case = a_crisis_case()
    post = case.members.get().post
    assert days_kept(post) == 90
    came(post, days_ago=50)

    a_ruling(case, by=moderator)

    assert days_kept(post) == 57


def test_an_early_decision_does_not_shorten_the_ordinary_time(moderator):
    case = a_case()
    a_ruling(case, by=moderator)

    assert days_kept(case.members.get().post) == 30


def test_a_late_decision_does_not_reach_beyond_the_longest_time(moderator):
    case = a_crisis_case()
    post = case.members.get().post
    came(post, days_ago=88)

    a_ruling(case, by=moderator)

    assert days_kept(post) == 90


def test_a_decision_that_is_undone_lets_the_post_wait_again(moderator):
    case = a_case()
    undo(ruling=a_ruling(case, by=moderator), by=moderator, reason="I read it too fast.")

    assert days_kept(case.members.get().post) == 90


def test_every_post_of_a_case_waits_and_no_other():
    a_crisis_case()
    second = an_assessment(HARM_TEXT).post
    take_up()
    other = a_post("Some other words, about the rain.")

    assert (days_kept(second), days_kept(other)) == (90, 30)


def test_what_is_over_is_not_brought_back():
    post = an_assessment().post
    came(post, days_ago=31)

    keep_until(posts=Post.objects.all())

    assert days_kept(post) == 30


def test_the_longest_time_is_never_shorter_than_the_ordinary_one(settings):
    settings.POST_RETENTION_DAYS_AT_MOST = 5
    post = an_assessment().post

    keep_until(posts=Post.objects.all())

    assert days_kept(post) == 30


def test_after_the_longest_time_a_case_loses_its_post_and_closes():
    case = a_crisis_case()
    came(case.members.get().post, days_ago=91)

    assert purge() == 1
    let_go()

    case.refresh_from_db()
    assert case.state == CaseState.GONE


def test_what_moderators_wrote_goes_after_the_last_post(moderator):
    case, waiting = a_case(), a_case("Walking cures depression, it is as easy as that, and everybody can do it.")
    first = a_ruling(case, by=moderator, note="You mention Ismenia.", missed=[])
    undo(ruling=first, by=moderator, reason="Ismenia asked me to.")
    a_ruling(case, by=moderator, note="You mention her again.")
    kept = a_ruling(waiting, by=moderator, note="This stays.")
    Ruling.objects.filter(pk=first.pk).update(missed=[{"item": "C1", "why": "Ismenia again", "spans": [[0, 3]]}])

    delete_post(key=case.members.get().post.key)

    words = str(list(Ruling.objects.exclude(pk=kept.pk).values()))
    assert not [word for word in ("Ismenia", "mention") if word in words]
    assert set(case.rulings.values_list("note", flat=True)) == {"Gone with the post."}
    assert set(case.rulings.values_list("decision", flat=True)) == {"stands"}
    kept.refresh_from_db()
    assert kept.note == "This stays."


@pytest.mark.django_db(transaction=True)
def test_the_clock_takes_up_what_needs_a_person_and_lets_go_of_what_is_deleted(no_jobs):
    an_assessment(HARM_TEXT)
    gone = an_assessment()
    a_flag(gone)
    delete_post(key=gone.post.key)
    for name in ("moderation.take_up", "moderation.let_go"):
        app.configure_task(name).defer(timestamp=0)

    run_jobs()

    assert sorted(Case.objects.values_list("state", "posts_count")) == [(CaseState.GONE, 0), (CaseState.OPEN, 1)]
    assert timezone.now() < Post.objects.get().expires_at
