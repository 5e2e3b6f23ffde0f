"""What the public pages are made of, as marks that change whenever it does: without reading the content itself."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connection

from assessments import help_rows

# A published version never changes; another one has another number. Of the help services the mark is that of
# help_rows.py, so that a page can be made of the very rows that its ETag is about.
STATE = f"""
    SELECT
        (SELECT max(version) FROM assessments_checklist),
        (SELECT digest FROM assessments_checklist WHERE status = 'published'),
        (SELECT max(published_at) FROM assessments_checklist),
        (
            SELECT md5(string_agg(row::text, ' ' ORDER BY id))
            FROM (SELECT id, ran_at FROM assessments_evaluationrun) row
        ),
        ({help_rows.STAMP})
"""  # nosec B608: no input
ROOMS = ("templates", "static", "config", "posts", "assessments")
KINDS = frozenset({".py", ".html", ".mo", ".yaml", ".css", ".js", ".svg", ".png"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentState:
    """Marks: `versions` of the checklist ever published, `figures` about it, `help` of the help services.
    `published_at` of the newest version."""

    versions: str
    published_at: datetime | None
    figures: str | None
    help: str


def content_state():
    """The ContentState of this moment, in one small query. Raises DatabaseError."""
    with connection.cursor() as cursor:
        cursor.execute(STATE)
        number, digest, published_at, figures, help_ = cursor.fetchone()
    versions = f"{number} {digest} {published_at}"
    return ContentState(versions=versions, published_at=published_at, figures=figures, help=help_)


@cache
def release():
    """A mark of the software that runs: every process of one release has the same. Read once per process."""
    files = (path for room in ROOMS for path in (settings.BASE_DIR / room).rglob("*") if path.suffix in KINDS)
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(str(path.relative_to(settings.BASE_DIR)).encode())
        digest.update(Path(path).read_bytes())
    return digest.hexdigest()
