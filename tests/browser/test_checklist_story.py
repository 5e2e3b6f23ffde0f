"""The whole story of a change to the checklist: from a draft to what readers see, and back."""

import re

import pytest
from playwright.sync_api import expect

from assessments import publishing
from assessments.models import Answer, Assessment, Checklist, Claim
from assessments.roles import EDITORS, PUBLISHERS
from tests import factories
from tests.assessments.staff_pages import address
from tests.workers import process

pytestmark = pytest.mark.django_db(transaction=True)

NOTE = "Running alone is no longer taken for a cure."
OTHER = "Walking cures depression, honestly. You should all go for a walk every morning, it works."


@pytest.fixture
def version_1(no_jobs):
    """The small checklist, published, and workers that find no old job."""
    return factories.a_published_checklist()


@pytest.fixture
def open_as(chromium, live_server):
    """A function that gives a page of this person (None: a reader); it fails the test if the browser complained."""
    contexts, complaints = [], []

    def opened(person):
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, base_url=live_server.url)
        contexts.append(context)
        if person:
            session = factories.a_browser(person).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [text for text in complaints if "Failed to load resource" not in text] == []


def choose(page, version, action):
    """Run an action of the page Checklists on one version."""
    page.goto(address(Checklist))
    page.check(f"#result_list input[name=_selected_action][value='{version.pk}']")
    page.select_option("select[name=action]", label=action)
    page.click("button[name=index]")


def told(page, sentence):
    expect(page.locator(".messagelist")).to_contain_text(sentence)


def edit(page, draft):
    """Another pattern for a claim, with the help beside it, and another guidance for an answer."""
    claim = Claim.objects.get(checklist=draft, key="running-cures-depression")
    page.goto(address(Claim, "change", claim.pk))
    page.fill("#id_patterns", "jogging cures {DEPRESSION}")
    expect(page.locator("#pattern-help")).to_contain_text("This pattern means: “jogging”, then “cures”")
    page.fill("#id_examples", "jogging cures depression")
    page.click("input[name=_save]")
    told(page, "was changed successfully")
    answer = Answer.objects.get(checklist=draft, item__key="C1-known-claims", key="high")
    page.goto(address(Answer, "change", answer.pk))
    page.fill("#id_guidance", "Ask a <em>nurse</em> you trust.")
    page.click("input[name=_save]")
    told(page, "was changed successfully")


def try_it(page):
    page.goto(address(Checklist, "try"))
    page.fill("#id_text", factories.CLAIM_TEXT)
    page.click("input[value='Try it']")
    level = page.locator(".side-by-side").get_by_role("row", name="Level ≠ different")
    expect(level).to_contain_text("Check before you trust it")
    expect(level).to_contain_text("Read with care")


def preview(page):
    """Press the button and watch; a worker does the work in another process."""
    page.goto(address(Checklist))
    page.click("#result_list a:has-text('Draft')")
    page.click("text=Preview what it would change")
    page.click("input[value='Preview the draft']")
    expect(page.locator("#run-progress")).to_contain_text("0 of 1 posts")
    with process("procrastinate", "worker"):
        expect(page.locator("#run-progress")).to_contain_text("finished", timeout=120_000)
    flips = page.locator(".run-tables", has=page.get_by_role("heading", name="Levels")).locator("table").last
    expect(flips).to_contain_text(re.compile(r"Check before you trust it\s*Read with care\s*1"))


def publish(page, draft):
    choose(page, draft, "Publish the draft")
    expect(page.locator("#content")).to_contain_text("read 1 stored post: 1 would get another level")
    page.fill("#id_note", NOTE)
    page.click("input[value='Publish']")
    told(page, "Published.")


def check_the_old_report(page, report):
    """It stays as it was until its reader asks; then it says what changed and why, and the old one is kept."""
    page.goto(report)
    expect(page.locator(".banner h2")).to_have_text("Check before you trust it")
    assert Assessment.objects.count() == 1
    page.click("text=Check again with the newest checklist")
    expect(page.locator(".banner h2")).to_have_text("Read with care")
    changes = page.get_by_role("region", name="What changed")
    expect(changes).to_contain_text("Before: Check before you trust it. Now: Read with care.")
    expect(changes).to_contain_text(f"Checklist, version 2: {NOTE}")
    page.click("text=See the report as it was")
    expect(page.locator(".banner h2")).to_have_text("Check before you trust it")


def read_another(page):
    page.goto("/")
    page.fill("textarea", OTHER)
    page.click("main button[type=submit]")
    page.wait_for_url("**/reports/**")
    expect(page.locator("main")).to_contain_text("Ask a nurse you trust.", use_inner_text=False)


def roll_back(page, version):
    page.goto(address(Checklist, "change", version.pk))
    page.click("text=Go back to this version")
    expect(page.locator("#content")).to_contain_text("Changed: Running cures depression. (the words we look for")
    page.fill("#id_note", "People missed it.")
    page.click("input[value='Go back to version 1']")
    told(page, "Version 1 is in use again")


def test_from_a_draft_to_what_readers_see_and_back(open_as, version_1):
    old = factories.an_assessment()
    kept, report = old.result, f"/reports/{old.post.key}/"
    editor, publisher, reader = open_as(factories.a_user("ed", group=EDITORS)), None, open_as(None)

    choose(editor, version_1, "Start a draft")
    told(editor, "The draft is ready to be changed.")
    draft = Checklist.objects.drafts().get()
    edit(editor, draft)
    try_it(editor)
    preview(editor)
    publisher = open_as(factories.a_user("pat", group=PUBLISHERS))
    publish(publisher, draft)
    check_the_old_report(reader, report)
    read_another(reader)
    version_1.refresh_from_db()
    roll_back(publisher, version_1)

    reader.goto("/how-it-works/versions/")
    newest = reader.locator("main ol > li").first
    expect(newest).to_contain_text("Version 3 (in use)")
    expect(newest).to_contain_text("It brings back version 1.")
    expect(newest).to_contain_text("Back to version 1: People missed it.")
    old.refresh_from_db()
    assert old.result == kept


def test_where_two_are_needed_one_asks_and_another_approves(open_as, version_1, settings):
    settings.PUBLISHING_NEEDS_TWO = True
    draft = publishing.start_draft(by=None)
    asking, approving = (open_as(factories.a_user(name, group=PUBLISHERS)) for name in ("asha", "ben"))

    choose(asking, draft, "Publish the draft")
    asking.fill("#id_note", NOTE)
    asking.click("input[value='Ask to publish']")
    told(asking, "Asked. Somebody else can approve it now")
    choose(asking, draft, "Publish the draft")
    expect(asking.locator("#content")).to_contain_text("Somebody else must approve it.")
    assert asking.locator("input[value='Approve and publish']").count() == 0
    choose(approving, draft, "Publish the draft")
    expect(approving.locator("blockquote")).to_have_text(NOTE)
    approving.click("input[value='Approve and publish']")
    told(approving, "Published.")

    draft.refresh_from_db()
    assert (draft.status, draft.version, draft.published_by_name, draft.note) == ("published", 2, "ben", NOTE)
