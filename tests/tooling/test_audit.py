"""`make audit` never calls clean what nobody was asked about."""

import json
import sys

import pytest

from config import audit

CLEAN = {"name": "alpha", "version": "1.0", "vulns": []}
HOLE = {"name": "beta", "version": "2.0", "vulns": [{"id": "PYSEC-2026-1"}, {"id": "GHSA-x"}]}
SKIPPED = {"name": "gamma", "skip_reason": "Dependency not found on PyPI and could not be audited: gamma (3.0)"}


@pytest.fixture
def pip_audit(tmp_path):
    """A function that makes a program which answers as pip-audit does."""

    def answering(*, out="", err="", status=0):
        program = tmp_path / "pip-audit"
        lines = (f"#!{sys.executable}", "import sys", f"print({out!r})", f"print({err!r}, file=sys.stderr)")
        program.write_text("\n".join([*lines, f"sys.exit({status})"]))
        program.chmod(0o755)
        return str(program)

    return answering


@pytest.mark.parametrize(
    ("packages", "status", "told", "not_told"),
    [
        ([CLEAN], 0, "lock.txt: 1 packages asked about, 0 with a known hole", "NOT CHECKED"),
        ([CLEAN, HOLE], 1, "    beta 2.0: PYSEC-2026-1, GHSA-x", "NOT CHECKED"),
        ([SKIPPED], 0, "NOT CHECKED in lock.txt: 1 of 1 packages. Dependency not found on PyPI", "1 packages asked"),
        ([CLEAN, SKIPPED], 0, "NOT CHECKED in lock.txt: 1 of 2 packages.", "2 packages asked"),
    ],
)
def test_clean_a_hole_and_not_asked_are_three_things(pip_audit, capsys, packages, status, told, not_told):
    program = pip_audit(out=json.dumps({"dependencies": packages, "fixes": []}), status=status)

    assert audit.main(program, "lock.txt") == status

    said = capsys.readouterr().out
    assert told in said
    assert not_told not in said


def test_no_answer_at_all_is_said(pip_audit, capsys):
    program = pip_audit(err="WARNING\nConnectionError: no route to the database", status=1)

    assert audit.main(program, "lock.txt") == 0

    assert "NOT CHECKED in lock.txt: ConnectionError: no route to the database" in capsys.readouterr().out
