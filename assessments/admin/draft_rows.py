"""What the admin pages of all checklist rows share: only rows of the draft can be changed, the others can be read."""

import json

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst

from assessments.admin.audited import Audited
from assessments.admin.meanwhile import MARK, MeanwhileForm
from assessments.admin.too_late import KeepsTyped
from assessments.models import Checklist
from assessments.models.checklist import Status

NO_DRAFT = "There is no draft. Start one on the page Checklists."
OTHER_DRAFT = (
    "Somebody published this draft a moment ago. What you typed still stands here. Copy it into the next draft."
)


def draft_for(request):
    """The draft, or None; asked once for each request."""
    if not hasattr(request, "_checklist_draft"):
        request._checklist_draft = Checklist.objects.drafts().without_snapshots().first()
    return request._checklist_draft


class IndentedJSONField(forms.JSONField):
    """JSON on several lines, as people read it."""

    def prepare_value(self, value):
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)


class DraftRowForm(MeanwhileForm):
    """Puts a row into the draft, so that its key can be compared with the other keys of the draft.

    `remarks` are sentences for the editor about what was saved: nothing is wrong, but they should know.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.remarks = []

    def clean(self):
        # Locked until the end of the admin's transaction: who publishes meanwhile waits, and takes this edit along.
        draft = Checklist.objects.drafts().without_snapshots().select_for_update(no_key=True).first()
        if draft is None:
            raise ValidationError(NO_DRAFT)
        if self.instance.pk and self.instance.checklist_id != draft.pk:
            raise ValidationError(OTHER_DRAFT)  # never moved from a published version into the next draft
        self.instance.checklist = draft
        return super().clean()

    def _get_validation_exclusions(self):
        # The checklist is on no form, but it is in the constraints that must be checked.
        return super()._get_validation_exclusions() - {"checklist"}


class VersionFilter(admin.SimpleListFilter):
    """One version at a time: the draft when there is one, otherwise what is published, unless another is chosen."""

    title = "version"
    parameter_name = "version"

    def lookups(self, request, model_admin):
        self.draft = draft_for(request)
        numbers = Checklist.objects.filter(version__isnull=False).order_by("-version")
        versions = [
            (str(number), f"Version {number} ({status})") for number, status in numbers.values_list("version", "status")
        ]
        return ([("draft", "Draft")] if self.draft else []) + versions

    def has_output(self):
        return True

    def queryset(self, request, queryset):
        value = self.value()
        if value is None:
            value = "draft" if self.draft else "published"
        if value in Status.values:
            return queryset.filter(checklist__status=value)
        return queryset.filter(checklist__version=int(value)) if value.isdecimal() else queryset.none()

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        yield first | {"display": "Draft or published"}
        yield from others


class DraftOnly:
    """Permissions for admin pages and inlines: change, add and delete in the draft only; look at everything.

    `obj` is the row itself, or for an inline the row it stands under: both know their checklist.
    """

    formfield_overrides = {models.JSONField: {"form_class": IndentedJSONField}}

    def has_add_permission(self, request, obj=None):
        allowed = super().has_add_permission(request, *([obj] if self.is_inline else []))
        return allowed and draft_for(request) is not None and (obj is None or obj.checklist.is_draft)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.checklist.is_draft)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or obj.checklist.is_draft)

    def get_fields(self, request, obj=None):
        """With the marks of what was loaded (see `meanwhile`), wherever something can be changed."""
        fields = [name for name in super().get_fields(request, obj) if name != MARK]
        return [*fields, MARK] if obj is not None and self.has_change_permission(request, obj) else fields

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if hasattr(db_field.related_model, "checklist"):
            kwargs["queryset"] = db_field.related_model.objects.filter(checklist__status=Status.DRAFT)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class StudioMedia:
    """What makes the pages quicker; every page works without it."""

    css = {"all": ("admin-studio.css",)}
    js = ("django_htmx/htmx-4.min.js", "admin-studio.js")


class DraftRowAdmin(KeepsTyped, DraftOnly, Audited, admin.ModelAdmin):
    """The page of one kind of row."""

    is_inline = False
    form = DraftRowForm
    change_form_template = "admin/assessments/draft_row_form.html"
    exclude = ("checklist",)
    list_filter = (VersionFilter,)
    list_select_related = ("checklist",)
    Media = StudioMedia

    list_per_page = 50
    ordering = ("order", "id")

    def get_queryset(self, request):
        # A row is asked for its version everywhere; the snapshot, half a megabyte, is never brought along.
        rows = super().get_queryset(request).select_related(*self.list_select_related)
        return rows.defer("checklist__snapshot", "checklist__texts")

    def get_search_results(self, request, queryset, search_term):
        found, may_have_duplicates = super().get_search_results(request, queryset, search_term)
        if request.resolver_match.url_name == "autocomplete":  # it offers what the draft can point to
            found = found.filter(checklist__status=Status.DRAFT)
        return found, may_have_duplicates

    def get_deleted_objects(self, objs, request):
        to_delete, counts, missing_permissions, protected = super().get_deleted_objects(objs, request)
        frozen = [f"{row} ({row.checklist})" for row in objs if not row.checklist.is_draft]
        return to_delete, counts, missing_permissions, [*protected, *frozen]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        self._say_remarks(request, [form])

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        self._say_remarks(request, formset.forms)

    def _say_remarks(self, request, forms):
        for remark in (remark for form in forms if form.has_changed() for remark in getattr(form, "remarks", ())):
            self.message_user(request, remark, messages.WARNING)


class LabelledFormSet(forms.BaseInlineFormSet):
    """The boxes of a table say what they are to who hears them: the heads of its columns are no labels."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for field in form.fields.values():
            if not field.widget.is_hidden:
                field.widget.attrs.setdefault("aria-label", capfirst(str(field.label or "")))


class DraftRowInline(DraftOnly, admin.TabularInline):
    """Rows under the row that they belong to."""

    is_inline = True
    form = DraftRowForm
    formset = LabelledFormSet
    exclude = ("checklist",)
    extra = 0
    ordering = ("order", "id")
