"""Two people at one row: whoever saves second is told, sees what the other one saved, and loses nothing.

The form carries a short mark of every value as it was loaded. On saving, the row is locked and read again: what somebody
else changed meanwhile is taken over where this person left it alone, and shown beside what they typed where both did.
"""

import hashlib
import json

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

MARK = "as_loaded"  # the name of the hidden field
TOLD = "Somebody else saved this row while you were working on it. Nothing of yours was saved yet, and nothing is lost."


class MarkField(forms.CharField):
    """The marks of the values as loaded. It is no part of the row, so it never counts as changed."""

    widget = forms.HiddenInput

    def __init__(self):
        super().__init__(required=False, max_length=5000, label="")

    def has_changed(self, initial, data):
        return False


class MeanwhileForm(forms.ModelForm):
    """A model form that notices what was saved between loading the page and pressing Save."""

    as_loaded = MarkField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial[MARK] = json.dumps(self._marks_of(self.instance))

    def clean(self):
        cleaned = super().clean()
        loaded = _read_marks(self.cleaned_data.get(MARK))
        if self.instance.pk and loaded:
            # Locked until the end of the admin's transaction: of two who press Save at once, one waits here.
            stored = type(self.instance)._base_manager.select_for_update().filter(pk=self.instance.pk).first()
            if stored is not None:
                self._compare(loaded, stored)
        return cleaned

    def _compare(self, loaded, stored):
        """Take over what only the other person changed; refuse, with both versions in view, when this one typed too."""
        now = self._marks_of(stored)
        theirs = {name for name in now if loaded.get(name, now[name]) != now[name]}
        mine = {name for name in self._typed() if mark_of(self._typed()[name]) != loaded.get(name)}
        both = {name for name in theirs & mine if mark_of(self._typed()[name]) != now[name]}
        for name in theirs - mine:
            self._take_over(name, stored)
        if theirs and mine - (theirs - both):
            self._show_again(now)
            self.add_error(None, _told(self, theirs - mine))
            for name in both:
                self.add_error(name, f"They wrote: “{_shown(stored, name)}” What you typed still stands here.")

    def _typed(self):
        names = [field.name for field in self.instance._meta.concrete_fields]
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}

    def _marks_of(self, row):
        names = [field.name for field in row._meta.concrete_fields if field.name in self.fields]
        return {name: mark_of(row.serializable_value(name)) for name in names}

    def _take_over(self, name, stored):
        self.cleaned_data[name] = getattr(stored, name)
        self._write(name, self.fields[name].prepare_value(stored.serializable_value(name)))

    def _show_again(self, now):
        """The next Save is meant: it is compared with what is shown now."""
        self._write(MARK, json.dumps(now))

    def _write(self, name, value):
        self.data = self.data.copy()
        self.data[self.add_prefix(name)] = "" if value is None else value


def mark_of(value):
    """A short mark of a value, the same for what a form gives and what the database holds."""
    if isinstance(value, models.Model):
        value = value.pk
    if isinstance(value, str):
        value = value.replace("\r\n", "\n").strip()
    written = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(written.encode()).hexdigest()[:12]


def _read_marks(written):
    """The marks that came back with the form; none when somebody changed them."""
    try:
        marks = json.loads(written or "{}")
    except ValueError:
        return {}
    return marks if isinstance(marks, dict) else {}


def _told(form, taken_over):
    labels = [str(form.fields[name].label) for name in form.fields if name in taken_over]
    theirs = f" Their changes are here already: {', '.join(labels)}." if labels else ""
    return ValidationError(f"{TOLD}{theirs} Look at the row once more, and press Save when it is right.")


def _shown(stored, name):
    field = stored._meta.get_field(name)
    value = getattr(stored, name)
    if field.choices:
        return stored._get_FIELD_display(field)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
