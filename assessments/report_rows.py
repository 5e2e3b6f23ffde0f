"""All that a report is made of, in one question to the database, because the report is what is read most. Reads only.

Written as SQL: Django's own would be three questions, and takes longer to write them down than PostgreSQL to answer.
"""

from dataclasses import dataclass
from functools import cache

from django.db import DEFAULT_DB_ALIAS, connection
from django.utils import timezone

from assessments.models import Assessment
from posts.models import Post

NEWEST = 2  # the report, and the one before
POST, ASSESSMENT = Post._meta.concrete_fields, Assessment._meta.concrete_fields

# What rooms above want to know about a post in the same question: name -> SQL of a truth value about `post.id`.
_also = {
    "is_reviewed": """EXISTS (SELECT 1 FROM assessments_review AS review
        JOIN assessments_assessment AS reviewed ON reviewed.id = review.assessment_id
        WHERE reviewed.post_id = post.id)"""
}

ROWS = """
SELECT {post}, {assessment}, {also},
    (SELECT digest FROM assessments_checklist WHERE status = 'published' ORDER BY id DESC LIMIT 1)
FROM posts_post AS post
LEFT JOIN LATERAL (
    SELECT * FROM assessments_assessment WHERE post_id = post.id ORDER BY created_at DESC, id DESC LIMIT {newest}
) AS assessment ON true
WHERE post.key = %s AND post.expires_at > %s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRows:
    """A kept post and its newest assessments, NEWEST at most, the newest first, each with its `published_digest`.

    `known` says of each name that was asked for whether it is so: `is_reviewed`, and what rooms above asked.
    """

    post: Post
    newest: list[Assessment]
    known: dict[str, bool]


def also_ask(name, sql):
    """Ask this too, from now on. For a room above, when it is set up."""
    _also[name] = sql
    _sql.cache_clear()


def rows_of(key):
    """The ReportRows of the kept post with this key, or None. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_sql(), [key, timezone.now()])
        rows = cursor.fetchall()
    if not rows:
        return None
    post = _instance(Post, POST, rows[0])
    newest = [_assessment(post, row) for row in rows if row[len(POST)] is not None]
    known = dict(zip(_also, rows[0][len(POST) + len(ASSESSMENT) :], strict=False))
    return ReportRows(post=post, newest=newest, known=known)


@cache
def _sql():
    return ROWS.format(
        post=", ".join(f"post.{field.column}" for field in POST),
        assessment=", ".join(f"assessment.{field.column}" for field in ASSESSMENT),
        also=", ".join(_also.values()),
        newest=NEWEST,
    )


def _assessment(post, row):
    assessment = _instance(Assessment, ASSESSMENT, row[len(POST) :])
    assessment.post, assessment.published_digest = post, row[-1]
    return assessment


def _instance(model, fields, row):
    """An instance as Django makes it from the beginning of a row, which some fields have to read first."""
    values = [
        field.from_db_value(value, None, connection) if hasattr(field, "from_db_value") else value
        for field, value in zip(fields, row, strict=False)
    ]
    return model.from_db(DEFAULT_DB_ALIAS, [field.attname for field in fields], values)
