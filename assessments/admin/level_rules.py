"""The rule of a level as rows that a person can read: “at least 2 sections have: red”, joined by “and” and “or”.

Behind the rows stays the JSON that the engine reads: a list of lists of conditions (see content/levels.yaml).
"""

from django import forms
from django.core.exceptions import ValidationError

from assessments import engine
from assessments.admin.draft_rows import DraftRowForm
from assessments.content_loading.rules import Names, condition
from assessments.models import Checklist, Item, Level

PARTS = ("join", "what", "bound", "number", "unit", "among", "items")
MOST_ROWS = 60
SPARE_ROWS = 3  # empty rows at the end, so that rows can be added without script
NEW_ROW = {"join": "and", "what": "", "bound": "at_least", "number": "1", "unit": "items", "among": "", "items": ""}

FACTS = {
    "enough_text:yes": "the post is long enough to judge",
    "enough_text:no": "the post is too short to judge",
    "gives_advice:yes": "the post gives health advice",
    "gives_advice:no": "the post gives no health advice",
}
JOINS = {"and": "and", "or": "or if"}
BOUNDS = {"at_least": "at least", "at_most": "at most"}
UNITS = {"items": "questions", "sections": "sections"}
AMONG = {"": "of all", "items": "only of these:", "not_items": "leaving out these:"}


def rows_of(when):
    """The rule of a level as rows, one for each condition."""
    rows = []
    for conditions in when:
        for place, each in enumerate(conditions):
            rows += [_row(one, "and" if place or not rows else "or") for one in _parted(each)]
    return rows


def rule_of(rows):
    """The rows as the rule of a level: rows without a choice are left out. Raises ValidationError, naming each row."""
    rule, mistakes = [], []
    for line, row in enumerate(rows, 1):
        if not row["what"]:
            continue
        if not rule or row["join"] == "or":
            rule.append([])
        try:
            rule[-1].append(_condition(row))
        except ValueError as mistake:
            mistakes.append(f"Row {line}: {mistake}")
    if mistakes:
        raise ValidationError(mistakes)
    return rule or [[]]


def in_words(when):
    """The rule as a sentence."""
    lists = [" and ".join(_condition_in_words(each) for each in conditions) or "always" for conditions in when]
    return "; or if ".join(lists)


class RuleWidget(forms.Widget):
    """The rows as selects and boxes. `effects` and `questions` are set by the form: they are those of the draft."""

    template_name = "admin/assessments/level_rule.html"
    effects = ()
    questions = ()

    def value_from_datadict(self, data, files, name):
        rows = []
        while f"{name}-{len(rows)}-what" in data and len(rows) < MOST_ROWS:
            rows.append({part: data.get(f"{name}-{len(rows)}-{part}", NEW_ROW[part]) for part in PARTS})
        return rows

    def value_omitted_from_data(self, data, files, name):
        return f"{name}-0-what" not in data

    def write(self, data, name, rows):
        """Write the rows into the data of a form, over what is there."""
        for number in range(max(len(rows), len(self.value_from_datadict(data, {}, name)))):
            row = rows[number] if number < len(rows) else NEW_ROW
            data.update({f"{name}-{number}-{part}": row[part] for part in PARTS})

    def format_value(self, value):
        return value

    def get_context(self, name, value, attrs):
        rows = [*(value or []), *[NEW_ROW] * SPARE_ROWS]
        choices = {"join": JOINS, "bound": BOUNDS, "unit": UNITS, "among": AMONG}
        return super().get_context(name, None, attrs) | {
            "rows": [self._row(name, number, row) for number, row in enumerate(rows)],
            "choices": {name: list(each.items()) for name, each in choices.items()},
            "questions": self.questions,
        }

    def _row(self, name, number, row):
        effects = [*self.effects]
        kind, _, effect = row["what"].partition(":")
        if kind == "effect" and effect not in effects:
            effects.append(effect)  # a missing effect stays to be seen until somebody chooses another
        what = {"": "(no condition)"} | {f"effect:{each}": f"have: {each}" for each in effects} | FACTS
        return row | {"number_of_row": number + 1, "prefix": f"{name}-{number}", "whats": list(what.items())}


class RuleField(forms.Field):
    """Rows in, the list of lists of the engine out. Raises ValidationError, naming each row and what is wrong in it."""

    widget = RuleWidget
    names = Names()

    def __init__(self, **kwargs):
        for unused in ("encoder", "decoder"):
            kwargs.pop(unused, None)
        super().__init__(**kwargs | {"required": False, "help_text": "", "label": "Rule"})

    def prepare_value(self, value):
        if value and isinstance(value[0], dict):
            return value  # rows that were sent and are shown again
        return rows_of(value or [])

    def clean(self, value):
        rule = rule_of(value)
        if "effects" not in self.names.legends:  # there is no draft, so that nothing can be saved
            return rule
        check = condition(self.names)
        lines = [line for line, row in enumerate(value, 1) if row["what"]]
        conditions = [each for conditions in rule for each in conditions]
        mistakes = [
            f"Row {line}: {message}"
            for line, each in zip(lines, conditions, strict=True)
            for message in self._mistakes(each, check)
        ]
        if mistakes:
            raise ValidationError(mistakes)
        return rule

    def has_changed(self, initial, data):
        try:
            return (initial or []) != rule_of(data)
        except ValidationError:
            return True

    def _mistakes(self, each, check):
        effects = self.names.legends["effects"]
        if "effect" in each and each["effect"] not in effects:
            return [f"There is no effect called “{each['effect']}”. The effects are: {', '.join(effects)}."]
        return [message for _, message in check(each, "")]


class LevelForm(DraftRowForm):
    """A level with its rule in rows."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        checklist = Checklist.objects.drafts().first()
        if "when" in self.fields and checklist is not None:
            questions = Item.objects.filter(checklist=checklist).order_by("section__order", "order")
            self.fields["when"].widget.questions = list(questions.values_list("key", "question"))
            effects = self.fields["when"].widget.effects = _effects_of(checklist)
            self.fields["when"].names = Names(
                legends={"effects": effects},
                answers={key: {} for key, _ in self.fields["when"].widget.questions},
            )

    def clean(self):
        cleaned = super().clean()
        if "when" in self.cleaned_data and "order" in self.cleaned_data:
            self._remark_about_the_last_level()
        return cleaned

    def shown(self, name, value):
        return in_words(value) if name == "when" else super().shown(name, value)

    def _remark_about_the_last_level(self):
        others = Level.objects.filter(checklist=self.instance.checklist).exclude(pk=self.instance.pk)
        is_last = not others.filter(order__gt=self.cleaned_data["order"]).exists()
        always = [] in self.cleaned_data["when"]
        if always and not is_last:
            self.remarks.append("This level always applies, so no level below it can ever be given. Only the last may.")
        if is_last and not always:
            self.remarks.append("This is the last level, so it must always apply: take out all its conditions.")


def _effects_of(checklist):
    """The effects that this version knows, the most serious first."""
    order = [effect.value for effect in engine.Effect]
    effects = checklist.texts.get("effects", ())
    return sorted(effects, key=lambda effect: (order.index(effect) if effect in order else len(order), effect))


def _row(each, join):
    row = NEW_ROW | {"join": join}
    for fact in ("enough_text", "gives_advice"):
        if fact in each:
            return row | {"what": f"{fact}:{'yes' if each[fact] else 'no'}"}
    bound = "at_most" if "at_most" in each else "at_least"
    among = next((name for name in ("items", "not_items") if name in each), "")
    return row | {
        "what": f"effect:{each.get('effect', '')}",
        "bound": bound,
        "number": str(each.get(bound, 1)),
        "unit": each.get("count", "items"),
        "among": among,
        "items": ", ".join(each.get(among, ())),
    }


def _parted(each):
    """A condition about both facts is two conditions."""
    facts = [{name: each[name]} for name in ("enough_text", "gives_advice") if name in each]
    return facts or [each]


def _condition(row):
    """One row as the condition that the engine reads. Raises ValueError with a sentence."""
    kind, _, value = row["what"].partition(":")
    if row["what"] in FACTS:
        return {kind: value == "yes"}
    if kind != "effect" or row["bound"] not in BOUNDS or row["unit"] not in UNITS or row["among"] not in AMONG:
        raise ValueError("choose from the lists.")
    if not (row["number"].isascii() and row["number"].isdigit() and len(row["number"]) < 4):
        raise ValueError(f"“{row['number']}” is not a whole number.")
    each = {"effect": value, row["bound"]: int(row["number"])}
    if row["unit"] == "sections":
        each["count"] = "sections"
    keys = [key.strip() for key in row["items"].split(",") if key.strip()]
    if row["among"] and not keys:
        raise ValueError("write the keys of the questions, with commas between them.")
    if keys and not row["among"]:
        raise ValueError("questions are named: choose whether only these count, or all but these.")
    return each | ({row["among"]: keys} if keys else {})


def _condition_in_words(each):
    row = _row(each, "and")
    if row["what"] in FACTS:
        return FACTS[row["what"]]
    among = f" ({AMONG[row['among']]} {row['items']})" if row["among"] else ""
    effect = row["what"].partition(":")[2]
    return f"{BOUNDS[row['bound']]} {row['number']} {UNITS[row['unit']]} have {effect}{among}"
