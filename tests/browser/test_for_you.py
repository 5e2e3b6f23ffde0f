"""A reader answers the private questions, finds the ways out and prints a page: with JavaScript and without."""

import re

import pytest

from tests.browser.test_journeys import EXAMPLES, paste

pytestmark = pytest.mark.django_db(transaction=True)

POST = EXAMPLES["bin-your-antidepressants"]["text"]


def ask(page, answers):
    """Answer the private questions of the report that is open, and wait for what comes back."""
    if page.locator("#for-you ~ details").get_attribute("open") is None:
        page.click("#for-you ~ details summary")
    # Fetched when the questions are opened; who is faster than it sends the form as without script.
    page.locator("form[data-htmx-powered]").wait_for()
    for question, answer in answers.items():
        page.check(f"input[name='{question}'][value='{answer}']")
    with page.expect_response("**/for-you/**"):
        page.click("text=Show advice for me")
    page.locator("h2:focus").wait_for()


def test_with_script_advice_comes_where_it_was_asked_for_and_the_page_stays(open_page):
    page = open_page()
    paste(page, POST)
    report = page.url

    ask(page, {"F1-feel": "worse", "F4-action": "yes"})

    assert page.locator("h2:focus").inner_text() == "For you, from your answers"
    assert "before you change anything" in page.inner_text("#for-you-advice")
    assert page.url == report


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_who_is_not_safe_sees_help_at_the_top(open_page, javascript):
    page = open_page(javascript=javascript)
    paste(page, POST)

    page.click("#for-you ~ details summary")
    page.check("input[name='F6-safe'][value='no']")
    page.click("text=Show advice for me")

    help_first = page.locator("main > :first-child")
    help_first.get_by_text("Thank you for telling us.").wait_for()
    assert help_first.inner_text().startswith("Help first")
    assert help_first.locator("a[href='tel:999']").count() == 1
    assert "F6" not in page.url
    assert page.locator("main .panel").count() == page.locator("main h1").count() == 1
    if javascript:
        assert page.locator("h2:focus").inner_text() == "Help first"


def test_the_appointment_card_is_one_printed_page(open_page):
    page = open_page()
    posts = [EXAMPLES[key]["text"] for key in ("bin-your-antidepressants", "running-cured-me", "five-signs")]
    paste(page, " ".join([*posts, EXAMPLES["encouragement"]["text"]]))
    page.goto(f"{page.url}appointment-card/")
    assert page.locator(".sheet li").count() > 12, "hardly anything was found: this test would pass for nothing"

    printed = page.pdf(format="A4")

    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
