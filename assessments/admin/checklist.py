"""The versions of the checklist, their questions and levels. The three actions call `assessments.publishing`."""

import json
from functools import partial

from django.contrib import admin, messages
from django.db import models
from django.db.models import Count
from django.urls import path, reverse
from django.utils.html import format_html

from assessments import publishing
from assessments.admin import exchanging, publishing_pages
from assessments.admin.audited import Audited
from assessments.admin.checklist_texts import PARTS, ChecklistForm
from assessments.admin.draft_rows import DraftRowAdmin, DraftRowForm, DraftRowInline, StudioMedia, VersionFilter
from assessments.admin.evidence import CitationInline
from assessments.admin.level_rules import LevelForm, RuleField, in_words
from assessments.admin.meanwhile import MARK
from assessments.admin.ordering import WithOrderingList
from assessments.admin.too_late import KeepsTyped
from assessments.admin.trying_out import try_it
from assessments.models import Answer, Checklist, Item, Level, Section
from assessments.models.checklist import Status
from posts.sanitizing import TAGS, not_kept


class ItemInline(DraftRowInline):
    model = Item
    fields = ("order", "key", "question", "answer_type", "weight")
    show_change_link = True


class AnswerForm(DraftRowForm):
    """Says which HTML of the guidance is not kept."""

    def clean_guidance(self):
        guidance = self.cleaned_data["guidance"]
        if removed := not_kept(guidance):
            self.remarks.append(
                f"Not kept as HTML in the guidance of “{self.cleaned_data.get('key', '')}”: {', '.join(removed)}. "
                f"Only {', '.join(sorted(TAGS))} and links to whole addresses are."
            )
        return guidance


class AnswerInline(DraftRowInline):
    model = Answer
    form = AnswerForm
    fields = ("order", "key", "label", "effect", "guidance")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("item")


@admin.register(Section)
class SectionAdmin(WithOrderingList, DraftRowAdmin):
    list_display = ("title", "key", "order")
    search_fields = ("key", "title", "intro")
    inlines = (ItemInline,)


@admin.register(Item)
class ItemAdmin(DraftRowAdmin):
    list_display = ("key", "question", "section", "answer_type", "weight", "answers_there", "order")
    list_filter = (VersionFilter, "answer_type", "weight")
    list_select_related = ("checklist", "section")
    search_fields = ("key", "question", "why")
    autocomplete_fields = ("section",)
    ordering = ("section__order", "order", "id")
    inlines = (AnswerInline, CitationInline)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(number_of_answers=Count("answers"))

    @admin.display(description="Answers", ordering="number_of_answers")
    def answers_there(self, item):
        return item.number_of_answers or "⚠ no answers"


@admin.register(Answer)
class AnswerAdmin(DraftRowAdmin):
    form = AnswerForm
    list_display = ("item", "key", "label", "effect", "order")
    list_filter = (VersionFilter, "effect")
    list_select_related = ("checklist", "item")
    search_fields = ("key", "label", "item__key", "item__question")
    autocomplete_fields = ("item",)
    ordering = ("item__section__order", "item__order", "order", "id")


@admin.register(Level)
class LevelAdmin(WithOrderingList, DraftRowAdmin):
    form = LevelForm
    formfield_overrides = {models.JSONField: {"form_class": RuleField}}
    list_display = ("label", "key", "rule", "words", "seriousness", "order")
    search_fields = ("key", "label", "plain", "words")
    readonly_fields = ("rule", "rule_for_the_engine")

    @admin.display(description="Rule, as it is saved")
    def rule(self, level):
        return in_words(level.when)

    @admin.display(description="The same for the engine")
    def rule_for_the_engine(self, level):
        return json.dumps(level.when, ensure_ascii=False)


@admin.register(Checklist)
class ChecklistAdmin(KeepsTyped, Audited, admin.ModelAdmin):
    form = ChecklistForm
    list_display = ("__str__", "title", "status", "published_at", "published_by_name", "retired_at", "note")
    change_list_template = "admin/assessments/checklist/list.html"
    list_filter = ("status",)
    search_fields = ("title", "note", "digest")
    actions = ("start_draft", "publish", "retire")
    history = (
        *("ways_on", "asked", "status", "version", "brings_back", "note", "digest", "created_at", "created_by_name"),
        *("published_at", "published_by_name", "retired_at", "retired_by_name"),
    )
    readonly_fields = (*history, "texts_to_read")

    Media = StudioMedia
    change_form_template = "admin/assessments/checklist/change_form.html"

    def get_queryset(self, request):
        return super().get_queryset(request).defer("snapshot").select_related("publish_request")

    def get_urls(self):
        own = (
            ("try/", self.try_it, "try"),
            ("import/", lambda request: exchanging.import_page(self, request), "import"),
            ("<int:pk>/export/", exchanging.export, "export"),
            ("<int:pk>/roll-back/", lambda request, pk: publishing_pages.roll_back(self, request, pk), "roll_back"),
        )
        pages = [
            path(address, self.admin_site.admin_view(view), name=f"assessments_checklist_{name}")
            for address, view, name in own
        ]
        return [*pages, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        more = {"may_import": request.user.has_perm("assessments.import_checklist")}
        return super().changelist_view(request, (extra_context or {}) | more)

    @admin.display(description="From here")
    def ways_on(self, checklist):
        export = reverse("admin:assessments_checklist_export", args=(checklist.pk,))
        links = format_html('<a href="{}">Export as YAML</a>', export)
        if checklist.status == Status.RETIRED:
            back = reverse("admin:assessments_checklist_roll_back", args=(checklist.pk,))
            links += format_html(' · <a href="{}">Go back to this version</a>', back)
        return links

    @admin.display(description="Asked to publish")
    def asked(self, checklist):
        request = getattr(checklist, "publish_request", None)
        return f"{request.asked_by_name}, {request.asked_at:%d %B %Y, %H:%M}" if request else ""

    def get_fieldsets(self, request, obj=None):
        """A draft in parts to be edited; a version as it was frozen."""
        history = ("History", {"fields": self.history})
        if obj is None or not self.has_change_permission(request, obj):
            return [(None, {"fields": ("title", "key", "texts_to_read")}), history]
        parts = [(heading, {"fields": tuple(fields)}) for heading, fields in PARTS.items()]
        return [(None, {"fields": ("title", "key", MARK)}), *parts, history]

    @admin.display(description="Texts")
    def texts_to_read(self, checklist):
        return json.dumps(checklist.texts, ensure_ascii=False, indent=2)

    def try_it(self, request):
        return try_it(request, self)

    def has_add_permission(self, request):
        return False  # a draft is started from what is published

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.is_draft)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or obj.is_draft)

    def has_start_permission(self, request):
        may_start = request.user.has_perm("assessments.start_checklist_draft")
        return may_start or self.has_publish_permission(request)  # whoever may publish could always start one

    def has_publish_permission(self, request):
        return request.user.has_perm("assessments.publish_checklist")

    def get_actions(self, request):
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)  # a draft is deleted on its own page
        return actions

    def delete_model(self, request, obj):
        publishing.delete_draft(obj, by=request.user)

    @admin.action(description="Start a draft", permissions=["start"])
    def start_draft(self, request, queryset):
        action = partial(publishing.start_draft, by=request.user)
        publishing_pages.attempt(self, request, "The draft is ready to be changed.", action)

    @admin.action(description="Publish the draft", permissions=["publish"])
    def publish(self, request, queryset):
        draft = self._only_one(request, queryset)
        return publishing_pages.publish_draft(self, request, draft) if draft else None

    @admin.action(description="Retire the published version", permissions=["publish"])
    def retire(self, request, queryset):
        version = self._only_one(request, queryset)
        if version is not None:
            done = "Retired. No post is assessed until another version is published."
            publishing_pages.attempt(self, request, done, partial(publishing.retire, version, by=request.user))

    def _only_one(self, request, queryset):
        chosen = list(queryset[:2])
        if len(chosen) == 1:
            return chosen[0]
        self.message_user(request, "Choose one version only.", messages.ERROR)
        return None
