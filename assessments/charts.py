"""Small charts, drawn by the server as SVG: where everything stands. The template draws it, a table stands beside.

No library and no script. Colours come from the stylesheet, so that dark mode, print and forced colours work.
"""

from dataclasses import dataclass

WIDTH, ROW, LABEL, VALUE = 400, 28, 160, 84
MOST_ROWS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of a chart. `low` and `high` are the ends of an interval, or None."""

    label: str
    value: str
    y: int
    middle: int
    length: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What the template needs. `desc` says the same as the picture, for whoever hears the page."""

    key: str
    title: str
    desc: str
    lines: tuple[Line, ...]
    width: int = WIDTH
    bar_start: int = LABEL

    @property
    def height(self):
        return ROW * len(self.lines) + 8


def bars(key, title, rows):
    """A Chart of bars from (label, number, words for the number) rows; None without rows. At most MOST_ROWS rows."""
    rows = rows[:MOST_ROWS]
    most = max((number for _, number, _ in rows), default=0)
    if not most:
        return None
    room = WIDTH - LABEL - VALUE
    lines = tuple(
        Line(
            label=_short(label), value=words, y=ROW * at + 6, middle=_middle(at), length=round(room * number / most, 1)
        )
        for at, (label, number, words) in enumerate(rows)
    )
    return Chart(key=key, title=title, desc=_said((label, words) for label, _, words in rows), lines=lines)


def shares(key, title, rows):
    """A Chart of shares with their intervals from (label, Share) rows, on one scale from 0 to 100 %."""
    rows = [(label, share) for label, share in rows if share.whole][:MOST_ROWS]
    if not rows:
        return None
    room = WIDTH - LABEL - VALUE
    lines = tuple(
        Line(
            label=_short(label),
            value=f"{share.share:.0%}",
            y=ROW * at + 6,
            middle=_middle(at),
            length=round(room * share.share, 1),
            low=round(LABEL + room * share.low, 1),
            high=round(LABEL + room * share.high, 1),
        )
        for at, (label, share) in enumerate(rows)
    )
    said = ((label, f"{share.share:.0%}, between {share.low:.0%} and {share.high:.0%}") for label, share in rows)
    return Chart(key=key, title=title, desc=_said(said), lines=lines)


def _middle(at):
    return ROW * at + ROW // 2 + 5


def _said(rows):
    return "; ".join(f"{label}: {words}" for label, words in rows)


def _short(label):
    return label if len(label) <= 21 else f"{label[:20]}…"
