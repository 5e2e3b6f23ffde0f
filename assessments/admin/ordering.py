"""Putting rows in order: by number, by buttons or by dragging. The script only writes the numbers that are there."""

from django import forms
from django.core.exceptions import ValidationError

from assessments.admin.draft_rows import draft_for


class OrderForm(forms.ModelForm):
    """The number of one row in a list. The address of the list says which version it shows; the row itself is asked."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "order" in self.fields:
            self.fields["order"].widget.attrs["aria-label"] = f"Order of {self.instance}"

    def clean(self):
        if not self.instance.checklist.is_draft:
            raise ValidationError("What is published can only be read.")
        return super().clean()


class WithOrderingList:
    """For lists that are short enough to be put in order as a whole: the numbers can be changed in the list itself."""

    list_editable = ("order",)

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        if not self._shows_the_draft(request):
            changelist.list_editable = ()  # what is published can only be read
        return changelist

    def get_changelist_form(self, request, **kwargs):
        return super().get_changelist_form(request, form=OrderForm, **kwargs)

    def _shows_the_draft(self, request):
        shown = request.GET.get("version", "draft")
        return shown == "draft" and draft_for(request) is not None and self.has_change_permission(request)
