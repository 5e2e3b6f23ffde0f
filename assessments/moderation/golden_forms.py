"""The form with which a senior moderator writes a practice case. What is wrong with it is decided in `golden.py`."""

from django import forms

from assessments import snapshots
from assessments.models import Decision
from assessments.reference import reference_for
from posts.front_door import new_submission, read_submission


class GoldenForm(forms.Form):
    """A made-up post, and the answer that is expected."""

    submission = forms.CharField(widget=forms.HiddenInput, initial=new_submission)
    text = forms.CharField(label="The made-up post", widget=forms.Textarea(attrs={"rows": 6}), strip=False)
    author_line = forms.CharField(label="What it says about its author", required=False)
    is_made_up = forms.BooleanField(
        label="I made these words up: nobody posted them",
        error_messages={"required": "Only made-up words: the posts of real people go when their time is over."},
    )
    decision = forms.ChoiceField(label="The answer to it", choices=Decision)
    level_after = forms.ChoiceField(label="Level from then on", required=False, help_text="Only for a correction.")
    overturned = forms.MultipleChoiceField(
        label="Questions that should not count",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Only for a correction.",
    )
    why = forms.CharField(
        label="Why?",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kind and plain: moderators read it after they answered.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        try:
            reference = reference_for(snapshots.published_digest())
        except snapshots.NoPublishedChecklist:
            return  # said when the form is sent
        levels = [(key, row["label"]) for key, row in reference.levels().items()]
        self.fields["level_after"].choices = [("", "The same as before"), *levels]
        self.fields["overturned"].choices = [
            (item["key"], item["question"])
            for section in reference.snapshot["sections"]
            for item in section["items"]
            if reference.is_about_post(item["key"])
        ]

    def words(self):
        """The post alone, for looking."""
        return {name: self.cleaned_data[name] for name in ("text", "author_line")}

    def answer(self):
        """Everything that `write_golden` takes. Raises PostError for a form that is not ours."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "is_made_up"}
        return given | {"submission": read_submission(given["submission"])}
