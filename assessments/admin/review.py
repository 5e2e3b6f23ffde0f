"""What people decided about reports, to look at. Decisions are made on the page of a case, and never changed after."""

from django.contrib import admin

from assessments.admin.looking import LookOnly
from assessments.models import Review


@admin.register(Review)
class ReviewAdmin(LookOnly, admin.ModelAdmin):
    list_display = ("id", "decision", "assessment_id", "level_after", "reviewed_by", "reviewed_at")
    list_filter = ("decision", "reviewed_at")
    list_select_related = ("reviewed_by",)
    search_fields = ("=id", "=assessment__id")
