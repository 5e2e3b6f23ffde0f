"""What people decided, to look at; and from there the quality of each question and signal."""

from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path

from assessments import charts
from assessments.admin.looking import LookOnly
from assessments.auditing import record
from assessments.moderation.admin.open_topics import OpenTopics
from assessments.moderation.models import Ruling
from assessments.moderation.quality import COLUMNS, KINDS, quality, versions
from assessments.moderation.reading import BLIND
from assessments.moderation.sheets import as_csv
from posts.endless_lists import EndlessAdmin

HEADS = (
    ("key", ""),
    ("fired", "Fired"),
    ("counted", "Counted"),
    ("agreed", "Moderators agree"),
    ("overturned", "Overturned"),
    ("wrong", "Readers: wrong"),
    ("hard", "Readers: hard to understand"),
)
CSV_HEAD = (
    *("key", "fired", "counted", "agreed", "verdicts", "overturned", "cases", "overturned_low", "overturned_high"),
    *("wrong", "hard"),
)


@admin.register(Ruling)
class RulingAdmin(OpenTopics, EndlessAdmin, LookOnly, admin.ModelAdmin):
    in_assessment, of_row = "post__case_membership__case", "case"
    change_list_template = "admin/moderation/ruling/change_list.html"
    list_display = ("id", "created_at", "round", "decision", "reason", "checklist_version", "is_final", "undone_at")
    list_filter = ("round", "decision", "is_final", "created_at")
    list_select_related = ("reason",)
    exclude = ("reviews",)

    def get_queryset(self, request):
        """Without the answers of cases that somebody may still read blind."""
        return super().get_queryset(request).exclude(case__state__in=BLIND)

    def get_urls(self):
        wrap = self.admin_site.admin_view
        own = [
            path("quality/", wrap(self.quality), name="moderation_quality"),
            path("quality/quality.csv", wrap(self.quality_csv), name="moderation_quality_csv"),
        ]
        return [*own, *super().get_urls()]

    def quality(self, request):
        """The panel. `by` says items or signals, `version` which version, `sort` the column."""
        _refuse_stranger(request)
        choices = _choices(request)
        rows = quality(choices["by"], version=_number(choices["version"]), sort=choices["sort"])
        context = {
            **self.admin_site.each_context(request),
            "title": "Quality of the checklist",
            "opts": self.opts,
            "rows": rows,
            "choices": choices,
            "query": urlencode(choices),
            "heads": [_head(name, label, choices) for name, label in HEADS],
            "versions": versions(),
            "kinds": KINDS,
            "chart": _chart(rows),
            "may_open_cases": request.user.has_perm("moderation.view_case"),
            "may_export": request.user.has_perm("moderation.export_cases"),
        }
        return TemplateResponse(request, "admin/moderation/ruling/quality.html", context)

    def quality_csv(self, request):
        """The same rows as CSV, without the cases."""
        if not request.user.has_perm("moderation.export_cases"):
            raise PermissionDenied
        choices = _choices(request)
        record(by=request.user, verb="export", what=Ruling, after={"quality": choices})
        rows = quality(choices["by"], version=_number(choices["version"]), sort=choices["sort"])
        return as_csv(f"quality-by-{choices['by']}.csv", CSV_HEAD, map(_cells, rows))


def _refuse_stranger(request):
    if not request.user.has_perm("assessments.view_finding"):
        raise PermissionDenied


def _choices(request):
    """What was chosen, with the defaults for what is none."""
    by, sort, version = (request.GET.get(name, "") for name in ("by", "sort", "version"))
    return {
        "by": by if by in KINDS else KINDS[0],
        "sort": sort if sort.removeprefix("-") in COLUMNS else "-overturned",
        "version": version if _number(version) is not None else "",
    }


def _number(text):
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def _head(name, label, choices):
    """A column's head: its label, the address that sorts by it, and how it is sorted now."""
    now = {name: "ascending", f"-{name}": "descending"}.get(choices["sort"], "")
    sort = name if now == "descending" or (name == "key" and not now) else f"-{name}"
    label = label or choices["by"].capitalize()
    return {"label": label, "address": urlencode({**choices, "sort": sort}), "now": now}


def _chart(rows):
    worst = sorted((row for row in rows if row.overturned.part), key=COLUMNS["overturned"], reverse=True)
    return charts.shares("overturned", "Overturned by people", [(row.key, row.overturned) for row in worst])


def _cells(row):
    return (
        *(
            row.key,
            row.fired,
            row.counted,
            row.agreed.part,
            row.agreed.whole,
            row.overturned.part,
            row.overturned.whole,
        ),
        *(row.overturned.low, row.overturned.high, row.wrong, row.hard),
    )
