"""What is counted while a run goes on: small dictionaries of numbers that add up and that JSON can hold.

They hold no word of a post and no id. Groups are values of a column that the user named.
"""

from assessments.bulk.fields import signals_of

MOST_GROUPS = 40
OTHER_GROUPS = "(all others)"
LENGTHS = ((5, "under 5"), (20, "5 to 19"), (50, "20 to 49"), (100, "50 to 99"), (300, "100 to 299"))
LONGER = "300 and more"
_MAPS = ("errors", "levels", "flags", "languages", "authors", "lengths", "signals")
_NUMBERS = ("rows", "kept", "crisis")


def nothing():
    """A tally of no rows."""
    return dict.fromkeys(_NUMBERS, 0) | {name: {} for name in _MAPS} | {"groups": {}}


def count(tally, record, *, keeps, group=""):
    """Count one record (see answering.answer) into the tally."""
    tally["rows"] += 1
    tally["kept"] += bool(keeps)
    if group:
        _count_group(tally["groups"].setdefault(group, _no_group()), record)
    if "error" in record:
        _more(tally["errors"], record["error"])
        return
    tally["crisis"] += record["crisis"]
    for name, key in (("levels", "level"), ("languages", "language"), ("authors", "author")):
        _more(tally[name], record[key])
    _more(tally["lengths"], next((words for end, words in LENGTHS if record["words"] < end), LONGER))
    for flag, is_set in record["flags"].items():
        _more(tally["flags"], flag, int(is_set))
    for signal in signals_of(record):
        _more(tally["signals"], signal)


def add(tally, other):
    """Add another tally, which came later in the input. Groups beyond the first MOST_GROUPS are counted together."""
    for name in _NUMBERS:
        tally[name] += other[name]
    for name in _MAPS:
        for key, number in other[name].items():
            _more(tally[name], key, number)
    for key, counts in other["groups"].items():
        if key not in tally["groups"] and len(tally["groups"]) >= MOST_GROUPS:
            key = OTHER_GROUPS
        mine = tally["groups"].setdefault(key, _no_group())
        for name in ("rows", "errors", "crisis"):
            mine[name] += counts[name]
        for level, number in counts["levels"].items():
            _more(mine["levels"], level, number)


def assessed(tally):
    """How many rows held a post."""
    return tally["rows"] - sum(tally["errors"].values())


def _no_group():
    return {"rows": 0, "errors": 0, "crisis": 0, "levels": {}}


def _count_group(counts, record):
    counts["rows"] += 1
    if "error" in record:
        counts["errors"] += 1
        return
    counts["crisis"] += record["crisis"]
    _more(counts["levels"], record["level"])


def _more(counts, key, number=1):
    counts[key] = counts.get(key, 0) + number
