"""Practice cases: made-up posts with a known answer that moderators meet among the real ones, once each.

They show how alike we judge, and teach: whoever answered is told at once what was expected, and why. They change no
report, close no flag and stand in no list of cases. The only writer of a GoldenCase.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q

from assessments import engine, snapshots
from assessments.assessing import mark_taken_up, record_review, run_assessment
from assessments.auditing import record
from assessments.models import Assessment, Decision
from assessments.moderation.cases import open_practice
from assessments.moderation.models import CLOCKS, Band, GoldenCase, Round, Ruling
from assessments.reference import reference_for
from posts.intake import read_author_line, read_text, submit_post
from posts.retention import keep_post, let_expire

# A practice case looks as if it had come in this long ago.
SEEMS_TO_WAIT = timedelta(minutes=20)


class GoldenError(Exception):
    """A practice case that cannot be written. str() is the sentence for the senior moderator."""


@transaction.atomic
def write_golden(*, by, text, decision, why, submission, author_line="", country="", level_after="", overturned=()):
    """Make a practice case of a made-up post and the answer that is expected to it. Returns the GoldenCase.

    The same form (`submission`) gives the same one again. `why` is shown to whoever answered. Raises PostError,
    ReviewError (an answer that nobody could give), GoldenError and NoPublishedChecklist; then nothing is stored.
    """
    if not why.strip():
        raise GoldenError("Say why this is the answer: moderators read it after they answered.")
    post = submit_post(text=text, author_line=author_line, country=country, submission=submission)
    if known := GoldenCase.objects.filter(assessment__post=post).first():
        return known
    keep_post(post=post)
    assessment = run_assessment(post=post)
    mark_taken_up(Assessment.objects.filter(pk=assessment.pk))
    _refuse_impossible(assessment, by, decision=decision, overturned=overturned, level_after=level_after or None)
    golden = GoldenCase.objects.create(
        case=open_practice(assessment=assessment),
        assessment=assessment,
        decision=decision,
        level_after=level_after,
        overturned=sorted(overturned),
        why=why.strip(),
        written_by=by,
    )
    record(by=by, verb="write a practice case", what=golden)
    return golden


@transaction.atomic
def switch_off(*, golden, by):
    """Hand this practice case out no more; its post goes in its time, and the answers stay counted. Twice is once."""
    if GoldenCase.objects.filter(pk=golden.pk, is_on=True).update(is_on=False):
        let_expire(post=golden.assessment.post)
        record(by=by, verb="switch off a practice case", what=golden)


def look(*, text, author_line=""):
    """(level in words, questions with their answers) that the published checklist gives these words. Keeps nothing.

    Raises PostError and NoPublishedChecklist.
    """
    published = snapshots.published()
    result = engine.assess(read_text(text), published.compiled, author_line=read_author_line(author_line))
    reference = reference_for(published.digest)
    found = [
        (reference.item(one.item)["question"], reference.answer(one.item, one.answer)["label"])
        for one in result.items
        if one.item in {finding.item for finding in result.findings if finding.counted}
    ]
    return reference.level(result.level)["label"], found


def written():
    """Every practice case, the newest first, with how many answered it (`answers`). One query."""
    answers = Count("case__rulings", filter=Q(case__rulings__round=Round.GOLDEN))
    return GoldenCase.objects.select_related("assessment", "case").annotate(answers=answers)


def is_practice_due(free):
    """Whether the next case may be one for practice: drawn by chance, and never while one of the `free` is a crisis."""
    drawn = secrets.randbelow(100) < settings.GOLDEN_SHARE_PERCENT
    return drawn and not free.filter(band=Band.CRISIS).exists()


def dress(case, now):
    """Let a practice case look like any other case that came in a while ago. The caller saves it."""
    case.opened_at = now - SEEMS_TO_WAIT
    case.due_at = case.opened_at + CLOCKS[case.band]
    case.referrals.update(created_at=case.opened_at)


def agrees(ruling, golden):
    """Whether an answer is the expected one: what happens to the report, and which level it has after that."""
    return ruling.answer[:2] == golden.answer[:2]


def answers_of(person):
    """The answers of this person to practice cases, the newest first, with `golden` and `agrees` on each. One query."""
    return _with_expected(Ruling.objects.filter(by=person))


def answers_of_all():
    """The same of everybody."""
    return _with_expected(Ruling.objects.all())


def said_after(ruling):
    """What a moderator is told right after the answer; "" when the case was a real one."""
    if ruling.round != Round.GOLDEN:
        return ""
    golden = ruling.case.golden
    if agrees(ruling, golden):
        return f"This was a practice case, and you answered as expected. {golden.why}"
    return f"This was a practice case, so nothing was changed by it. Expected was: {expected(golden)}. {golden.why}"


def expected(golden):
    """The expected answer in words."""
    words = str(Decision(golden.decision).label).lower()
    if not golden.level_after:
        return words
    return f"{words}, to “{reference_for(golden.assessment.digest).level(golden.level_after)['label']}”"


def _with_expected(rulings):
    found = rulings.filter(round=Round.GOLDEN).select_related("case__golden__assessment", "by")
    for ruling in found:
        ruling.golden = ruling.case.golden
        ruling.agrees = agrees(ruling, ruling.golden)
    return list(found)


def _refuse_impossible(assessment, by, **answer):
    """Raises ReviewError for an answer that the form of a case would refuse too."""
    with transaction.atomic():
        record_review(assessment=assessment, note="Practice.", by=by, **answer)
        transaction.set_rollback(True)
