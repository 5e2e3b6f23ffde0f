"""The forms with which a reader reaches the moderators. What is wrong with the words is decided in the actions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.moderation.models import Appellant, Kind

PICK_ONE = _("Pick one of these.")


class Choices(forms.RadioSelect):
    """Radio buttons that an error can lead to: to the first of them."""

    def id_for_label(self, id_, index=None):
        return super().id_for_label(id_, index or 0)


class PickOne(forms.ChoiceField):
    """One of a few, as radio buttons."""

    widget = Choices
    default_error_messages = {"required": PICK_ONE, "invalid_choice": PICK_ONE}


class PlainWords(forms.CharField):
    """What somebody wants to tell, as it was typed."""

    def __init__(self, *, label):
        super().__init__(
            label=label,
            help_text=_("A few plain words. Please leave out names."),
            required=False,
            strip=False,
            widget=forms.Textarea(attrs={"rows": 5, "dir": "auto", "autocomplete": "off"}),
        )


class ReaderForm(forms.Form):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)


class FlagForm(ReaderForm):
    kind = PickOne(label=_("What is it about?"), choices=Kind)
    reason = PlainWords(label=_("What should we know?"))


class AppealForm(ReaderForm):
    """Asking for another person. `words` are checked in `appealing.py`."""

    who = PickOne(label=_("Who are you?"), choices=Appellant)
    words = PlainWords(label=_("What is wrong?"))


class AppealAnywhereForm(AppealForm):
    """The same for somebody who brings the address along. What leads nowhere is refused in `appealing.py`."""

    where = forms.CharField(
        label=_("What is it about?"),
        help_text=_("The address of a report, or the link of a post."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url", "dir": "ltr"}),
    )
    field_order = ("where", "who", "words")
