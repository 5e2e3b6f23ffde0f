"""The quality panel of the checklist in the admin."""

import csv
import io

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.moderation.quality import quality
from assessments.moderation.voting import vote
from tests.factories import CLAIM_TEXT, a_case, a_golden_case, a_ruling, an_assessment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]

PANEL = "/admin/moderation/ruling/quality/"
ITEM = "C1-known-claims"
SWEEPING = "This works for everybody, and I know it."


@pytest.fixture(autouse=True)
def one_reading(settings):
    settings.SECOND_READING_SHARE = 0


@pytest.fixture
def overturned(moderator):
    """A case in which one person overturned the only question that counted, and disagreed with its finding."""
    case = a_case(CLAIM_TEXT)
    verdict = {"order": 1, "item": ITEM, "signal": "running-cures-depression", "agrees": False, "reason": "Quoted."}
    a_ruling(case, by=moderator, decision="corrected", overturned=[ITEM], verdicts=[verdict])
    return case


def by_key(kind, **choices):
    return {row.key: row for row in quality(kind, **choices)}


def test_readers_votes_stand_beside_the_questions_that_they_are_about():
    assessment = an_assessment(CLAIM_TEXT)
    for submission, kind in (("one", "hard"), ("two", "hard"), ("three", "wrong")):
        vote(assessment=assessment, item=ITEM, kind=kind, submission=submission)

    row = by_key("item")[ITEM]

    assert (row.hard, row.wrong) == (2, 1)
    assert by_key("item", version=2) == {}
    assert by_key("signal")["running-cures-depression"].hard == 0


@pytest.mark.parametrize(("kind", "key"), [("item", ITEM), ("signal", "running-cures-depression")])
def test_it_counts_what_fired_and_what_people_said(overturned, moderator, kind, key):
    a_ruling(a_case(f"{CLAIM_TEXT} Truly."), by=moderator)
    an_assessment(SWEEPING)

    row = by_key(kind)[key]

    assert (row.fired, row.counted) == (2, 2)
    assert (row.overturned.part, row.overturned.whole) == (1, 2)
    assert (row.agreed.part, row.agreed.whole) == (0, 1)
    assert row.examples == (overturned.key,)
    assert by_key(kind, version=2) == {}


def test_practice_cases_do_not_count(admin, moderator):
    a_ruling(a_golden_case(by=admin).case, by=moderator, decision="withdrawn")

    assert quality("item") == []


def test_the_most_doubtful_come_first_and_every_column_sorts(overturned):
    an_assessment(SWEEPING)
    an_assessment(f"{SWEEPING} Really.")

    assert [row.key for row in quality("item")] == [ITEM, "B1-everyone"]
    assert [row.key for row in quality("item", sort="key")] == ["B1-everyone", ITEM]
    assert [row.key for row in quality("item", sort="-fired")] == ["B1-everyone", ITEM]
    assert [row.key for row in quality("item", sort="nonsense")] == [ITEM, "B1-everyone"]


def test_the_panel_shows_it_with_links_to_the_cases(overturned, signed_in, moderator):
    page = signed_in(moderator).get(PANEL, {"by": "signal"}).content.decode()

    assert "running-cures-depression" in page
    assert f'href="/moderation/cases/{overturned.key}/"' in page
    assert "100% (21% to 100%) of 1" in page
    assert 'aria-sort="descending"' in page
    assert "<svg" in page


def test_an_editor_sees_the_figures_and_no_way_to_cases(overturned, signed_in, editor):
    page = signed_in(editor).get(PANEL).content.decode()

    assert ITEM in page
    assert overturned.key not in page


def test_strangers_and_files(overturned, signed_in, moderator, stranger):
    assert signed_in(stranger).get(PANEL).status_code == 302
    assert signed_in(moderator).get(f"{PANEL}quality.csv").status_code == 403
    moderator.user_permissions.add(Permission.objects.get(codename="export_cases"))

    answer = signed_in(moderator).get(f"{PANEL}quality.csv", {"by": "item"})

    lines = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [(line["key"], line["fired"], line["overturned"], line["cases"]) for line in lines] == [
        (ITEM, "1", "1", "1")
    ]


def test_it_asks_as_much_of_the_database_however_much_there_is(signed_in, moderator):
    browser, asked = signed_in(moderator), []
    for number in range(3):
        a_ruling(a_case(f"{CLAIM_TEXT} Number {number}."), by=moderator, decision="withdrawn")
        browser.get(PANEL)
        with CaptureQueriesContext(connection) as queries:
            browser.get(PANEL)
        asked.append(len(queries))

    assert len(set(asked)) == 1


@pytest.mark.parametrize("query", ["?by=people&version=x&sort=drop", "?version=99999999999", "?version=7"])
def test_choices_that_are_none_do_no_harm(signed_in, moderator, query):
    assert signed_in(moderator).get(PANEL + query).status_code == 200
