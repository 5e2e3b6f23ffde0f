"""The form that takes a post in. What is wrong with the words is decided in `intake.py`: every way in agrees."""

from django import forms
from django.utils.translation import gettext_lazy as _

from posts.models import ReadAs


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

    # What a form may say of itself. Only we can say that the words were read from a link.
    read_as = forms.ChoiceField(
        choices=[(one.value, one.label) for one in (ReadAs.TYPED, ReadAs.SCREENSHOT)],
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("Something in this form was not ours. Press the button again.")},
    )

    def __init__(self, *args, countries=(), **kwargs):
        """`countries` are (code, name) pairs; they come from the floor above, which knows the help services."""
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["country"].choices = [("", _("Another country")), *countries]
        for name in ("post", "author_line"):
            # Django would refuse NUL here in words of its own; intake does it in ours.
            self.fields[name].validators = []

    def clean_read_as(self):
        """How the words came to us: typed, unless the form says otherwise."""
        return self.cleaned_data["read_as"] or ReadAs.TYPED

    def is_from_screenshot(self):
        """Whether the words in the box were read in a picture, so that the page asks to check them."""
        return self["read_as"].value() == ReadAs.SCREENSHOT


class PictureForm(forms.Form):
    """One picture. What is in it is decided by `screenshots.py`, from its content."""

    picture = forms.FileField(
        label=_("Screenshot of the post"),
        help_text=_("A PNG, JPEG or WebP picture of up to 10 MB. Cut away what is not the post, if you can."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
