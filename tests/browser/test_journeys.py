"""A person with a phone: pastes a post, reads the report, finds help. With JavaScript and without."""

from pathlib import Path
from urllib.parse import urljoin

import pytest
import yaml

from tests.browser.conftest import WIDTHS

pytestmark = pytest.mark.django_db(transaction=True)

EXAMPLES = yaml.safe_load((Path(__file__).parent.parent / "assessments" / "worked_examples.yaml").read_text())
EXAMPLES = {example["key"]: example for example in EXAMPLES["worked_examples"]}
LEVELS = {
    "helpful-signs": "Good signs",
    "read-with-care": "Read with care",
    "check-first": "Check before you trust it",
    "do-not-rely": "Do not rely on this",
}


def paste(page, text, author_line=""):
    page.fill("textarea", text)
    if author_line:
        page.click("summary")
        page.fill("input[name=author_line]", author_line)
    page.click("button[type=submit]")
    page.wait_for_url("**/reports/**")


def level_shown(page):
    """The level's own words; under the crisis panel they are folded, and one tap opens them."""
    banner = page.locator(".banner")
    if banner.evaluate("banner => banner.matches('details')"):
        banner.locator("summary").click()
    return banner.locator("h2").inner_text()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_each_worked_example_gets_its_level(open_page, javascript):
    seen = {}
    for key, example in EXAMPLES.items():
        page = open_page(javascript=javascript)
        paste(page, example["text"], example["author_line"])
        first = page.locator("main > :first-child").inner_text()
        shown = level_shown(page) if javascript else page.locator(".banner h2").text_content()
        seen[key] = (shown, first.startswith("Help first"))

    assert seen == {key: (LEVELS[e["level"]], e["crisis"]) for key, e in EXAMPLES.items()}


def test_help_comes_first_and_can_be_tapped(open_page):
    page = open_page()

    paste(page, EXAMPLES["disclosure"]["text"])

    panel = page.locator("main > :first-child")
    calls = [link.get_attribute("href") for link in panel.locator("a[href^='tel:']").all()]
    assert "tel:999" in calls
    assert panel.bounding_box()["y"] < 844, "help must be on the first screen"


def test_the_button_is_above_the_fold_on_a_phone(open_page):
    page = open_page(width=390)

    box = page.locator("button[type=submit]").bounding_box()

    assert box["y"] + box["height"] <= 844


def test_an_empty_form_says_so_moves_the_focus_and_keeps_what_was_typed(open_page):
    page = open_page()
    page.click("summary")
    page.fill("input[name=author_line]", "Sam Example, life coach")
    page.click("button[type=submit]")

    summary = page.locator("[role=alert]")
    assert summary.locator("a").count() == 1
    assert page.evaluate("document.activeElement === document.querySelector('[role=alert]')")
    assert page.input_value("input[name=author_line]") == "Sam Example, life coach"
    assert page.title().startswith("Error: ")


def test_a_number_in_the_post_leads_to_its_note_and_back(open_page):
    page = open_page()
    paste(page, EXAMPLES["running-cured-me"]["text"])

    mark = page.locator("mark").first
    target = mark.locator("a").first.get_attribute("href")
    assert page.locator(target).count() == 1
    back = page.locator(f"{target} .quotes a").first.get_attribute("href")
    assert page.locator(back).count() == 1


def test_words_of_harm_are_not_echoed(open_page):
    page = open_page()

    paste(page, EXAMPLES["encouragement"]["text"])

    assert "kys" not in page.content()


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_sticks_out_sideways(open_page, width):
    page = open_page(width=width)
    widths = {}
    ways = {"help": "/help/?country=GB", "method": "/how-it-works/", "own-words": "/own-words/"}
    ways |= {"a-friend": "/a-friend/", "reporting": "/reporting-a-post/"}
    for name in ("paste", "report", *ways):
        if name == "report":
            paste(page, "a" * 300 + " https://example.org/" + "b" * 300 + " Running cures your depression")
        elif name != "paste":
            page.goto(urljoin(page.url, ways[name]))
            page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
        widths[name] = page.evaluate("document.documentElement.scrollWidth")

    assert widths == dict.fromkeys(widths, width)


def test_keyboard_alone_is_enough(open_page):
    page = open_page()
    page.locator("body").press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "TEXTAREA":
            break
    page.keyboard.type(EXAMPLES["bin-your-antidepressants"]["text"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/**")

    assert level_shown(page) == "Do not rely on this"


def test_the_country_can_be_changed_without_javascript(open_page):
    page = open_page("/help/", javascript=False, locale="en-US")
    assert "988" in page.inner_text("main")

    page.select_option("select[name=country]", "IE")
    page.click("main button[type=submit]")

    assert page.locator("select[name=country]").input_value() == "IE"
    assert "country=IE" in page.url
