"""What is not the same in two reports about one post, made by two versions of the checklist or program. Pure."""

from dataclasses import dataclass

from assessments.report import BADGES, GROUP_OF, NONE, UNKNOWN, effect_of


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerChange:
    """One question that has another answer now. An empty answer: that version does not ask it."""

    question: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed. `level_before` and `level_after` are labels; `came` and `went` are findings in neutral words."""

    level_before: str
    level_after: str
    came: tuple[str, ...]
    went: tuple[str, ...]
    answers: tuple[AnswerChange, ...]
    engine_before: str
    engine_after: str

    @property
    def has_another_level(self):
        return self.level_before != self.level_after

    @property
    def has_another_engine(self):
        return self.engine_before != self.engine_after

    @property
    def is_nothing(self):
        """Whether both reports say the same."""
        return not (self.has_another_level or self.came or self.went or self.answers)


def compare(before, after, *, old, new):
    """The Changes from record `before` to record `after`; `old` and `new` are the References that explain them."""
    names_before, names_after = _found(before, old), _found(after, new)
    return Changes(
        level_before=old.level(before["level"])["label"],
        level_after=new.level(after["level"])["label"],
        came=_names(names_after, names_before),
        went=_names(names_before, names_after),
        answers=_answers(before, after, old, new),
        engine_before=before["engine"],
        engine_after=after["engine"],
    )


def _found(record, reference):
    """The names of the findings that count, by kind and key."""
    counted = [(one["kind"], one["signal"]) for one in record["findings"] if one["counted"]]
    return {found: reference.finding_name(*found) for found in counted}


def _names(here, there):
    """The names of what is found here and not there, each once."""
    return tuple(dict.fromkeys(name for found, name in here.items() if found not in there and name))


def _answers(before, after, old, new):
    rows_before = {row["item"]: row for row in before["items"] if old.is_about_post(row["item"])}
    rows_after = {row["item"]: row for row in after["items"] if new.is_about_post(row["item"])}
    changes = []
    for key in dict.fromkeys((*rows_after, *rows_before)):
        was, now = rows_before.get(key), rows_after.get(key)
        if not _is_told(was, now):
            continue
        question = (new if now else old).item(key)["question"]
        changes.append(AnswerChange(question=question, before=_words(was, old), after=_words(now, new)))
    return tuple(changes)


def _is_told(was, now):
    """Whether a reader would want to know: another answer or effect, or a question that one version alone asks."""
    if was and now:
        return (was["answer"], was["effect"]) != (now["answer"], now["effect"])
    return GROUP_OF.get(effect_of(was or now), NONE) not in (NONE, UNKNOWN)


def _words(row, reference):
    """An answer with what it does: "Yes (be careful)"; empty when there is no row."""
    if row is None:
        return ""
    label = reference.answer(row["item"], row["answer"])["label"]
    badge = BADGES.get(effect_of(row))
    return f"{label} ({badge})" if badge else label
