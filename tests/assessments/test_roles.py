"""Roles: what each may do, and bringing groups up to date without taking anything away."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from assessments import roles
from assessments.models import AuditEntry
from assessments.roles import make_groups
from tests import factories

pytestmark = pytest.mark.django_db

ALL = {
    "Editors",
    "Publishers",
    "Help-service editors",
    "Moderators",
    "Senior moderators",
    "Auditors",
}


def codenames(name):
    return set(Permission.objects.filter(group__name=name).values_list("codename", flat=True))


def test_there_are_six_groups_and_the_second_time_changes_nothing(django_assert_num_queries):
    assert set(make_groups()) == ALL
    assert set(Group.objects.values_list("name", flat=True)) == ALL
    written = AuditEntry.objects.count()

    with django_assert_num_queries(2):
        assert make_groups() == {}
    assert AuditEntry.objects.count() == written == len(ALL)


def test_a_group_gets_what_it_lacks_and_keeps_what_people_added():
    group = Group.objects.create(name=roles.EDITORS)
    own = Permission.objects.get(codename="view_flag")
    group.permissions.add(own)

    make_groups()
    group.permissions.remove(Permission.objects.get(codename="add_claim"))
    added = make_groups()

    assert added == {"Editors": ["add_claim"]}
    assert own in group.permissions.all()
    entry = AuditEntry.objects.newest_first().first()
    assert (entry.user_id, entry.label, entry.after) == (None, "Editors", {"permissions added": ["add_claim"]})


def test_the_command_says_what_it_added(capsys):
    call_command("make_roles")
    first = capsys.readouterr().out
    Group.objects.get(name=roles.MODERATORS).permissions.remove(Permission.objects.get(codename="add_review"))
    call_command("make_roles")

    assert first.count("Made the group ") == 6
    assert capsys.readouterr().out == "Moderators: added add_review.\n"


def test_writing_and_publishing_are_two_roles():
    make_groups()

    assert "add_claim" in codenames(roles.EDITORS)
    assert "publish_checklist" not in codenames(roles.EDITORS)
    assert "publish_checklist" in codenames(roles.PUBLISHERS)
    assert not [name for name in codenames(roles.PUBLISHERS) if name.startswith(("add_", "change_", "delete_"))]


def test_help_editors_write_help_and_nothing_else():
    make_groups()

    written = {name for name in codenames(roles.HELP_EDITORS) if not name.startswith("view_")}
    assert written == {
        f"{verb}_{row}"
        for verb in ("add", "change", "delete")
        for row in ("helpcountry", "helpservice", "helpguidance")
    }


def test_an_auditor_reads_everything_and_changes_nothing():
    make_groups()

    held = codenames(roles.AUDITORS)
    assert {name for name in held if not name.startswith("view_")} == set()
    assert {"view_auditentry", "view_flag", "view_user", "view_group", "view_claim", "view_post"} <= held
    assert all("view_auditentry" not in codenames(name) for name in ALL - {roles.AUDITORS})


def test_a_permission_that_no_model_has_yet_is_passed_over(monkeypatch):
    monkeypatch.setitem(roles.PERMISSIONS, roles.EDITORS, {"view_claim", "fly_to_the_moon"})

    make_groups()

    assert codenames(roles.EDITORS) == {"view_claim"}


def test_somebody_may_have_two_roles():
    person = factories.a_user("pat", group=(roles.EDITORS, roles.PUBLISHERS))

    assert person.has_perms(["assessments.add_claim", "assessments.publish_checklist"])
