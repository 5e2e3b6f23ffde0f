"""Rows -> one Markdown table, ratios first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HEAD = ("ratio", "against", "what", "best", "median", "target")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table. `skipped` says why there are no numbers, when there are none."""

    group: str
    what: str
    unit: str = "µs"
    best: float | None = None
    median: float | None = None
    ratio: float | None = None
    against: str = ""
    target: str = ""
    skipped: str = ""


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table, group by group, each group under a row of its own."""
    lines = [_line(HEAD), "| ---: | --- | --- | ---: | ---: | --- |"]
    group = ""
    for row in rows:
        if row.group != group:
            group = row.group
            lines.append(_line(("", "", f"**{group}**", "", "", "")))
        lines.append(_line(_cells(row)))
    return "\n".join(lines) + "\n"


def _cells(row: Row) -> Iterable[str]:
    if row.skipped:
        return ("–", row.against, f"{row.what}: {row.skipped}", "–", "–", row.target)
    ratio = "" if row.ratio is None else f"{figure(row.ratio)} ×"
    return (ratio, row.against, row.what, _with_unit(row.best, row.unit), _with_unit(row.median, row.unit), row.target)


def _with_unit(number: float | None, unit: str) -> str:
    return "" if number is None else f"{figure(number)} {unit}"


def figure(number: float) -> str:
    """Three significant digits, thousands parted by commas."""
    if number >= 100:
        return f"{number:,.0f}"
    return f"{number:.1f}" if number >= 10 else f"{number:.2f}"


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
