"""The audit trail: who changed what, from every place where something can be changed, and never changed itself."""

import csv
import io
from contextlib import contextmanager

import pytest
from django.contrib import admin as django_admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments import publishing, roles
from assessments.admin.audited import Audited
from assessments.auditing import SOFTWARE, record, state_of
from assessments.help_keeping import confirm_services
from assessments.help_loading import load_help
from assessments.models import AuditEntry, Claim, HelpService, Section, WordClass
from assessments.moderation.flagging import close_flag
from tests import factories
from tests.assessments.staff_pages import address, help_content, help_service, run_action, shown

pytestmark = pytest.mark.django_db

TRAIL = "/admin/assessments/auditentry/"


def last():
    return AuditEntry.objects.newest_first().first()


def entries(**about):
    return [
        (entry.user_name, entry.verb, entry.kind, entry.label) for entry in AuditEntry.objects.filter(**about)[::-1]
    ]


# --- it can only grow ------------------------------------------------------------------------------------------------


@contextmanager
def refused():
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        yield
    assert refusal.value.__cause__.sqlstate == "23001"


def test_nobody_changes_or_deletes_an_entry(admin):
    entry = record(by=admin, verb="look", what=admin)
    table = AuditEntry._meta.db_table
    entry.verb = "forged"

    with refused():
        entry.save()
    with refused():
        entry.delete()
    with refused():
        AuditEntry.objects.update(user_name="somebody else")
    with refused():
        AuditEntry.objects.bulk_update([entry], ["verb"])
    with refused(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET verb = 'forged'")
    with refused(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER never_truncated")
        with refused():
            cursor.execute(f"TRUNCATE {table}")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER never_truncated")
    assert last().verb == "look"


def test_an_entry_outlives_the_person_and_the_row(admin, moderator, signed_in):
    group = Group.objects.create(name="Short-lived")
    record(by=moderator, verb="look", what=group)
    number, group_number = moderator.pk, str(group.pk)

    group.delete()
    moderator.delete()

    entry = last()
    assert (entry.user_id, entry.user_name, entry.object_id, entry.label) == (number, "mo", group_number, "Short-lived")


def test_no_change_no_entry(published, editor):
    """The entry is part of the transaction of the change."""
    before = AuditEntry.objects.count()

    with pytest.raises(publishing.NoteMissing):
        publishing.publish(publishing.start_draft(by=editor), by=editor, note=" ")
    with transaction.atomic():
        publishing.delete_draft(publishing.Checklist.objects.drafts().get(), by=editor)
        transaction.set_rollback(True)

    assert entries()[before:] == [("ed", "start a draft", "assessments.checklist", "Draft")]


# --- what is recorded ------------------------------------------------------------------------------------------------


def test_a_row_of_the_draft_is_added_changed_and_deleted(published, editor, signed_in):
    publishing.start_draft(by=editor)
    browser = signed_in(editor)
    fields = {"order": 2, "key": "SLEEP", "description": "Sleeping.", "words": "sleep"}

    browser.post(address(WordClass, "add"), fields)
    row = WordClass.objects.get(key="SLEEP")
    browser.post(address(WordClass, "change", row.pk), fields | {"words": "sleep\nnap"})
    browser.post(address(WordClass, "change", row.pk), fields | {"words": "sleep\nnap"})
    browser.post(address(WordClass, "delete", row.pk), {"post": "yes"})

    added, changed, deleted = AuditEntry.objects.filter(kind="assessments.wordclass", object_id=row.pk)[::-1]
    assert (added.verb, added.before, added.after["words"]) == ("add", None, "sleep")
    assert (changed.verb, changed.before, changed.after) == ("change", {"words": "sleep"}, {"words": "sleep\nnap"})
    assert (deleted.verb, deleted.before["words"], deleted.after) == ("delete", "sleep\nnap", None)
    assert {added.user_name, changed.user_name, deleted.user_name} == {"ed"}


def test_rows_under_a_row_are_recorded_one_by_one(published, editor, signed_in):
    draft = publishing.start_draft(by=editor)
    claim = Claim.objects.filter(checklist=draft).first()
    kept, gone = claim.citations.order_by("order")
    fields = {name: value for name, value in state_of(claim).items() if name not in ("id", "checklist")}
    management = {"citations-TOTAL_FORMS": 3, "citations-INITIAL_FORMS": 2}
    rows = [
        {"id": kept.pk, "order": kept.order, "source": kept.source_id, "locator": "page 77"},
        {"id": gone.pk, "order": gone.order, "source": gone.source_id, "locator": gone.locator, "DELETE": "on"},
        {"order": 9, "source": kept.source_id, "locator": "new"},
    ]
    management |= {f"citations-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}

    answer = signed_in(editor).post(address(Claim, "change", claim.pk), fields | management)

    assert answer.status_code == 302
    found = AuditEntry.objects.filter(kind="assessments.citation")
    assert {(one.verb, (one.before or {}).get("locator"), (one.after or {}).get("locator")) for one in found} == {
        ("change", "page 2", "page 77"),
        ("delete", gone.locator, None),
        ("add", None, "new"),
    }
    assert not AuditEntry.objects.filter(kind="assessments.claim").exists()


def test_a_deletion_from_the_list_tells_all_that_went_with_it(published, editor, signed_in):
    draft = publishing.start_draft(by=editor)
    section = Section.objects.get(checklist=draft, key="author")

    run_action(signed_in(editor), "delete_selected", section, post="yes")

    assert not Section.objects.filter(pk=section.pk).exists()
    kinds = [kind for _, verb, kind, _ in entries(verb="delete")]
    assert kinds.count("assessments.section") == 1
    assert kinds.count("assessments.item") == 1
    assert kinds.count("assessments.answer") == 4
    assert kinds.count("assessments.citation") == 1


def test_publishing_is_recorded_step_by_step(editor, published):
    before = AuditEntry.objects.count()

    draft = publishing.start_draft(by=editor)
    publishing.publish(draft, by=editor, note="Better.")
    publishing.delete_draft(publishing.start_draft(by=editor), by=editor)
    publishing.retire(draft, by=editor)

    assert entries()[before:] == [
        ("ed", "start a draft", "assessments.checklist", "Draft"),
        ("ed", "publish", "assessments.checklist", "Version 2 (published)"),
        ("ed", "start a draft", "assessments.checklist", "Draft"),
        ("ed", "delete the draft", "assessments.checklist", "Draft"),
        ("ed", "retire", "assessments.checklist", "Version 2 (retired)"),
    ]
    assert AuditEntry.objects.get(verb="publish", user_name="ed").after == {
        "version": 2,
        "digest": draft.digest,
        "note": "Better.",
    }


def test_what_no_person_did_was_done_by_the_software(published):
    assert entries() == [
        (SOFTWARE, "load a draft", "assessments.checklist", "Draft"),
        (SOFTWARE, "publish", "assessments.checklist", "Version 1 (published)"),
    ]


def test_a_decision_is_recorded_without_a_word_about_the_post(published, moderator):
    assessment = factories.an_assessment()
    flag = factories.a_flag(assessment, reason="My reason.")

    factories.a_review(assessment, by=moderator, note="Our note.")
    assert close_flag(flag=flag, by=moderator)
    assert not close_flag(flag=flag, by=moderator)

    closed, decided = AuditEntry.objects.filter(user_name="mo")
    assert (decided.verb, decided.kind) == ("decide", "assessments.review")
    assert decided.after == {
        "decision": "stands",
        "overturned": [],
        "level_after": None,
        "assessment": assessment.pk,
    }
    assert (closed.verb, closed.before, closed.after) == ("close", {"state": "open"}, {"state": "closed"})


def test_what_is_secret_is_named_and_not_told(published, moderator):
    flag = factories.a_flag(factories.an_assessment(), reason="My reason.")
    moderator.set_password("a long new password")

    for row, name in ((flag, "reason"), (moderator, "password"), (flag.assessment.post, "text")):
        entry = record(by=None, verb="change", what=row, after={name: state_of(row)[name]})
        entry.refresh_from_db()
        assert entry.after == {name: "(not kept here)"}


def test_help_services_that_somebody_checked(moderator):
    load_help(help_content(help_service("One"), help_service("Two")))

    confirm_services(HelpService.objects.filter(name="One"), by=moderator)

    entry = last()
    assert (entry.user_name, entry.verb, entry.label, set(entry.after)) == (
        "mo",
        "check",
        "One (GB)",
        {"verified_at", "verified_by"},
    )


def test_signing_in_and_out(admin):
    admin.set_password("a long password")
    admin.save()
    browser = Client()

    browser.post(reverse("account_login"), {"login": "ada", "password": "wrong"})
    browser.post(reverse("account_login"), {"login": "ada", "password": "a long password"})
    browser.post(reverse("admin:logout"))

    assert entries() == [("ada", "sign in", "auth.user", "ada"), ("ada", "sign out", "auth.user", "ada")]


def test_accounts_passwords_and_roles(admin, moderator, signed_in):
    roles.make_groups()
    browser = signed_in(admin)
    user = get_user_model()
    password = {"password1": "another long password", "password2": "another long password", "usable_password": "true"}

    browser.post(f"/admin/auth/user/{moderator.pk}/password/", password)
    joined = {"date_joined_0": "2026-01-01", "date_joined_1": "12:00:00"}
    groups = [Group.objects.get(name=roles.AUDITORS).pk]
    form = {"username": "mo", "is_active": "on", "is_staff": "on", **joined, "groups": groups}
    browser.post(f"/admin/auth/user/{moderator.pk}/change/", form)
    browser.post(f"/admin/auth/user/{moderator.pk}/delete/", {"post": "yes"})

    assert not user.objects.filter(username="mo").exists()
    changed, moved, deleted = AuditEntry.objects.filter(user_name="ada", label="mo")[::-1]
    assert changed.after == {"password": "(not kept here)"}
    assert (moved.before["groups"], moved.after["groups"]) == (["Moderators"], ["Auditors"])
    assert (deleted.verb, deleted.before["username"]) == ("delete", "mo")


def test_every_admin_page_on_which_something_can_be_written_is_recorded(published, admin, rf):
    publishing.start_draft(by=None)
    request = rf.get("/")
    request.user = admin
    pages = django_admin.site._registry.values()
    writing = [
        page for page in pages if any(page.get_model_perms(request)[verb] for verb in ("add", "change", "delete"))
    ]

    assert len(writing) > 15
    assert [str(page) for page in writing if not isinstance(page, Audited)] == []


# --- the page --------------------------------------------------------------------------------------------------------


@pytest.fixture
def browser(auditor, signed_in):
    return signed_in(auditor)


def many(number, *, by=None):
    group = Group.objects.create(name="A group")
    for turn in range(number):
        record(by=by, verb="look", what=group, before={"n": turn}, after={"n": turn + 1})


def test_a_page_shows_what_was_before_and_after(browser, admin):
    entry = record(
        by=admin,
        verb="change",
        what=admin,
        before={"words": "one\ntwo\nthree", "note": "<b>old</b>"},
        after={"words": "one\n2\nthree", "note": "new"},
    )

    page = browser.get(f"{TRAIL}{entry.pk}/change/").content.decode()

    assert "<del>two</del>" in page
    assert "<ins>2</ins>" in page
    assert "<del>one</del>" not in page
    assert "<del>&lt;b&gt;old&lt;/b&gt;</del>" in page
    assert 'name="_save"' not in page


def test_it_is_filtered_by_person_verb_kind_and_day(browser, admin):
    record(by=admin, verb="look", what=Group.objects.first())
    record(by=None, verb="tidy", what=Group)

    def verbs(**filters):
        return {entry.verb for entry in shown(browser.get(TRAIL, filters))}

    assert verbs(user_name="ada") == {"look"}
    assert verbs(user_name=SOFTWARE) >= {"tidy"}
    assert verbs(verb="tidy") == {"tidy"}
    assert verbs(kind="auth.user") == {"sign in"}
    assert verbs(kind="nothing") == set()
    assert verbs(q="ada") == {"look"}
    assert verbs(recorded_at__gte="2999-01-01 00:00:00+00:00") == set()
    page = browser.get(TRAIL).content.decode()
    assert all(f"?verb={verb}" in page for verb in ("look", "tidy"))


def test_older_entries_are_reached_page_by_page(browser):
    many(205)
    newest = AuditEntry.objects.newest_first().values_list("pk", flat=True)

    pages, address_of = [], TRAIL
    for _ in range(3):
        answer = browser.get(address_of)
        pages.append([entry.pk for entry in shown(answer)])
        address_of = TRAIL + answer.context["cl"].older

    assert pages[0] + pages[1] == list(newest[:200])
    assert pages[2] == list(newest[200:])
    assert address_of == TRAIL
    assert "older_than" not in browser.get(TRAIL, {"older_than": newest[50]}).context["cl"].get_query_string()
    assert len(shown(browser.get(TRAIL, {"older_than": "x' OR 1=1"}))) == 100


def test_the_list_counts_nothing_and_asks_as_often_for_more_entries(browser):
    many(1)
    browser.get(TRAIL)
    with CaptureQueriesContext(connection) as few:
        browser.get(TRAIL)
    for turn in range(3):
        record(by=None, verb=f"verb {turn}", what=AuditEntry)
    with CaptureQueriesContext(connection) as more:
        browser.get(TRAIL)

    assert len(more) == len(few)
    assert not [query["sql"] for query in more if "COUNT(" in query["sql"] and "auditentry" in query["sql"]]


def test_it_is_exported_and_the_export_is_recorded(browser, admin):
    record(by=admin, verb="look", what=Group, after={"name": "x"})
    record(by=None, verb="=cmd", what=Group)

    answer = browser.post(f"{TRAIL}export/?user_name=ada")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    everything = b"".join(browser.post(f"{TRAIL}export/").streaming_content).decode()

    assert [(row["user_name"], row["verb"], row["after"]) for row in rows] == [("ada", "look", '{"name": "x"}')]
    assert ",'=cmd," in everything
    exports = AuditEntry.objects.filter(verb="export").order_by("id")
    assert [(one.user_name, one.after) for one in exports] == [
        ("audrey", {"filters": {"user_name": "ada"}}),
        ("audrey", {"filters": {}}),
    ]
    assert browser.get(f"{TRAIL}export/").status_code == 405


@pytest.mark.parametrize("who", ["editor", "moderator", "help_editor"])
def test_others_do_not_see_it(who, request, signed_in):
    browser = signed_in(request.getfixturevalue(who))

    assert browser.get(TRAIL).status_code == 403
    assert browser.post(f"{TRAIL}export/").status_code == 403
