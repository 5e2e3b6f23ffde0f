"""The texts of the checklist as a whole, in parts that a person can edit: lines, words with their meaning, numbers.

The parts are put together into `Checklist.texts`, and the strict checks of the content say what is wrong in which part.
"""

from django import forms
from django.core.exceptions import ValidationError

from assessments.admin.draft_rows import IndentedJSONField
from assessments.admin.meanwhile import MeanwhileForm
from assessments.checklist_rows import content_of
from assessments.content_loading.rules import names_in
from assessments.content_loading.schema import checklist_table
from assessments.models import Checklist
from assessments.models.rows import lines_of


class LinesField(forms.CharField):
    """A list of texts, one on each line."""

    widget = forms.Textarea(attrs={"rows": 5, "class": "vLargeTextField"})

    def prepare_value(self, value):
        return value if isinstance(value, str) else "\n".join(value or [])

    def clean(self, value):
        return lines_of(super().clean(value))

    def has_changed(self, initial, data):
        return (initial or []) != lines_of(data or "")


class LegendField(LinesField):
    """Words and what they mean, “word: meaning” on each line."""

    def prepare_value(self, value):
        return value if isinstance(value, str) else "\n".join(f"{word}: {told}" for word, told in (value or {}).items())

    def clean(self, value):
        legend = {}
        for word, meaning in self._pairs(super().clean(value)):
            if word in legend:
                raise ValidationError(f"“{word}” stands here twice.")
            legend[word] = meaning
        return legend

    def has_changed(self, initial, data):
        return self.prepare_value(initial) != "\n".join(lines_of(data or ""))

    def _pairs(self, lines):
        for number, line in enumerate(lines, 1):
            word, colon, meaning = (part.strip() for part in line.partition(":"))
            if not (word and colon and meaning):
                raise ValidationError(f"Line {number}: write the word, a colon, and what it means.")
            yield word, meaning


class PairsField(LegendField):
    """A list of entries with two fields, “first: second” on each line."""

    def __init__(self, first, second, **kwargs):
        super().__init__(**kwargs)
        self.names = (first, second)

    def prepare_value(self, value):
        first, second = self.names
        return value if isinstance(value, str) else "\n".join(f"{row[first]}: {row[second]}" for row in value or [])

    def clean(self, value):
        return [dict(zip(self.names, pair, strict=True)) for pair in self._pairs(LinesField.clean(self, value))]


def _sentence(label, help_text=""):
    widget = forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})
    return forms.CharField(label=label, help_text=help_text, widget=widget)


def _json(label, help_text):
    return IndentedJSONField(label=label, help_text=help_text, widget=forms.Textarea(attrs={"rows": 10, "cols": 90}))


ONE_EACH = "One on each line."
MEANING = "On each line the word, a colon, and what it means. The words are used elsewhere: change only their meaning."

# The parts, in the order of the page, by the heading that they stand under.
PARTS = {
    "What readers see": {
        "what_it_is_not": LinesField(label="What the checklist is not", help_text=ONE_EACH),
        "always_shown": LinesField(label="Shown under every report", help_text=ONE_EACH),
        "not_checked": PairsField(
            "key",
            "sentence",
            label="What we did not check",
            help_text="On each line the key, a colon, and the sentence. Example: video: We did not watch any video.",
        ),
        "cautions": LinesField(label="Cautions about titles", help_text=ONE_EACH),
        "short_text": _json("When there is too little text", 'Example: {"words": 8, "message": "There is…"}.'),
        "crisis": _json("Crisis help", "Its title, where it is shown, what brings it up, and its rules."),
        "author_outcomes": _json("Who wrote it: the outcomes", "Each with a key, a label and guidance."),
    },
    "How the engine reads": {
        "advice_words": forms.IntegerField(
            label="Words from which advice can lack something",
            min_value=1,
            help_text="Shorter posts are never blamed for what they do not say. Example: 25",
        ),
        "masked_kinds": LinesField(
            label="Kinds whose words are never shown",
            help_text="Kinds of signals and topics of claims. One on each line. Example: self-harm",
        ),
        "ambiguous_letters": _json("Letters that mean several things", "Each with its letters and their meanings."),
        "degrees_not_licences": _json("Degrees that are no licence", "A note, and the list."),
    },
    "What is said about the rules": {
        "basis": PairsField(
            "source", "use", label="Where the checklist comes from", help_text="The key of a source, a colon, its use."
        ),
        "matching_rules": LinesField(label="When something counts", help_text=ONE_EACH),
        "mapping_rules": LinesField(label="How answers become effects", help_text=ONE_EACH),
        "display_rule": _sentence("What is never repeated to a reader"),
        "method_rule": _sentence("What is never written here"),
        "term_drift": _sentence("When the words are looked over again"),
        **{
            name: LegendField(label=label, help_text=MEANING)
            for name, label in {
                "answer_types": "Who answers a question",
                "effects": "Effects of answers",
                "verdicts": "Verdicts on claims",
                "severities": "Severities of signals",
                "intents": "Intents of signals",
                "match_modes": "Ways of matching",
                "protected_meanings": "Is a title protected?",
            }.items()
        },
    },
}
FIELDS = {name: field for part in PARTS.values() for name, field in part.items()}


class ChecklistForm(MeanwhileForm):
    """The draft's name and its texts, part by part."""

    class Meta:
        model = Checklist
        fields = ("title", "key")

    locals().update(FIELDS)  # as if each were written here

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial = {name: self.instance.texts.get(name) for name in FIELDS} | self.initial

    def clean(self):
        cleaned = super().clean()
        texts = self.instance.texts | {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}
        if not self.errors:
            self._check(texts)
        self.instance.texts = texts
        return cleaned

    def _check(self, texts):
        """What the strict loader would say about the parts, each at its own box."""
        whole = {"key": self.cleaned_data["key"], "title": self.cleaned_data["title"], **texts}
        names = names_in(content_of(self.instance) | {"checklist": whole})
        for place, message in checklist_table(names)(whole, ""):
            part, _, inside = place.partition(".")
            sentence = f"{inside}: {message}" if inside else message
            self.add_error(part if part in self.fields else None, sentence)

    def marked_names(self):
        return [*super().marked_names(), *FIELDS]

    def value_in(self, row, name):
        return row.texts.get(name) if name in FIELDS else super().value_in(row, name)
