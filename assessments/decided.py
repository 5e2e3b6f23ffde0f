"""A report with what a person decided about it, and a report without the words of the post. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from assessments import report as reports
from assessments.models import Decision
from assessments.report import ItemCard

WITHDRAWN = Decision.WITHDRAWN.value
SENTENCES = {
    Decision.STANDS: _("The report is right as it is."),
    Decision.CORRECTED: _("Some of the report was wrong. It is put right here."),
    Decision.WITHDRAWN: _("The report was wrong, so we took it back."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonsDecision:
    """What a person decided, as the page says it. `struck` are the cards that no longer count."""

    at: datetime
    sentence: str
    note: str
    policy: str = ""
    label_before: str = ""
    struck: tuple[ItemCard, ...] = ()
    is_about_this: bool = True


def build(*, record, text, author_line, reference, read_as, review=None):
    """(Report, PersonsDecision or None) for a stored `record`; the Report is as it is after `review`.

    What must never be echoed stays hidden, and crisis help stays first, whatever was decided.
    """
    about = {"text": text, "author_line": author_line, "reference": reference, "read_as": read_as}
    made = reports.build(record=record, **about)
    if review is None:
        return made, None
    cards = (*made.careful, *made.good)
    struck = tuple(card for card in cards if review.decision == WITHDRAWN or card.key in review.overturned)
    after = reports.build(record=_after(record, {card.key for card in struck}, review.level_after), **about)
    after = replace(after, help_notes=made.help_notes, **_level(review))
    decision = PersonsDecision(
        at=review.reviewed_at,
        sentence=SENTENCES[review.decision],
        note=review.note,
        policy=review.policy,
        label_before=made.label if after.label != made.label else "",
        struck=struck,
    )
    return after, decision


def about_earlier(review):
    """The PersonsDecision to show on a report that was made again after `review`: it changes nothing there."""
    sentence = SENTENCES[review.decision]
    return PersonsDecision(
        at=review.reviewed_at, sentence=sentence, note=review.note, policy=review.policy, is_about_this=False
    )


def blank(text):
    """`text` with a dot for everything that could be read: as long as before, so that every span still fits."""
    return "".join(character if character.isspace() else "·" for character in text)


def without_words(report):
    """The Report for somebody who may not see the post: no piece of it, no quote, no number that leads to one."""
    return replace(
        report,
        segments=(),
        author_line=(),
        has_hidden=False,
        careful=_wordless(report.careful),
        good=_wordless(report.good),
        unknown=_wordless(report.unknown),
        not_found=_wordless(report.not_found),
    )


def _wordless(cards):
    return tuple(
        replace(card, number=0, quotes=(), asides=tuple(replace(aside, words=()) for aside in card.asides))
        for card in cards
    )


def _after(record, struck, level_after):
    """The record without the answers to `struck` questions. Their findings stay: they say which words stay hidden."""
    items = [row for row in record["items"] if row["item"] not in struck]
    return record | {"items": items, "level": level_after or record["level"]}


def _level(review):
    """What the Report says about its level when a person, and not the rule, gave it."""
    if review.decision == WITHDRAWN:
        return {
            "level": WITHDRAWN,
            "label": _("We took this report back"),
            "plain": _("A person found that it was wrong. Please do not go by it."),
            "rule": _("a person took the report back."),
        }
    return {"rule": _("a person decided this.")} if review.level_after else {}
