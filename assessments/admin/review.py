"""What people decided about reports, to look at. Decisions are made on the page of a case, and never changed after."""

from django.contrib import admin

from assessments.admin.looking import LookOnly
from assessments.models import Review
from posts.endless_lists import EndlessAdmin


@admin.register(Review)
class ReviewAdmin(EndlessAdmin, LookOnly, admin.ModelAdmin):
    list_display = ("id", "decision", "assessment_id", "level_after", "reviewed_by", "reviewed_at")
    list_filter = ("decision", "reviewed_at")
    list_select_related = ("reviewed_by",)
    search_fields = ("assessment__post__key__exact",)
    search_numbers = ("pk", "assessment_id")
    search_help_text = "The number of a review or of an assessment, or the key of a report."
