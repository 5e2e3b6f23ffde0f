"""Flags for moderators: to read, to close, and the way to their case; and the reasons that decisions may have."""

from django import forms
from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html

from assessments.admin.audited import Audited
from assessments.admin.looking import LookOnly
from assessments.marking import harmless
from assessments.models import Decision
from assessments.moderation.admin.open_topics import OpenTopics
from assessments.moderation.flagging import close_flag
from assessments.moderation.models import Flag, RulingReason
from posts.endless_lists import EndlessAdmin


@admin.register(Flag)
class FlagAdmin(OpenTopics, EndlessAdmin, LookOnly, admin.ModelAdmin):
    list_display = ("id", "assessment_link", "kind", "short_reason", "state", "created_at", "closed_by")
    list_filter = ("state", "kind", "created_at")
    list_select_related = ("assessment", "closed_by")
    # The words of the post stand on the page of its case, where every look at them is put on record.
    fields = ("kind", "reason", "assessment_link", "decide", "state", "created_at", "closed_at", "closed_by")
    readonly_fields = ("assessment_link", "decide")
    actions = ("close",)

    @admin.display(description="Assessment")
    def assessment_link(self, flag):
        address = reverse("admin:assessments_assessment_change", args=(flag.assessment_id,))
        return format_html('<a href="{}">{}</a>', address, flag.assessment)

    @admin.display(description="Decision")
    def decide(self, flag):
        address = reverse("moderation_staff:case_of", args=(flag.assessment_id,))
        return format_html('<a href="{}">The case of this report</a>', address)

    @admin.display(description="Reason")
    def short_reason(self, flag):
        return harmless(flag.reason[:80])

    def has_close_permission(self, request):
        return request.user.has_perm("moderation.change_flag")

    @admin.action(description="Close these flags", permissions=["close"])
    def close(self, request, queryset):
        number = sum(close_flag(flag=flag, by=request.user) for flag in queryset)
        self.message_user(request, f"Closed: {number}.", messages.SUCCESS)


class RulingReasonForm(forms.ModelForm):
    decisions = forms.MultipleChoiceField(
        label="Fits", choices=Decision, widget=forms.CheckboxSelectMultiple, help_text="Which decisions it can explain."
    )

    class Meta:
        model = RulingReason
        fields = ("key", "label", "decisions", "policy", "note_template", "is_active", "order")


@admin.register(RulingReason)
class RulingReasonAdmin(Audited, admin.ModelAdmin):
    """Decisions keep the policy as it was worded on their day, so a reason may be reworded; it is never deleted."""

    form = RulingReasonForm
    list_display = ("label", "key", "fits", "is_active", "order")
    list_filter = ("is_active",)

    @admin.display(description="Fits")
    def fits(self, reason):
        return ", ".join(str(Decision(decision).label) for decision in reason.decisions)

    def get_readonly_fields(self, request, obj=None):
        return ("key",) if obj else ()

    def has_delete_permission(self, request, obj=None):
        return False
