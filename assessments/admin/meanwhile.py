"""Two people at one row: whoever saves second is told, sees what the other one saved, and loses nothing.

The form carries a short mark of every value as it was loaded. On saving, the row is locked and read again: what
somebody else changed is taken over where this person left it alone, and shown beside what they typed where both did.
"""

import hashlib
import json

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

MARK = "as_loaded"  # the name of the hidden field
GONE = "Somebody else deleted this row while you were working on it. What you typed still stands here, not saved."
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

    def marked_names(self):
        """The fields that are compared."""
        return [field.name for field in self.instance._meta.concrete_fields if field.name in self.fields]

    def value_in(self, row, name):
        """What a row holds for a field of the form."""
        return row.serializable_value(name)

    def clean(self):
        cleaned = super().clean()
        loaded = read_marks(self.cleaned_data.get(MARK))
        if loaded and not self.instance.pk:  # a row under a row: it was there when the page was loaded
            raise ValidationError(f"{GONE} Copy it into a new row, and tick Delete in this one.")
        if loaded:
            # Locked until the end of the admin's transaction: of two who press Save at once, one waits here.
            stored = type(self.instance)._base_manager.select_for_update().filter(pk=self.instance.pk).first()
            if stored is None:
                raise ValidationError(GONE)
            self._compare(loaded, stored)
        return cleaned

    def _compare(self, loaded, stored):
        """Take over what only the other person changed; refuse, with both versions in view, when this one typed too."""
        now = self._marks_of(stored)
        theirs = {name for name in now if loaded.get(name, now[name]) != now[name]}
        typed = self._typed()
        mine = {name for name in now if typed.get(name) != loaded.get(name)}
        both = {name for name in theirs & mine if typed.get(name) != now[name]}
        for name in theirs - mine:
            self._take_over(name, stored)
        if theirs and mine - (theirs - both):
            self._show_again(now)
            self.add_error(None, _told(self, theirs - mine))
            for name in both:
                theirs_now = self.shown(name, self.value_in(stored, name))
                self.add_error(name, f"They wrote: “{theirs_now}” What you typed still stands here.")

    def _typed(self):
        """The marks of what was typed; what cannot be understood has none, and counts as typed all the same."""
        return {name: mark_of(self.cleaned_data[name]) for name in self.marked_names() if name in self.cleaned_data}

    def _marks_of(self, row):
        return {name: mark_of(self.value_in(row, name)) for name in self.marked_names()}

    def _take_over(self, name, stored):
        field, value = self.fields[name], self.value_in(stored, name)
        self.cleaned_data[name] = field.to_python(value) if isinstance(field, forms.ModelChoiceField) else value
        if hasattr(field.widget, "write"):  # made of several boxes
            self.data = self.data.copy()
            field.widget.write(self.data, self.add_prefix(name), field.prepare_value(value))
        else:
            self._write(name, field.prepare_value(value))

    def shown(self, name, value):
        """A stored value as a person reads it."""
        if isinstance(self.fields[name], forms.ModelChoiceField):
            return self.fields[name].to_python(value)
        label = dict(getattr(self.fields[name], "choices", ())).get(value) if isinstance(value, str) else None
        return label or (json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value)

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


def read_marks(written):
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
