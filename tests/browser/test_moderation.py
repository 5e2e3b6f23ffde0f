"""A moderator's evening: from what a reader said to what readers see, by mouse, by keyboard and without script."""

import pytest
from django.conf import settings

from assessments.models import Review
from assessments.moderation.models import Case, Ruling
from assessments.moderation.reasons import load_reasons
from assessments.roles import MODERATORS
from tests.browser.test_appeals import ask_for_another, told
from tests.browser.test_journeys import paste
from tests.factories import a_browser, a_case, a_user

pytestmark = pytest.mark.django_db(transaction=True)

CLAIM = "Running cures depression, honestly 😀. You should all go for a run every morning, it works."
OTHER = "Cold showers cure depression for good. I have told all of my friends to stop worrying about it."
PASSWORD = "a long pass phrase for tests"
SCREENS = [(width, colours) for width in (390, 1280) for colours in ("light", "dark")]


@pytest.fixture(autouse=True)
def one_reading(settings):
    settings.SECOND_READING_OF_SEVERE, settings.SECOND_READING_SHARE = False, 0


@pytest.fixture
def sign_in(open_page, chromium, live_server):
    """A function that gives a page of a moderator who is signed in. Staff pages may keep cookies, public ones not."""
    contexts = []

    def signed_in(person, *, javascript=True):
        load_reasons()
        context = chromium.new_context(viewport={"width": 1280, "height": 844}, java_script_enabled=javascript)
        cookie = a_browser(person).cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto(f"{live_server.url}/moderation/")
        return page

    yield signed_in
    for context in contexts:
        context.close()


def flag_report(page):
    page.goto(f"{page.url}flag/")
    page.fill("textarea", "This was a joke.")
    page.click("main button[type=submit]")
    page.wait_for_url("**/flag/sent/")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_from_a_flag_to_the_report(open_page, sign_in, javascript):
    a_case(OTHER)
    page = open_page(javascript=javascript)
    paste(page, CLAIM)
    report = page.url
    flag_report(page)
    Case.objects.filter(members__post__key=report.rstrip("/").rpartition("/")[2]).update(opened_at="2026-01-01T00:00Z")
    desk = sign_in(a_user("mo", group=MODERATORS), javascript=javascript)

    desk.select_option("select[name=band]", "5")
    if javascript:
        desk.wait_for_url("**band=5**")
        desk.wait_for_function("document.querySelectorAll('#cases tbody tr').length === 1")
        assert (desk.locator("h1").count(), desk.locator("#cases").count()) == (1, 1)
    desk.click("text=Show")
    desk.wait_for_url("**band=5**")
    desk.click("text=Read the next one")
    desk.wait_for_url("**/cases/**")
    assert "This was a joke." in desk.text_content("main")  # folded
    assert "every morning" not in desk.inner_text("main")
    desk.click("text=Open the post")
    desk.wait_for_selector(".post")
    assert "every morning" in desk.inner_text(".post")
    desk.check("input[name=finding-1-verdict][value=overturn]")
    desk.fill("input[name=finding-1-why]", "A joke.")
    desk.check("input[name=decision][value=corrected]")
    desk.select_option("#id_reason", "words-mean-otherwise")
    if not javascript:
        desk.click("text=Begin with the note of this reason")
    assert desk.input_value("textarea[name=note]").startswith("The words mean something else here.")
    desk.select_option("#id_level_after", "read-with-care")
    desk.click("text=Decide and next")
    desk.wait_for_url("**/moderation/?band=5")

    assert "That was the last one for you here." in desk.inner_text("main")
    page.goto(report)
    shown = page.inner_text("main")
    assert "A person looked at this" in shown
    assert "The words mean something else here." in shown
    assert Review.objects.count() == 1
    ask_for_another(page, "I wrote the post", "It was no joke: it worked for me.")
    assert "Somebody new will look, and answer here." in told(page)
    answer_appeal(sign_in(a_user("second", group=MODERATORS), javascript=javascript))
    page.goto(report)
    assert "You are right, and we are sorry." in told(page)
    assert page.locator(".banner h2").inner_text() == "We took this report back"


def answer_appeal(desk):
    """Somebody who has not read the case yet takes the report back, with a reply."""
    desk.click("text=Read the next one")
    desk.wait_for_url("**/cases/**")
    assert "It was no joke" in desk.text_content("main")
    desk.check("input[name=decision][value=withdrawn]")
    desk.select_option("#id_reason", "words-mean-otherwise")
    desk.fill("textarea[name=note]", "This was wrong, so we took it back.")
    desk.click("button:text-is('Decide')")
    desk.wait_for_selector("#error-summary")
    assert desk.input_value("textarea[name=note]") == "This was wrong, so we took it back."
    desk.fill("textarea[name=reply]", "You are right, and we are sorry.")
    desk.click("button:text-is('Decide')")
    desk.wait_for_selector("text=Your answer is kept.")


def test_by_keyboard_alone_with_words_that_were_selected(open_page, sign_in):
    open_page()
    a_case(CLAIM)
    a_case(OTHER)
    desk = sign_in(a_user("mo", group=MODERATORS))

    desk.keyboard.press("n")
    desk.wait_for_url("**/cases/**")
    desk.keyboard.press("o")
    desk.wait_for_selector(".post")
    desk.keyboard.press("j")
    desk.keyboard.press("a")
    desk.evaluate(
        """() => {
            const pieces = [...document.querySelectorAll("#post [data-at]")];
            const words = pieces.find(piece => piece.textContent.includes("all go"));
            const at = words.firstChild.data.indexOf("all go");
            getSelection().setBaseAndExtent(words.firstChild, at, words.firstChild, at + 6);
        }"""
    )
    desk.wait_for_timeout(100)
    desk.keyboard.press("s")
    assert desk.evaluate("document.activeElement.name") == "missed-0-item"
    assert desk.input_value("input[name=missed-0-words]") == "all go"
    desk.keyboard.press("d")  # in a field it is a letter and nothing else
    desk.select_option("select[name=missed-0-item]", index=2)
    desk.keyboard.press("Escape")
    desk.keyboard.press("2")
    desk.select_option("#id_reason", "missed-something")
    desk.select_option("#id_level_after", "do-not-rely")
    desk.keyboard.press("Escape")
    assert not Ruling.objects.exists()
    first = desk.url
    desk.keyboard.press("n")
    desk.wait_for_url(lambda url: "/cases/" in url and url != first)

    ruling = Ruling.objects.get()
    start = CLAIM.index("all go")
    assert ruling.missed[0]["spans"] == [[start, start + 6]]
    assert ruling.verdicts[0]["agrees"] is True
    desk.keyboard.press("?")
    assert desk.locator("#keys").evaluate("sheet => sheet.open")


def test_keys_do_nothing_when_they_are_switched_off(open_page, sign_in):
    open_page()
    a_case(CLAIM)
    desk = sign_in(a_user("mo", group=MODERATORS))
    desk.click("text=How I work")
    desk.check("input[name=shortcuts_off]")
    desk.click("main form button:has-text('Keep')")
    desk.wait_for_selector(".note.success")
    desk.click("text=Queue")

    desk.keyboard.press("n")
    desk.keyboard.press("?")

    assert desk.locator("#keys").is_hidden()
    assert Case.objects.get().assigned_to is None


def test_the_pages_of_moderators_have_no_violations(open_page, sign_in, check_accessibility):
    open_page()
    a_case(CLAIM, author_line="Psychiatrist")
    desk = sign_in(a_user("mo", group=MODERATORS))
    found = {"queue": _violations(desk, check_accessibility)}
    desk.keyboard.press("n")
    desk.wait_for_url("**/cases/**")
    desk.keyboard.press("o")
    desk.wait_for_selector(".post")
    desk.keyboard.press("?")
    found["case"] = _violations(desk, check_accessibility)
    desk.click("text=Decide and next")
    desk.wait_for_selector("#error-summary")
    found["refused"] = _violations(desk, check_accessibility)
    desk.check("input[name=decision][value=stands]")
    desk.select_option("#id_reason", "report-is-right")
    desk.click("text=Show what readers will see")
    desk.wait_for_selector("#preview")
    found["preview"] = _violations(desk, check_accessibility)
    desk.click("button:text-is('Decide')")
    desk.wait_for_selector("#undo")
    found["decided"] = _violations(desk, check_accessibility)
    desk.click("text=How I work")
    found["preferences"] = _violations(desk, check_accessibility)

    assert found == {name: {screen: [] for screen in SCREENS} for name in found}


def _violations(page, check_accessibility):
    by_screen = {}
    for width, colours in SCREENS:
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=colours)
        by_screen[width, colours] = check_accessibility(page, only_colours=colours == "dark")
    page.set_viewport_size({"width": 1280, "height": 844})
    return by_screen
