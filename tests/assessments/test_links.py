"""Links in the box: recognised by their shape alone, kept with the post, and never made to press.

What is read from a link alone, and how, is in `test_reading_links.py`.
"""

import html
import re
import socket

import pytest
from django.db import connection

from assessments.models import Assessment
from posts.links.platforms import NAMES
from posts.models import Post
from posts.retention import purge
from tests.factories import a_post, a_share_link, an_assessment
from tests.public_forms import WORDS, send

pytestmark = pytest.mark.django_db

LINKS = {
    "tiktok": "https://vm.tiktok.com/ZMexample1/",
    "youtube": "https://youtube.com/shorts/abcdefghijk?si=x",
    "x": "https://x.com/quokka/status/1234567890123456789?s=20",
    "instagram": "https://www.instagram.com/reel/CxExample01/?igsh=x",
    "facebook": "https://www.facebook.com/share/p/1AbCdEfGhI/",
    "threads": "https://www.threads.net/@quokka/post/C8example01",
    "reddit": "https://redd.it/1abcde2",
    "bluesky": "https://bsky.app/profile/quokka.example/post/3kexample2222",
    "mastodon": "https://quokkas.example/@quokka/112233445566778899",
    "tumblr": "https://quokka.tumblr.com/post/123456789012/words",
    "pinterest": "https://pin.it/AbC123xyz",
    "linkedin": "https://lnkd.in/AbC123xyz",
    "snapchat": "https://www.snapchat.com/spotlight/W7_EDlXExample",
}
ADDRESS = "https://www.tiktok.com/@quokka/video/7329968713464073518"
SHOWN = ADDRESS.removeprefix("https://")
WITH_LINK = f"{WORDS}\n{ADDRESS}?_t=tracked&is_from_webapp=1"


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Nothing may be looked up: the database answers on a socket that is no name."""

    def asked(*arguments, **options):
        raise AssertionError("a host was looked up")

    monkeypatch.setattr(socket, "getaddrinfo", asked)


def box_of(page):
    return html.unescape(re.search(r"<textarea[^>]*>\r?\n?(.*?)</textarea>", page, re.DOTALL)[1])


def report_of(client, text=WITH_LINK):
    return client.get(send(client, text)["Location"]).content.decode()


@pytest.mark.parametrize("before", ["", "look at "])
@pytest.mark.parametrize("platform", NAMES)
def test_a_link_that_is_not_read_gets_the_platforms_name_and_steps_and_stays_in_the_box(
    client, published, settings, platform, before
):
    settings.LINK_READING = False
    answer = send(client, before + LINKS[platform])

    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert f"This is a link to {NAMES[platform]}. We cannot read it for you." in page
    assert f"How to copy the words from {NAMES[platform]}" in page
    assert "Open the link, so that you see the post." in page
    assert box_of(answer.content.decode()) == before + LINKS[platform]
    assert f'href="{LINKS[platform]}' not in page
    assert (Post.objects.count(), Assessment.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org/a-page",
        "https://tiktok.com.evil.example/@quokka/video/7329968713464073518",
        "https://www.tiktok.com@evil.example/@quokka/7329968713464073518",
        "https://127.0.0.1/@quokka/7329968713464073518",
        "javascript://www.tiktok.com/%0aalert(1)",
        "https://evil.example/\"><script>alert('1')</script>",
    ],
)
def test_an_address_that_we_do_not_know_is_said_to_be_that(client, published, link):
    answer = send(client, link)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "We do not know this address, so we do not open it." in page
    assert "How to copy the words</strong>" in page
    assert "<script>alert" not in page
    assert box_of(page) == link


@pytest.mark.parametrize("platform", NAMES)
def test_with_words_the_report_says_where_the_post_is_from(client, published, platform):
    page = report_of(client, f"{WORDS} {LINKS[platform]}")

    assert f"Posted on {NAMES[platform]}" in page
    assert f"/reporting-a-post/?country=#{platform}" in re.sub(r"country=\w*", "country=", page)
    assert f'href="{LINKS[platform]}' not in page


def test_the_address_is_kept_without_tracking_and_unreadable_in_the_database(client, published):
    page = report_of(client)

    post = Post.objects.get()
    assert post.source_link == ADDRESS
    assert post.text == WITH_LINK
    with connection.cursor() as cursor:
        cursor.execute("SELECT source_link FROM posts_post")
        assert cursor.fetchone()[0].startswith("gAAAA")
    assert f'<code dir="ltr" translate="no">{SHOWN}</code>' in page
    assert not re.search(r'href="[^"]*tiktok\.com', page)


def test_the_address_goes_with_the_post():
    post = a_post(WITH_LINK)

    assert purge(now=post.expires_at) == 1
    assert not Post.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        WORDS,
        f"{WORDS} https://example.org/page",
        f"{WORDS} {LINKS['tiktok']} {LINKS['reddit']}",
        f"{WORDS} More on https://www.instagram.com/quokka/",
        f"{WORDS} https://tiktok.com.evil.example/@quokka/7329968713464073518",
        f"{WORDS} https://www.tiktok.com@evil.example/@quokka/7329968713464073518",
    ],
)
def test_without_one_link_to_a_post_nothing_is_said(client, published, text):
    page = report_of(client, text)

    assert Post.objects.get().source_link == ""
    assert "Posted on" not in page
    assert "/reporting-a-post/?country=" in page
    assert not re.search(r'/reporting-a-post/[^"]*#', page)


@pytest.mark.parametrize(
    "text", [f"Running cures depression {ADDRESS}", f"今日は疲れた {ADDRESS}", "See https://example.org/ for more"]
)
def test_few_words_beside_a_link_are_still_a_post(client, published, text):
    assert send(client, text).status_code == 302


def test_a_shared_report_hides_the_address_unless_the_words_are_shown(client, published):
    post = an_assessment(WITH_LINK).post

    hidden, shown = (
        client.get(f"/shared/{a_share_link(post, shows_post=shows).key}/").content.decode() for shows in (False, True)
    )

    assert "Posted on TikTok" in hidden
    assert "tiktok.com" not in hidden
    assert f'<code dir="ltr" translate="no">{SHOWN}</code>' in shown
    assert not re.search(r'href="[^"]*tiktok', shown)


def test_the_address_is_not_repeated_where_words_are_hidden(client, published):
    page = report_of(client, f"you deserve to hurt yourself, and all of you can hear it\n{ADDRESS}")

    assert "Some words are hidden" in page
    assert "Posted on TikTok" in page
    assert "<code dir=" not in page


def test_the_card_for_an_appointment_names_the_platform_only(client, published):
    post = an_assessment(WITH_LINK).post

    page = client.get(f"/reports/{post.key}/appointment-card/").content.decode()

    assert "Posted on TikTok" in page
    assert "tiktok.com" not in page


@pytest.mark.parametrize("platform", ["tiktok", "instagram", "x", "reddit", "youtube", "facebook"])
def test_the_part_of_a_platform_can_be_led_to(client, platform):
    assert f'<h3 id="{platform}">' in client.get("/reporting-a-post/").content.decode()
