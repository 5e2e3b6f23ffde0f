"""From a link to a report: what is read, what is said when it cannot be, and what the report says about it."""

import re
import threading

import pytest

from assessments.assessing import run_assessment
from posts import link_reading
from posts.intake import submit_post
from posts.links import door
from posts.models import LinkReading, Post, ReadAs, ReadingState
from tests.factories import a_review, a_share_link
from tests.fake_internet import reply
from tests.platforms_that_answer import (
    AUTHOR,
    BLUESKY,
    BLUESKY_HOST,
    INSTAGRAM,
    TIKTOK,
    YOUTUBE,
    bluesky_says,
    oembed_says,
)
from tests.public_forms import WORDS, box_of, send, text_of

pytestmark = pytest.mark.django_db

ASKED_FOR_WORDS = "copy its words and paste them here"


@pytest.fixture
def bluesky(fake_internet):
    """Bluesky, with one public post on it."""
    return fake_internet.serve(BLUESKY_HOST, bluesky_says())


def not_checked_of(page):
    return page.partition('id="not-checked"')[2].partition("</section>")[0]


def test_without_script_the_link_is_read_in_the_request_and_leads_to_the_report(client, published, bluesky):
    answer = send(client, f"look at {BLUESKY}?ref=tracked", country="IE")

    post = Post.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/reports/{post.key}/")
    assert (post.text, post.author_line, post.country) == (WORDS, AUTHOR, "IE")
    assert (post.source_link, post.read_as) == (BLUESKY, ReadAs.FULL_TEXT)
    page = text_of(client.get(answer["Location"]))
    assert "Posted on Bluesky" in page
    assert "We could read" not in page
    assert len(bluesky.requests) == 1


def test_what_the_person_says_about_the_author_wins(client, published, bluesky):
    send(client, BLUESKY, author_line="a life coach")

    assert Post.objects.get().author_line == "a life coach"


@pytest.mark.parametrize(
    ("host", "says", "link", "reason"),
    [
        (BLUESKY_HOST, bluesky_says(labels=["!no-unauthenticated"]), BLUESKY, "This post is not open to everybody"),
        ("www.tiktok.com", reply({"code": 400}, status=400), TIKTOK, "We could not find this post."),
        ("www.tiktok.com", reply(status=503), TIKTOK, "We could not reach TikTok just now."),
        (BLUESKY_HOST, bluesky_says(""), BLUESKY, "We found no words in this post."),
        (BLUESKY_HOST, bluesky_says("🌈🌈"), BLUESKY, "We found no words in this post."),
        (BLUESKY_HOST, bluesky_says("https://example.org/elsewhere"), BLUESKY, "We found no words in this post."),
        (BLUESKY_HOST, bluesky_says("word " * 2500), BLUESKY, "it has 12,499 characters and we can read 10,000"),
    ],
)
def test_a_link_that_cannot_be_read_stays_in_the_box_with_the_reason(
    client, published, fake_internet, host, says, link, reason
):
    fake_internet.serve(host, says)

    answer = send(client, f"look at {link}", author_line="a life coach", country="IE")
    page = client.get(answer["Location"])

    assert reason in text_of(page)
    assert "<title>Error:" in text_of(page)
    assert "Open the link, so that you see the post." in text_of(page)
    assert box_of(page) == f"look at {link}"
    assert 'value="a life coach"' in text_of(page)
    assert '<option value="IE" selected>' in text_of(page)
    assert not Post.objects.exists()


def test_after_a_failure_the_words_can_be_pasted_from_the_same_page(client, published, fake_internet):
    fake_internet.serve(BLUESKY_HOST, reply(status=404))
    page = client.get(send(client, BLUESKY)["Location"]).content.decode()
    submission = re.search(r'name="submission" value="([^"]+)"', page)[1]

    answer = send(client, f"{WORDS}\n{BLUESKY}", submission=submission)

    assert answer["Location"].startswith("/reports/")
    assert (Post.objects.get().source_link, Post.objects.get().read_as) == (BLUESKY, ReadAs.TYPED)


@pytest.mark.parametrize("link", [INSTAGRAM, "https://example.org/a-page", f"{BLUESKY} {TIKTOK}"])
def test_what_is_never_asked_is_not_looked_up(client, published, fake_internet, link):
    answer = send(client, link, script="1")

    assert answer.status_code == 422
    assert ASKED_FOR_WORDS in text_of(answer) or "and paste it here" in text_of(answer)
    assert box_of(answer) == link
    assert (fake_internet.lookups, LinkReading.objects.count()) == ([], 0)


def test_an_unexpected_error_is_a_sentence_too(client, published, fake_internet, caplog):
    def broken(host):
        raise RuntimeError(WORDS)

    fake_internet.answer(BLUESKY_HOST, lambda: broken(BLUESKY_HOST))
    page = client.get(send(client, BLUESKY)["Location"])

    assert "Something went wrong on our side" in text_of(page)
    assert box_of(page) == BLUESKY
    assert "reading a link failed" in caplog.text
    assert LinkReading.objects.get().state == ReadingState.FAILED


def test_when_all_places_are_taken_it_is_said_and_nobody_is_asked(client, published, bluesky, monkeypatch):
    monkeypatch.setattr(link_reading, "PLACES", threading.BoundedSemaphore(1))
    monkeypatch.setattr("assessments.views.paste.PATIENCE", 0)

    with link_reading.PLACES:
        answer = send(client, BLUESKY)

    assert answer.status_code == 503
    assert "We are reading many links right now." in text_of(answer)
    assert box_of(answer) == BLUESKY
    assert bluesky.requests == []
    assert send(client, BLUESKY)["Location"].startswith("/reports/")


def test_links_are_counted_like_posts(client, published, bluesky, settings):
    settings.RATE_LIMIT_PER_ADDRESS = 1
    send(client, BLUESKY)

    answer = send(client, TIKTOK)

    assert (answer.status_code, box_of(answer)) == (429, TIKTOK)


def test_a_platform_that_says_nothing_ends_in_a_sentence(client, published, fake_internet, monkeypatch):
    monkeypatch.setattr(door, "SECONDS", 0.3)
    ended = threading.Event()
    fake_internet.serve_raw("www.tiktok.com", lambda visitor: ended.wait())

    page = client.get(send(client, TIKTOK)["Location"])
    ended.set()

    assert "TikTok took too long to answer." in text_of(page)
    assert box_of(page) == TIKTOK


@pytest.mark.parametrize(
    ("host", "link", "sentence"),
    [
        ("www.tiktok.com", TIKTOK, "We could read the caption, not what is said or shown in the video or picture."),
        ("www.youtube.com", YOUTUBE, "We could read only the title, not the post itself or what is said in the video."),
    ],
)
def test_the_report_says_what_was_not_read(client, published, fake_internet, host, link, sentence):
    fake_internet.serve(host, oembed_says())

    page = text_of(client.get(send(client, link)["Location"]))

    typed = text_of(client.get(send(client, WORDS)["Location"]))
    assert sentence in not_checked_of(page)
    assert sentence not in typed
    number, before = (int(re.search(r"We could not check (\d+)", text)[1]) for text in (page, typed))
    assert number == before + 1


@pytest.mark.parametrize("shows_post", [True, False])
def test_a_shared_report_says_it_too(client, published, fake_internet, shows_post):
    fake_internet.serve("www.tiktok.com", oembed_says())
    send(client, TIKTOK)

    page = text_of(client.get(f"/shared/{a_share_link(Post.objects.get(), shows_post=shows_post).key}/"))

    assert "We could read the caption" in not_checked_of(page)


def test_words_from_a_picture_are_said_to_be_that(client, published):
    post = submit_post(text=WORDS, submission="one", read_as=ReadAs.SCREENSHOT)
    run_assessment(post=post)

    page = text_of(client.get(f"/reports/{post.key}/"))

    assert "The words were read from a picture. Check that they are right." in not_checked_of(page)


def test_what_was_not_read_is_still_said_after_a_correction(client, published, moderator):
    post = submit_post(text=WORDS, submission="one", read_as=ReadAs.TITLE)
    a_review(run_assessment(post=post), by=moderator, decision="corrected", level_after="read-with-care")

    assert "We could read only the title" in not_checked_of(text_of(client.get(f"/reports/{post.key}/")))
