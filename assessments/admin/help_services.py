"""Help services: kept right by people, at any time; nothing here waits for a version of the checklist."""

from django.contrib import admin, messages
from django.db import models

from assessments.admin.draft_rows import IndentedJSONField
from assessments.admin.looking import LookOnly
from assessments.help_loading import confirm_services
from assessments.models import HelpCountry, HelpGuidance, HelpService

# What a person vouches for by checking a service: when it changes, somebody must check again.
VOUCHED_FOR = frozenset({"name", "phone", "text_or_chat", "url", "hours", "languages", "audience", "country"})


class ServiceInline(LookOnly, admin.TabularInline):
    """To find the way to a service: it is edited on its own page, where there is room for everything."""

    model = HelpService
    fields = ("order", "name", "kind", "phone", "verified_at")
    readonly_fields = ("verified_at",)
    extra = 0
    show_change_link = True


@admin.register(HelpCountry)
class HelpCountryAdmin(admin.ModelAdmin):
    list_display = ("code", "name", "emergency", "order")
    search_fields = ("code", "name")
    inlines = (ServiceInline,)


@admin.register(HelpService)
class HelpServiceAdmin(admin.ModelAdmin):
    list_display = ("name", "country", "kind", "phone", "text_or_chat", "confidence", "verified_at", "verified_by")
    list_filter = (("verified_at", admin.EmptyFieldListFilter), "confidence", "kind", "country")
    list_select_related = ("country", "verified_by")
    search_fields = ("name", "phone", "text_or_chat", "url", "country__name", "=country__code")
    autocomplete_fields = ("country",)
    readonly_fields = ("verified_at", "verified_by")
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    actions = ("checked_today",)

    @admin.action(description="I checked these today", permissions=["change"])
    def checked_today(self, request, queryset):
        number = confirm_services(queryset, by=request.user)
        self.message_user(request, f"Thank you: {number} checked by you today.", messages.SUCCESS)

    def save_model(self, request, obj, form, change):
        if obj.verified_at and VOUCHED_FOR & set(form.changed_data):
            obj.verified_at = obj.verified_by = None
            self.message_user(request, "It changed, so it must be checked again.", messages.WARNING)
        super().save_model(request, obj, form, change)


@admin.register(HelpGuidance)
class HelpGuidanceAdmin(admin.ModelAdmin):
    formfield_overrides = {models.JSONField: {"form_class": IndentedJSONField}}

    def has_add_permission(self, request):
        return False  # there is one, and it is loaded with the first content

    def has_delete_permission(self, request, obj=None):
        return False
