"""Asking as little as possible: what is kept, the rate, and leaving a host alone that is in trouble."""

import pytest
from django.db import connections

from posts.links import pauses, recognise
from posts.links.reading import NotReadable, Reason, read_link
from posts.models import LinkAnswer, LinkHost
from tests.fake_internet import reply
from tests.posts.links import samples
from tests.posts.links.asking import read, reason

pytestmark = pytest.mark.django_db


def test_the_same_link_is_asked_once_a_day(serve, at):
    site = serve("bluesky", reply(samples.bluesky()))
    first = read("bluesky")

    at(24 * 3600 - 1)
    assert read("bluesky") == first
    assert len(site.requests) == 1

    at(24 * 3600)
    assert read("bluesky") == first
    assert len(site.requests) == 2


def test_a_post_that_is_gone_is_asked_again_after_ten_minutes(serve, at):
    site = serve("bluesky", reply(samples.bluesky(author_labels=["!no-unauthenticated"])))
    assert [reason("bluesky"), reason("bluesky")] == [Reason.PRIVATE, Reason.PRIVATE]
    assert len(site.requests) == 1

    site.says = reply(samples.bluesky())
    at(600)

    assert read("bluesky").text


def test_trouble_on_the_way_is_not_kept(serve):
    site = serve("bluesky", reply(status=503))
    assert reason("bluesky") == Reason.DOWN

    site.says = reply(samples.bluesky())

    assert read("bluesky").text


def test_what_is_kept_tells_neither_the_link_nor_the_words(serve):
    serve("mastodon", reply(samples.mastodon("<p>Naps.</p>")))
    read("mastodon")

    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT * FROM posts_linkanswer")
        kept = repr(cursor.fetchall())

    assert LinkAnswer.objects.get().answer == '{"text": "Naps.", "author_line": "Made Up"}'
    for secret in ("Naps", "Made Up", "112233445566778899", "social.example"):
        assert secret not in kept


def test_after_five_failures_a_host_is_left_alone_for_a_minute_then_tried_once(serve, at):
    site = serve("bluesky", reply(status=500))
    for _ in range(5):
        assert reason("bluesky") == Reason.DOWN
    at(59)
    assert reason("bluesky") == Reason.DOWN
    assert len(site.requests) == 5

    at(60)
    assert reason("bluesky") == Reason.DOWN
    assert len(site.requests) == 6
    at(119)
    assert reason("bluesky") == Reason.DOWN
    assert len(site.requests) == 6

    site.says = reply(samples.bluesky())
    at(120)
    assert read("bluesky").text
    assert LinkHost.objects.get().failures == 0


def test_after_a_pause_only_one_tries_and_the_others_wait_for_its_luck(at):
    for _ in range(5):
        pauses.note_failure(host="public.api.bsky.app")
    at(61)

    said = [pauses.reason_to_wait(platform="bluesky", host="public.api.bsky.app") for _ in range(3)]

    assert said == [None, Reason.DOWN, Reason.DOWN]


def test_a_success_in_between_starts_the_count_anew(serve, at):
    site = serve("youtube", reply(status=500))
    for _ in range(4):
        reason("youtube")
    site.says = reply(status=404)
    assert reason("youtube") == Reason.GONE

    at(600)
    site.says = reply(status=500)
    for _ in range(4):
        reason("youtube")
    site.says = reply(samples.youtube())

    assert read("youtube").text


def test_five_dead_servers_do_not_close_mastodon_for_the_others(fake_internet):
    for number in range(6):
        with pytest.raises(NotReadable):
            read_link(recognise(f"https://dead{number}.example/@made_up/112233445566778899"))
    fake_internet.serve("social.example", reply(samples.mastodon()))

    assert read("mastodon").text


@pytest.mark.parametrize(("header", "seconds"), [("120", 120), ("0", 1), ("soon", 60), ("86400", 3600), (None, 60)])
def test_a_host_that_asks_us_to_wait_is_left_alone_as_long_as_it_says(serve, at, header, seconds):
    headers = [("Retry-After", header)] if header else []
    site = serve("reddit", reply(status=429, headers=headers))
    assert reason("reddit") == Reason.BUSY
    site.says = reply(samples.reddit())

    at(seconds - 0.5)
    assert reason("reddit") == Reason.BUSY
    at(seconds)
    assert read("reddit").text


def test_an_answer_that_was_under_way_does_not_end_the_wait(at):
    pauses.note_asked_to_wait(host="www.reddit.com", seconds=120)
    pauses.note_success(host="www.reddit.com")

    assert pauses.reason_to_wait(platform="reddit", host="www.reddit.com") == Reason.BUSY


def test_a_platform_is_asked_so_often_a_minute_by_everybody(serve, at, monkeypatch):
    monkeypatch.setattr(pauses, "A_MINUTE", 2)
    site = serve("tiktok", reply(samples.tiktok()))
    links = [recognise(f"https://www.tiktok.com/@made.up/video/700000000000000000{n}") for n in range(4)]
    for link in links[:2]:
        read_link(link)

    with pytest.raises(NotReadable, match="Too many links to TikTok") as caught:
        read_link(links[2])
    assert caught.value.reason == Reason.BUSY
    assert read_link(links[0]).text, "what is kept needs no question"
    at(60)
    assert read_link(links[3]).text
    assert len(site.requests) == 3
