"""What each platform is asked, and what its answers mean. No network: the modules are data and functions."""

from urllib.parse import parse_qs, urlsplit

import pytest

from posts.links import recognise
from posts.links.not_readable import NotReadable, Reason
from posts.links.providers import PROVIDERS
from tests.posts.links import samples


def words(platform, answer, link=None):
    return PROVIDERS[platform].words(answer, recognise(link or samples.LINKS[platform]))


def reason(platform, answer):
    with pytest.raises(NotReadable) as caught:
        words(platform, answer)
    return caught.value.reason


@pytest.mark.parametrize(
    ("link", "path", "asked"),
    [
        (
            "https://bsky.app/profile/did:plc:madeup/post/3kmadeup22222",
            "/xrpc/app.bsky.feed.getPostThread",
            "at://did:plc:madeup/app.bsky.feed.post/3kmadeup22222",
        ),
        (
            "https://m.tiktok.com/v/7000000000000000001.html",
            "/oembed",
            "https://www.tiktok.com/@i/video/7000000000000000001",
        ),
        ("https://vm.tiktok.com/ZMmadeup1/", "/oembed", "https://vm.tiktok.com/ZMmadeup1/"),
        ("https://youtu.be/madeupvideo?si=tracker", "/oembed", "https://www.youtube.com/watch?v=madeupvideo"),
        ("https://youtube.com/shorts/madeupvideo", "/oembed", "https://www.youtube.com/shorts/madeupvideo"),
        ("https://twitter.com/i/web/status/10000000001?s=20", "/oembed", "https://x.com/i/status/10000000001"),
        ("https://redd.it/1madeup", "/oembed", "https://www.reddit.com/comments/1madeup/"),
    ],
)
def test_what_is_asked_carries_the_clean_link_and_no_tracking(link, path, asked):
    link = recognise(link)
    address = urlsplit(PROVIDERS[link.platform].address(link))
    about = parse_qs(address.query)

    assert (address.scheme, address.path) == ("https", path)
    assert address.hostname in PROVIDERS[link.platform].HOSTS
    assert about.get("url", about.get("uri")) == [asked]


def test_a_mastodon_server_is_asked_about_one_post_and_nothing_else():
    link = recognise("https://social.example/@made_up@elsewhere.example/112233445566778899?x=1")

    assert PROVIDERS["mastodon"].address(link) == "https://social.example/api/v1/statuses/112233445566778899"


@pytest.mark.parametrize(
    "link",
    [
        "https://t.co/AbCdEf1234",
        "https://www.reddit.com/r/madeup/s/AbCdEf1234",
        "https://go.bsky.app/AbCdEf1",
        "https://www.youtube.com/clip/UgkxMadeUpMadeUp",
        "https://www.youtube.com/post/UgkxMadeUpMadeUp",
        "https://x.com/made_up",
        "https://www.tiktok.com/@made.up",
        "https://bsky.app/profile/made-up.bsky.social",
    ],
)
def test_where_there_is_no_documented_way_nothing_is_asked(link):
    link = recognise(link)

    assert PROVIDERS[link.platform].address(link) is None


@pytest.mark.parametrize(
    ("platform", "text", "author"),
    [
        ("bluesky", "Naps cure everything.\n\nTry it.", "Made Up"),
        ("mastodon", "Naps cure everything.\nTry it.\n\nNow & here", "Made Up"),
        ("x", "Naps cure everything.\n\nTry it & see", "Made Up"),
        ("tiktok", "Naps cure everything 👀 #naps", "Made Up Person"),
        ("youtube", "How naps cured me", "Made Up Channel"),
        ("reddit", "Do naps cure everything?", ""),
    ],
)
def test_the_words_and_the_name_as_given(platform, text, author):
    found = words(platform, samples.ANSWERS[platform]())

    assert (found.text, found.author_line) == (text, author)


@pytest.mark.parametrize("name", ["made.up", "@made.up", "MADE.UP", "", "x" * 301, "half \x00"])
def test_a_handle_is_no_name_and_neither_is_what_cannot_be_one(name):
    assert words("tiktok", samples.tiktok(name=name)).author_line == ""


@pytest.mark.parametrize("where", ["author_labels", "labels"])
def test_bluesky_authors_who_want_readers_to_be_signed_in_are_heeded(where):
    assert reason("bluesky", samples.bluesky(**{where: ["!no-unauthenticated"]})) == Reason.PRIVATE
    assert words("bluesky", samples.bluesky(**{where: ["porn"]})).text


@pytest.mark.parametrize(
    ("kind", "why"),
    [("notFoundPost", Reason.GONE), ("blockedPost", Reason.PRIVATE), ("somethingNew", Reason.GARBLED)],
)
def test_bluesky_says_in_the_answer_that_there_is_no_post(kind, why):
    assert reason("bluesky", samples.bluesky_without(kind)) == why


@pytest.mark.parametrize(
    ("visibility", "why"),
    [("public", None), ("unlisted", None), ("private", Reason.PRIVATE), ("direct", Reason.PRIVATE)],
)
def test_on_mastodon_only_posts_for_everybody_are_read(visibility, why):
    answer = samples.mastodon(visibility=visibility)

    assert (reason("mastodon", answer) if why else None) == why
    assert why or words("mastodon", answer).text


def test_a_content_warning_comes_first():
    found = words("mastodon", samples.mastodon("<p>Naps.</p>", spoiler_text="about sleep"))

    assert found.text == "about sleep\n\nNaps."


def test_a_mastodon_author_is_known_by_what_their_profile_says():
    account = {"acct": "made_up", "display_name": "Made Up", "note": "<p>Sleep coach.<br>No doctor</p>"}

    assert words("mastodon", samples.mastodon(account=account)).author_line == "Made Up. Sleep coach. No doctor"
    account["note"] = "<p>" + "long " * 100 + "</p>"
    assert words("mastodon", samples.mastodon(account=account)).author_line == "Made Up"


def test_another_post_than_the_one_asked_for_is_not_believed():
    assert reason("mastodon", samples.mastodon(id="112233445566778800")) == Reason.GARBLED


def test_an_address_of_a_picture_is_not_part_of_what_a_post_says():
    links = '<a href="https://t.co/a1">https://t.co/a1</a> <a href="https://t.co/b2">pic.twitter.com/b2</a>'

    assert words("x", samples.x(f"Naps cure everything {links}")).text == "Naps cure everything"
    assert reason("x", samples.x(links)) == Reason.EMPTY


def test_a_post_that_x_cuts_is_not_passed_off_as_the_whole():
    assert reason("x", samples.x("Naps cure. " * 25 + "…")) == Reason.CUT
    assert words("x", samples.x("So tired…")).text == "So tired…"


def test_script_in_an_answer_never_becomes_words():
    text = words("x", samples.x("Naps<script>alert(1)</script> cure<img src=x onerror=alert(1)> all &lt;3")).text

    assert text == "Naps cure all <3"


@pytest.mark.parametrize("platform", sorted(PROVIDERS))
@pytest.mark.parametrize("answer", [None, [], "words", 7, {}, {"title": None, "html": 5, "thread": [], "id": {}}])
def test_an_answer_in_another_shape_is_garbled_and_breaks_nothing(platform, answer):
    assert reason(platform, answer) == Reason.GARBLED


@pytest.mark.parametrize(
    ("platform", "answer"),
    [
        ("bluesky", samples.bluesky(" \n")),
        ("mastodon", samples.mastodon("<p> </p>", spoiler_text="about sleep")),
        ("x", samples.x("")),
        ("tiktok", samples.tiktok("")),
        ("youtube", samples.youtube(" ")),
        ("reddit", samples.reddit("")),
    ],
)
def test_a_post_without_words_is_empty(platform, answer):
    assert reason(platform, answer) == Reason.EMPTY


def test_what_no_database_can_hold_is_garbled():
    assert reason("tiktok", samples.tiktok("naps \x00")) == Reason.GARBLED
    assert reason("tiktok", samples.tiktok("naps \ud83d")) == Reason.GARBLED
