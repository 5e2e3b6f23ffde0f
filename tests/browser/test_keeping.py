"""Keeping a report: copying its address, sharing, printing, deleting. With script and without."""

import pytest

from tests.browser.test_journeys import EXAMPLES, paste

pytestmark = pytest.mark.django_db(transaction=True)

# What each piece of evidence looks like on paper: its own colour and what is behind it.
NUMBERS_ON_PAPER = """
    [...document.querySelectorAll('.number')].map(number => {
        const style = getComputedStyle(number);
        return [style.color, style.backgroundColor, number.checkVisibility()].join(' ');
    })
"""


def a_report(page):
    paste(page, "Running cures depression, and it works for everybody. But talk to your doctor first.")
    return page.url


def test_the_address_is_copied_and_the_button_says_so(open_page):
    page = open_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    address = a_report(page)

    page.click("text=Copy the address")

    page.get_by_role("status").get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == address


def test_without_script_a_report_is_shared_stopped_and_deleted(open_page):
    page = open_page(javascript=False)
    address = a_report(page)
    assert page.locator("#address").input_value() == address
    assert page.locator("text=Copy the address").count() == page.locator("text=Print").count() == 0

    page.get_by_role("link", name="Make a link to share").click()
    page.click("button:has-text('Make a link')")
    link = page.locator("#link-1").input_value()
    page.goto(link)
    assert "The words of the post are not shown here." in page.inner_text("main")
    page.goto(address + "share/")
    page.click("text=Stop this link")
    assert page.locator("#link-1").count() == 0
    page.goto(link)
    assert page.inner_text("h1") == "This link does not work"
    page.goto(address + "delete/")
    page.click("button:has-text('Delete everything')")

    assert page.inner_text("h1") == "It is deleted"


def test_on_paper_every_number_is_black_on_white_and_nothing_is_folded_away(open_page):
    page = open_page(dark=True)
    a_report(page)
    page.emulate_media(media="print", color_scheme="dark")

    numbers = page.evaluate(NUMBERS_ON_PAPER)

    assert len(numbers) >= 4
    assert set(numbers) == {"rgb(0, 0, 0) rgba(0, 0, 0, 0) true"}
    assert page.locator(".good .number").count() >= 1
    folded = page.locator(".card details > :not(summary)").first
    assert folded.evaluate("piece => piece.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true})")
    assert not page.locator("text=Delete everything now").is_visible()


def test_a_refused_message_moves_the_focus_to_what_is_wrong(open_page):
    page = open_page()
    paste(page, EXAMPLES["running-cured-me"]["text"])
    page.goto(page.url + "flag/")
    page.click("button:has-text('Send')")
    page.wait_for_selector(".summary")

    assert page.evaluate("document.activeElement.id") == "error-summary"
