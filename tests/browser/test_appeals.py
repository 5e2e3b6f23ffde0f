"""The way of a reader who does not agree: flag, decision, appeal, and the answer of somebody else on the report."""

import pytest

from assessments.moderation.assigning import NotForYou, assign
from assessments.moderation.models import Case, Vote
from assessments.roles import MODERATORS
from tests.browser.test_accessibility import SCREENS, violations_by_screen  # noqa: F401 - a fixture
from tests.browser.test_journeys import EXAMPLES, paste
from tests.factories import a_ruling, a_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def one_reading(settings):
    settings.SECOND_READING_OF_SEVERE, settings.SECOND_READING_SHARE = False, 0


def tell_moderators(page, words):
    page.click("text=You got this wrong")
    page.fill("textarea", words)
    page.click("main button[type=submit]")
    page.click("text=Back to your report")


def ask_for_another(page, who, words):
    page.click("text=Ask for another person")
    page.check(f"text={who}")
    page.fill("textarea", words)
    page.click("main button[type=submit]")
    page.wait_for_url("**/appeal/sent/")
    page.click("text=Back to your report")


def told(page):
    return page.inner_text("section[aria-labelledby=told]")


def test_without_script_a_flag_is_decided_appealed_against_and_answered_by_somebody_else(open_page):
    page = open_page(javascript=False)
    paste(page, EXAMPLES["running-cured-me"]["text"])
    tell_moderators(page, "It is only her own story.")
    assert "A person will look." in told(page)
    first, second = (a_user(name, group=MODERATORS) for name in ("first", "second"))
    case = Case.objects.get()
    a_ruling(case, by=first, note="The report is right, we think.")

    page.reload()
    assert "A person looked on" in told(page)
    assert "The report is right, we think." in page.inner_text("main")
    ask_for_another(page, "The post is about me", "Nobody asked me.")

    assert "Somebody new will look, and answer here." in told(page)
    with pytest.raises(NotForYou):
        assign(case=case, by=first)
    a_ruling(case, by=second, decision="withdrawn", note="This was wrong.", reply="You are right, and we are sorry.")
    page.reload()

    assert "You are right, and we are sorry." in told(page)
    assert page.locator(".banner h2").inner_text() == "We took this report back"
    assert page.locator("text=Ask for another person").count() == 0


def test_one_press_says_that_an_answer_is_hard_and_brings_back_to_the_report(open_page):
    page = open_page(javascript=False)
    paste(page, EXAMPLES["running-cured-me"]["text"])
    report = page.url

    page.get_by_role("button", name="Hard to understand").first.click()

    page.wait_for_url("**/vote/sent/")
    page.click("text=Back to your report")
    assert page.url == report
    assert Vote.objects.get().kind == "hard"


def test_what_people_are_told_and_the_pages_of_an_appeal_have_no_violations(open_page, violations_by_screen):  # noqa: F811
    page = open_page()
    paste(page, EXAMPLES["bin-your-antidepressants"]["text"])
    report, found = page.url, {}
    page.get_by_role("button", name="Wrong").first.click()
    page.wait_for_url("**/vote/sent/")
    found["voted"] = violations_by_screen(page)
    page.goto(report)
    tell_moderators(page, "It is a joke.")
    a_ruling(Case.objects.get(), by=a_user("first", group=MODERATORS), note="It is no joke to everybody.")
    page.goto(f"{report}appeal/")
    page.click("main button[type=submit]")
    page.wait_for_selector(".summary")
    found["appeal refused"] = violations_by_screen(page)
    page.goto(report)
    ask_for_another(page, "I wrote the post", "It was a joke.")
    a_ruling(Case.objects.get(), by=a_user("second", group=MODERATORS), reply="We looked, and it stays.")
    page.reload()
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
    found["report"] = violations_by_screen(page)
    page.goto(report + "../../appeal/")
    found["with an address"] = violations_by_screen(page)
    page.goto(report + "../../appeal/sent/")
    found["sent"] = violations_by_screen(page)

    assert found == {name: {screen: [] for screen in SCREENS} for name in found}
