"""Who reads which topics: to look at and to change."""

from django import forms
from django.contrib import admin

from assessments.admin.audited import Audited
from assessments.moderation.filters import sections
from assessments.moderation.models import TopicAccess


class TopicAccessForm(forms.ModelForm):
    topics = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = TopicAccess
        fields = ("person", "group", "reading", "topics")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = sections()
        # A section that the published checklist has lost stays in the rule until somebody takes it out.
        lost = set(self.instance.topics or ()) - {key for key, _ in known}
        if "topics" in self.fields:
            self.fields["topics"].choices = [*known, *((key, key) for key in sorted(lost))]


@admin.register(TopicAccess)
class TopicAccessAdmin(Audited, admin.ModelAdmin):
    form = TopicAccessForm
    list_display = ("__str__", "named")
    list_filter = ("reading",)
    list_select_related = ("person", "group")
    autocomplete_fields = ("person", "group")

    @admin.display(description="Topics")
    def named(self, rule):
        return ", ".join(rule.topics)
