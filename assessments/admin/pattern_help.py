"""Patterns on the pages of claims, signals and word classes: looked at while they are written, and on saving.

The same advice (`assessments.pattern_advice`) stands beside the box, fetched by htmx after a pause in typing, and
refuses a form whose patterns cannot work. Saving needs no script.
"""

from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path, reverse_lazy
from django.views.decorators.http import require_POST

from assessments.admin.draft_rows import NO_DRAFT, DraftRowForm, draft_for
from assessments.models import Checklist, Claim, Signal, WordClass
from assessments.models.rows import lines_of
from assessments.pattern_advice import advise, class_mistake, entry_mistakes

TEXTS = ("patterns", "examples", "near_misses")
# What the engine asks of a signal; a claim has its verdict and risk instead.
ASKED = ("kind", "intent", "severity", "direction", "match", "topic", "verdict", "risk")


class PatternBox(AdminTextareaWidget):
    """The box of the patterns, with room for advice below it."""

    template_name = "admin/assessments/pattern_box.html"

    def __init__(self, help_address):
        super().__init__(attrs={"spellcheck": "false", "class": "vLargeTextField patterns"})
        self.help_address = help_address

    def get_context(self, name, value, attrs):
        return super().get_context(name, value, attrs) | {"help_address": self.help_address}


class PatternForm(DraftRowForm):
    """A claim or signal: refuses patterns that cannot be read or that match everything, and warns of common ones."""

    def clean(self):
        cleaned = super().clean()
        if "patterns" in self.cleaned_data:
            advice = _advice(self.instance.checklist, type(self.instance), self.cleaned_data)
            for note in advice.mistakes:
                self.add_error("patterns", f"Line {note.line}: {note.pointed} — {note.mistake}")
            self.remarks += [
                f"Line {note.line} of the patterns is common: it fires on {note.percent} of the examples of others."
                for note in advice.notes
                if note.too_common
            ]
        return cleaned


class WordClassForm(DraftRowForm):
    """A word class: refuses words that cannot be read, unknown classes inside it, and a class that uses itself."""

    def clean(self):
        cleaned = super().clean()
        words = lines_of(self.cleaned_data.get("words", ""))
        mistakes = [f"Line {line}: {mistake}" for line, mistake in entry_mistakes(words)]
        key = self.cleaned_data.get("key")
        if key and words and not mistakes:
            classes = _word_classes(self.instance.checklist) | {key: tuple(words)}
            mistakes = [mistake] if (mistake := class_mistake(key, classes)) else []
        for mistake in mistakes:
            self.add_error("words", mistake)
        return cleaned


class WithPatternHelp:
    """For the admin of a model with patterns: the box, and the address that advice comes from."""

    form = PatternForm

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "patterns":
            kwargs["widget"] = PatternBox(reverse_lazy(f"admin:{self._help_name()}"))
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.pattern_help))
        return [path("pattern-help/", view, name=self._help_name()), *super().get_urls()]

    def _help_name(self):
        return f"assessments_{self.opts.model_name}_pattern_help"

    def pattern_help(self, request):
        """Advice about the form as it stands in the browser. Nothing is stored."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        draft = draft_for(request)
        advice = _advice(draft, self.model, request.POST.dict()) if draft else None
        context = {"advice": advice, "problem": "" if draft else NO_DRAFT}
        return TemplateResponse(request, "admin/assessments/_pattern_help.html", context)


def _advice(draft, model, fields):
    """Advice about the patterns in `fields` (of a form, sent or cleaned)."""
    entry = {name: str(fields.get(name) or "") for name in ("key", *ASKED)}
    entry |= {name: lines_of(fields.get(name) or "") for name in TEXTS}
    if model is Signal:
        absence = fields.get("absence") in (True, "on")
        entry |= {"family": str(fields.get("family") or "practice"), "absence": absence}
    return advise(entry, _word_classes(draft), _examples_of_others(draft, model, entry["key"]))


def _word_classes(checklist):
    rows = WordClass.objects.filter(checklist=checklist).values_list("key", "words")
    return {key: tuple(lines_of(words)) for key, words in rows}


def _examples_of_others(checklist: Checklist, model, key):
    texts = []
    for other in (Claim, Signal):
        rows = other.objects.filter(checklist=checklist)
        if other is model:
            rows = rows.exclude(key=key)
        texts += [line for examples in rows.values_list("examples", flat=True) for line in lines_of(examples)]
    return texts
