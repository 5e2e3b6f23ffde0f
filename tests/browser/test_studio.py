"""An editor with a real browser: patterns explained while they are written, rows put in order, a text tried."""

import pytest
from playwright.sync_api import expect

from assessments import publishing
from assessments.models import Answer, Claim, Item
from assessments.roles import EDITORS
from tests import factories
from tests.assessments.staff_pages import address

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft(transactional_db):
    """The small checklist, published, and a draft of it."""
    factories.a_published_checklist()
    return publishing.start_draft(by=None)


@pytest.fixture
def studio(chromium, live_server, draft):
    """A browser in which an editor is signed in; it fails the test if the browser had anything to complain about."""
    editor = factories.a_user("ed", group=EDITORS)
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, base_url=live_server.url)
    session = factories.a_browser(editor).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(20_000)
    complaints = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/admin/")
    yield page
    context.close()
    assert [text for text in complaints if "Failed to load resource" not in text] == []


def test_patterns_are_explained_while_they_are_written(studio, draft):
    claim = Claim.objects.get(checklist=draft, key="running-cures-depression")
    studio.goto(address(Claim, "change", claim.pk))
    help_box = studio.locator("#pattern-help")
    expect(help_box).to_contain_text("This pattern means: “running”, then “cures”")

    studio.fill("#id_patterns", "running cures {DEPRESION}")

    expect(help_box).to_contain_text("Did you mean {DEPRESSION}?")
    assert help_box.locator("pre").inner_text() == "running cures {DEPRESION}\n              ^"
    studio.click("input[name=_save]")
    expect(studio.locator(".field-patterns .errorlist")).to_contain_text("There is no word class called {DEPRESION}")
    assert studio.input_value("#id_patterns") == "running cures {DEPRESION}"


def answers_in_order(item):
    return list(Answer.objects.filter(item=item).order_by("order").values_list("key", flat=True))


def test_answers_are_put_in_order_by_buttons_and_by_dragging(studio, draft):
    item = Item.objects.get(checklist=draft, key="A2-credential")
    assert answers_in_order(item) == ["checkable", "claimed", "lay", "none"]
    studio.goto(address(Item, "change", item.pk))

    down = studio.locator("#answers-0").get_by_role("button", name="Move down")
    down.focus()
    studio.keyboard.press("Enter")
    expect(studio.locator("#answers-group .ordering-said")).to_contain_text("Now in place 2 of 4")
    assert down.evaluate("button => button === document.activeElement")
    # Onto the middle of a row, where a plain cell is, with one quick move of the mouse.
    studio.locator("#answers-3 .drag").drag_to(studio.locator("#answers-1"))
    expect(studio.locator("#id_answers-3-order")).to_have_value("1")
    studio.locator("#answers-2 .drag").drag_to(studio.locator("#answers-1 td.delete"))
    expect(studio.locator("#id_answers-2-order")).to_have_value("2")
    studio.locator("#answers-0 .drag").drag_to(studio.locator("#answers-0 td.field-guidance"))  # back where it was
    expect(studio.locator("#id_answers-0-order")).to_have_value("4")
    assert studio.locator(".is-dragged, .drop-here").count() == 0
    studio.click("input[name=_save]")
    studio.wait_for_url("**/item/")

    assert answers_in_order(item) == ["none", "lay", "claimed", "checkable"]


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_a_text_is_tried_on_both_versions(studio, draft, live_server, javascript):
    Claim.objects.filter(checklist=draft).update(patterns="swimming cures {DEPRESSION}")
    page = studio
    if not javascript:
        context = studio.context.browser.new_context(
            java_script_enabled=False, base_url=live_server.url, storage_state=studio.context.storage_state()
        )
        page = context.new_page()
    page.goto("/admin/")
    page.click("text=Try a text")
    page.fill("#id_text", "Running cures depression.")
    page.click("input[value='Try it']")

    level = page.locator(".side-by-side").get_by_role("row", name="Level ≠ different")
    expect(level).to_contain_text("Check before you trust it")
    expect(level).to_contain_text("Read with care")
    assert page.input_value("#id_text") == "Running cures depression."
