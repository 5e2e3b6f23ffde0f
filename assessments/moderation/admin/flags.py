"""Flags for moderators: to read, to close, and the way to a decision."""

from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html

from assessments.admin.looking import LookOnly
from assessments.marking import harmless
from assessments.moderation.flagging import close_flag
from assessments.moderation.models import Flag


@admin.register(Flag)
class FlagAdmin(LookOnly, admin.ModelAdmin):
    list_display = ("id", "assessment_link", "kind", "short_reason", "state", "created_at", "closed_by")
    list_filter = ("state", "kind", "created_at")
    list_select_related = ("assessment", "closed_by")
    fields = ("kind", "reason", "assessment_link", "decide", "the_post", "author_line", "state")
    fields += ("created_at", "closed_at", "closed_by")
    readonly_fields = ("assessment_link", "decide", "the_post", "author_line")
    actions = ("close",)

    @admin.display(description="Assessment")
    def assessment_link(self, flag):
        address = reverse("admin:assessments_assessment_change", args=(flag.assessment_id,))
        return format_html('<a href="{}">{}</a>', address, flag.assessment)

    @admin.display(description="Decision")
    def decide(self, flag):
        address = reverse("admin:assessments_assessment_decide", args=(flag.assessment_id,))
        return format_html('<a href="{}">Decide about this report</a>', address)

    @admin.display(description="Reason")
    def short_reason(self, flag):
        return harmless(flag.reason[:80])

    @admin.display(description="The post")
    def the_post(self, flag):
        return harmless(flag.assessment.post.text)

    @admin.display(description="About the author")
    def author_line(self, flag):
        return harmless(flag.assessment.post.author_line)

    def has_close_permission(self, request):
        return request.user.has_perm("moderation.change_flag")

    @admin.action(description="Close these flags", permissions=["close"])
    def close(self, request, queryset):
        number = sum(close_flag(flag=flag, by=request.user) for flag in queryset)
        self.message_user(request, f"Closed: {number}.", messages.SUCCESS)
