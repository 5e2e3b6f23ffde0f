"""Whether the files of the repository and the checklist in use are still the same, said in words."""

import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from assessments import content_loading, publishing
from assessments.models import Claim, Item
from tests import factories
from tests.assessments.command_line import run
from tests.assessments.content_files import written

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path):
    return written(content_loading.files_of(factories.small_content()), tmp_path)


def drifted(files, capsys):
    with pytest.raises(CommandError) as refusal:
        call_command("check_drift", folder=files)
    return capsys.readouterr().out, refusal.value


def test_the_same_content_is_said_to_be_the_same(published, files):
    assert run("check_drift", folder=files) == "Version 1 (published): the same as the files.\n"


def test_what_a_new_installation_publishes_is_the_same_as_the_repository(first_content):
    assert "the same as the files" in run("check_drift")


def test_a_change_in_the_database_is_told_in_words(files, capsys):
    content = factories.small_content()
    content["claims"][0] |= {"verdict": "misleading", "what_is_known": "It helps many people."}
    content["claims"][1] |= {"key": "swimming", "claim": "Swimming cures depression."}
    content["sources"].reverse()
    factories.a_published_checklist(content)

    words, refusal = drifted(files, capsys)

    assert refusal.returncode == 1
    assert str(refusal) == "What is published and the files have drifted apart."
    assert "Version 1 (published): not the same as the files." in words
    assert "    added: Swimming cures depression." in words
    assert "    removed: Walking cures depression." in words
    assert "    changed: Running cures depression. (what is known)" in words
    assert "They stand in another order." in words


def test_a_change_in_the_files_is_told(published, files, capsys):
    levels = files / "levels.yaml"
    levels.write_text(levels.read_text().replace("Any stop.", "Any stop at all."))

    assert "    changed: Do not rely on this (the words)" in drifted(files, capsys)[0]


def test_a_draft_that_differs_is_told_and_is_no_drift(published, files):
    draft = publishing.start_draft(by=None)
    Item.objects.filter(checklist=draft, key="B1-everyone").update(question="Is it for all?")

    words = run("check_drift", folder=files)

    assert "Version 1 (published): the same as the files." in words
    assert "Draft: not the same as the files." in words
    assert "    changed: Is it for all? (the wording)" in words


def test_words_that_are_looked_for_are_not_shown(published, files, capsys):
    draft = publishing.start_draft(by=None)
    Claim.objects.filter(checklist=draft, key="running-cures-depression").update(patterns="secret words here")
    publishing.publish(draft, by=None, note="Other words.")

    words, _ = drifted(files, capsys)

    assert "the words we look for" in words
    assert "secret" not in words


def test_nothing_published_is_told(files, capsys):
    words, refusal = drifted(files, capsys)

    assert (words, refusal.returncode) == ("", 1)
    assert "No version is published" in str(refusal)


def test_files_with_mistakes_cannot_be_compared(published, files, capsys):
    (files / "levels.yaml").write_text("levels: []\n")

    _, refusal = drifted(files, capsys)

    assert refusal.returncode == 2
    assert "levels.yaml" in str(refusal)


def test_the_exit_code_reaches_the_shell(tmp_path):
    done = subprocess.run(
        [sys.executable, "manage.py", "check_drift", "--folder", str(tmp_path)],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "There is no such file." in done.stderr
