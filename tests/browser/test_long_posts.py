"""A long post on a phone: it is folded around what was found, without script, and whole on paper. Hidden words wait."""

import pytest

from tests.browser.test_journeys import EXAMPLES, paste

pytestmark = pytest.mark.django_db(transaction=True)

WALK = "We went to the lake with the dog and had a very good day in the sun. The water was cold. "
POST = f"{WALK * 12}The zebrafinch sang. {WALK * 12}{EXAMPLES['running-cured-me']['text']}\n\n{WALK * 8}"


def test_far_words_are_folded_and_open_without_script_and_on_paper(open_page):
    page = open_page(javascript=False)
    paste(page, POST)
    finch = page.locator(".post .fold").filter(has_text="zebrafinch")

    assert "zebrafinch" not in page.locator(".post").inner_text()
    for link in page.locator(".quotes a").all():
        assert page.locator(link.get_attribute("href")).is_visible()
    page.emulate_media(media="print")
    assert "zebrafinch" in page.locator(".post").inner_text()
    assert finch.locator("summary").is_hidden()
    page.emulate_media(media="screen")
    finch.locator("summary").click()
    assert "zebrafinch" in page.locator(".post").inner_text()


def test_folds_and_asked_for_words_are_accessible_and_words_are_not_printed(open_page, check_accessibility):
    page = open_page()
    paste(page, f"{EXAMPLES['encouragement']['text']} {WALK * 30}")
    assert check_accessibility(page) == []

    page.click("text=Show the hidden words")
    page.click("text=Show them in the post")

    page.wait_for_url("**hidden=shown#the-post")
    asked_for = page.locator(".asked-for").first
    words = asked_for.inner_text()
    assert asked_for.is_visible()
    assert check_accessibility(page) == []
    page.emulate_media(media="print")
    assert words not in page.locator("main").inner_text()
    page.emulate_media(media="screen")
    page.click("text=Hide them again")
    page.locator(".hidden-words").first.wait_for()
    assert page.locator(".asked-for").count() == 0
