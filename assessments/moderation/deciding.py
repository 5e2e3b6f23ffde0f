"""What people decide about a case: the only writer of a Ruling and of a case's end.

A case needs one answer, or two that agree, given blind, or a third where two differ. With the last of them the case is
decided: every post with these words gets a Review, which its reader sees, and the flags about them are closed.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from assessments import auditing
from assessments.assessing import undo_reviews
from assessments.models import Assessment, Decision
from assessments.moderation.appealing import answer_appeals, reopen_appeals, reply_is_needed
from assessments.moderation.cases import posts_of
from assessments.moderation.models import Case, CaseState, Flag, Round, Ruling, State
from assessments.moderation.people import shown_name
from assessments.moderation.telling import record, tell
from posts.retention import keep_until

UNDO_WINDOW = timedelta(minutes=30)
MAX_NOTE = 2_000
ROUNDS = {
    CaseState.OPEN: Round.FIRST,
    CaseState.SECOND: Round.SECOND,
    CaseState.THIRD: Round.THIRD,
    CaseState.GOLDEN: Round.GOLDEN,
}
STATE_OF_ROUND = {round: state for state, round in ROUNDS.items()}


class DecidingError(Exception):
    """A decision that cannot be taken or undone. str() is the sentence for the moderator."""

    sentence = ""
    # What was sent makes no sense; 409 is for what made sense when the page was loaded.
    status = 422

    def __init__(self, sentence=""):
        super().__init__(sentence or self.sentence)


class TooLate(DecidingError):
    """The case is not any more what the moderator read."""

    status = 409


class PostDeleted(TooLate):
    sentence = "The post was deleted while you read it, so there is nothing left to decide."


class AlreadyDecided(TooLate):
    """Somebody else was quicker."""

    def __init__(self, case):
        last = case.rulings.standing().select_related("by").first()
        name = shown_name(last.by) if last else "Somebody"
        super().__init__(f"{name} decided this while you read it. Your words are still here; nothing was changed.")


class ChangedMeanwhile(TooLate):
    sentence = "This case changed while you read it. Look at what is new, and decide again: your words are still here."


class ReadMeanwhile(TooLate):
    """Somebody gave an answer of those that are given blind: not even who it was is said."""

    sentence = (
        "Somebody else answered while you read this, and another answer is needed, blind. Your words are still here: "
        "decide again to give yours."
    )


class SomebodyElseReads(TooLate):
    """Somebody took the case over."""

    def __init__(self, case):
        super().__init__(f"{shown_name(case.assigned_to)} took this case over, so your answer was not taken.")


class NotYourTurn(TooLate):
    sentence = "You have read this case already: the next answer must come from somebody else."


class NotYourTopic(DecidingError):
    sentence = "This case is about a topic that you do not read, so your answer was not taken."


class NotAReason(DecidingError):
    sentence = "Choose the reason that fits this decision."


class NoteTooLong(DecidingError):
    sentence = f"Keep the note and the reply under {MAX_NOTE:,} characters each."


class ReplyMissing(DecidingError):
    sentence = "Somebody appealed. Write a reply for them: it will stand on the report, with your decision."


class NotTheirFinding(DecidingError):
    sentence = "One of these findings is not in this report. Load the page again."


class CannotUndo(DecidingError):
    sentence = "This decision cannot be undone: it was undone before, or another one followed it."


class PracticeStays(DecidingError):
    sentence = "This was a practice case: no report was changed by it, so there is nothing to undo."


class TooLateToUndo(DecidingError):
    sentence = "The time to undo this is over. Ask a senior moderator."


class UndoNeedsReason(DecidingError):
    sentence = "Say in a few words why you undo it."


@transaction.atomic
def decide(*, case, by, version, decision, reason, note, level_after="", overturned=(), reply="", **readings):
    """Store what `by` decided about the case, and settle the case when no other answer is needed. Returns the Ruling.

    `version` is the case's version that `by` read. `reason` is a RulingReason, `note` is for readers. `overturned` and
    the `readings` (`verdicts`, `missed`, `title_checks`): see Ruling. `reply` is for those who appealed, and needed
    when somebody did. Raises a DecidingError or a ReviewError; then nothing is stored.
    """
    locked = Case.objects.select_for_update(of=("self",)).select_related("assigned_to").get(pk=case.pk)
    _refuse_if_not_theirs(locked, by, version)
    assessment = newest_assessment(locked)
    if assessment is None:
        raise PostDeleted
    if max(len(note), len(reply)) > MAX_NOTE:
        raise NoteTooLong
    if reply_is_needed(locked) and not reply.strip():
        raise ReplyMissing
    if not reason.is_active or decision not in reason.decisions:
        raise NotAReason
    _refuse_unknown_findings(assessment, **readings)
    ruling = Ruling(
        case=locked,
        round=ROUNDS[CaseState(locked.state)],
        decision=decision,
        level_before=assessment.level,
        level_after=level_after if decision == Decision.CORRECTED else "",
        overturned=sorted(overturned),
        **{name: list(given) for name, given in readings.items()},
        counted=_counted(assessment),
        checklist_version=assessment.checklist_version,
        reason=reason,
        policy=reason.policy,
        note=note.strip(),
        by=by,
    )
    _check(ruling, assessment)
    ruling.save()
    auditing.record(by=by, verb="answer", what=locked, after={"decision": decision, "round": ruling.round})
    _move_on(locked, ruling, reply.strip())
    return ruling


@transaction.atomic
def undo(*, ruling, by, reason):
    """Take a decision back, for a reason; the case waits for this reading again. Returns the Case.

    Its maker may do so for UNDO_WINDOW, whoever may undo any decision at any time.
    Raises UndoNeedsReason, CannotUndo, TooLateToUndo, PracticeStays.
    """
    if not reason.strip():
        raise UndoNeedsReason
    case = Case.objects.select_for_update().get(pk=ruling.case_id)
    ruling = Ruling.objects.get(pk=ruling.pk)
    _refuse_undo(case, ruling, by)
    undo_reviews(ruling.reviews)
    reopen_appeals(ruling=ruling)
    was_final = ruling.is_final
    ruling.undone_at, ruling.undone_by, ruling.undone_reason = timezone.now(), by, reason.strip()
    ruling.is_final = False
    ruling.save()
    if was_final:
        _flags_of(case).filter(closed_at=ruling.created_at).update(state=State.OPEN, closed_at=None, closed_by=None)
    case.state, case.decided_at = STATE_OF_ROUND[Round(ruling.round)], None
    case.version += 1
    case.save()
    keep_until(posts=posts_of(case))
    auditing.record(by=by, verb="undo", what=case, before={"decision": ruling.decision, "round": ruling.round})
    return case


def undoable_by(person, case):
    """The Ruling of the case that this person may take back now, or None."""
    newest = case.rulings.standing().filter(is_open=True).first()
    try:
        _refuse_undo(case, newest, person)
    except DecidingError:
        return None
    return newest


def last_undoable(person):
    """The last Ruling of this person, if there is still time to take it back and nobody answered after it; or None."""
    since = timezone.now() - UNDO_WINDOW
    last = Ruling.objects.standing().filter(by=person, created_at__gt=since).select_related("case").first()
    return last if last and undoable_by(person, last.case) == last else None


def newest_assessment(case):
    """The newest assessment of the case's first post: what a moderator reads. None when its posts are gone."""
    first = case.members.order_by("added_at", "id").values("post")[:1]
    return Assessment.objects.filter(post=Subquery(first)).select_related("post").newest_first().first()


def newest_assessments(case):
    """The newest assessment of every post of the case: what a decision is written beside."""
    newest = Assessment.objects.filter(post=OuterRef("post")).newest_first().values("pk")[:1]
    return Assessment.objects.filter(pk__in=case.members.annotate(newest=Subquery(newest)).values("newest"))


def is_settled(case):
    """Whether the answers that were given are enough. The newest of them is then the one that counts."""
    given = {ruling.round: ruling for ruling in case.rulings.standing().filter(is_open=True)}
    if Round.THIRD in given:
        return True
    if Round.SECOND in given:
        return given[Round.FIRST].answer == given[Round.SECOND].answer
    return Round.FIRST in given and not case.needs_second


def _refuse_if_not_theirs(case, by, version):
    if case.state == CaseState.GONE:
        raise PostDeleted
    if not case.is_waiting:
        raise AlreadyDecided(case)
    if not Case.objects.open_to(by).filter(pk=case.pk).exists():
        raise NotYourTopic
    if not Case.objects.readable_by(by).filter(pk=case.pk).exists():
        raise NotYourTurn
    holder = case.reader_now()
    if holder and holder != by:
        raise SomebodyElseReads(case)
    if case.version != version:
        raise ReadMeanwhile if case.rulings.standing().filter(is_open=True).exists() else ChangedMeanwhile


def _refuse_undo(case, ruling, by):
    if ruling is not None and ruling.round == Round.GOLDEN:
        raise PracticeStays
    newest = case.rulings.standing().filter(is_open=True).first()
    if newest is None or ruling != newest or case.state == CaseState.GONE:
        raise CannotUndo
    if not by.has_perm("moderation.undo_any_ruling"):
        if ruling.by_id != by.pk:
            raise CannotUndo
        if ruling.created_at < timezone.now() - UNDO_WINDOW:
            raise TooLateToUndo


def _counted(assessment):
    """[[item, signal], …] of what counted in this report."""
    counted = assessment.findings.filter(counted=True).values_list("item", "signal")
    return [list(pair) for pair in sorted(set(counted))]


def _refuse_unknown_findings(assessment, verdicts=(), missed=(), title_checks=()):
    findings = assessment.findings.all()
    if {(one["order"], one["item"]) for one in verdicts} - {(finding.order, finding.item) for finding in findings}:
        raise NotTheirFinding
    if {check["title"] for check in title_checks} - {one.signal for one in findings if one.kind == "title"}:
        raise NotTheirFinding
    length = len(assessment.post.text)
    if any(not 0 <= start < end <= length for one in missed for start, end in one["spans"]):
        raise NotTheirFinding


def _check(ruling, assessment):
    """Refuse now what `record_review` would refuse when the case is settled, perhaps by somebody else."""
    with transaction.atomic():
        record(ruling, assessment)
        transaction.set_rollback(True)


def _move_on(case, ruling, reply):
    """Settle the case, or let it wait for the next reading. A practice case stays as it is, for the next person."""
    case.free()
    if ruling.round == Round.GOLDEN:
        case.save()
        return
    case.version += 1
    if is_settled(case):
        _settle(case, ruling, reply)
    else:
        case.state = CaseState.SECOND if ruling.round == Round.FIRST else CaseState.THIRD
    case.save()


def _settle(case, ruling, reply):
    """Tell the readers of every post with these words, answer who appealed, and close what readers said."""
    case.state, case.decided_at = CaseState.DECIDED, ruling.created_at
    days = settings.POST_RETENTION_DAYS_AFTER_DECISION
    keep_until(posts=posts_of(case), until=ruling.created_at + timedelta(days=days))
    ruling.is_final = True
    ruling.save(update_fields=("is_final",))
    for assessment in newest_assessments(case):
        tell(ruling=ruling, assessment=assessment)
    answer_appeals(ruling=ruling, reply=reply)
    closed = {"state": State.CLOSED, "closed_at": ruling.created_at, "closed_by": ruling.by}
    _flags_of(case).open().update(**closed)


def _flags_of(case):
    return Flag.objects.filter(assessment__post__case_membership__case=case)
