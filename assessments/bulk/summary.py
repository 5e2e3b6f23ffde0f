"""What a run found, in a few lines for the terminal and as one HTML file that stands alone.

It holds no word of a post and no id.
"""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from assessments import charts
from assessments.bulk import tallies
from assessments.evaluating import Share

MOST_SIGNALS = 12
STYLES = ("static/second-look.css", "assessments/bulk/report.css")
LANGUAGES = {"und": "und (cannot be told)"}


def lines(tally, wanted, snapshot, *, seconds, rows_now):
    """The summary as lines of text. `rows_now` are those of this process, `seconds` what it took for them."""
    rate = f", {rows_now / seconds:,.0f} a second" if rows_now and seconds else ""
    yield f"{_rows(tally['rows'])} read{rate}."
    if wanted.where:
        yield f"{_rows(tally['kept'])} kept by --where."
    for sentence, number in _most_first(tally["errors"]):
        yield f"{_rows(number)} without a result: {sentence}."
    whole = tallies.assessed(tally)
    if whole:
        for label, number in _levels(tally["levels"], snapshot):
            yield f"{label}: {number:,} ({number / whole:.1%})"
        yield f"Crisis help shown first: {tally['crisis']:,} ({tally['crisis'] / whole:.1%})"


def page(tally, wanted, snapshot, *, engine_version):
    """The HTML report as text."""
    whole = tallies.assessed(tally)
    context = {
        "style": _style(),
        "read": _rows(tally["rows"]),
        "kept": _rows(tally["kept"]),
        "errors": [(sentence, f"{number:,}") for sentence, number in _most_first(tally["errors"])],
        "where": wanted.where,
        "version": snapshot["version"],
        "engine": engine_version,
        "sections": list(_sections(tally, whole, snapshot)),
        "group_by": wanted.group_by,
        "groups": list(_groups(tally["groups"], snapshot)),
        "group_levels": [level["label"] for level in _ordered(snapshot)],
    }
    return render_to_string("bulk/report.html", context)


def _sections(tally, whole, snapshot):
    """Title, chart and rows of each part of the report."""
    flags = [(name.replace("_", " "), number) for name, number in tally["flags"].items()]
    signals = [(_signal(key, snapshot), number) for key, number in _most_first(tally["signals"])]
    yield _shares("levels", "Levels", _levels(tally["levels"], snapshot), whole)
    yield _shares("flags", "Flags, and crisis help first", [("crisis help first", tally["crisis"]), *flags], whole)
    yield _shares(
        "signals", "What was found most often", signals[:MOST_SIGNALS], whole, more=len(signals) - MOST_SIGNALS
    )
    authors = [(name.replace("_", " "), number) for name, number in _most_first(tally["authors"])]
    yield _shares("authors", "Who they say they are", authors, whole)
    languages = [(LANGUAGES.get(key, key), number) for key, number in _most_first(tally["languages"])]
    yield _counts("languages", "Languages", languages, whole)
    lengths = [*(words for _, words in tallies.LENGTHS), tallies.LONGER]
    yield _counts("lengths", "Words in a post", [(words, tally["lengths"].get(words, 0)) for words in lengths], whole)


def _signal(key, snapshot):
    """What to call a signal: its key, or neutral words for the kinds that are never named."""
    masked = snapshot["checklist"]["masked_kinds"]
    described = {one["key"]: one["description"] for one in snapshot["signals"] if one["kind"] in masked}
    return described.get(key, key)


def _shares(key, title, rows, whole, more=0):
    found = [(label, Share(part=number, whole=whole)) for label, number in rows]
    return _section(key, title, found, charts.shares(key, title, found), more)


def _counts(key, title, rows, whole):
    drawn = charts.bars(key, title, [(label, number, f"{number:,}") for label, number in rows])
    return _section(key, title, [(label, Share(part=number, whole=whole)) for label, number in rows], drawn)


def _section(key, title, rows, chart, more=0):
    cells = [(label, f"{share.part:,}", _interval(share)) for label, share in rows]
    return {"key": key, "title": title, "rows": cells, "chart": chart, "more": max(0, more)}


def _interval(share):
    return f"{share.share:.1%} ({share.low:.1%} to {share.high:.1%})" if share.whole else "–"


def _groups(groups, snapshot):
    """Name, rows, errors, crisis and the number of each level, of every group."""
    for name in sorted(groups, key=lambda name: (name == tallies.OTHER_GROUPS, -groups[name]["rows"], name)):
        group = groups[name]
        levels = [f"{group['levels'].get(level['key'], 0):,}" for level in _ordered(snapshot)]
        yield {"name": name, "levels": levels} | {key: f"{group[key]:,}" for key in ("rows", "errors", "crisis")}


def _levels(counts, snapshot):
    return [(level["label"], counts.get(level["key"], 0)) for level in _ordered(snapshot)]


def _ordered(snapshot):
    """The levels, the most serious first."""
    return sorted(snapshot["levels"], key=lambda level: -level["order"])


def _most_first(counts):
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _rows(number):
    return "1 row" if number == 1 else f"{number:,} rows"


def _style():
    """The house's own stylesheet and a few rules more, inside the page: the file must stand alone."""
    css = "\n".join((settings.BASE_DIR / path).read_text(encoding="utf-8") for path in STYLES)
    return format_html("<style>{}</style>", mark_safe(css))
