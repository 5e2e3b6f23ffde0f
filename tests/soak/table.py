"""What a soak found, as a small table: each line a promise, and whether it was kept."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing that was counted or timed. `must` is the promise in words, empty when there is none."""

    what: str
    found: str
    must: str = ""
    kept: bool = True


def none_of(what, number):
    """The line of something that must never happen."""
    return Line(what=what, found=f"{number:,}", must="0", kept=number == 0)


def at_most(what, seconds, most):
    """The line of a time that must not be longer."""
    return Line(what=what, found=f"{seconds:.2f} s", must=f"<= {most:g} s", kept=seconds <= most)


def told(what, found):
    """The line of a figure without a promise."""
    return Line(what=what, found=found if isinstance(found, str) else f"{found:,}")


def percentile(seconds, share):
    """The smallest of `seconds` that `share` of them do not exceed; 0 when there is none."""
    return sorted(seconds)[max(0, math.ceil(len(seconds) * share) - 1)] if seconds else 0.0


def as_text(lines):
    """The table as Markdown."""
    rows = [("", "found", "must", "")]
    rows += [(line.what, line.found, line.must, "kept" if line.kept else "BROKEN") for line in lines]
    rows = [(*row[:3], row[3] if row[2] else "") for row in rows]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    texts = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    return "\n".join([texts[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *texts[1:]])
