"""Pictures of every page at two widths, light and dark, for looking at: `make screenshots` puts them into var/.

Not collected with the tests: there is nothing to pass or fail, only to see.
"""

import threading
from pathlib import Path
from urllib.parse import urljoin

import pytest
from django.conf import settings

from tests.browser.test_accessibility import PAGES, REPORTS
from tests.browser.test_for_you import ask
from tests.browser.test_journeys import EXAMPLES, paste
from tests.platforms_that_answer import BLUESKY, TIKTOK, oembed_says

pytestmark = pytest.mark.django_db(transaction=True)

FOLDER = Path(settings.BASE_DIR) / "var" / "screenshots"
WIDTHS = (390, 1280)


@pytest.fixture
def take(request):
    """A function that takes the four pictures of a page under a name."""
    FOLDER.mkdir(parents=True, exist_ok=True)

    def pictures(page, name):
        for width in WIDTHS:
            for colours in ("light", "dark"):
                page.set_viewport_size({"width": width, "height": 844})
                page.emulate_media(color_scheme=colours)
                page.screenshot(path=FOLDER / f"{name}-{width}-{colours}.png", full_page=True)

    return pictures


@pytest.mark.parametrize("name", PAGES)
def test_page(open_page, take, name):
    take(open_page(PAGES[name]), name)


@pytest.mark.parametrize("key", REPORTS)
def test_report(open_page, take, key):
    page = open_page()
    paste(page, EXAMPLES[key]["text"], EXAMPLES[key]["author_line"])
    take(page, f"report-{key}")


def test_pages_around_a_report(open_page, take):
    page = open_page()
    page.click("button[type=submit]")
    take(page, "paste-refused")
    paste(page, EXAMPLES["bin-your-antidepressants"]["text"])
    report = page.url
    for name in ("appointment-card", "share", "flag", "delete"):
        page.goto(f"{report}{name}/")
        take(page, name)
    page.goto(report)
    ask(page, {"F1-feel": "worse", "F6-safe": "no"})
    take(page, "for-you-not-safe")


def test_pages_of_a_link(open_page, take, fake_internet):
    let_go = threading.Event()
    fake_internet.serve("www.tiktok.com", lambda request: (let_go.wait(), oembed_says())[1])
    page = open_page()
    page.fill("textarea", TIKTOK)
    page.click("button[type=submit]")
    page.wait_for_url("**/reading/**")
    take(page, "reading")
    let_go.set()
    page.wait_for_url("**/reports/**")
    take(page, "report-of-a-caption")
    page.goto(urljoin(page.url, "/"))
    page.fill("textarea", BLUESKY)
    page.click("button[type=submit]")
    page.locator("#error-summary").wait_for()
    take(page, "link-not-read")
