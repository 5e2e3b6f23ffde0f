"""The commands, as somebody at a terminal or a pipe meets them."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError

from assessments import content_loading, publishing, snapshots
from assessments.models import Checklist, EvaluationRun, HelpCountry, HelpGuidance, HelpService
from assessments.snapshots import canonical_bytes
from tests import factories
from tests.assessments.command_line import run

# --- export_snapshot -------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_export_writes_the_bytes_of_the_digest(published, tmp_path):
    file = tmp_path / "out.json"

    run("export_snapshot", "--output", str(file))

    assert file.read_bytes() == canonical_bytes(factories.small_content() | {"version": "1"})
    assert snapshots.from_file(file).digest == published.digest
    assert run("export_snapshot").encode() == file.read_bytes()


@pytest.mark.django_db
def test_export_an_earlier_version(published, editor):
    publishing.publish(publishing.start_draft(by=editor), by=editor, note="Again.")

    assert run("export_snapshot", "--checklist-version", "1") == published.snapshot
    with pytest.raises(CommandError, match="There is no version 9"):
        run("export_snapshot", "--checklist-version", "9")


@pytest.mark.django_db
def test_export_says_that_nothing_is_published():
    with pytest.raises(CommandError, match="No checklist is published yet"):
        run("export_snapshot")


def test_export_from_content_needs_no_database(command_line, tmp_path, content):
    file = tmp_path / "out.json"

    done = command_line("export_snapshot", "--from-content", "--output", str(file))

    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(file.read_bytes()) == content | {"version": "content"}
    assert snapshots.from_file(file).version == "content"


# --- load_first_content ----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_load_first_content_publishes_everything_once(django_assert_max_num_queries, content):
    first = run("load_first_content")

    published = Checklist.objects.get()
    assert (published.status, published.version, published.published_by) == ("published", 1, None)
    assert json.loads(published.snapshot) == content | {"version": "1"}
    services = sum(len(country["services"]) for country in content_loading.read_help()["countries"])
    run_kept = EvaluationRun.objects.get()
    assert first == (
        f"Loaded checklist version 1, figures measured on {run_kept.ran_at:%-d %B %Y}, {services} help services.\n"
    )
    assert HelpService.objects.unverified().count() == services
    assert HelpCountry.objects.filter(code="INT").exists()
    assert HelpGuidance.objects.get().texts == content_loading.read_help()["guidance"]
    with django_assert_max_num_queries(8):
        assert run("load_first_content") == ""


@pytest.mark.django_db
def test_load_first_content_leaves_what_is_there(published):
    output = run("load_first_content")

    assert Checklist.objects.get() == published
    assert output.startswith("Loaded ")
    assert "checklist" not in output


# --- create_demo_accounts --------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_demo_accounts_are_made_once(settings, client):
    settings.DEBUG = True

    people = ("admin", "editor", "publisher", "help-editor", "moderator", "senior", "auditor")
    first, second = run("create_demo_accounts"), run("create_demo_accounts")

    assert first == "".join(f"{name} / second-look-demo\n" for name in people)
    assert second.count("(unless it was changed)") == len(people)
    users = get_user_model().objects.all()
    assert {user.username for user in users if user.is_superuser} == {"admin"}
    assert {user.username for user in users if user.has_perm("assessments.publish_checklist")} == {"admin", "publisher"}
    assert client.login(username="editor", password="second-look-demo")


@pytest.mark.django_db
def test_demo_accounts_are_refused_without_debug(settings):
    settings.DEBUG = False

    with pytest.raises(CommandError, match="only when DEBUG is 1"):
        run("create_demo_accounts")
    assert not get_user_model().objects.exists()
