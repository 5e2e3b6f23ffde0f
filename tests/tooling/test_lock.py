"""The lock files hold what pyproject.toml asks for, with hashes and without addresses."""

import json
import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def normal(name: str) -> str:
    """A package's name in the one spelling that indexes compare."""
    return re.sub(r"[-_.]+", "-", name).lower()


def direct(requirements: list[str]) -> set[str]:
    """The names in a list of requirements."""
    return {normal(re.match(r"[\w.-]+", requirement)[0]) for requirement in requirements}


def locked(file: str) -> dict[str, str]:
    """Name and the whole entry of every package in the lock file."""
    entries = re.split(r"\n(?=\S)", (ROOT / file).read_text().strip())
    return {normal(re.match(r"[\w.-]+", entry)[0]): entry for entry in entries}


# What the extras in square brackets bring: psycopg's C library and pool, allauth's passkeys and picture of a code.
FROM_EXTRAS = {"psycopg-binary", "psycopg-pool", "fido2", "qrcode"}
RUNTIME = direct(PROJECT["dependencies"]) | FROM_EXTRAS
SCREENSHOTS = direct(PROJECT["optional-dependencies"]["screenshots"])
DEVELOPMENT = direct(PROJECT["optional-dependencies"]["dev"])


def test_runtime_lock_covers_the_direct_dependencies_and_no_development_tool():
    assert locked("requirements.txt").keys() >= RUNTIME
    assert not locked("requirements.txt").keys() & (DEVELOPMENT | SCREENSHOTS)


def test_development_lock_holds_the_runtime_lock_and_the_tools():
    development = locked("requirements-dev.txt")
    assert development.keys() >= DEVELOPMENT | SCREENSHOTS
    for smaller in (locked("requirements.txt"), locked("requirements-screenshots.txt")):
        assert {name: development.get(name) for name in smaller} == smaller


@pytest.mark.parametrize(
    "file", ["requirements.txt", "requirements-screenshots.txt", "requirements-dev.txt", "requirements-audit.txt"]
)
def test_every_package_has_one_version_and_hashes_and_no_address(file):
    for entry in locked(file).values():
        assert re.match(r"[\w.-]+==[\w.]+( ;[^\n\\]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+$", entry), entry
    assert "://" not in (ROOT / file).read_text()


def test_the_lock_of_lighthouse_has_hashes_and_no_address():
    lock = ROOT / "tests/lighthouse/package-lock.json"
    packages = {name: entry for name, entry in json.loads(lock.read_text())["packages"].items() if name}
    assert len(packages) > 50
    assert [name for name, entry in packages.items() if not entry.get("integrity", "").startswith("sha512-")] == []
    assert "://" not in lock.read_text()


def test_every_direct_dependency_says_why():
    """The comment may stand above a group, so at least the first of each group has one."""
    lines = (ROOT / "pyproject.toml").read_text().split("[tool.", 1)[0].splitlines()
    for before, line in pairwise(lines):
        if line.startswith('    "'):
            assert before.startswith(("    # ", '    "')), line
