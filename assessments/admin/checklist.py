"""The versions of the checklist, their questions and levels. The three actions call `assessments.publishing`."""

from django import forms
from django.contrib import admin, messages
from django.template.response import TemplateResponse

from assessments import publishing
from assessments.admin.audited import Audited
from assessments.admin.draft_rows import DraftRowAdmin, DraftRowInline, IndentedJSONField, VersionFilter
from assessments.admin.evidence import CitationInline
from assessments.models import Answer, Checklist, Item, Level, Section


class ItemInline(DraftRowInline):
    model = Item
    fields = ("order", "key", "question", "answer_type", "weight")
    show_change_link = True


class AnswerInline(DraftRowInline):
    model = Answer
    fields = ("order", "key", "label", "effect", "guidance")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("item")


@admin.register(Section)
class SectionAdmin(DraftRowAdmin):
    list_display = ("title", "key", "order")
    search_fields = ("key", "title", "intro")
    inlines = (ItemInline,)


@admin.register(Item)
class ItemAdmin(DraftRowAdmin):
    list_display = ("key", "question", "section", "answer_type", "weight", "order")
    list_filter = (VersionFilter, "answer_type", "weight")
    list_select_related = ("checklist", "section")
    search_fields = ("key", "question", "why")
    autocomplete_fields = ("section",)
    ordering = ("section__order", "order", "id")
    inlines = (AnswerInline, CitationInline)


@admin.register(Answer)
class AnswerAdmin(DraftRowAdmin):
    list_display = ("item", "key", "label", "effect", "order")
    list_filter = (VersionFilter, "effect")
    list_select_related = ("checklist", "item")
    search_fields = ("key", "label", "item__key", "item__question")
    autocomplete_fields = ("item",)
    ordering = ("item__section__order", "item__order", "order", "id")


@admin.register(Level)
class LevelAdmin(DraftRowAdmin):
    list_display = ("label", "key", "seriousness", "words", "order")
    search_fields = ("key", "label", "plain", "words")


class ChecklistForm(forms.ModelForm):
    class Meta:
        fields = ("title", "key", "texts")
        field_classes = {"texts": IndentedJSONField}


class NoteForm(forms.Form):
    note = forms.CharField(
        label="What changed in this version, and why?",
        help_text="One or two sentences. Everybody can read them on the page 'How this works'.",
        widget=forms.Textarea(attrs={"rows": 4, "cols": 80}),
    )


@admin.register(Checklist)
class ChecklistAdmin(Audited, admin.ModelAdmin):
    form = ChecklistForm
    list_display = ("__str__", "title", "status", "published_at", "published_by_name", "retired_at", "note")
    list_filter = ("status",)
    search_fields = ("title", "note", "digest")
    actions = ("start_draft", "publish", "retire")
    history = ("status", "version", "note", "digest", "created_at", "created_by_name", "published_at")
    readonly_fields = (*history, "published_by_name", "retired_at", "retired_by_name")

    def get_queryset(self, request):
        return super().get_queryset(request).defer("snapshot")

    def has_add_permission(self, request):
        return False  # a draft is started from what is published

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.is_draft)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or obj.is_draft)

    def has_publish_permission(self, request):
        return request.user.has_perm("assessments.publish_checklist")

    def get_actions(self, request):
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)  # a draft is deleted on its own page
        return actions

    def delete_model(self, request, obj):
        publishing.delete_draft(obj, by=request.user)

    @admin.action(description="Start a draft", permissions=["publish"])
    def start_draft(self, request, queryset):
        self._try(request, "The draft is ready to be changed.", publishing.start_draft, by=request.user)

    @admin.action(description="Publish the draft", permissions=["publish"])
    def publish(self, request, queryset):
        """First the page that asks for a note; the page comes back here with it."""
        draft = self._only_one(request, queryset)
        if draft is None:
            return None
        form = NoteForm(request.POST if "note" in request.POST else None)
        if not form.is_valid():
            return self._ask_for_note(request, draft, form)
        note = form.cleaned_data["note"]
        self._try(request, "Published.", publishing.publish, draft, by=request.user, note=note)
        return None

    @admin.action(description="Retire the published version", permissions=["publish"])
    def retire(self, request, queryset):
        version = self._only_one(request, queryset)
        if version is not None:
            done = "Retired. No post is assessed until another version is published."
            self._try(request, done, publishing.retire, version, by=request.user)

    def _ask_for_note(self, request, draft, form):
        context = {
            **self.admin_site.each_context(request),
            "title": "Publish the draft",
            "opts": self.opts,
            "draft": draft,
            "form": form,
            "problems": publishing.content_problems(draft) if draft.is_draft else [],
        }
        return TemplateResponse(request, "admin/assessments/checklist/publish.html", context)

    def _only_one(self, request, queryset):
        chosen = list(queryset[:2])
        if len(chosen) == 1:
            return chosen[0]
        self.message_user(request, "Choose one version only.", messages.ERROR)
        return None

    def _try(self, request, done, action, *args, **kwargs):
        """Run one action of publishing, and say what came of it."""
        try:
            action(*args, **kwargs)
        except publishing.PublishingError as error:
            self.message_user(request, str(error), messages.ERROR)
        else:
            self.message_user(request, done, messages.SUCCESS)
