"""What everybody may read: the versions of the checklist, and the claims and sources of the published one."""

from django.http import Http404
from ninja import Query, Router

from assessments import snapshots
from assessments.api import told
from assessments.api.answers import fetched
from assessments.api.cursors import FIRST, MOST, cursor_of, place_of
from assessments.api.entrance import Anybody
from assessments.models import Checklist
from assessments.reference import reference_for, source_link

router = Router(tags=["Checklist"], auth=Anybody())


def Cursor():
    return Query("", max_length=300, description="`next` of the page before.")


def Limit():
    return Query(FIRST, ge=1, le=MOST, description="How many on a page.")


@router.get("checklists", response=told.Versions, summary="List the versions of the checklist")
def list_versions(request, cursor: str = Cursor(), limit: int = Limit()):
    """Every version that was ever published, newest first."""
    rows = Checklist.objects.ever_published().without_snapshots().order_by("-version")
    if place := place_of(cursor, int):
        rows = rows.filter(version__lt=place[0])
    rows = list(rows[: limit + 1])
    after = cursor_of(rows[limit - 1].version) if len(rows) > limit else None
    return fetched(request, {"versions": [_version(row) for row in rows[:limit]], "next": after})


@router.get("checklists/{int:version}", response=told.WholeVersion, summary="Fetch one version")
def fetch_version(request, version: int):
    """Its questions, answers and levels. Not the patterns: they hold words that nobody should be shown."""
    row = Checklist.objects.without_snapshots().filter(version=version).first()
    if row is None:
        raise Http404
    reference = reference_for(row.digest)
    whole = {
        "levels": [
            {"key": level["key"], "label": level["label"], "plain": level["plain"], "rule": level["words"]}
            for level in reference.levels().values()
        ],
        "sections": [_section(section) for section in reference.snapshot["sections"]],
        "not_checked": {one["key"]: one["sentence"] for one in reference.checklist["not_checked"]},
        "what_it_is_not": reference.checklist["what_it_is_not"],
    }
    return fetched(request, _version(row) | whole)


@router.get("claims", response=told.Claims, summary="List the claims that we know")
def list_claims(request, cursor: str = Cursor(), limit: int = Limit()):
    """Statements that the published checklist looks for, with what is known instead. In the order of their keys."""
    return _page(request, "claims", _claim, cursor, limit)


@router.get("sources", response=told.Sources, summary="List the sources")
def list_sources(request, cursor: str = Cursor(), limit: int = Limit()):
    """The sources of the published checklist, in the order of their keys."""
    return _page(request, "sources", _source, cursor, limit)


def _page(request, table, tell, cursor, limit):
    """One page of a table of the published version; a cursor goes on in the version that it began in."""
    place = place_of(cursor, str, str)
    digest, after = place or (snapshots.published_digest(), "")
    reference = reference_for(digest)
    rows = sorted((row for row in reference.snapshot[table] if row["key"] > after), key=lambda row: row["key"])
    page = {
        "checklist": reference.snapshot["version"],
        "digest": digest,
        table: [tell(row, reference) for row in rows[:limit]],
        "next": cursor_of(digest, rows[limit - 1]["key"]) if len(rows) > limit else None,
    }
    return fetched(request, page)


def _version(row):
    return {
        "version": row.version,
        "title": row.title,
        "status": row.status,
        "digest": row.digest,
        "note": row.note,
        "published_at": row.published_at.isoformat(),
        "retired_at": row.retired_at and row.retired_at.isoformat(),
        "brings_back": row.brings_back,
    }


def _section(section):
    items = [
        {
            "key": item["key"],
            "question": item["question"],
            "why": item["why"],
            "answers": [{name: answer[name] for name in ("key", "label", "effect")} for answer in item["answers"]],
        }
        for item in section["items"]
    ]
    return {"key": section["key"], "title": section["title"], "items": items}


def _claim(row, reference):
    plain = {name: row[name] for name in ("key", "topic", "claim", "verdict", "risk", "why", "what_is_known")}
    sources = list(dict.fromkeys(citation["source"] for citation in row["citations"]))
    return plain | {"verdict_in_words": reference.verdict(row["verdict"]), "sources": sources}


def _source(row, reference):
    link = source_link(row)
    return {
        "key": row["key"],
        "org": link.org,
        "title": link.title,
        "year": link.year,
        "url": link.url,
        "is_rechecked": link.is_rechecked,
    }
