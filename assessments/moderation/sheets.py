"""Figures as CSV."""

import csv

from django.http import HttpResponse


def as_csv(name, head, rows):
    """An attachment with this file name; None is an empty cell, and no spreadsheet takes a cell for a formula."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers=headers)
    writer = csv.writer(response)
    writer.writerow(head)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return response


def _plain(cell):
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@")) else cell
