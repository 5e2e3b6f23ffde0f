"""The audit trail, to look at and to take along as CSV. A table that only grows: no page of it counts or skips rows."""

import difflib
import json
from functools import partial

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, StreamingHttpResponse
from django.template.loader import render_to_string
from django.urls import path
from django.utils import timezone

from assessments.admin.looking import LookOnly
from assessments.auditing import record
from assessments.models.audit import AuditEntry, FieldsEncoder
from assessments.spreadsheets import csv_lines
from posts.endless_lists import EndlessAdmin

COLUMNS = ("id", "recorded_at", "user_id", "user_name", "verb", "kind", "object_id", "label", "before", "after")


class ValuesFilter(admin.SimpleListFilter):
    """All values that the trail holds of one column, also of people and kinds that are no more."""

    def lookups(self, request, model_admin):
        return [(value, value) for value in AuditEntry.objects.values_of(self.parameter_name)]

    def has_output(self):
        return True

    def queryset(self, request, queryset):
        return queryset.filter(**{self.parameter_name: self.value()}) if self.value() else queryset


class WhoFilter(ValuesFilter):
    title, parameter_name = "person", "user_name"


class VerbFilter(ValuesFilter):
    title, parameter_name = "deed", "verb"


class KindFilter(ValuesFilter):
    title, parameter_name = "kind", "kind"


@admin.register(AuditEntry)
class AuditEntryAdmin(EndlessAdmin, LookOnly, admin.ModelAdmin):
    list_display = ("recorded_at", "user_name", "verb", "what", "fields_changed")
    list_display_links = ("recorded_at",)
    list_filter = (WhoFilter, VerbFilter, KindFilter, "recorded_at")
    search_fields = ("user_name__exact", "object_id__exact")
    search_help_text = "The exact name of a person, or the number of what was changed."
    fields = ("recorded_at", "user_name", "user_id", "verb", "kind", "object_id", "label", "difference")
    readonly_fields = ("difference",)
    change_list_template = "admin/assessments/auditentry/change_list.html"
    actions = None

    def get_urls(self):
        view = self.admin_site.admin_view(partial(export, self))
        return [path("export/", view, name="assessments_auditentry_export"), *super().get_urls()]

    @admin.display(description="to what")
    def what(self, entry):
        return f"{entry.label or entry.kind} ({entry.kind.rpartition('.')[2]})"

    @admin.display(description="fields")
    def fields_changed(self, entry):
        return ", ".join(entry.after or entry.before or ())[:120]

    @admin.display(description="What changed")
    def difference(self, entry):
        rows = difference_rows(entry)
        return render_to_string("admin/assessments/auditentry/_difference.html", {"rows": rows, "entry": entry})


def export(model_admin, request):
    """The entries that the list shows with the filters in the address, all of them, as CSV. This is recorded too."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    if request.method != "POST":  # it writes that somebody took the trail along
        return HttpResponseNotAllowed(["POST"])
    found = model_admin.get_changelist_instance(request).queryset
    record(by=request.user, verb="export", what=AuditEntry, after={"filters": request.GET.dict()})
    rows = found.values_list(*COLUMNS).iterator(chunk_size=2_000)
    lines = csv_lines(_with_head(rows))
    name = f"audit-trail-{timezone.localdate().isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def difference_rows(entry):
    """[(field, before lines, after lines)]: of long texts only the lines that differ; None for a side that is not."""
    before, after = entry.before or {}, entry.after or {}
    return [
        (name, *_lines(before.get(name), after.get(name), both=name in before and name in after))
        for name in dict.fromkeys([*before, *after])
    ]


def _with_head(rows):
    yield COLUMNS
    for *plain, before, after in rows:
        yield [*plain, _as_json(before), _as_json(after)]


def _as_json(fields):
    return "" if fields is None else json.dumps(fields, ensure_ascii=False, sort_keys=True, cls=FieldsEncoder)


def _lines(before, after, *, both):
    old, new = _words(before).splitlines(), _words(after).splitlines()
    if both and max(len(old), len(new)) > 1:
        changed = list(difflib.ndiff(old, new))
        return [line[2:] for line in changed if line[0] == "-"], [line[2:] for line in changed if line[0] == "+"]
    return old, new


def _words(value):
    """A value as people read it."""
    if value is None or value == "":
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)
