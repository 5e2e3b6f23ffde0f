"""How moderation goes, in numbers: what they count, who sees them, and what leaves as a file."""

import csv
import io

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.moderation import figures, transparency
from assessments.moderation.assigning import skip
from assessments.moderation.cases import refer
from assessments.moderation.deciding import newest_assessment
from assessments.moderation.models import Case, ReferralSource, Ruling
from posts.retention import purge
from tests.factories import a_case, a_crisis_case, a_golden_case, a_ruling, an_assessment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published", "one_reading")]

PAGE = "/moderation/figures/"
# Short enough that only the very same words are one case.
TEXTS = [
    f"Running cures depression, I say {word}." for word in ("once", "again", "always", "at last", "to you", "to all")
]
SINCE = timezone.now() - timezone.timedelta(days=1)


@pytest.fixture
def exporter(moderator):
    moderator.user_permissions.add(Permission.objects.get(codename="export_cases"))
    return moderator


def rows(answer):
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode())))


def overturn(case, *, by):
    return a_ruling(case, by=by, decision="corrected", overturned=["C1-known-claims"])


class TestCounts:
    def test_what_waits_how_long_it_took_and_what_was_late(self, moderator):
        old, crisis, done = a_case("Some text."), a_crisis_case(), a_case("Some third text.")
        now = timezone.now()
        Case.objects.filter(pk=old.pk).update(opened_at=now - timezone.timedelta(days=4), due_at=now)
        a_ruling(done, by=moderator)
        done.refresh_from_db()
        Case.objects.filter(pk=done.pk).update(opened_at=done.decided_at - timezone.timedelta(hours=3))

        bands = {band.label: band for band in figures.by_band(since=SINCE)}

        assert (bands["Crisis"].waiting, bands["Crisis"].late) == (1, 0)
        assert bands["Crisis"].oldest_at == crisis.opened_at
        worry = bands["A reader is worried"]
        assert (worry.waiting, worry.late, worry.median) == (1, 1, timezone.timedelta(hours=3))
        assert (worry.decided.part, worry.decided.whole) == (0, 1)

    def test_overturned_questions_and_signals_each_case_once_and_beyond_the_post(self, moderator):
        cases = [a_case(text) for text in TEXTS[:4]]
        an_assessment(TEXTS[0].upper())
        overturn(cases[0], by=moderator)
        a_ruling(cases[1], by=moderator, decision="withdrawn")
        a_ruling(cases[2], by=moderator)
        purge(now=timezone.now() + timezone.timedelta(days=400))

        items, signals = figures.overturned(since=SINCE)

        assert [(row.key, row.share.part, row.share.whole) for row in items] == [("C1-known-claims", 2, 3)]
        assert [(row.key, row.share.part, row.share.whole) for row in signals] == [("running-cures-depression", 2, 3)]
        assert figures.overturned(since=SINCE, version=2) == ([], [])

    def test_two_blind_readings_agree_or_do_not(self, moderator, other, settings):
        settings.SECOND_READING_SHARE = 1
        same, different = a_case(TEXTS[0]), a_case(TEXTS[1])
        a_ruling(same, by=moderator)
        a_ruling(same, by=other)
        a_ruling(different, by=moderator)
        a_ruling(different, by=other, decision="withdrawn")

        blind = figures.blind_agreement(since=SINCE)

        assert (blind.same.part, blind.same.whole) == (1, 2)
        assert blind.kappa == pytest.approx(0)

    def test_practice_cases_are_in_no_figure_but_their_own(self, admin, moderator):
        golden = a_golden_case(by=admin)
        a_ruling(golden.case, by=moderator, decision="withdrawn")

        assert sum(band.waiting for band in figures.by_band(since=SINCE)) == 0
        assert figures.overturned(since=SINCE) == ([], [])
        assert set(figures.decisions(since=SINCE).values()) == {0}
        assert set(figures.referrals(since=SINCE)[0].values()) == {0}
        mine = figures.golden_agreement(since=SINCE, person=moderator)
        assert (mine.same.part, mine.same.whole) == (0, 1)
        assert figures.golden_agreement(since=SINCE, person=admin).same.whole == 0

    def test_skips_are_counted_by_topic_and_by_reason(self, moderator, other):
        case = a_case(TEXTS[0])
        skip(case=case, by=moderator, reason="topic")
        skip(case=case, by=other, reason="too_close")

        topics, reasons = figures.skips(since=SINCE)

        assert topics == {"content": 2}
        assert reasons == {"I do not read this topic": 1, "It is too close to me": 1}


class TestPage:
    def test_it_shows_the_figures_with_pictures_that_can_be_heard(self, signed_in, moderator):
        overturn(a_case(TEXTS[0]), by=moderator)
        a_case(TEXTS[1])

        page = signed_in(moderator).get(PAGE).content.decode()

        assert "Question C1-known-claims?" in page
        assert "100% (21% to 100%)" in page
        assert '<title id="waiting-title">Cases that wait</title>' in page
        assert "A reader is worried: 1" in page

    def test_practice_is_one_s_own_and_seniors_see_all_together(self, signed_in, moderator, admin, other):
        golden = a_golden_case(by=admin)
        a_ruling(golden.case, by=moderator)

        assert "Everybody" not in signed_in(moderator).get(PAGE).content.decode()
        theirs = signed_in(admin).get(PAGE).content.decode()
        assert "Everybody’s practice cases" in theirs
        assert "mo" not in theirs.partition("How alike we judge")[2].partition("</dl>")[0].split()

    def test_it_asks_as_much_of_the_database_however_much_there_is(self, signed_in, moderator):
        browser, asked = signed_in(moderator), []
        for text in TEXTS[:3]:
            overturn(a_case(text), by=moderator)
            a_case(f"{text} And more.")
            browser.get(PAGE)
            with CaptureQueriesContext(connection) as queries:
                browser.get(PAGE)
            asked.append(len(queries))

        assert len(set(asked)) == 1

    @pytest.mark.parametrize("days", ["7", "-1", "x", ""])
    def test_a_period_that_is_none_is_the_usual_one(self, signed_in, moderator, days):
        assert "The last 90 days" in signed_in(moderator).get(PAGE, {"days": days}).content.decode()


class TestFiles:
    def test_figures_as_csv(self, signed_in, exporter):
        overturn(a_case(TEXTS[0]), by=exporter)

        lines = rows(signed_in(exporter).get(f"{PAGE}figures.csv"))

        assert lines[0] == ["figure", "of", "part", "whole", "low", "high"]
        line = next(line for line in lines if line[0] == "question overturned")
        assert line[1:4] == ["C1-known-claims", "1", "1"]
        assert float(line[4]) == pytest.approx(0.2065, abs=1e-3)

    @pytest.mark.parametrize("address", [f"{PAGE}figures.csv", f"{PAGE}2026/transparency.csv"])
    def test_only_who_may_export_gets_a_file(self, signed_in, moderator, stranger, address):
        assert signed_in(moderator).get(address).status_code == 403
        assert signed_in(stranger).get(address).status_code == 403
        assert signed_in(stranger).get(PAGE).status_code == 403


class TestTransparency:
    YEAR = timezone.now().year

    def facts(self):
        return {fact.what: fact.shown for chapter in transparency.year_in_facts(self.YEAR) for fact in chapter.facts}

    def test_small_numbers_are_only_small(self, moderator):
        for text in TEXTS:
            a_ruling(a_case(text), by=moderator)
        overturn(a_case("Running cures depression, they say in another place and to other people."), by=moderator)

        facts = self.facts()

        assert facts["A reader"] == facts["Altogether"] == "7"
        assert facts["The report stands as it is"] == "6"
        assert facts["The report is corrected"] == "<5"
        assert facts["The report is taken back"] == "0"
        assert facts["People who decided"] == "<5"

    def test_no_sum_stands_beside_a_small_number(self, moderator):
        a_case(TEXTS[0])

        assert self.facts()["A reader"] == "<5"
        assert "Altogether" not in self.facts()

    def test_an_appeal_that_changed_something_is_a_reversal(self, moderator, other, monkeypatch):
        monkeypatch.setattr(transparency, "SMALLEST", 0)
        upheld, reversed_ = a_case(TEXTS[0]), a_case(TEXTS[1])
        for case in (upheld, reversed_):
            a_ruling(case, by=moderator)
            refer(assessment=newest_assessment(case), source=ReferralSource.APPEAL)
        a_ruling(upheld, by=other)
        a_ruling(reversed_, by=other, decision="withdrawn")

        facts = self.facts()

        assert facts["Appeals that were answered"] == "2"
        assert facts["Decisions that changed after an appeal"] == "1"

    def test_page_and_file_say_the_same_and_name_nobody(self, signed_in, exporter):
        a_ruling(a_case(TEXTS[0]), by=exporter, note="My own words.")
        browser = signed_in(exporter)

        page = browser.get(f"{PAGE}{self.YEAR}/").content.decode()
        lines = rows(browser.get(f"{PAGE}{self.YEAR}/transparency.csv"))

        said = page.partition("<main")[2]
        assert all(value.replace("<", "&lt;") in said and what in said for _, what, value in lines[1:])
        assert "My own words." not in said
        assert exporter.username not in [cell for line in lines for cell in line]
        assert Ruling.objects.get().reason.label in said

    @pytest.mark.parametrize("year", [1999, 2999])
    def test_a_year_that_is_none_is_not_found(self, signed_in, moderator, year):
        assert signed_in(moderator).get(f"{PAGE}{year}/").status_code == 404
