"""The way of a link in a real browser, against platforms of our own: read, not to be read, and silent."""

import threading

import pytest

from posts import link_reading
from posts.links import door
from posts.models import Post
from tests.browser.conftest import WIDTHS
from tests.platforms_that_answer import BLUESKY, BLUESKY_HOST, TIKTOK, bluesky_says, oembed_says
from tests.public_forms import WORDS

pytestmark = pytest.mark.django_db(transaction=True)

BOTH_WAYS = pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])


def paste_link(page, link):
    page.fill("textarea", link)
    page.click("button[type=submit]")


@pytest.fixture
def hung_tiktok(fake_internet):
    """TikTok, which takes the question and keeps silent until `let_go` is set."""
    let_go = threading.Event()
    site = fake_internet.serve("www.tiktok.com", lambda request: (let_go.wait(), oembed_says())[1])
    site.let_go = let_go
    yield site
    let_go.set()


@BOTH_WAYS
def test_a_link_becomes_a_report(open_page, fake_internet, javascript):
    fake_internet.serve(BLUESKY_HOST, bluesky_says())
    page = open_page(javascript=javascript)

    paste_link(page, BLUESKY)

    page.wait_for_url("**/reports/**")
    assert page.get_by_text("Posted on Bluesky").is_visible()
    assert page.locator(".post", has_text="run every morning").is_visible()
    assert Post.objects.get().text == WORDS
    page.go_back()
    assert page.get_by_role("heading", name="Check a post about mental health").is_visible()


@BOTH_WAYS
def test_a_private_post_leads_back_to_the_form_with_its_link(open_page, fake_internet, javascript):
    fake_internet.serve(BLUESKY_HOST, bluesky_says(labels=["!no-unauthenticated"]))
    page = open_page(javascript=javascript)

    paste_link(page, BLUESKY)

    page.locator("#error-summary").wait_for()
    assert "This post is not open to everybody" in page.locator("#error-summary").inner_text()
    assert page.input_value("textarea") == BLUESKY
    assert page.get_by_text("How to copy the words from Bluesky").is_visible()

    page.fill("textarea", f"{WORDS}\n{BLUESKY}")
    page.click("button[type=submit]")
    page.wait_for_url("**/reports/**")


@BOTH_WAYS
def test_a_platform_that_hangs_ends_in_a_sentence(open_page, hung_tiktok, monkeypatch, javascript):
    monkeypatch.setattr(door, "SECONDS", 1)
    page = open_page(javascript=javascript)

    paste_link(page, TIKTOK)

    page.get_by_role("link", name="TikTok took too long to answer.").wait_for()
    assert page.input_value("textarea") == TIKTOK


def test_while_a_platform_hangs_help_is_there_and_who_stops_goes_on_with_the_words(
    open_page, hung_tiktok, check_accessibility
):
    page = open_page()
    paste_link(page, TIKTOK)
    page.wait_for_url("**/reading/**")

    assert page.get_by_role("heading", name="Reading the post…").is_visible()
    assert page.locator("a[href^='tel:']").first.is_visible()
    assert check_accessibility(page) == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") == width
    page.get_by_role("button", name="Stop, and paste the words instead").click()

    page.get_by_text("How to copy the words from TikTok").wait_for()
    assert page.input_value("textarea") == TIKTOK
    hung_tiktok.let_go.set()
    page.fill("textarea", WORDS)
    page.click("button[type=submit]")
    page.wait_for_url("**/reports/**")
    assert Post.objects.get().text == WORDS


def test_a_reload_and_a_second_tab_end_at_the_same_report(open_page, hung_tiktok):
    page = open_page()
    paste_link(page, TIKTOK)
    page.wait_for_url("**/reading/**")
    tab = page.context.new_page()
    tab.goto(page.url)
    page.reload()
    hung_tiktok.let_go.set()

    page.wait_for_url("**/reports/**")
    tab.wait_for_url("**/reports/**")
    assert tab.url == page.url
    assert len(hung_tiktok.requests) == 1
    Post.objects.get()


def test_others_are_served_while_two_links_hang(open_page, hung_tiktok, monkeypatch):
    monkeypatch.setattr(link_reading, "PLACES", threading.BoundedSemaphore(2))
    for number in range(3):
        waiting = open_page()
        paste_link(waiting, TIKTOK[:-1] + str(number))
        waiting.wait_for_url("**/reading/**")
    page = open_page()
    page.fill("textarea", WORDS)
    page.click("button[type=submit]")

    page.wait_for_url("**/reports/**")
    assert len(hung_tiktok.requests) <= 2
    hung_tiktok.let_go.set()
    waiting.wait_for_url("**/reports/**")


def test_the_waiting_page_takes_few_requests(open_page, hung_tiktok, live_server):
    page = open_page()
    paste_link(page, TIKTOK)
    page.wait_for_url("**/reading/**")
    asked = []
    new = page.context.new_page()
    new.on("request", lambda request: asked.append((request.method, request.url.removeprefix(live_server.url))))
    new.goto(page.url)
    new.locator("form[data-htmx-powered]").wait_for()

    assert len([address for method, address in asked if method == "GET"]) <= 5
