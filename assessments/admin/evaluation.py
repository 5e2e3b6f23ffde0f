"""How right the checker was, to look at. Nothing here can be changed: `assessments.measuring` is the only writer."""

from django.contrib import admin

from assessments.admin.looking import LookOnly
from assessments.models import EvaluationRun


@admin.register(EvaluationRun)
class EvaluationRunAdmin(LookOnly, admin.ModelAdmin):
    list_display = ("ran_at", "checklist_version", "engine_version", "digest", "note")
    list_filter = ("checklist_version", "engine_version")
    search_fields = ("=digest", "note")
    ordering = ("-ran_at", "-id")
