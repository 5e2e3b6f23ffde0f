"""What a moderator reads of a case: the findings one by one, the post, and what came before. Changes nothing."""

from dataclasses import dataclass

from assessments import decided, marking
from assessments import report as reports
from assessments.models import Item, Review
from assessments.moderation.deciding import newest_assessments
from assessments.moderation.models import CaseState
from assessments.reference import reference_for

# How much of the post stands around the words of a finding, once the post is open.
AROUND = 60
MOST_POSTS = 50
BLIND = (CaseState.SECOND, CaseState.THIRD, CaseState.GOLDEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words of the post around a finding: what stands before, the words themselves, and what follows."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundThing:
    """One finding that counted, as a moderator judges it.

    `pieces` hide what must not be echoed until the post is open.
    """

    order: int
    item: str
    signal: str
    question: str
    answer: str
    badge: str
    name: str
    says: str
    known: str
    confirm: str
    tone: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A piece of the post in original order: where it begins, in code points, and the findings it belongs to."""

    start: int
    words: str
    numbers: str
    tone: str


def report_of(assessment):
    """What the checklist found, as the report says it and without any person's decision."""
    return reports.build(**_about(assessment))


def found_things(assessment, *, shows_post):
    """FoundThings in the order of the checklist's result; with `shows_post` with the words around them."""
    reference = reference_for(assessment.digest)
    # A note among editors and moderators, so no part of the frozen version.
    confirm = dict(Item.objects.filter(checklist=assessment.checklist_id).values_list("key", "confirm"))
    return tuple(
        _found_thing(finding, assessment, reference, confirm.get(finding.item, ""), shows_post)
        for finding in assessment.findings.all()
        if finding.counted and reference.is_about_post(finding.item)
    )


def not_counted(assessment):
    """(what was found, why it does not count) of findings that the context took out of the judgement."""
    reference = reference_for(assessment.digest)
    return tuple(
        dict.fromkeys(
            (_name(finding, reference), reports.NOT_COUNTED.get(finding.context, "It does not count here."))
            for finding in assessment.findings.all()
            if not finding.counted
        )
    )


def stretches(assessment):
    """The whole post as Stretches: nothing folded, nothing hidden, for somebody who asked to read it."""
    findings = [one for one in assessment.findings.all() if one.counted and one.place == "text"]
    text = assessment.post.text
    evidence = [
        marking.Evidence(number=finding.order, tone=_tone(finding.effect.partition("+")[0]), start=start, end=end)
        for finding in findings
        for start, end in finding.spans
    ]
    result, start = [], 0
    for segment in marking.cut(text, evidence):
        numbers = ", ".join(map(str, segment.numbers))
        words = marking.harmless(segment.text)
        result.append(Stretch(start=start, words=words, numbers=numbers, tone=segment.tone))
        start += len(segment.text)
    return tuple(result)


def titles_of(assessment):
    """{key of a title: TitleNote} of the titles that the post or its author line uses."""
    reference = reference_for(assessment.digest)
    keys = dict.fromkeys(one.signal for one in assessment.findings.all() if one.kind == "title")
    return {key: note for key in keys for note in reference.titles([key])}


def questions(assessment):
    """[(key, question with its answer)] of what speaks for or against the post in the report."""
    reference = reference_for(assessment.digest)
    return [
        (row["item"], f"{reference.item(row['item'])['question']} {_answer(reference, row)}")
        for row in assessment.report_record["items"]
        if reference.is_about_post(row["item"])
        and reports.GROUP_OF.get(reports.effect_of(row), reports.UNKNOWN) != reports.UNKNOWN
    ]


def all_questions(assessment):
    """[(key, question)] of everything that the checklist asks about a post: what it may have missed."""
    reference = reference_for(assessment.digest)
    return [
        (item["key"], item["question"])
        for section in reference.snapshot["sections"]
        for item in section["items"]
        if reference.is_about_post(item["key"])
    ]


def levels(assessment):
    """[(key, label)] of the levels of the version that made the report."""
    return [(key, row["label"]) for key, row in reference_for(assessment.digest).levels().items()]


def posts_reached(case, assessment):
    """[(Assessment, is it reached)] of the case's posts: a decision reaches those that the checklist judged alike."""
    newest = (
        newest_assessments(case)
        .select_related("post__case_membership")
        .order_by("post__case_membership__added_at", "pk")
    )
    return [(one, one.level == assessment.level) for one in newest[:MOST_POSTS]]


def reports_on(post):
    """[(Assessment with its reviews, label of its level)] of a post, the newest first."""
    rows = post.assessments.newest_first().prefetch_related("reviews")
    return [(one, reference_for(one.digest).level(one.level)["label"]) for one in rows]


def rulings_seen(case, person):
    """The case's Rulings that this person may see, newest first: while readings are blind only one's own of them.

    The third reader settles a disagreement, so sees both answers; who gave them is not said before the end.
    """
    rulings = list(case.rulings.select_related("by__moderator_preference", "undone_by", "reason"))
    if case.state == CaseState.GOLDEN:
        return [ruling for ruling in rulings if ruling.by == person]
    if case.state == CaseState.SECOND:
        return [ruling for ruling in rulings if ruling.by == person or not ruling.is_open]
    return rulings


def preview(assessment, *, decision, note, overturned=(), level_after="", **_more):
    """(Report, PersonsDecision) as readers would see them after this decision; nothing is stored."""
    review = Review(
        assessment=assessment, decision=decision, note=note, overturned=overturned, level_after=level_after or None
    )
    return decided.build(**_about(assessment), review=review)


def are_names_hidden(case):
    """Whether nobody may learn yet who gave the answers of this round."""
    return case.state in BLIND


def _about(assessment):
    post = assessment.post
    return {
        "record": assessment.report_record,
        "text": post.text,
        "author_line": post.author_line,
        "reference": reference_for(assessment.digest),
        "read_as": post.read_as,
    }


def _found_thing(finding, assessment, reference, confirm, shows_post):
    effect = finding.effect.partition("+")[0]
    detail = reference.detail(finding.kind, finding.signal) if finding.kind != "title" else None
    return FoundThing(
        order=finding.order,
        item=finding.item,
        signal=finding.signal,
        question=reference.item(finding.item)["question"],
        answer=reference.answer(finding.item, finding.answer)["label"],
        badge=reports.BADGES.get(effect, ""),
        tone=_tone(effect),
        name=_name(finding, reference),
        says=detail.says if detail else "",
        known=detail.known if detail else "",
        confirm=confirm,
        pieces=_pieces(finding, assessment, shows_post),
    )


def _tone(effect):
    """Only a good sign looks good: what cannot be told is read with care."""
    return reports.GOOD if reports.GROUP_OF.get(effect) == reports.GOOD else reports.CAREFUL


def _name(finding, reference):
    return reference.finding_name(finding.kind, finding.signal)


def _answer(reference, row):
    return reference.answer(row["item"], row["answer"])["label"]


def _pieces(finding, assessment, shows_post):
    post = assessment.post
    text = post.author_line if finding.place == "author_line" else post.text
    if shows_post:
        return tuple(_around(text, start, end) for start, end in finding.spans)
    masked = [
        tuple(span)
        for other in assessment.findings.all()
        if other.masked and other.place == finding.place
        for span in other.spans
    ]
    return tuple(
        Piece(before="", words=marking.quote(text, start, end, masked), after="") for start, end in finding.spans
    )


def _around(text, start, end):
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return Piece(
        before=("…" if start > AROUND else "") + marking.harmless(before),
        words=marking.harmless(text[start:end]),
        after=marking.harmless(after) + ("…" if end + AROUND < len(text) else ""),
    )
