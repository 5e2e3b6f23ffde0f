"""A real Chromium (the machine's own, never downloaded) against a real server with the real checklist."""

import os
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import sync_playwright

from tests.saved_rows import SavedRows

# Playwright's loop runs in the thread of the tests, so Django would refuse every query there. It does no harm here: the
# server has threads of its own.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# --no-sandbox: containers and root; the rest keeps the browser from calling anybody but us.
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage"
).split()
WIDTHS = (320, 390, 1280)
ALL_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOUR_RULES = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


@pytest.fixture(scope="session")
def chromium():
    """The browser. Its absence is a failure, never a skip: the Makefile decides whether these tests run at all."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert path, "Chromium is missing: install it, or name it with CHROMIUM=/path/to/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def first_rows():
    """What the first load of the session left in the tables of the checklist."""
    return SavedRows("assessments")


@pytest.fixture
def loaded(transactional_db, first_rows):
    """The real first checklist and help services, loaded the way `make run` loads them: once; then the same rows again.

    The command runs every time, as it does at each `make run`: roles and rights are made anew, the rest it finds there.
    """
    first_rows.put_back()
    call_command("load_first_content", verbosity=0)
    if not first_rows.rows:
        first_rows.keep()


@pytest.fixture
def open_page(chromium, live_server, loaded):
    """A function that opens a page of the product and fails the test if the browser had anything to complain about."""
    contexts, complaints = [], []

    def opened(path="/", *, width=390, dark=False, javascript=True, locale="en-GB"):
        context = chromium.new_context(
            viewport={"width": width, "height": 844},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            locale=locale,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: _only_ours(asked.url, live_server.url, complaints))
        page.goto(live_server.url + path)
        return page

    yield opened
    for context in contexts:
        assert context.cookies() == [], "a public page set a cookie"
        context.close()
    # A page that answers 4xx is logged by Chromium itself; everything else is a fault of ours.
    assert [text for text in complaints if "Failed to load resource" not in text] == []


def _only_ours(url, ours, complaints):
    if not url.startswith((ours, "data:")):
        complaints.append(f"asked a stranger: {url}")


@pytest.fixture
def check_accessibility():
    """A function that runs axe (WCAG 2.2 A and AA, and best practice) on a page and returns what it found wrong."""

    def violations(page, *, only_colours=False):
        rules = COLOUR_RULES if only_colours else ALL_RULES
        found = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]})
        return [
            f"{rule['id']}: {node['target']} {node['failureSummary']}"
            for rule in found.response["violations"]
            for node in rule["nodes"]
        ]

    return violations
