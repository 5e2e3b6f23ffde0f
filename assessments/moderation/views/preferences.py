"""How a moderator wants to work."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments.moderation import filters, preferring
from assessments.moderation.models import ModeratorPreference


class PreferenceForm(forms.ModelForm):
    """Every field is optional: nothing chosen is the default."""

    topics_not_read = forms.MultipleChoiceField(
        label="Topics I do not want to read",
        help_text="Cases with something found in these are left to others.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = ModeratorPreference
        fields = (
            *("display_name", "blur", "grey", "fold_always", "topics_not_read"),
            *("shortcuts_off", "nudge_minutes"),
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        gone = [(key, key) for key in self.instance.topics_not_read if key not in dict(filters.sections())]
        self.fields["topics_not_read"].choices = [*filters.sections(), *gone]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@permission_required("moderation.view_case", raise_exception=True)
def preferences(request):
    """The form, and what was sent with it."""
    form = PreferenceForm(request.POST or None, instance=preferring.preference_of(request.user))
    if form.is_valid():
        try:
            preferring.save_preference(by=request.user, **form.cleaned_data)
        except preferring.PreferenceError as error:
            form.add_error("display_name", str(error))
        else:
            messages.success(request, "Kept. It counts from now on, wherever you sign in.")
            return redirect("moderation_staff:preferences")
    return render(request, "moderation/preferences.html", {"form": form}, status=422 if form.errors else 200)
