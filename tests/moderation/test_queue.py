"""The queue page: order, choices, kept views, paging and the next case."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.moderation import filters
from assessments.moderation.assigning import assign, take_over
from assessments.moderation.models import Case, SavedFilter
from assessments.roles import MODERATORS
from tests.factories import HARM_TEXT, a_case, a_crisis_case, a_user, an_assessment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]

ADDRESS = "/moderation/"
NUMBERS = ("one", "two", "three", "four", "five")


def shown(browser, query=""):
    """Keys of the cases on the page, in order, and the page."""
    page = browser.get(ADDRESS + query).content.decode()
    return [part.partition("/")[0] for part in page.split('href="/moderation/cases/')[1:]], page


def test_the_most_pressing_comes_first_then_the_oldest(browser):
    old, new, crisis = a_case("An old text."), a_case("A new text."), a_crisis_case()

    assert shown(browser)[0] == [crisis.key, old.key, new.key]


def test_what_the_checklist_asked_for_is_there_at_once(browser):
    an_assessment(HARM_TEXT)

    _, page = shown(browser)

    assert "Crisis" in page
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("query", "finds"),
    [
        ("?band=1", {"crisis"}),
        ("?source=reader", {"mild", "british"}),
        ("?section=content", {"crisis", "british"}),
        ("?country=gb", {"british"}),
        ("?language=cy", set()),
        ("?who=mine", {"mild"}),
        ("?who=free", {"crisis", "british", "mild"}),
        ("?who=late", {"british"}),
        ("?older=24", {"british"}),
        ("?state=second", set()),
        ("?state=open&band=4", {"mild", "british"}),
    ],
)
def test_each_choice_narrows_the_queue(browser, moderator, settings, query, finds):
    settings.SECOND_READING_OF_SEVERE = False
    cases = {"mild": a_case("Some text."), "crisis": a_crisis_case(), "british": a_case(country="GB")}
    assign(case=cases["mild"], by=moderator)
    past = timezone.now() - timezone.timedelta(days=4)
    Case.objects.filter(pk=cases["british"].pk).update(opened_at=past, due_at=past)

    assert set(shown(browser, query)[0]) == {cases[name].key for name in finds}


@pytest.mark.parametrize("query", ["?band=9", "?country=Wales", "?state=decided", "?source=x'--", "?older=soon"])
def test_a_choice_that_is_none_is_said_and_shows_nothing(browser, query):
    a_case()

    keys, page = shown(browser, query)

    assert keys == []
    assert "One of the choices is not possible" in page


@pytest.mark.parametrize("most", [1, 1_000], ids=["of many", "of few"])
def test_pages_follow_each_other_without_a_gap_while_cases_are_decided(browser, monkeypatch, most):
    monkeypatch.setattr(filters, "PAGE", 2)
    monkeypatch.setattr(filters, "MOST_COUNTED", most)
    cases = [a_case(f"Text number {number}.") for number in NUMBERS]

    keys, page = shown(browser)
    Case.objects.filter(pk=cases[0].pk).update(state="gone")
    second = page.partition('rel="next" href="/moderation/')[2].partition('"')[0].replace("&amp;", "&")
    keys += shown(browser, second)[0]

    assert keys == [case.key for case in cases[:4]]
    assert shown(browser, "?after=1_nonsense_2")[0] == [case.key for case in cases[1:3]]


def test_the_next_case_is_taken_out_of_what_was_chosen(browser, moderator):
    a_crisis_case()
    mild = a_case("Some text.")

    answer = browser.post("/moderation/next/", {"band": "4"})

    mild.refresh_from_db()
    assert (answer["Location"], mild.assigned_to) == (f"/moderation/cases/{mild.key}/?band=4", moderator)
    answer = browser.post("/moderation/next/", {"country": "FR"}, follow=True)
    assert "There is nothing to read here for you" in answer.content.decode()


class TestKeptViews:
    def test_a_view_is_kept_shared_and_counted(self, browser, signed_in):
        a_case(country="GB")
        browser.post("/moderation/filters/", {"name": "British", "country": "GB", "is_shared": "on"})
        browser.post("/moderation/filters/", {"name": "Only mine", "band": "1"})

        theirs = signed_in(a_user("other", group=MODERATORS)).get(ADDRESS).content.decode()

        assert 'href="/moderation/?country=GB">British</a>' in theirs
        assert "1, shared by mo" in theirs
        assert "Only mine" not in theirs
        assert "Only mine" in shown(browser)[1]

    def test_only_its_owner_deletes_it(self, browser, signed_in):
        browser.post("/moderation/filters/", {"name": "British", "country": "GB", "is_shared": "on"})
        address = f"/moderation/filters/{SavedFilter.objects.get().key}/delete/"

        signed_in(a_user("other", group=MODERATORS)).post(address)
        assert SavedFilter.objects.exists()
        browser.post(address)
        assert not SavedFilter.objects.exists()

    @pytest.mark.parametrize("name", ["", "   ", "x" * 61])
    def test_a_name_is_needed(self, browser, name):
        page = browser.post("/moderation/filters/", {"name": name, "band": "1"}, follow=True).content.decode()

        assert "Give the view a name" in page
        assert '<option value="1" selected>' in page


def test_three_cases_ask_as_much_of_the_database_as_one(browser):
    asked = []
    for number in range(3):
        a_case(f"Text number {number}.", country="GB")
        browser.get(ADDRESS)
        with CaptureQueriesContext(connection) as queries:
            browser.get(ADDRESS)
        asked.append(len(queries))

    assert len(set(asked)) == 1


def test_a_choice_by_script_brings_the_cases_alone_and_going_back_the_whole_page(browser):
    case = a_case()

    part = browser.get(ADDRESS, headers={"HX-Request": "true", "HX-Target": "div#cases"}).content.decode()
    whole = browser.get(ADDRESS, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}).content.decode()

    assert part.startswith('<div id="cases">')
    assert case.key in part
    assert "<html" in whole


def test_a_page_that_lost_its_case_is_told_so_and_asks_no_more(browser, moderator):
    case = a_case()
    assign(case=case, by=moderator)
    assert browser.post(f"/moderation/cases/{case.key}/renew/").status_code == 204
    take_over(case=case, by=a_user("other", group=MODERATORS), note="Mo went home.")

    said = browser.post(f"/moderation/cases/{case.key}/renew/").content.decode()

    assert "You do not hold this case any more" in said
    assert 'id="hold"' in said
    assert "hx-" not in said


def test_an_auditor_looks_and_takes_nothing(signed_in, stranger):
    assert signed_in(stranger).get(ADDRESS).status_code == 403
    assert signed_in(stranger).post("/moderation/next/").status_code == 403
