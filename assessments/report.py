"""The report as a page needs it, built from one stored assessment. Pure: no database, no request, no engine run.

It reads the engine's stored record and the version of the checklist that made it, so an old report stays what it was.
"""

from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from assessments import folding, marking
from assessments.reference import ClaimDetail, Reference, TitleNote
from posts.models import ReadAs

CAREFUL, GOOD, UNKNOWN, NONE = "careful", "good", "unknown", "none"
GROUP_OF = {"stop": CAREFUL, "red": CAREFUL, "amber": CAREFUL, "green": GOOD, "unknown": UNKNOWN}
BADGES = {"stop": _("Stop and think"), "red": _("Strong warning"), "amber": _("Be careful"), "green": _("Good sign")}
# How strong each effect is, for the order of the cards.
ORDER = ("stop", "red", "amber", "green")
# Reasons not to judge that belong into the first lines of the report.
SAID_FIRST = ("short", "language")

# How anchors into the two texts begin.
PREFIX = {"text": "words", "author_line": "author"}

# Why a finding does not count, by the engine's context. Anything else: no sentence is better than a wrong one.
NOT_COUNTED = {
    "negated": _("The post says that this is not so."),
    "corrected": _("The post says this is a myth, or puts it right."),
    "asked": _("The post asks about this. It does not say it."),
    "reported": _("The post repeats someone else’s words."),
    "hypothetical": _("The post only says “what if”."),
    "safe-advice": _("The post says to talk to a professional first."),
    "past": _("The post talks about the past."),
    "personal": _("The author tells their own story. It is not advice."),
    "recovery": _("The post is about getting better, or about loss."),
    "sarcasm": _("The post seems to be joking about this."),
}


# What was not read, by the post's ReadAs. The engine cannot know: it gets the words alone.
NOT_READ = {
    ReadAs.CAPTION: _("We could read the caption, not what is said or shown in the video or picture."),
    ReadAs.TITLE: _("We could read only the title, not the post itself or what is said in the video."),
    ReadAs.SCREENSHOT: _("The words were read from a picture. Check that they are right."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of the post, or of the author line, that show a finding. `anchor` leads to them in the post."""

    words: str
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """Something that was found but does not count, and why."""

    words: tuple[str, ...]
    why: str


# Compared by identity: those without words of the post are made once for each version (see `_cards`).
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ItemCard:
    """One question of the checklist with its answer. `number` marks its words in the post; 0 when it has none."""

    key: str
    group: str
    effect: str
    question: str
    answer: str
    why: str
    guidance: str
    number: int = 0
    quotes: tuple[Quote, ...] = ()
    details: tuple[ClaimDetail, ...] = ()
    asides: tuple[Aside, ...] = ()

    @property
    def badge(self):
        """The effect in words, never in colour alone."""
        return BADGES.get(self.effect, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole page, in reading order."""

    level: str
    label: str
    plain: str
    said_first: tuple[str, ...]
    crisis: bool
    help_notes: tuple[str, ...]
    segments: tuple[marking.Segment, ...]
    author_line: tuple[marking.Segment, ...]
    titles: tuple[TitleNote, ...]
    careful: tuple[ItemCard, ...]
    good: tuple[ItemCard, ...]
    unknown: tuple[ItemCard, ...]
    not_checked: tuple[str, ...]
    not_read: str  # the sentence about it, in the language of the page; empty when all words were there
    not_found: tuple[ItemCard, ...]
    always_shown: tuple[str, ...]
    words: int
    language: str
    checklist: str
    digest: str
    engine: str
    rule: str  # of the level, in the checklist's words
    has_hidden: bool = False
    shows_hidden: bool = False

    @property
    def not_checked_count(self):
        """How many things we could not check, of every kind."""
        return len(self.unknown) + len(self.not_checked) + bool(self.not_read)

    @property
    def steps(self):
        """What led to the level, as (question, answer, effect): every answer with a finding, as on the page."""
        return tuple((card.question, card.answer, card.effect) for card in (*self.careful, *self.good))

    @property
    def unknown_quotes(self):
        """Whether words of the post stand among what we could not tell: then the list is this reader's alone."""
        return any(card.asides for card in self.unknown)

    @property
    def not_found_quotes(self):
        """The same of what was not found."""
        return any(card.asides for card in self.not_found)

    @property
    def post_lang(self):
        """The language of the post for `lang`, empty when it could not be told."""
        return "" if self.language == "und" else self.language


def build(*, record, text, author_line, reference: Reference, read_as=ReadAs.TYPED):
    """The Report for a stored `record` (the machine-readable contract) of this text and author line.

    `read_as` is how the words came to us: what could not be read besides them is said among what was not checked.
    """
    cards = _cards(record, {"text": text, "author_line": author_line}, reference)
    groups = {name: tuple(card for card in cards if card.group == name) for name in (CAREFUL, GOOD, UNKNOWN, NONE)}
    segments = _segments(record, text, "text", cards)
    author_segments = _segments(record, author_line, "author_line", cards)
    level = reference.level(record["level"])
    return Report(
        level=record["level"],
        label=level["label"],
        plain=level["plain"],
        said_first=tuple(reference.not_checked(key) for key in SAID_FIRST if key in record["not_checked"]),
        crisis=record["crisis"],
        help_notes=_help_notes(record, reference),
        segments=folding.fold(segments),
        author_line=author_segments,
        titles=reference.titles(finding["signal"] for finding in record["findings"] if finding["kind"] == "title"),
        careful=groups[CAREFUL],
        good=groups[GOOD],
        unknown=groups[UNKNOWN],
        not_checked=tuple(reference.not_checked(key) for key in record["not_checked"]),
        not_read=NOT_READ.get(read_as, ""),
        not_found=groups[NONE],
        always_shown=tuple(reference.checklist["always_shown"]),
        words=record["words"],
        language=record["language"],
        checklist=record["checklist"],
        digest=record["digest"],
        engine=record["engine"],
        rule=level["words"],
        has_hidden=any(segment.hidden for segment in (*segments, *author_segments)),
    )


def with_hidden_words(report):
    """The Report for its owner who asked to see the hidden words: in the post and author line, and nowhere else."""
    return replace(
        report,
        segments=tuple(replace(segment, asked_for=segment.hidden) for segment in report.segments),
        author_line=tuple(replace(segment, asked_for=segment.hidden) for segment in report.author_line),
        shows_hidden=report.has_hidden,
    )


def _cards(record, texts, reference):
    """ItemCards in the order of the page: careful (strongest first), good, then the rest as in the checklist."""
    answered = [row for row in record["items"] if reference.is_about_post(row["item"])]
    answered.sort(key=lambda row: ORDER.index(effect_of(row)) if effect_of(row) in ORDER else len(ORDER))
    of_item = {}
    for finding in record["findings"]:
        of_item.setdefault(finding["item"], []).append(finding)
    cards, number = [], 0
    for row in answered:
        findings = of_item.get(row["item"])
        if not findings:
            cards.append(_card_without_words(row, record, texts, reference))
            continue
        counted = [finding for finding in findings if finding["counted"]]
        has_words = GROUP_OF.get(effect_of(row)) in (CAREFUL, GOOD) and any(one["spans"] for one in counted)
        number += has_words
        cards.append(_card(row, findings, number if has_words else 0, record, texts, reference))
    return cards


def _card_without_words(row, record, texts, reference):
    """The ItemCard of a question without a finding: the same in every report by this version, so it is made once."""
    key = (row["item"], row["answer"], row["effect"])
    if key not in reference.cards:
        reference.cards[key] = _card(row, [], 0, record, texts, reference)
    return reference.cards[key]


def _card(row, findings, number, record, texts, reference):
    """One ItemCard."""
    item, answer = reference.item(row["item"]), reference.answer(row["item"], row["answer"])
    counted = [finding for finding in findings if finding["counted"]]
    group = GROUP_OF.get(effect_of(row), NONE)
    return ItemCard(
        key=row["item"],
        group=group,
        effect=effect_of(row),
        question=item["question"],
        answer=answer["label"],
        why=item["why"],
        guidance=answer["guidance"],
        number=number,
        quotes=_quotes(counted, number, record, texts) if group in (CAREFUL, GOOD) else (),
        details=_details(counted, reference) if group in (CAREFUL, GOOD) else (),
        asides=_asides([one for one in findings if not one["counted"]], record, texts),
    )


def _quotes(findings, number, record, texts):
    """The words of the findings, each place once, those of the post first. Words that are all masked give none."""
    quotes = []
    for name in texts:
        places = _places(findings, name)
        names = marking.anchors([_evidence(number, CAREFUL, place) for place in places], PREFIX[name])
        masked = marking.merged(_masked(record, name), texts[name])
        quotes += [
            Quote(words=_words((name, *place), record, texts), anchor=anchor)
            for place, anchor in zip(places, names, strict=True)
            if not any(start <= place[0] and place[1] <= end for start, end in masked)
        ]
    return tuple(quotes)


def _places(findings, name):
    """Where these findings have their words in the post or author line: ranges in order, overlapping ones as one."""
    return marking.merged(tuple(span) for one in findings if _place(one) == name for span in one["spans"])


def _words(place, record, texts):
    """The words at (place, start, end) with every masked stretch hidden, whichever finding masked it."""
    name, start, end = place
    return marking.quote(texts[name], start, end, _masked(record, name))


def _details(findings, reference):
    """One ClaimDetail per claim or signal, in the order found. Titles are explained in a section of their own."""
    keys = dict.fromkeys((one["kind"], one["signal"]) for one in findings if one["kind"] != "title")
    return tuple(detail for kind, key in keys if (detail := reference.detail(kind, key)))


def _asides(findings, record, texts):
    """What was found and does not count, grouped by the reason."""
    by_reason = {}
    for one in findings:
        if why := NOT_COUNTED.get(one["context"]):
            words = by_reason.setdefault(why, [])
            words += [] if one["masked"] else [_words((_place(one), *span), record, texts) for span in one["spans"]]
    return tuple(Aside(words=tuple(dict.fromkeys(words)), why=why) for why, words in by_reason.items())


def _segments(record, text, place, cards):
    """The text cut for the page: the words of numbered cards are evidence, masked words are hidden."""
    evidence = []
    for card in (card for card in cards if card.number):
        counted = [one for one in record["findings"] if one["item"] == card.key and one["counted"]]
        evidence += [_evidence(card.number, card.group, span) for span in _places(counted, place)]
    return marking.cut(text, evidence, _masked(record, place), prefix=PREFIX[place])


def _evidence(number, tone, span):
    start, end = span
    return marking.Evidence(number=number, tone=tone, start=start, end=end)


def _masked(record, place):
    """The ranges of `place` that must never be echoed."""
    return [
        tuple(span) for one in record["findings"] if one["masked"] and _place(one) == place for span in one["spans"]
    ]


def _help_notes(record, reference):
    """What the checklist says to a reader when help comes first: guidance of answers whose effect is help."""
    rows = [row for row in record["items"] if "help" in row["effect"].split("+")]
    return tuple(filter(None, (reference.answer(row["item"], row["answer"])["guidance"] for row in rows)))


def effect_of(row):
    """The effect that judges the post: "stop+help" is a stop, and help is shown elsewhere."""
    return next((part for part in row["effect"].split("+") if part != "help"), row["effect"])


def _place(finding):
    """Where a finding's spans count: "text" or "author_line"."""
    return finding.get("in", "text")
