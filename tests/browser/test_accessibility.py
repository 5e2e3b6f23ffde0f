"""axe on every page and state, light and dark, on a small phone, a phone and a desk: no violations."""

import pytest

from tests.browser.conftest import WIDTHS
from tests.browser.test_journeys import EXAMPLES, paste

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = {
    "paste": "/",
    "help": "/help/?country=GB",
    "help-anywhere": "/help/?country=INT",
    "method": "/how-it-works/",
    "sources": "/how-it-works/sources/",
    "versions": "/how-it-works/versions/",
    "leaving": "/leave/about/",
    "install": "/put-it-on-your-phone/",
    "not-found": "/reports/nothing-here/",
}
REPORTS = ("registered-psychologist", "running-cured-me", "bin-your-antidepressants", "disclosure", "birthday")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_pages_have_no_violations(open_page, check_accessibility, width, dark):
    found = {}
    for name, path in PAGES.items():
        page = open_page(path, width=width, dark=dark)
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


def test_a_refused_form_has_no_violations(open_page, check_accessibility):
    page = open_page()
    page.click("button[type=submit]")

    assert check_accessibility(page) == []


def test_axe_would_find_a_fault(open_page, check_accessibility):
    """The control: an image without words must be reported, or the tests above prove nothing."""
    page = open_page()
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")

    assert any("image-alt" in violation for violation in check_accessibility(page))
