"""Saved too late: somebody published the draft, or deleted it or the row, while this person had the form open.

Nothing can be saved then, but what they typed is shown again, so that they can copy it into the draft that is there.
"""

from django.contrib.admin.utils import unquote
from django.contrib.auth import get_permission_codename
from django.core.exceptions import ValidationError
from django.forms import ModelChoiceField
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst

from assessments.admin.meanwhile import MARK, mark_of, read_marks
from assessments.models import Checklist

COPY = "Nothing of yours was saved. What you typed stands below: copy it, and put it into the draft that comes next."
PUBLISHED = f"Somebody published this draft while you were working on it, so it can only be read now. {COPY}"
DELETED = f"Somebody deleted this row, or the draft that it stood in, while you were working on it. {COPY}"
NO_DRAFT_NOW = f"Somebody published or deleted the draft while you were writing. {COPY}"
MOST_ROWS = 200  # under one row; a page that the admin made has fewer
CONFLICT = 409


class KeepsTyped:
    """For the admin pages of a draft and its rows: a form that comes too late is answered with what was typed."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        sentence = self._too_late(request, object_id) if request.method == "POST" else ""
        if sentence:
            return self._typed_page(request, sentence)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _too_late(self, request, object_id):
        """The sentence for what happened meanwhile; empty when nothing did, or when this form was never to be saved."""
        action = "change" if object_id else "add"
        if not request.user.has_perm(f"{self.opts.app_label}.{get_permission_codename(action, self.opts)}"):
            return ""
        if object_id is None:
            gone = self.model is not Checklist and not Checklist.objects.drafts().exists()
            return NO_DRAFT_NOW if gone else ""
        if MARK not in request.POST:  # the page showed no form that could be saved
            return ""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return DELETED
        return "" if getattr(row, "checklist", row).is_draft else PUBLISHED

    def _typed_page(self, request, sentence):
        context = {
            **self.admin_site.each_context(request),
            "title": "Not saved",
            "opts": self.opts,
            "sentence": sentence,
            "typed": [*_typed_in(self.get_form(request), request.POST, ""), *self._typed_under(request)],
            "now": self._same_row_now(request.POST.get("key", "")),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/assessments/typed_too_late.html", context, status=CONFLICT)

    def _typed_under(self, request):
        """What was typed in the rows under this row."""
        for formset, inline in self.get_formsets_with_inlines(request):
            prefix = formset.get_default_prefix()
            total = request.POST.get(f"{prefix}-TOTAL_FORMS", "")
            for number in range(min(int(total), MOST_ROWS) if total.isdecimal() else 0):
                for label, value in _typed_in(formset.form, request.POST, f"{prefix}-{number}"):
                    yield f"{capfirst(inline.opts.verbose_name)} {number + 1}: {label}", value

    def _same_row_now(self, key):
        """The address of the row with this key in the draft that there is now; without one, that of all versions."""
        rows = Checklist.objects.drafts() if self.model is Checklist else None
        if rows is None and key and any(field.name == "key" for field in self.opts.fields):
            rows = self.model.objects.filter(key=key, checklist__in=Checklist.objects.drafts())
        found = list(rows.values_list("pk", flat=True)[:2]) if rows is not None else []
        if len(found) == 1:
            return reverse(f"admin:assessments_{self.opts.model_name}_change", args=found)
        return reverse("admin:assessments_checklist_changelist")


def _typed_in(form_class, data, prefix):
    """(label, what was typed) of each field that is not as it was loaded, for a person to copy."""
    form = form_class(data, prefix=prefix or None)
    loaded = read_marks(data.get(form.add_prefix(MARK)))
    for name, field in form.fields.items():
        raw = form[name].data
        if name == MARK or isinstance(field, ModelChoiceField) or raw in (None, "", False, []):
            continue
        try:
            value = field.clean(raw)
        except ValidationError:
            value = None  # it cannot be understood, and is shown all the same
        if value is not None and mark_of(value) == loaded.get(name):
            continue
        is_text = isinstance(raw, str) and not hasattr(field, "choices")
        yield field.label, raw if is_text or value is None else form.shown(name, value)
