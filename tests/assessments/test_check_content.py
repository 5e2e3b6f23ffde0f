"""The command with which pattern authors live."""

import json
import re

import pytest
from django.core.management import CommandError, call_command

DEPRESSION = "claims/depression.yaml"
EXERCISE = "exercise-cures-depression"


def test_the_command_counts_what_is_found(capsys):
    call_command("check_content")

    out = capsys.readouterr().out
    assert "No mistakes in the content: 4 levels, 7 sections" in out
    assert re.search(r"claims +168 ", out)


def test_the_command_shows_one_entry_and_one_text(capsys, folder):
    call_command("check_content", only=EXERCISE, folder=folder)
    call_command("check_content", text="It's my birthday", folder=folder)

    out = capsys.readouterr().out
    assert "near miss" in out
    assert "level read-with-care" in out


def test_the_command_writes_json(capsys, folder):
    call_command("check_content", only=EXERCISE, json=True, folder=folder)

    written = json.loads(capsys.readouterr().out)
    assert [trial["key"] for trial in written["trials"]] == [EXERCISE]


def test_the_command_suggests_a_key(folder):
    with pytest.raises(CommandError, match=f"Did you mean {EXERCISE}"):
        call_command("check_content", only="exercise-cure-depression", folder=folder)


def test_the_command_fails_on_mistakes_and_names_them(folder):
    path = folder / DEPRESSION
    path.write_text(path.read_text(encoding="utf-8").replace("risk: high", "risk: huge", 1), encoding="utf-8")

    with pytest.raises(CommandError, match=rf"{DEPRESSION} line \d+, {EXERCISE}, risk: “huge”"):
        call_command("check_content", folder=folder)
