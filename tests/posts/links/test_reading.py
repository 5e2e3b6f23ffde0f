"""From a link to words, through the real door, against an internet of our own."""

import time

import pytest
from django.db import connections, transaction

from posts.links import door, recognise
from posts.links.reading import NotReadable, Reason, can_read, read_link
from posts.links.switches import switch
from posts.models import ReadAs
from tests.assessments.test_reading_grade import HIGHEST_GRADE, grade
from tests.fake_internet import redirect, reply
from tests.posts.links import samples
from tests.posts.links.asking import link_to, read, reason, refusal

PLATFORMS = sorted(samples.LINKS)
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("platform", "text", "read_as"),
    [
        ("bluesky", "Naps cure everything.\n\nTry it.", ReadAs.FULL_TEXT),
        ("mastodon", "Naps cure everything.\nTry it.\n\nNow & here", ReadAs.FULL_TEXT),
        ("x", "Naps cure everything.\n\nTry it & see", ReadAs.FULL_TEXT),
        ("tiktok", "Naps cure everything 👀 #naps", ReadAs.CAPTION),
        ("youtube", "How naps cured me", ReadAs.TITLE),
        ("reddit", "Do naps cure everything?", ReadAs.TITLE),
    ],
)
def test_a_link_is_read_with_one_request(serve, platform, text, read_as):
    site = serve(platform, reply(samples.ANSWERS[platform](), content_type="application/json; charset=utf-8"))

    reading = read(platform)

    assert (reading.text, reading.read_as, reading.link) == (text, read_as, link_to(platform))
    assert len(site.requests) == 1
    assert "cookie" not in site.requests[0].headers


@pytest.mark.parametrize("platform", sorted(samples.NEVER))
def test_the_others_are_never_asked(fake_internet, platform):
    link = recognise(samples.NEVER[platform])

    assert not can_read(link)
    with pytest.raises(NotReadable, match=f"We cannot read posts on {link.name} ourselves") as caught:
        read_link(link)
    assert caught.value.reason == Reason.NO_WAY
    assert fake_internet.lookups == []


def test_a_short_link_that_only_its_platform_knows_is_called_so(fake_internet):
    with pytest.raises(NotReadable, match="short link, and only Reddit knows") as caught:
        read_link(recognise("https://www.reddit.com/r/madeup/s/AbCdEf1234"))

    assert caught.value.reason == Reason.SHORT
    assert fake_internet.lookups == []


def test_a_short_link_to_tiktok_is_read_as_it_is(serve):
    site = serve("tiktok", reply(samples.tiktok()))

    assert read_link(recognise("https://vm.tiktok.com/ZMmadeup1/")).text
    assert "vm.tiktok.com" in site.requests[0].target


def test_x_may_send_us_to_its_new_name_and_nobody_anywhere_else(fake_internet, serve):
    serve("x", redirect("https://publish.x.com/oembed?url=1"))
    fake_internet.serve("publish.x.com", reply(samples.x()))
    assert read("x").text

    elsewhere = fake_internet.serve("login.example", reply(samples.tiktok()))
    serve("tiktok", redirect("https://login.example/"))
    assert reason("tiktok") == Reason.REFUSED
    assert elsewhere.requests == []


STATUSES = [
    *((platform, 404, Reason.GONE) for platform in PLATFORMS),
    *((platform, 410, Reason.GONE) for platform in PLATFORMS),
    *((platform, 429, Reason.BUSY) for platform in PLATFORMS),
    *((platform, status, Reason.DOWN) for platform in PLATFORMS for status in (500, 503)),
    *((platform, 418, Reason.REFUSED) for platform in PLATFORMS),
    *((platform, 403, Reason.PRIVATE) for platform in PLATFORMS if platform != "reddit"),
    ("reddit", 403, Reason.REFUSED),
    ("mastodon", 401, Reason.LOGIN),
    ("x", 401, Reason.LOGIN),
    ("youtube", 401, Reason.REFUSED),
    ("bluesky", 400, Reason.GONE),
    ("tiktok", 400, Reason.GONE),
    ("youtube", 400, Reason.GONE),
]


@pytest.mark.parametrize(("platform", "status", "why"), STATUSES)
@pytest.mark.parametrize("content_type", ["application/json", "text/html"])
def test_what_a_status_means(serve, platform, status, why, content_type):
    serve(platform, reply({"error": "made up"}, status=status, content_type=content_type))

    error = refusal(platform)

    assert error.reason == why
    assert "paste" in str(error)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_page_that_asks_people_to_sign_in(serve, platform):
    serve(platform, reply("<h1>Sign in</h1>", content_type="text/html"))

    assert reason(platform) == Reason.LOGIN


@pytest.mark.parametrize(
    "said",
    [
        reply("{not json"),
        reply(b"\xff\xfe\x00"),
        reply("[" * 60_000),
        reply({"title": "x" * 600_000}),
        reply({"title": "x" * 60_000_000}, packed=True),
        reply({"title": "naps \x00"}),
        reply({}),
        b"no HTTP at all\r\n\r\n",
    ],
    ids=["no-json", "no-text", "deep", "huge", "bomb", "nul", "empty", "no-http"],
)
def test_garbage_is_called_so(serve, said):
    serve("tiktok", said)

    error = refusal("tiktok")

    assert error.reason == Reason.GARBLED
    assert str(error).startswith("We could not make sense of what TikTok sent us.")


def test_a_long_post_is_given_whole(serve):
    serve("mastodon", reply(samples.mastodon(f"<p>{'naps ' * 4_000}</p>")))

    assert len(read("mastodon").text) == 19_999


def test_a_host_that_does_not_exist_or_leads_inside_is_not_reached(fake_internet):
    assert reason("mastodon") == Reason.DOWN
    fake_internet.answer("social.example", ["10.0.0.1"])
    assert reason("mastodon") == Reason.DOWN
    assert fake_internet.connections == []


def test_a_slow_host_is_not_waited_for(serve, monkeypatch):
    monkeypatch.setattr(door, "SECONDS", 0.3)

    def drip(request):
        for _ in range(20):
            time.sleep(0.1)
            yield b"H"

    serve("bluesky", drip)

    assert reason("bluesky") == Reason.TOO_SLOW


def test_a_platform_that_is_switched_off_is_not_asked_and_not_answered_from_what_is_kept(serve, admin):
    site = serve("youtube", reply(samples.youtube()))
    assert read("youtube").text

    switch(key="youtube", is_on=False, by=admin)

    assert not can_read(link_to("youtube"))
    assert reason("youtube") == Reason.SWITCHED_OFF
    assert can_read(link_to("reddit"))
    assert len(site.requests) == 1
    switch(key="youtube", is_on=True, by=admin)
    assert read("youtube").text


def test_the_setting_turns_everything_off(fake_internet, settings):
    settings.LINK_READING = False

    for platform in PLATFORMS:
        assert not can_read(link_to(platform))
        assert reason(platform) == Reason.SWITCHED_OFF
    assert fake_internet.lookups == []


def test_asking_whether_it_can_be_read_is_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert can_read(link_to("bluesky"))


def test_the_sentence_says_what_happened_and_what_to_do(fake_internet):
    assert str(refusal("mastodon")) == (
        "We could not reach Mastodon just now. Open the post, copy its words and paste them here."
    )


@pytest.mark.django_db(transaction=True)
def test_nobody_is_asked_inside_a_transaction(fake_internet):
    with transaction.atomic(), pytest.raises(RuntimeError):
        read("bluesky")

    assert fake_internet.lookups == []


@pytest.mark.django_db(transaction=True)
def test_the_database_connection_is_free_for_others_while_we_wait(serve):
    ours, seen = connections["default"], []

    def says(request):
        seen.append(ours.connection)
        return reply(samples.bluesky())

    serve("bluesky", says)

    assert read("bluesky").text
    assert seen == [None]


def test_the_log_names_platform_and_reason_and_no_link(serve, caplog):
    serve("mastodon", reply(status=404))
    with caplog.at_level("INFO", logger="posts.links.reading"):
        reason("mastodon")

    (line,) = caplog.records
    assert (line.getMessage(), line.provider, line.reason) == ("link not readable", "mastodon", "gone")


def test_the_sentences_are_easy_to_read():
    # "it" for the name of the platform, as with the templates.
    sentences = " ".join(str(NotReadable(why, "it")) for why in Reason)

    assert grade(sentences) <= HIGHEST_GRADE
    assert all("paste" in str(NotReadable(why, "it")) or why == Reason.EMPTY for why in Reason)
