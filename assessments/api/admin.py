"""Keys of the API: made, looked at and stopped by whoever has the permission. A secret is shown once."""

from django import forms
from django.contrib import admin, messages
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers

from assessments.admin.audited import Audited
from assessments.api.keys import give_secret, stop_keys
from assessments.api.models import ApiKey, Scope


class ApiKeyForm(forms.ModelForm):
    scopes = forms.MultipleChoiceField(choices=Scope, widget=forms.CheckboxSelectMultiple, help_text="What it may do.")

    class Meta:
        model = ApiKey
        fields = ("name", "contact", "scopes", "per_minute", "per_day")


@admin.register(ApiKey)
class ApiKeyAdmin(Audited, admin.ModelAdmin):
    """A key is never deleted: what was made with it must have somebody who answers for it."""

    form = ApiKeyForm
    list_display = ("name", "prefix", "may", "per_minute", "per_day", "last_used_on", "stopped_at")
    list_filter = (("stopped_at", admin.EmptyFieldListFilter),)
    search_fields = ("name", "contact", "=prefix")
    fields = ("name", "contact", "scopes", "per_minute", "per_day")
    readonly_fields = ("prefix", "made_by", "made_at", "last_used_on", "stopped_at")
    actions = ("stop",)

    def get_fields(self, request, obj=None):
        return (*self.fields, *self.readonly_fields) if obj else self.fields

    def get_readonly_fields(self, request, obj=None):
        return self.readonly_fields if obj else ()

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="May")
    def may(self, key):
        return ", ".join(key.scopes)

    def save_model(self, request, obj, form, change):
        if not change:
            request.api_secret = give_secret(obj, by=request.user)
        super().save_model(request, obj, form, change)

    def response_add(self, request, obj, post_url_continue=None):
        """The one page that shows the secret. It is kept by no cache; to load it again would make another key, and
        browsers ask before they do that."""
        context = {
            **self.admin_site.each_context(request),
            "title": "The new key",
            "opts": self.opts,
            "key": obj,
            "secret": request.api_secret,
        }
        response = TemplateResponse(request, "admin/api/apikey/secret.html", context)
        add_never_cache_headers(response)
        return response

    @admin.action(description="Stop these keys for ever", permissions=["change"])
    def stop(self, request, queryset):
        number = stop_keys(queryset, by=request.user)
        self.message_user(request, f"Stopped: {number}. Nothing can be done with them from now on.", messages.SUCCESS)
