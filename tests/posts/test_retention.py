"""What is kept for how long."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from assessments.models import Assessment
from posts import retention
from posts.links import recognise
from posts.links.keeping import keep_words
from posts.links.pauses import note_failure
from posts.links.providers.words import Words
from posts.models import LinkAnswer, LinkHost, Post
from posts.retention import purge
from tests.factories import a_post, an_assessment


@pytest.mark.django_db
def test_a_post_is_kept_for_the_days_that_the_settings_say(settings):
    settings.POST_RETENTION_DAYS = 3

    post = a_post()

    assert post.expires_at - post.created_at == timedelta(days=3)


def an_expired_post():
    post = an_assessment().post
    long_ago = timezone.now() - timedelta(days=40)
    Post.objects.filter(pk=post.pk).update(created_at=long_ago, expires_at=long_ago + timedelta(days=30))
    return post


@pytest.mark.django_db
def test_kept_and_expired_divide_the_posts_between_them(published):
    kept, gone = a_post(), an_expired_post()

    assert list(Post.objects.kept()) == [kept]
    assert list(Post.objects.expired()) == [gone]


@pytest.mark.django_db
def test_the_purge_deletes_expired_posts_with_their_assessments_and_no_others(published):
    kept = an_assessment().post
    an_expired_post()

    count = purge()

    assert count == 1
    assert list(Post.objects.all()) == [kept]
    assert [assessment.post for assessment in Assessment.objects.all()] == [kept]


@pytest.mark.django_db
def test_the_command_says_how_many_went(published, capsys):
    an_expired_post()

    call_command("purge_expired_posts")

    assert capsys.readouterr().out == "1 expired post deleted.\n"


@pytest.mark.django_db
def test_the_purge_removes_what_links_said_and_the_failures_of_hosts_when_their_time_is_over():
    link = recognise("https://bsky.app/profile/made-up.bsky.social/post/3kmadeup22222")
    keep_words(link=link, words=Words("Naps."))
    note_failure(host="public.api.bsky.app")

    purge(now=timezone.now() + timedelta(hours=23))
    assert (LinkAnswer.objects.count(), LinkHost.objects.count()) == (1, 1)

    purge(now=timezone.now() + timedelta(hours=25))
    assert (LinkAnswer.objects.count(), LinkHost.objects.count()) == (0, 0)


def test_more_than_one_batch_goes_and_words_that_no_key_opens(db, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    for _ in range(5):
        a_post()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE posts_post SET text = 'no key of ours made this'")

    assert purge(now=timezone.now() + timedelta(days=400)) == 5
    assert not Post.objects.exists()
