"""The pages of figures and of practice, as a moderator sees them: no violations, nothing wider than the screen."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests.factories import a_case, a_golden_case, a_published_checklist, a_ruling, a_user

pytestmark = pytest.mark.django_db(transaction=True)

SCREENS = ((390, "dark"), (1280, "light"))
OURS = (
    "/moderation/figures/",
    f"/moderation/figures/{timezone.now().year}/",
    "/moderation/practice/",
    "/moderation/practice/write/",
)
PANEL = "/admin/moderation/ruling/quality/"


@pytest.fixture
def staff_page(chromium, live_server, transactional_db):
    """A function that opens a page as somebody who may do everything, and what the browser complained about."""
    a_published_checklist()
    ada = a_user("ada", is_superuser=True)
    for number in range(4):
        a_ruling(
            a_case(f"Running cures depression {number}."), by=ada, decision="corrected", overturned=["C1-known-claims"]
        )
    a_case("Some text that waits.")
    a_ruling(a_golden_case(by=ada).case, by=ada)
    client, complaints, contexts = Client(), [], []
    client.force_login(ada)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value

    def opened(width, colours):
        context = chromium.new_context(viewport={"width": width, "height": 844}, color_scheme=colours)
        contexts.append(context)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        page = context.new_page()
        page.on("console", lambda said: complaints.append(f"{page.url}: {said.text}") if said.type == "error" else None)
        return page

    yield opened, complaints
    for context in contexts:
        context.close()


def test_figures_and_practice_on_a_phone_and_a_desk(staff_page, live_server, check_accessibility):
    opened, complaints = staff_page
    wrong = {}
    for width, colours in SCREENS:
        page = opened(width, colours)
        for path in (*OURS, PANEL):
            page.goto(live_server.url + path)
            assert page.locator("h1").count() == 1
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            if path != PANEL:  # Django's own breadcrumbs have too little contrast
                wrong[width, path] = check_accessibility(page)

    assert {place: found for place, found in wrong.items() if found} == {}
    assert [said for said in complaints if "Failed to load resource" not in said] == []
