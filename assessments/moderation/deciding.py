"""What people decide about a case: the only writer of a Ruling and of a case's end.

A case needs one answer, or two that agree, given blind, or a third where two differ. With the last of them the case is
decided: every post with these words gets a Review, which its reader sees, and the flags about them are closed.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from assessments.assessing import undo_reviews
from assessments.models import Assessment, Decision
from assessments.moderation.assigning import FREE
from assessments.moderation.cases import posts_of
from assessments.moderation.models import Case, CaseState, Flag, Round, Ruling, State
from assessments.moderation.people import shown_name
from assessments.moderation.telling import record, tell
from posts.retention import keep_until

UNDO_WINDOW = timedelta(minutes=30)
MAX_NOTE = 2_000
# Stands where a person's words stood, once the post that they were about is gone.
FORGOTTEN = "Deleted with its post."
ROUNDS = {CaseState.OPEN: Round.FIRST, CaseState.SECOND: Round.SECOND, CaseState.THIRD: Round.THIRD}
STATE_OF_ROUND = {round: state for state, round in ROUNDS.items()}


class DecidingError(Exception):
    """A decision that cannot be taken or undone. str() is the sentence for the moderator."""

    sentence = ""

    def __init__(self, sentence=""):
        super().__init__(sentence or self.sentence)


class PostDeleted(DecidingError):
    sentence = "The post was deleted while you read it, so there is nothing left to decide."


class AlreadyDecided(DecidingError):
    """Somebody else was quicker."""

    def __init__(self, case):
        last = case.rulings.standing().select_related("by").first()
        name = shown_name(last.by) if last else "Somebody"
        super().__init__(f"{name} decided this while you read it. Your words are still here; nothing was changed.")


class ChangedMeanwhile(DecidingError):
    sentence = "This case changed while you read it. Look at what is new, and decide again: your words are still here."


class SomebodyElseReads(DecidingError):
    """Somebody took the case over."""

    def __init__(self, case):
        super().__init__(f"{shown_name(case.assigned_to)} took this case over, so your answer was not taken.")


class NotYourTurn(DecidingError):
    sentence = "You have read this case already: the next answer must come from somebody else."


class NotAReason(DecidingError):
    sentence = "Choose the reason that fits this decision."


class NoteTooLong(DecidingError):
    sentence = f"Keep the note under {MAX_NOTE:,} characters."


class NotTheirFinding(DecidingError):
    sentence = "One of these findings is not in this report. Load the page again."


class CannotUndo(DecidingError):
    sentence = "This decision cannot be undone: it was undone before, or another one followed it."


class TooLateToUndo(DecidingError):
    sentence = "The time to undo this is over. Ask a senior moderator."


class UndoNeedsReason(DecidingError):
    sentence = "Say in a few words why you undo it."


@transaction.atomic
def decide(*, case, by, version, decision, reason, note, level_after="", overturned=(), verdicts=(), missed=()):
    """Store what `by` decided about the case, and settle the case when no other answer is needed. Returns the Ruling.

    `version` is the case's version that `by` read. `reason` is a RulingReason, `note` is for readers. `overturned`,
    `verdicts` and `missed`: see Ruling. Raises a DecidingError or a ReviewError; then nothing is stored.
    """
    locked = Case.objects.select_for_update(of=("self",)).select_related("assigned_to").get(pk=case.pk)
    _refuse_if_not_theirs(locked, by, version)
    assessment = newest_assessment(locked)
    if assessment is None:
        raise PostDeleted
    if len(note) > MAX_NOTE:
        raise NoteTooLong
    if not reason.is_active or decision not in reason.decisions:
        raise NotAReason
    _refuse_unknown_findings(assessment, verdicts, missed)
    ruling = Ruling(
        case=locked,
        round=ROUNDS[CaseState(locked.state)],
        decision=decision,
        level_before=assessment.level,
        level_after=level_after if decision == Decision.CORRECTED else "",
        overturned=sorted(overturned),
        verdicts=list(verdicts),
        missed=list(missed),
        reason=reason,
        policy=reason.policy,
        note=note.strip(),
        by=by,
    )
    _check(ruling, assessment)
    ruling.save()
    _move_on(locked, ruling)
    return ruling


@transaction.atomic
def undo(*, ruling, by, reason):
    """Take a decision back, for a reason; the case waits for this reading again. Returns the Case.

    Its maker may do so for UNDO_WINDOW, whoever may undo any decision at any time.
    Raises UndoNeedsReason, CannotUndo, TooLateToUndo.
    """
    if not reason.strip():
        raise UndoNeedsReason
    case = Case.objects.select_for_update().get(pk=ruling.case_id)
    ruling = Ruling.objects.get(pk=ruling.pk)
    newest = case.rulings.standing().filter(is_open=True).first()
    if ruling != newest or case.state == CaseState.GONE:
        raise CannotUndo
    if not by.has_perm("moderation.undo_any_ruling"):
        if ruling.by != by:
            raise CannotUndo
        if ruling.created_at < timezone.now() - UNDO_WINDOW:
            raise TooLateToUndo
    undo_reviews(ruling.reviews)
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
    return case


def forget_words():
    """Take what moderators wrote about posts that are all gone out of their rulings. Returns how many there were.

    What was decided stays, as it does in the audit trail: it says nothing about anybody's words.
    """
    gone = Ruling.objects.filter(case__state=CaseState.GONE).exclude(note=FORGOTTEN)
    rulings = list(gone[:1_000])
    for ruling in rulings:
        ruling.note = FORGOTTEN
        ruling.undone_reason = FORGOTTEN if ruling.undone_reason else ""
        ruling.verdicts = [verdict | {"reason": ""} for verdict in ruling.verdicts]
        ruling.missed = [one | {"why": ""} for one in ruling.missed]
    return Ruling.objects.bulk_update(rulings, ("note", "undone_reason", "verdicts", "missed"))


def newest_assessment(case):
    """The newest assessment of the case's first post: what a moderator reads. None when its posts are gone."""
    first = case.members.order_by("added_at", "id").values("post")[:1]
    return Assessment.objects.filter(post=Subquery(first)).select_related("post").newest_first().first()


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
    if not Case.objects.readable_by(by).filter(pk=case.pk).exists():
        raise NotYourTurn
    holder = case.reader_now()
    if holder and holder != by:
        raise SomebodyElseReads(case)
    if case.version != version:
        last = case.rulings.standing().filter(is_open=True).first()
        raise AlreadyDecided(case) if last else ChangedMeanwhile()


def _refuse_unknown_findings(assessment, verdicts, missed):
    orders = {(finding.order, finding.item) for finding in assessment.findings.all()}
    if {(verdict["order"], verdict["item"]) for verdict in verdicts} - orders:
        raise NotTheirFinding
    length = len(assessment.post.text)
    if any(not 0 <= start < end <= length for one in missed for start, end in one["spans"]):
        raise NotTheirFinding


def _check(ruling, assessment):
    """Refuse now what `record_review` would refuse when the case is settled, perhaps by somebody else."""
    with transaction.atomic():
        record(ruling, assessment)
        transaction.set_rollback(True)


def _move_on(case, ruling):
    """Settle the case, or let it wait for the next reading."""
    for name, value in FREE.items():
        setattr(case, name, value)
    case.version += 1
    if is_settled(case):
        _settle(case, ruling)
    else:
        case.state = CaseState.SECOND if ruling.round == Round.FIRST else CaseState.THIRD
    case.save()


def _settle(case, ruling):
    """Tell the readers of every post with these words, and close what readers said about them."""
    case.state, case.decided_at = CaseState.DECIDED, ruling.created_at
    days = settings.POST_RETENTION_DAYS_AFTER_DECISION
    keep_until(posts=posts_of(case), until=ruling.created_at + timedelta(days=days))
    ruling.is_final = True
    ruling.save(update_fields=("is_final",))
    for assessment in _assessments(case):
        tell(ruling=ruling, assessment=assessment)
    closed = {"state": State.CLOSED, "closed_at": ruling.created_at, "closed_by": ruling.by}
    _flags_of(case).open().update(**closed)


def _assessments(case):
    """The newest assessment of every post of the case."""
    newest = Assessment.objects.filter(post=OuterRef("post")).newest_first().values("pk")[:1]
    return Assessment.objects.filter(pk__in=case.members.annotate(newest=Subquery(newest)).values("newest"))


def _flags_of(case):
    return Flag.objects.filter(assessment__post__case_membership__case=case)
