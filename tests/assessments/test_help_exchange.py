"""Help services as CSV: the round trip, every mistake with its place, all or nothing, and seeing before saying yes."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assessments import help_exchange
from assessments.help_exchange import (
    COLUMNS,
    ChangedMeanwhile,
    ExchangeError,
    FileMistakes,
    export_lines,
    import_services,
    plan_import,
)
from assessments.help_keeping import confirm_services
from assessments.help_loading import load_help
from assessments.models import AuditEntry, HelpService
from assessments.spreadsheets import guarded, unguarded
from tests.assessments.staff_pages import help_content, help_service, said

pytestmark = pytest.mark.django_db

IMPORT = "/admin/assessments/helpservice/import/"


@pytest.fixture
def services():
    one = help_service("One") | {"phone": "+44 20 7946 0000", "hours": 'daily, "late"', "how_checked": "=1+1"}
    load_help(help_content(one, help_service("Two")))
    return HelpService.objects.order_by("name")


@pytest.fixture
def browser(help_editor, signed_in):
    return signed_in(help_editor)


def exported():
    return "".join(export_lines(HelpService.objects.all())).encode()


def rows_of(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def file_of(rows, columns=COLUMNS):
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def changed(number=0, **cells):
    """The export with some cells of one row changed."""
    rows = rows_of(exported())
    rows[number] |= cells
    return file_of(rows)


def new_row(**cells):
    empty = dict.fromkeys(COLUMNS, "")
    about = {
        "country": "GB",
        "order": "3",
        "name": "Three",
        "kind": "youth",
        "phone": "0800 1111",
        "confidence": "check",
    }
    return empty | about | {"confidence": "check"} | cells


def test_a_file_that_nobody_changed_changes_nothing(services, admin):
    confirm_services(services.filter(name="One"), by=admin)
    data = exported()
    written = AuditEntry.objects.count()

    plan = plan_import(data)
    import_services(data, token=plan.token, by=admin)

    assert (plan.changes, plan.unchanged) == ((), 2)
    assert exported() == data
    assert AuditEntry.objects.count() == written


def test_no_cell_is_a_formula(services):
    one, two = rows_of(exported())

    assert (one["phone"], one["how_checked"]) == ("'+44 20 7946 0000", "'=1+1")
    assert two["phone"] == ""


@pytest.mark.parametrize(
    "text", ["=1+1", "+44", "-1", "@a", "'=1", "''=1", "'quoted'", "\t=1", "plain", "", "a=b", "'"]
)
def test_guarding_can_be_undone(text):
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in ("=", "+", "-", "@", "\t")


def test_changes_and_new_services_come_in_and_are_recorded(services, help_editor):
    confirm_services(services, by=help_editor)
    rows = rows_of(exported())
    rows[0] |= {"phone": "'+44 20 7946 9999 "}
    rows[1] |= {"order": "7"}
    data = file_of([*rows, new_row()])

    plan = plan_import(data)
    assert [(change.line, change.name, change.must_be_checked_again) for change in plan.changes] == [
        (2, "One", True),
        (3, "Two", False),
        (4, "Three", True),
    ]
    import_services(data, token=plan.token, by=help_editor)

    one, three, two = HelpService.objects.order_by("name")
    assert (one.phone, one.verified_at) == ("+44 20 7946 9999", None)
    assert (two.order, two.verified_by) == (7, help_editor)
    assert (three.country_id, three.phone, three.verified_at) == ("GB", "0800 1111", None)
    entries = AuditEntry.objects.filter(user_name="helen", verb__in=("add", "change"))
    assert [(entry.verb, entry.label) for entry in entries] == [
        ("add", "Three (GB)"),
        ("change", "Two (GB)"),
        ("change", "One (GB)"),
    ]


def test_a_service_that_is_not_in_the_file_stays(services, admin):
    data = file_of(rows_of(exported())[:1])

    import_services(data, token=plan_import(data).token, by=admin)

    assert services.count() == 2


@pytest.mark.parametrize(
    ("cells", "mistake"),
    [
        ({"country": "ZZ"}, "Line 2, country: We have no country with this code."),
        ({"order": "first"}, "Line 2, order: This must be a whole number."),
        ({"order": "-1"}, "Line 2, order: This must be a whole number."),
        ({"order": "99999999999"}, "Line 2, order: Ensure this value is less than or equal to 2147483647."),
        ({"name": " "}, "Line 2, name: This field cannot be blank."),
        ({"name": "x" * 201}, "Line 2, name: Ensure this value has at most 200 characters"),
        ({"confidence": "very"}, "Line 2, confidence: Value 'very' is not a valid choice."),
        ({"url": "javascript:alert(1)"}, "Line 2, url: A web address begins with https://."),
        ({"url": "https://no spaces"}, "Line 2, url: Enter a valid URL."),
        ({"url": "", "phone": ""}, "Line 2, phone: Nobody can reach this service"),
        ({"hours": "a\nb"}, "Line 2, hours: This cell has a line break"),
        ({"hours": "a\x00b"}, "Line 2, hours: This cell has a line break"),
        ({"id": "0"}, "Line 2, id: No service has this number."),
        ({"id": "x"}, "Line 2, id: No service has this number."),
        ({"verified_at": "2026-01-01"}, "Line 2, verified_at: This column is for reading only."),
        ({"id": "", "name": "Two"}, "Line 2, name: There is such a service already."),
    ],
)
def test_a_mistake_has_a_line_and_a_column(cells, mistake, services):
    with pytest.raises(FileMistakes) as error:
        plan_import(changed(**cells))

    assert str(error.value.mistakes[0]).startswith(mistake)
    assert len(error.value.mistakes) == 1


def test_all_mistakes_are_told_at_once_and_nothing_is_written(services, admin):
    rows = rows_of(exported())
    rows[0] |= {"order": "x", "country": "ZZ"}
    rows[1] |= {"id": rows[0]["id"]}
    data = file_of([*rows, new_row(), new_row()])
    before = exported()

    with pytest.raises(FileMistakes) as error:
        import_services(data, token="", by=admin)

    assert [(one.line, one.column) for one in error.value.mistakes] == [
        (2, "country"),
        (2, "order"),
        (3, "id"),
        (5, "name"),
    ]
    assert exported() == before


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Line 1, id: This column is missing."),
        (b"id;country;order\r\n", "Line 1: The cells are parted by semicolons."),
        (",".join(reversed(COLUMNS)).encode(), "Line 1: The columns must be in this order"),
        (",".join([*COLUMNS, "colour"]).encode(), "Line 1, colour: We do not know this column."),
        (",".join(COLUMNS).encode() + b"\r\n1,GB\r\n", "Line 2: There are 2 cells"),
        (",".join(COLUMNS).encode() + b"\r\n\xff\xfe", "Line 2: This is not UTF-8."),
        (",".join(COLUMNS).encode() + b'\r\n"open', "Line 2: This line cannot be read"),
        (",".join(COLUMNS).encode() + b"\r\n" + b"x" * 200_000, "Line 2: This line cannot be read"),
    ],
)
def test_a_file_that_is_no_such_file(data, sentence):
    with pytest.raises(FileMistakes) as error:
        plan_import(data)

    assert str(error.value.mistakes[0]).startswith(sentence)


def test_a_file_that_is_too_large(services, monkeypatch):
    with pytest.raises(ExchangeError, match="larger than 2 MB"):
        plan_import(b"x" * (help_exchange.MAX_BYTES + 1))
    monkeypatch.setattr(help_exchange, "MAX_ROWS", 1)
    with pytest.raises(ExchangeError, match="more than 5,000"):
        plan_import(exported())


def test_what_changed_meanwhile_is_shown_again(services, admin):
    data = changed(order="9")
    token = plan_import(data).token
    services.filter(name="One").update(order=4)

    with pytest.raises(ChangedMeanwhile):
        import_services(data, token=token, by=admin)

    assert services.get(name="One").order == 4


# --- the pages -------------------------------------------------------------------------------------------------------


def upload(browser, data):
    return browser.post(IMPORT, {"file": SimpleUploadedFile("help.csv", data)})


def test_the_export_comes_back_as_it_went(services, browser):
    answer = browser.get("/admin/assessments/helpservice/export/")

    assert answer["Content-Disposition"].startswith('attachment; filename="help-services-')
    assert b"".join(answer.streaming_content) == exported()


def test_first_seen_then_done(services, browser):
    shown = upload(browser, changed(hours="<b>always</b>"))

    page = shown.content.decode()
    assert "<ins>&lt;b&gt;always&lt;/b&gt;</ins>" in page
    assert services.get(name="One").hours == 'daily, "late"'
    done = browser.post(IMPORT, {"token": shown.context["plan"].token})
    assert said(done) == ["Done: 1 changed or added."]
    assert services.get(name="One").hours == "<b>always</b>"
    assert said(browser.post(IMPORT, {"token": shown.context["plan"].token}))[-1] == "Choose the file again."


def test_the_page_lists_the_mistakes(services, browser):
    answer = upload(browser, changed(order="x", country="ZZ"))

    page = answer.content.decode()
    assert "The file has 2 mistakes. Nothing was changed." in page
    assert "<td>2</td><td>country</td>" in page
    assert "token" not in answer.context


def test_somebody_was_quicker(services, browser):
    shown = upload(browser, changed(order="9"))
    services.filter(name="One").update(order=4)

    again = browser.post(IMPORT, {"token": shown.context["plan"].token})

    assert "Somebody changed these services while you were looking." in again.content.decode()
    assert services.get(name="One").order == 4
    browser.post(IMPORT, {"token": again.context["plan"].token})
    assert services.get(name="One").order == 9


def test_nothing_chosen_or_too_much(services, browser):
    assert "This field is required." in browser.post(IMPORT, {}).content.decode()
    page = upload(browser, b"x" * (help_exchange.MAX_BYTES + 1)).content.decode()
    assert "This file is larger than 2 MB." in page


def test_nobody_else_brings_services_in(services, moderator, auditor, signed_in):
    for person in (moderator, auditor):
        assert upload(signed_in(person), exported()).status_code == 403
