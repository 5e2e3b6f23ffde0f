"""The forms on the page of a case. What they hold together is a `Reading`: one person's whole answer, as it was typed.

Whether an answer may be given is decided in `deciding.py`; here it is only made of what the page sent.
"""

from django import forms
from django.forms.utils import ErrorDict
from django.utils import timezone

from assessments.models import Decision
from assessments.moderation import reading
from assessments.moderation.finding_words import MOST_CHARACTERS, places_of
from assessments.moderation.forms import Choices
from assessments.moderation.models import RulingReason

AGREE, OVERTURN = "agree", "overturn"
MOST_MISSED = 10
MAX_WHY = 500
LOST = "A part of the form was lost on the way. Look through it, and send it again."
LABELS = {
    Decision.STANDS: "It stands: the report is right",
    Decision.CORRECTED: "Correct it: some of the report is wrong",
    Decision.WITHDRAWN: "Take it back: the report is wrong",
}


class TypedForm(forms.Form):
    """A form that says nothing about mistakes before it is asked to: see Reading."""

    is_asked = False

    @property
    def errors(self):
        return super().errors if self.is_asked else ErrorDict()


class VerdictForm(TypedForm):
    """What a moderator says about one finding; nothing is an answer too."""

    verdict = forms.ChoiceField(
        label="Is this right?",
        choices=[(AGREE, "Agree"), (OVERTURN, "Overturn")],
        required=False,
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label="Why is it wrong?", max_length=MAX_WHY, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )

    def clean(self):
        if self.cleaned_data.get("verdict") == OVERTURN and not self.cleaned_data.get("why"):
            self.add_error("why", "Say in a few words why you overturn this.")


class MissedForm(TypedForm):
    """Something that the checklist did not find: a question, and the words that answer it."""

    item = forms.ChoiceField(label="Question", required=False)
    words = forms.CharField(
        label="Words in the post",
        required=False,
        max_length=MOST_CHARACTERS,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    near = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    why = forms.CharField(
        label="Why does it count?", max_length=MAX_WHY, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )

    def __init__(self, *args, text, questions, **kwargs):
        super().__init__(*args, **kwargs)
        self.text = text
        self.fields["item"].choices = [("", "Choose"), *questions]

    def clean(self):
        given = self.cleaned_data
        if not given.get("item") and not given.get("words"):
            return
        if not given.get("item") and "item" not in self.errors:
            self.add_error("item", "Choose the question that these words answer.")
        given["spans"] = places_of(given.get("words", ""), self.text, near=given.get("near"))
        if "words" not in self.errors and not given["spans"]:
            self.add_error("words", "These words are not in the post. Copy them from it, letter by letter.")


class TitleCheckForm(TypedForm):
    """What a register said about a title on a day."""

    register = forms.CharField(
        label="Looked up in", max_length=200, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    on = forms.DateField(label="On", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    found = forms.ChoiceField(
        label="And it was", choices=[("", "Not looked up"), ("yes", "Found"), ("no", "Not found")], required=False
    )

    def clean(self):
        given = self.cleaned_data
        if not given.get("found"):
            return
        if not given.get("register"):
            self.add_error("register", "Say in which register you looked.")
        if "on" in self.errors:
            return
        if not given.get("on") or given["on"] > timezone.localdate():
            self.add_error("on", "Give the day on which you looked: today or before.")


class DecisionForm(TypedForm):
    """The answer itself."""

    decision = forms.ChoiceField(
        label="What becomes of the report?",
        choices=list(LABELS.items()),
        widget=Choices,
        error_messages={"required": "Choose what becomes of the report."},
    )
    level_after = forms.ChoiceField(label="Level from now on", required=False)
    overturned = forms.MultipleChoiceField(
        label="Questions that no longer count", required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.ModelChoiceField(
        RulingReason.objects.filter(is_active=True),
        label="Reason",
        empty_label="Choose",
        to_field_name="key",
        error_messages={"required": "Choose the reason that fits this decision."},
    )
    note = forms.CharField(
        label="Note for the reader",
        help_text="Plain and kind. The reader sees it on the report. Never repeat words of harm.",
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Write a note: the reader sees it on the report."},
    )
    reply = forms.CharField(
        label="Reply to the appeal",
        help_text="It stands on the report, with your decision. Say what you looked at, and why you decided so.",
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    version = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid"), LOST),
    )

    def __init__(self, *args, questions, levels, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["overturned"].choices = questions
        self.fields["level_after"].choices = [("", "The same as before"), *levels]


class Reading:
    """All forms of the page about one assessment, empty or as they were `sent`.

    Nothing is said about mistakes before `is_valid` was asked: whoever opens the post has not finished yet.
    """

    def __init__(self, assessment, sent=None, *, shows_post=False):
        self.was_checked = False
        self.things = reading.found_things(assessment, shows_post=shows_post)
        self.decision = DecisionForm(
            sent,
            questions=reading.questions(assessment),
            levels=reading.levels(assessment),
            label_suffix="",
        )
        self.verdicts = [VerdictForm(sent, prefix=f"finding-{thing.order}", label_suffix="") for thing in self.things]
        about = {"text": assessment.post.text, "questions": reading.all_questions(assessment)}
        rows = forms.formset_factory(MissedForm, max_num=MOST_MISSED, absolute_max=MOST_MISSED)
        self.missed = rows(
            sent,
            prefix="missed",
            form_kwargs={**about, "label_suffix": ""},
            error_messages={"missing_management_form": LOST},
        )
        self.titles = [
            (key, note, self._title_form(number, note, sent))
            for number, (key, note) in enumerate(reading.titles_of(assessment).items(), 1)
        ]

    def _title_form(self, number, note, sent):
        initial = {"register": note.register, "on": timezone.localdate()}
        return TitleCheckForm(sent, prefix=f"title-{number}", initial=initial, label_suffix="")

    @property
    def findings(self):
        """Each finding with the form about it."""
        return list(zip(self.things, self.verdicts, strict=True))

    def is_valid(self):
        """Whether all that was sent makes sense together; `problems` says what does not."""
        self.was_checked = True
        for form in self._forms():
            form.is_asked = True
        if not self.problems:
            self._check_together()
        return not self.problems

    @property
    def problems(self):
        """(id of a field, sentence) of everything that is wrong, in the order of the page."""
        if not self.was_checked:
            return []
        found = []
        for form in self._forms():
            for name, sentences in form.errors.items():
                target = form[name].id_for_label if name in form.fields else ""
                found += [(target, sentence) for sentence in sentences]
        return found + [("", sentence) for sentence in self.missed.non_form_errors()]

    def for_deciding(self):
        """What `deciding.decide` takes, beside the case and the person. The forms must be valid."""
        given = self.decision.cleaned_data
        return {
            "version": given["version"],
            "decision": given["decision"],
            "reason": given["reason"],
            "note": given["note"],
            "reply": given["reply"],
            "level_after": given["level_after"],
            "overturned": self._overturned(),
            "verdicts": self._verdicts(),
            "missed": self._missed(),
            "title_checks": self._title_checks(),
        }

    def _forms(self):
        return (*self.verdicts, *self.missed.forms, *(form for _, _, form in self.titles), self.decision)

    def _check_together(self):
        given = self.decision.cleaned_data
        if given["decision"] != Decision.CORRECTED and given["level_after"]:
            self.decision.add_error("level_after", "Only a correction can change the level.")
        if given["decision"] == Decision.STANDS and (gone := self._without_findings()):
            question = next(thing.question for thing in self.things if thing.item in gone)
            self.decision.add_error(
                "decision",
                f"You overturned all that was found for “{question}”, so the report cannot stand as it is.",
            )

    def _overturned(self):
        """Questions that no longer count: those that were chosen, and those whose every finding was overturned."""
        given = self.decision.cleaned_data
        gone = self._without_findings() if given["decision"] == Decision.CORRECTED else set()
        return sorted({*given["overturned"], *gone})

    def _without_findings(self):
        overturned = {thing.order for thing, form in self.findings if form.cleaned_data.get("verdict") == OVERTURN}
        kept = {thing.item for thing in self.things if thing.order not in overturned}
        return {thing.item for thing in self.things} - kept

    def _verdicts(self):
        return [
            {
                **{name: getattr(thing, name) for name in ("order", "item", "signal")},
                "agrees": form.cleaned_data["verdict"] == AGREE,
                "reason": form.cleaned_data["why"],
            }
            for thing, form in self.findings
            if form.cleaned_data.get("verdict")
        ]

    def _missed(self):
        return [
            {"item": given["item"], "answer": "", "spans": given["spans"], "why": given["why"]}
            for given in self.missed.cleaned_data
            if given.get("spans")
        ]

    def _title_checks(self):
        return [
            {
                "title": key,
                "register": given["register"],
                "on": given["on"].isoformat(),
                "found": given["found"] == "yes",
            }
            for key, given in ((key, form.cleaned_data) for key, _, form in self.titles)
            if given["found"]
        ]
