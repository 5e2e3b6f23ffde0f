"""axe on every page and state, light and dark, on a small phone, a phone and a desk: no violations.

The layout has one step between a phone and a desk, at 40 rem: so every rule is asked at 320 and at 1280 pixels. The
dark colours change colours alone: so there only the rules about colours are asked.
"""

from urllib.parse import urljoin

import pytest

from assessments import publishing
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
    "sources": "/how-it-works/sources/",
    "versions": "/how-it-works/versions/",
    "leaving": "/leave/about/",
    "install": "/put-it-on-your-phone/",
    "not-found": "/reports/nothing-here/",
}
REPORTS = ("registered-psychologist", "running-cured-me", "bin-your-antidepressants", "disclosure", "birthday")
SCREENS = [(320, "light"), (390, "dark"), (1280, "light")]


@pytest.fixture
def violations_by_screen(check_accessibility):
    """A function that shows a page on every screen, one after the other, and returns what axe finds wrong on each."""

    def found(page):
        by_screen = {}
        for width, colours in SCREENS:
            page.set_viewport_size({"width": width, "height": 844})
            page.emulate_media(color_scheme=colours)
            # The control of this loop: the page is as wide and as dark as is said.
            assert page.evaluate("[innerWidth, matchMedia('(prefers-color-scheme: dark)').matches]") == [
                width,
                colours == "dark",
            ]
            by_screen[width, colours] = check_accessibility(page, only_colours=colours == "dark")
        return by_screen

    return found


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_page_has_no_violations(open_page, violations_by_screen, path):
    page = open_page(path)
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")

    assert violations_by_screen(page) == {screen: [] for screen in SCREENS}


@pytest.mark.parametrize("key", REPORTS)
def test_a_report_has_no_violations(open_page, violations_by_screen, key):
    page = open_page()
    paste(page, EXAMPLES[key]["text"], EXAMPLES[key]["author_line"])
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")

    assert violations_by_screen(page) == {screen: [] for screen in SCREENS}


def test_what_is_for_the_reader_alone_has_no_violations(open_page, violations_by_screen):
    page = open_page()
    paste(page, EXAMPLES["bin-your-antidepressants"]["text"])
    report, found = page.url, {}
    for name, answer in {"advice": "F4-action", "not-safe": "F6-safe"}.items():
        ask(page, {"F1-feel": "worse", answer: "no"})
        found[name] = violations_by_screen(page)
    page.goto(f"{report}appointment-card/")
    found["card"] = violations_by_screen(page)

    assert found == {key: {screen: [] for screen in SCREENS} for key in ("advice", "not-safe", "card")}


def test_what_the_owner_of_a_report_can_do_has_no_violations(open_page, violations_by_screen):
    page = open_page()
    paste(page, EXAMPLES["encouragement"]["text"])
    report, found = page.url, {}
    page.goto(f"{report}?hidden=shown")
    found["hidden words shown"] = violations_by_screen(page)
    page.goto(f"{report}share/")
    page.check("input[name=shows_post]")
    page.click("button:has-text('Make a link')")
    found["share"] = violations_by_screen(page)
    page.goto(page.locator("#link-1").input_value())
    found["shared"] = violations_by_screen(page)
    page.goto(f"{report}flag/")
    page.click("button:has-text('Send')")
    found["flag refused"] = violations_by_screen(page)
    page.fill("textarea", "It was a joke.")
    page.click("button:has-text('Send')")
    found["flag sent"] = violations_by_screen(page)
    page.goto(f"{report}delete/")
    found["delete"] = violations_by_screen(page)
    page.click("button:has-text('Delete everything')")
    found["deleted"] = violations_by_screen(page)

    assert found == {name: {screen: [] for screen in SCREENS} for name in found}


@pytest.mark.parametrize(
    "words", ["", "https://www.tiktok.com/@someone/video/7000000000000000001"], ids=["empty", "link"]
)
def test_a_refused_form_has_no_violations(open_page, violations_by_screen, words):
    page = open_page()
    page.fill("textarea", words)
    page.click("button[type=submit]")
    page.wait_for_selector(".summary")

    assert violations_by_screen(page) == {screen: [] for screen in SCREENS}


def test_what_a_newer_checklist_brings_has_no_violations(open_page, violations_by_screen):
    page = open_page()
    paste(page, EXAMPLES["running-cured-me"]["text"])
    report, found = page.url, {}
    publishing.publish(publishing.start_draft(by=None), by=None, note="The same again.")
    page.goto(urljoin(report, "/how-it-works/versions/2/"))
    found["version"] = violations_by_screen(page)
    page.goto(report)
    found["outdated"] = violations_by_screen(page)
    page.goto(f"{report}check-again/")
    found["check again"] = violations_by_screen(page)
    page.click("main button[type=submit]")
    page.wait_for_url(report)
    found["what changed"] = violations_by_screen(page)
    page.click("text=See the report as it was")
    found["earlier"] = violations_by_screen(page)

    assert found == {name: {screen: [] for screen in SCREENS} for name in found}


def test_what_a_phone_shares_has_no_violations(open_page, violations_by_screen):
    page = open_page()
    page.evaluate(
        """() => {
            const form = document.createElement("form");
            Object.assign(form, {method: "post", action: "/share/"});
            form.innerHTML = '<textarea name="text">Some words from an app</textarea>';
            document.body.append(form);
            form.submit();
        }"""
    )
    page.wait_for_url("**/share/")

    assert page.input_value("textarea") == "Some words from an app"
    assert violations_by_screen(page) == {screen: [] for screen in SCREENS}


def test_a_link_that_was_stopped_has_no_violations(open_page, violations_by_screen):
    assert violations_by_screen(open_page("/shared/nothing-here/")) == {screen: [] for screen in SCREENS}


def test_axe_would_find_a_fault(open_page, check_accessibility):
    """The control: an image without words must be reported, or the tests above prove nothing."""
    page = open_page()
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")

    assert any("image-alt" in violation for violation in check_accessibility(page))


def test_axe_would_find_words_that_are_too_pale_in_the_dark(open_page, violations_by_screen):
    """The control of the rules about colours, which alone are asked in the dark."""
    page = open_page()
    page.evaluate(
        """const sheet = new CSSStyleSheet();
        sheet.replaceSync("@media (prefers-color-scheme: dark) { main p { color: #444 !important; } }");
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];"""
    )

    found = violations_by_screen(page)

    assert {screen for screen, violations in found.items() if any("color-contrast" in one for one in violations)} == {
        (390, "dark")
    }
