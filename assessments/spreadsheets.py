"""Cells for CSV files that people open in a spreadsheet, which would run a cell such as "=HYPERLINK(…)".

An apostrophe in front makes it text. It is taken off again on the way in, so a file that nobody changed comes back as
it went out.
"""

import csv
import re

# A tab or a line end before the sign does not stop a spreadsheet.
FORMULA = re.compile(r"^'*[=+\-@\t\r\n]")


def guarded(cell):
    """The text of a cell, safe to open."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(cell):
    """What `guarded` was given as text."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def csv_lines(rows):
    """The lines of a CSV file for an iterable of rows, one at a time, so that a large file needs no memory."""
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    for row in rows:
        yield writer.writerow([guarded(cell) for cell in row])


class _Echo:
    """A file that hands back what is written into it."""

    def write(self, line):
        return line
