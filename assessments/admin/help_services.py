"""Help services: kept right by people, at any time; nothing here waits for a version of the checklist."""

from functools import partial

from django.contrib import admin, messages
from django.db import models
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.admin.audited import Audited
from assessments.admin.draft_rows import IndentedJSONField
from assessments.admin.help_files import export_page, import_page
from assessments.admin.help_reminders import CheckFilter, due_page
from assessments.admin.looking import LookOnly
from assessments.help_freshness import WORDS, standing
from assessments.help_keeping import VOUCHED_FOR, confirm_services, forget_check, report_closed
from assessments.models import HelpCountry, HelpGuidance, HelpService


@admin.display(description="Last check")
def check_state(service):
    return WORDS[standing(service.verified_at, service.closed_reported_at, today=timezone.localdate())]


class ServiceInline(LookOnly, admin.TabularInline):
    """To find the way to a service: it is edited on its own page, where there is room for everything."""

    model = HelpService
    fields = ("order", "name", "kind", "phone", "text_or_chat", "verified_at", check_state)
    readonly_fields = ("verified_at", check_state)
    extra = 0
    show_change_link = True


@admin.register(HelpCountry)
class HelpCountryAdmin(Audited, admin.ModelAdmin):
    list_display = ("code", "name", "emergency", "services", "order")
    list_display_links = ("code", "name")
    search_fields = ("code", "name")
    fields = ("code", "name", "emergency", "note", "order")
    inlines = (ServiceInline,)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(number=models.Count("services"))

    def get_readonly_fields(self, request, obj=None):
        return ("code",) if obj else ()  # another code would be another country

    @admin.display(description="Services", ordering="number")
    def services(self, country):
        return country.number


@admin.register(HelpService)
class HelpServiceAdmin(Audited, admin.ModelAdmin):
    list_display = ("name", "country", "kind", "phone", "text_or_chat", check_state, "verified_at", "verified_by")
    list_filter = (CheckFilter, "confidence", "kind", "country")
    list_select_related = ("country", "verified_by")
    search_fields = ("name", "phone", "text_or_chat", "url", "country__name", "=country__code")
    autocomplete_fields = ("country",)
    readonly_fields = (check_state, "verified_at", "verified_by", "closed_reported_at")
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    actions = ("checked_today", "reported_closed")
    fieldsets = (
        (None, {"fields": ("country", "name", "kind", "order")}),
        ("How to reach it", {"fields": ("phone", "text_or_chat", "url", "hours", "languages", "audience")}),
        ("How sure we are", {"fields": ("confidence", "how_checked", *readonly_fields)}),
    )

    def get_urls(self):
        def page(name, view):
            return path(f"{name}/", self.admin_site.admin_view(view), name=f"assessments_helpservice_{name}")

        return [
            page("due", require_safe(partial(due_page, self))),
            page("export", require_safe(partial(export_page, self))),
            page("import", partial(import_page, self)),
            *super().get_urls(),
        ]

    @admin.action(description="I checked these today", permissions=["change"])
    def checked_today(self, request, queryset):
        number = confirm_services(queryset, by=request.user)
        self.message_user(request, f"Thank you: {number} checked by you today.", messages.SUCCESS)

    @admin.action(description="These have closed, I was told", permissions=["change"])
    def reported_closed(self, request, queryset):
        number = report_closed(queryset, by=request.user)
        done = f"{number} reported closed. They are hidden where another service can be shown. Checking them undoes it."
        self.message_user(request, done, messages.SUCCESS)

    def save_model(self, request, obj, form, change):
        if obj.verified_at and VOUCHED_FOR & set(form.changed_data):
            forget_check(obj)
            self.message_user(request, "It changed, so it must be checked again.", messages.WARNING)
        super().save_model(request, obj, form, change)


@admin.register(HelpGuidance)
class HelpGuidanceAdmin(Audited, admin.ModelAdmin):
    formfield_overrides = {models.JSONField: {"form_class": IndentedJSONField}}

    def has_add_permission(self, request):
        return False  # there is one, and it is loaded with the first content

    def has_delete_permission(self, request, obj=None):
        return False
