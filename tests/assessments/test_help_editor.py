"""Help services kept right: the rule for old ones, the reminder, and what readers see of it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments import crisis_help
from assessments.help_freshness import Standing, months_before, shown, standing
from assessments.help_loading import load_help
from assessments.models import AuditEntry, HelpCountry, HelpService
from tests.assessments.staff_pages import address, help_content, help_service, run_action, said
from tests.assessments.staff_pages import shown as listed

TODAY = date(2026, 8, 31)


# --- the rule --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verified", "closed", "expected"),
    [
        (None, None, Standing.NEVER),
        (date(2026, 8, 31), None, Standing.FRESH),
        (date(2026, 2, 28), None, Standing.FRESH),
        (date(2026, 2, 27), None, Standing.DUE),
        (date(2025, 8, 31), None, Standing.DUE),
        (date(2025, 8, 30), None, Standing.STALE),
        (date(2024, 8, 31), None, Standing.STALE),
        (date(2024, 8, 30), None, Standing.VERY_STALE),
        (date(2026, 8, 31), date(2026, 8, 31), Standing.CLOSED),
        (None, date(2026, 8, 31), Standing.CLOSED),
    ],
)
def test_where_a_service_stands(verified, closed, expected):
    assert standing(verified, closed, today=TODAY) == expected


@pytest.mark.parametrize(
    ("today", "months", "expected"),
    [
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2024, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 1, 15), 12, date(2025, 1, 15)),
        (date(2026, 3, 1), 24, date(2024, 3, 1)),
        (date(2026, 12, 31), 6, date(2026, 6, 30)),
    ],
)
def test_months_are_counted_as_people_do(today, months, expected):
    assert months_before(today, months) == expected


def a_row(name, *, kind="crisis", months=None, closed=False):
    verified = None if months is None else months_before(TODAY, months)
    return HelpService(name=name, kind=kind, verified_at=verified, closed_reported_at=TODAY if closed else None)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([a_row("new"), a_row("fresh", months=1), a_row("stale", months=20)], ["new", "fresh", "stale"]),
        ([a_row("old", months=30), a_row("fresh", months=1)], ["fresh"]),
        # The last of its kind stays: a list to read is no help to who wants to ring.
        ([a_row("old", months=30), a_row("fresh", kind="information", months=1)], ["old", "fresh"]),
        ([a_row("older", months=40), a_row("old", months=30)], ["old"]),
        ([a_row("closed", closed=True), a_row("other", kind="youth")], ["other"]),
        ([a_row("closed", closed=True), a_row("old", months=30)], ["old"]),
        # The last of the country stays.
        ([a_row("closed", closed=True)], ["closed"]),
        ([a_row("closed", closed=True), a_row("closed too", months=3, closed=True)], ["closed too"]),
        ([], []),
    ],
)
def test_old_ones_are_hidden_and_never_the_last(rows, expected):
    for number, row in enumerate(rows, 1):
        row.pk = number

    assert [row.name for row in shown(rows, today=TODAY)] == expected


@pytest.mark.django_db
def test_the_database_and_the_rule_agree(admin):
    load_help(help_content())
    country = HelpCountry.objects.get()
    today = timezone.localdate()
    for months in (None, 0, 5, 6, 7, 11, 12, 13, 23, 24, 25):
        for days in (-1, 0, 1):
            for closed in (None, today):
                checked = {}
                if months is not None:
                    day = min(today, months_before(today, months) + timedelta(days=days))
                    checked = {"verified_at": day, "verified_by": admin}
                HelpService.objects.create(country=country, confidence="sure", closed_reported_at=closed, **checked)

    for one in Standing:
        by_rule = {
            row.pk
            for row in HelpService.objects.all()
            if standing(row.verified_at, row.closed_reported_at, today=today) is one
        }
        assert by_rule
        assert set(HelpService.objects.of_standing(one, today=today).values_list("pk", flat=True)) == by_rule
    assert not HelpService.objects.of_standing("nonsense", today=today).exists()


# --- what readers see ------------------------------------------------------------------------------------------------


@pytest.fixture
def services(db):
    """Two crisis lines in the one country there is, and the international directory."""
    content = help_content(help_service("Aspen line"), help_service("Birch line"))
    content["countries"].append(
        {"code": "INT", "country": "Any", "emergency": "112", "note": "", "services": [help_service("Directory")]}
    )
    load_help(content)
    return HelpService.objects.order_by("order", "name")


def check(name, *, months, by):
    day = months_before(timezone.localdate(), months) - timedelta(days=1)
    HelpService.objects.filter(name=name).update(verified_at=day, verified_by=by)
    return day


def help_page(client):
    return client.get("/help/", {"country": "GB"}).content.decode()


def test_an_old_check_is_said_and_a_very_old_one_hides(services, admin, client):
    assert help_page(client).count("Not verified yet") >= 2
    day = check("Aspen line", months=12, by=admin)
    assert f"Not checked since {day:%B %Y}" in help_page(client)

    check("Aspen line", months=24, by=admin)
    page = help_page(client)

    assert "Aspen line" not in page
    assert "Birch line" in page
    assert "999" in page


def test_the_last_one_stays_with_a_mark(services, admin, client):
    check("Aspen line", months=24, by=admin)
    HelpService.objects.filter(name="Birch line").update(closed_reported_at=timezone.localdate())

    page = help_page(client)

    assert "Aspen line" in page
    assert "Not checked since" in page
    assert "Birch line" not in page
    HelpService.objects.filter(name="Aspen line").update(closed_reported_at=timezone.localdate())
    HelpService.objects.filter(name="Birch line").delete()
    page = help_page(client)
    assert "We were told that it has closed" in page
    assert "999" in page


def test_the_strip_says_when_its_line_was_not_checked_lately(services, admin, client):
    HelpService.objects.filter(name="Aspen line").update(phone="116 123")
    assert "Lines not verified yet" in client.get("/", {"country": "GB"}).content.decode()
    check("Aspen line", months=12, by=admin)

    page = client.get("/", {"country": "GB"}).content.decode()

    assert "Lines not checked lately" in page
    assert "Lines not verified yet" not in page


def test_help_takes_one_query_that_asks_whether_it_is_still_the_same(services, django_assert_num_queries):
    crisis_help.first_known("GB")

    with django_assert_num_queries(1):
        crisis_help.first_known("GB")


# --- the staff pages -------------------------------------------------------------------------------------------------


def test_reported_closed_and_checked_again(services, help_editor, signed_in):
    browser = signed_in(help_editor)
    first = services.get(name="Aspen line")

    said_closed = said(run_action(browser, "reported_closed", first))
    first.refresh_from_db()
    assert first.closed_reported_at == timezone.localdate()
    run_action(browser, "checked_today", first)

    first.refresh_from_db()
    assert said_closed[0].startswith("1 reported closed.")
    assert (first.closed_reported_at, first.verified_by) == (None, help_editor)
    verbs = AuditEntry.objects.filter(object_id=first.pk, kind="assessments.helpservice").values_list("verb", flat=True)
    assert list(verbs) == ["check", "report closed"]


def test_the_list_is_filtered_by_what_needs_a_check(services, help_editor, signed_in):
    browser = signed_in(help_editor)
    check("Aspen line", months=0, by=help_editor)
    check("Birch line", months=7, by=help_editor)

    def names(value):
        return {row.name for row in listed(browser.get(address(HelpService), {"check": value}))}

    assert names("needed") == {"Birch line", "Directory"}
    assert names("fresh") == {"Aspen line"}
    assert names("due") == {"Birch line"}
    assert names("never") == {"Directory"}
    assert names("nonsense") == set()


def test_the_reminder_counts_by_country_and_leads_there(services, help_editor, signed_in):
    browser = signed_in(help_editor)
    check("Aspen line", months=24, by=help_editor)
    check("Birch line", months=0, by=help_editor)

    page = browser.get("/admin/assessments/helpservice/due/")

    lines = {line.code: line for line in page.context["countries"]}
    assert dict(lines["GB"].counts) == {"never": 0, "due": 0, "stale": 0, "very-stale": 1, "closed": 0}
    assert (lines["GB"].hidden, lines["INT"].hidden) == (1, 0)
    assert "?check=very-stale&amp;country__code__exact=GB" in page.content.decode()
    filtered = browser.get(address(HelpService), {"check": "very-stale", "country__code__exact": "GB"})
    assert [row.name for row in listed(filtered)] == ["Aspen line"]


def test_the_first_page_reminds_who_can_check(services, help_editor, moderator, signed_in):
    assert "3 help services due for a check" in signed_in(help_editor).get("/admin/").content.decode()
    assert "due for a check" not in signed_in(moderator).get("/admin/").content.decode()


def test_the_reminder_asks_as_often_for_more(services, help_editor, signed_in):
    browser = signed_in(help_editor)
    browser.get("/admin/assessments/helpservice/due/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/admin/assessments/helpservice/due/")
    for code in ("AU", "NZ"):
        country = HelpCountry.objects.create(code=code, name=code)
        HelpService.objects.create(country=country, name=code, kind="crisis", confidence="check")
    with CaptureQueriesContext(connection) as more:
        page = browser.get("/admin/assessments/helpservice/due/")

    assert len(page.context["countries"]) == 4
    assert len(more) == len(few)


def test_a_country_shows_its_services_and_keeps_its_code(services, help_editor, signed_in):
    browser = signed_in(help_editor)

    page = browser.get(address(HelpCountry, "change", "GB")).content.decode()
    browser.post(
        address(HelpCountry, "change", "GB"),
        {"code": "XX", "name": "Great Britain", "emergency": "999", "order": 1, "note": ""}
        | {"services-TOTAL_FORMS": 0, "services-INITIAL_FORMS": 0},
    )

    assert "Aspen line" in page
    assert "Never checked" in page
    assert 'name="code"' not in page
    assert set(HelpCountry.objects.values_list("code", "name")) == {("GB", "Great Britain"), ("INT", "Any")}
