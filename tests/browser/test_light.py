"""Pages are light: few requests, and small enough for a cheap phone on a bad line."""

import gzip
from urllib.parse import urlsplit

import pytest

from tests.browser.test_journeys import EXAMPLES, paste

pytestmark = pytest.mark.django_db(transaction=True)

REQUESTS = 5
BYTES = 15 * 1024


@pytest.fixture
def weigh(live_server):
    """A function that asks for an address anew and returns what came: {path: bytes after gzip, as sent}."""

    def weights(page):
        answers = []
        new = page.context.new_page()
        new.on("response", lambda answer: answers.append(answer))
        new.goto(page.url, wait_until="networkidle")
        assert [answer.url for answer in answers if not answer.url.startswith(live_server.url)] == []
        return {urlsplit(answer.url).path: len(gzip.compress(answer.body(), 6)) for answer in answers}

    return weights


def test_the_first_page_is_light(open_page, weigh):
    weights = weigh(open_page())

    assert {"/", "css", "js"} <= {path.rpartition(".")[2] for path in weights}
    assert len(weights) <= REQUESTS
    assert sum(weights.values()) <= BYTES, weights


@pytest.mark.parametrize("keys", [["five-signs"], ["registered-psychologist", "bin-your-antidepressants"]], ids=len)
def test_a_report_is_light_until_its_questions_are_opened(open_page, weigh, keys):
    page = open_page()
    paste(page, " ".join(EXAMPLES[key]["text"] for key in keys))

    weights = weigh(page)

    assert len(weights) <= REQUESTS
    assert sum(weights.values()) <= BYTES, weights
    page.click("#for-you ~ details summary")
    page.locator("form[data-htmx-powered]").wait_for()
