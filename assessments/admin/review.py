"""What moderators decide about a report. A decision is recorded by `assessments.assessing`, and never changed after."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from assessments.admin.looking import LookOnly
from assessments.assessing import ReviewError, record_review
from assessments.models import Assessment, Decision, Review
from assessments.reference import reference_for
from assessments.report import GROUP_OF, UNKNOWN, effect_of


@admin.register(Review)
class ReviewAdmin(LookOnly, admin.ModelAdmin):
    list_display = ("id", "decision", "assessment_id", "level_after", "reviewed_by", "reviewed_at")
    list_filter = ("decision", "reviewed_at")
    list_select_related = ("reviewed_by",)
    search_fields = ("=id", "=assessment__id")


class ReviewForm(forms.Form):
    """A decision about one assessment; its questions and levels are those of the checklist that made it."""

    decision = forms.ChoiceField(choices=Decision, widget=forms.RadioSelect)
    note = forms.CharField(
        label="Why?",
        help_text="In plain, kind words: the reader sees this on the report. Never repeat the post's words of harm.",
        widget=forms.Textarea(attrs={"rows": 4, "cols": 80}),
    )
    overturned = forms.MultipleChoiceField(
        label="Questions that no longer count",
        help_text="Only for a correction.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    level_after = forms.ChoiceField(label="Level from now on", help_text="Only for a correction.", required=False)

    def __init__(self, *args, assessment, **kwargs):
        super().__init__(*args, **kwargs)
        reference = reference_for(assessment.digest)
        levels = [(key, row["label"]) for key, row in reference.levels().items()]
        self.fields["overturned"].choices = _questions(assessment.report_record, reference)
        self.fields["level_after"].choices = [("", "The same as before"), *levels]


def decide(model_admin, request, pk):
    """The page on which a moderator records a decision about the assessment `pk`."""
    if not request.user.has_perm("assessments.add_review"):
        raise PermissionDenied
    assessment = get_object_or_404(Assessment, pk=pk)
    form = ReviewForm(request.POST or None, assessment=assessment)
    if form.is_valid():
        try:
            record_review(assessment=assessment, by=request.user, **form.cleaned_data)
        except ReviewError as error:
            form.add_error(None, str(error))
        else:
            model_admin.message_user(request, "Recorded. The report shows it now.", messages.SUCCESS)
            return redirect("admin:assessments_assessment_change", assessment.pk)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"Decide about {assessment}",
        "opts": model_admin.opts,
        "form": form,
    }
    return TemplateResponse(request, "admin/assessments/assessment/decide.html", context)


def _questions(record, reference):
    """(key, question with answer) of what speaks for or against the post in this report."""
    return [
        (
            row["item"],
            f"{reference.item(row['item'])['question']} {reference.answer(row['item'], row['answer'])['label']}",
        )
        for row in record["items"]
        if reference.is_about_post(row["item"]) and GROUP_OF.get(effect_of(row), UNKNOWN) != UNKNOWN
    ]
