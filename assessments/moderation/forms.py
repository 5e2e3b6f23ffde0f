"""The form with which a reader reaches the moderators. What is wrong with the words is decided in `flagging.py`."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.moderation.models import Kind


class Choices(forms.RadioSelect):
    """Radio buttons that an error can lead to: to the first of them."""

    def id_for_label(self, id_, index=None):
        return super().id_for_label(id_, index or 0)


class FlagForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=Kind,
        widget=Choices,
        error_messages={"required": _("Pick one of the two."), "invalid_choice": _("Pick one of the two.")},
    )
    reason = forms.CharField(
        label=_("What should we know?"),
        help_text=_("A few plain words. Please leave out names."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto", "autocomplete": "off"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
