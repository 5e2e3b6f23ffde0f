"""The form that takes a post in. What is wrong with the words is decided in `intake.py`: every way in agrees."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PostForm(forms.Form):
    """One box for the words, a folded line about the author, and the country for help services."""

    post = forms.CharField(
        label=_("Paste the post, or a link to it"),
        help_text=_("Words are best. For a video, type what it says. Leave out people’s names."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 7, "dir": "auto", "autocomplete": "off", "spellcheck": "false"}),
    )
    author_line = forms.CharField(
        label=_("What does it say about the author?"),
        help_text=_("For example: “Registered nurse”, or “life coach, link in bio”."),
        required=False,
        strip=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    country = forms.ChoiceField(
        label=_("Your country"),
        help_text=_("So that we can show help near you. We do not keep where you are."),
        required=False,
        error_messages={"invalid_choice": _("Pick a country from the list.")},
    )

    def __init__(self, *args, countries=(), **kwargs):
        """`countries` are (code, name) pairs; they come from the floor above, which knows the help services."""
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["country"].choices = [("", _("Another country")), *countries]
        for name in ("post", "author_line"):
            # Django would refuse NUL here in words of its own; intake does it in ours.
            self.fields[name].validators = []
