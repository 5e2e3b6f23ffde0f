"""What was found, to look at. Nothing here can be changed: results are written by `assessments.assessing` only."""

import json

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from assessments.admin.looking import LookOnly
from assessments.models import Assessment, Finding
from posts.endless_lists import EndlessAdmin, NewestValuesFilter


class FindingInline(LookOnly, admin.TabularInline):
    model = Finding
    fields = ("item", "answer", "effect", "signal", "context", "counted", "masked", "spans", "place")
    ordering = ("order",)


@admin.register(Assessment)
class AssessmentAdmin(EndlessAdmin, LookOnly, admin.ModelAdmin):
    list_display = ("id", "created_at", "level", "crisis", "needs_review", "language", "words", "checklist_version")
    list_filter = (
        "needs_review",
        "crisis",
        *((name, NewestValuesFilter) for name in ("level", "language", "checklist_version", "engine_version")),
        "created_at",
    )
    search_fields = ("post__key__exact",)
    search_numbers = ("pk",)
    search_help_text = "The number of an assessment, or the key of a report: the last part of its address."
    inlines = (FindingInline,)
    exclude = ("result",)
    readonly_fields = ("decision", "steps_to_read", "result_to_read")

    def get_queryset(self, request):
        return (
            super().get_queryset(request).select_related("checklist").defer("checklist__snapshot", "checklist__texts")
        )

    @admin.display(description="Decision")
    def decision(self, assessment):
        address = reverse("moderation_staff:case_of", args=(assessment.pk,))
        return format_html('<a href="{}">The case of this report</a>', address)

    @admin.display(description="Step by step")
    def steps_to_read(self, assessment):
        return "\n".join(assessment.report_record["trace"])

    @admin.display(description="Result")
    def result_to_read(self, assessment):
        return json.dumps(assessment.report_record, ensure_ascii=False, indent=2)


@admin.register(Finding)
class FindingAdmin(EndlessAdmin, LookOnly, admin.ModelAdmin):
    list_display = ("signal", "item", "answer", "effect", "context", "counted", "masked", "assessment_id")
    list_filter = ("counted", *((name, NewestValuesFilter) for name in ("effect", "context", "kind", "item")))
    search_fields = ("signal__exact",)
    search_help_text = "The exact key of a claim or sign."
