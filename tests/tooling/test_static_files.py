"""What every page loads stays small, and reads from right to left as well as from left to right."""

import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"
STYLES = (STATIC / "second-look.css").read_text(encoding="utf-8")
# What names a side of the page instead of the start or the end of a line.
PHYSICAL = re.compile(r"(?<![\w-])(?:[\w-]+-)?(?:left|right)(?:-\w+)?\s*:|:\s*(?:left|right)\s*[;}]")
FOUR_SIDES = re.compile(r"(?<![\w-])(?:margin|padding|inset|border-width)\s*:\s*\S+ (\S+) \S+ ([^\s;}]+)\s*[;}]")


def sided(styles):
    """Every declaration that would be wrong on a page that reads from right to left."""
    return PHYSICAL.findall(styles) + [pair for pair in FOUR_SIDES.findall(styles) if pair[0] != pair[1]]


# What only the pages of staff load is counted apart.
STAFF = ("admin-", "moderation.", "sign-in.")


@pytest.mark.parametrize(
    ("names", "most"),
    # The second script is for the page of screenshots alone.
    [(["second-look.css"], 16 * 1024), (["screenshot.js", "second-look.js"], 4 * 1024)],
    ids=["css", "js"],
)
def test_there_are_few_and_small_files_of_a_kind(names, most):
    kind = Path(names[0]).suffix
    found = [path for path in sorted(STATIC.rglob(f"*{kind}")) if not path.name.startswith(STAFF)]

    assert [path.name for path in found] == names
    assert all(path.stat().st_size <= most for path in found)


def test_the_styles_name_no_side():
    assert sided(STYLES) == []


@pytest.mark.parametrize(
    "declaration",
    [
        "a { margin-left: 1px }",
        "a { left: 0; }",
        "a { text-align: right; }",
        "a{padding: 1px 2px 1px 0}",
        "a{float:left}",
    ],
)
def test_a_side_would_be_found(declaration):
    """The control."""
    assert len(sided(declaration)) == 1
