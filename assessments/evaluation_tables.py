"""How `manage.py evaluate` draws its tables: counts in, lines of text out."""

from assessments.evaluating import Counts

FIGURES = ("precision", "recall", "f1", "false_alarm_rate")  # as Counts names them; `…_95` is the interval
FIGURE_NAMES = ("precision", "recall", "F1", "false alarms")


def grid(lines):
    """Lines of cells as one text, each column as wide as its widest cell."""
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def label_table(rows):
    """Every figure of every label and file. `rows` are (label, file, Counts)."""
    lines = [("label", "file", "posts", "expected", "found", "both", *FIGURE_NAMES)]
    for label, file, counts in rows:
        numbers = (counts.posts, counts.expected, counts.found, counts.hits)
        lines.append((label, file, *map(str, numbers), *(_figure(counts, name) for name in FIGURES)))
    return grid(lines)


def source_table(rows):
    """False alarms by label and source; the name of a source can be long, so it stands last."""
    lines = [("label", "not expected", "found", "false alarms", "source")]
    for label, source, counts in rows:
        rate = _figure(counts, "false_alarm_rate")
        lines.append((label, str(counts.not_expected), str(counts.false_alarms), rate, source))
    return grid(lines)


def difference_table(before, after):
    """By how much each number rises (+) or falls (-) from one version's rows to the other's (see label_table)."""
    lines = [("label", "file", "found", "both", *FIGURE_NAMES)]
    for (label, file, old), (_, _, new) in zip(before, after, strict=True):
        numbers = (f"{new.found - old.found:+d}", f"{new.hits - old.hits:+d}")
        figures = (difference(old, new, name) for name in FIGURES)
        lines.append((label, file, *numbers, *("-" if value is None else f"{value:+.3f}" for value in figures)))
    return grid(lines)


def fold_table(labels, by_fold, folds):
    """Precision, recall and F1 of each label in each fold, then the least and the most. `by_fold` as Tally keeps it."""
    lines = [("label", "fold", "posts", "expected", "found", "both", *FIGURE_NAMES[:3])]
    for label in labels:
        of_folds = [by_fold.get((label, fold), Counts()) for fold in range(folds)]
        for number, counts in enumerate(of_folds, 1):
            numbers = map(str, (number, counts.posts, counts.expected, counts.found, counts.hits))
            lines.append((label, *numbers, *(_plain(getattr(counts, name)) for name in FIGURES[:3])))
        for end, name_of_end in ((0, "minimum"), (1, "maximum")):
            figures = (_plain(extremes(of_folds, name)[end]) for name in FIGURES[:3])
            lines.append((label, name_of_end, "", "", "", "", *figures))
    return grid(lines)


def extremes(of_folds, name):
    """(least, most) of a figure over folds; a fold that has no such figure is left out; (None, None) when none has."""
    known = [value for counts in of_folds if (value := getattr(counts, name)) is not None]
    return (min(known, default=None), max(known, default=None))


def difference(old, new, name):
    """How far a figure rises from one Counts to another; None when either has no such figure."""
    before, after = getattr(old, name), getattr(new, name)
    return None if before is None or after is None else after - before


def _figure(counts, name):
    """0.912 (0.86-0.95), or a dash when there was nothing to divide by."""
    value = getattr(counts, name)
    if value is None:
        return "-"
    low, high = getattr(counts, f"{name}_95")
    return f"{value:.3f} ({low:.2f}-{high:.2f})"


def _plain(value):
    return "-" if value is None else f"{value:.3f}"
