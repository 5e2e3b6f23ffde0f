"""axe on every page and state, light and dark, on a small phone, a phone and a desk: no violations."""

import pytest

from tests.browser.conftest import WIDTHS
from tests.browser.test_for_you import ask
from tests.browser.test_journeys import EXAMPLES, paste

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = {
    "paste": "/",
    "help": "/help/?country=GB",
    "help-anywhere": "/help/?country=INT",
    "method": "/how-it-works/",
    "own-words": "/own-words/?country=GB",
    "a-friend": "/a-friend/?country=INT",
    "reporting": "/reporting-a-post/?country=GB",
    "not-found": "/reports/nothing-here/",
}
REPORTS = ("registered-psychologist", "running-cured-me", "bin-your-antidepressants", "disclosure", "birthday")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_pages_have_no_violations(open_page, check_accessibility, width, dark):
    found = {}
    for name, path in PAGES.items():
        page = open_page(path, width=width, dark=dark)
        page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
        found[name] = check_accessibility(page)

    assert found == {name: [] for name in PAGES}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_reports_have_no_violations(open_page, check_accessibility, width, dark):
    found = {}
    for key in REPORTS:
        page = open_page(width=width, dark=dark)
        paste(page, EXAMPLES[key]["text"], EXAMPLES[key]["author_line"])
        page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
        found[key] = check_accessibility(page)

    assert found == {key: [] for key in REPORTS}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_for_the_reader_alone_has_no_violations(open_page, check_accessibility, width, dark):
    page = open_page(width=width, dark=dark)
    paste(page, EXAMPLES["bin-your-antidepressants"]["text"])
    report, found = page.url, {}
    for name, answer in {"advice": "F4-action", "not-safe": "F6-safe"}.items():
        ask(page, {"F1-feel": "worse", answer: "no"})
        found[name] = check_accessibility(page)
    page.goto(f"{report}appointment-card/")
    found["card"] = check_accessibility(page)

    assert found == {"advice": [], "not-safe": [], "card": []}


def test_a_refused_form_has_no_violations(open_page, check_accessibility):
    page = open_page()
    page.click("button[type=submit]")

    assert check_accessibility(page) == []


def test_axe_would_find_a_fault(open_page, check_accessibility):
    """The control: an image without words must be reported, or the tests above prove nothing."""
    page = open_page()
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")

    assert any("image-alt" in violation for violation in check_accessibility(page))
