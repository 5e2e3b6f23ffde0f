"""Making cases of what is referred to moderators: the only writer of a Case's beginning, its posts and its referrals.

A text is one case, however often it comes. Three ways lead here: the checklist asks for a person (`take_up`), a reader
flags a report, and somebody appeals.
"""

import secrets

from django.conf import settings
from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from assessments.assessing import mark_taken_up
from assessments.auditing import record
from assessments.models import Assessment
from assessments.moderation.models import (
    CLOCKS,
    FREE,
    Appeal,
    Band,
    Case,
    CasePost,
    CaseState,
    Kind,
    Referral,
    ReferralSource,
)
from assessments.moderation.sameness import are_nearly_the_same, fingerprint, near_marks
from assessments.moderation.telling import tell
from assessments.reference import reference_for
from posts.models import Post
from posts.retention import keep_until

MOST_AT_ONCE = 200
# How many cases that share a mark are looked at closer.
MOST_COMPARED = 20
BAND_OF_KIND = {Kind.WRONG_RESULT: Band.DOUBT, Kind.DANGEROUS: Band.WORRY, Kind.LOOK_AT_POST: Band.WORRY}


def take_up(*, most=MOST_AT_ONCE):
    """Make cases of the assessments that a person should look at and that are none yet. Returns how many there were.

    Others with the words of a case join it, so that their readers hear of its decision too: as many at most.
    Safe to run in several places at once: each assessment is taken by one of them, in a transaction of its own.
    """
    taken = 0
    while taken < most and _take_up_one():
        taken += 1
    joined = 0
    while joined < most and _join_one():
        joined += 1
    return taken


@transaction.atomic
def _take_up_one():
    """Returns whether there was one."""
    waiting = Assessment.objects.not_taken_up().select_related("post")
    # `no_key`: who decides a case at this moment refers to the row, and must not wait for us while we wait for them.
    assessment = waiting.select_for_update(skip_locked=True, of=("self",), no_key=True).first()
    if assessment is None:
        return False
    refer(assessment=assessment, source=_machine_source(assessment), reasons=assessment.review_reasons)
    mark_taken_up(Assessment.objects.filter(pk=assessment.pk))
    return True


@transaction.atomic
def _join_one():
    """Put an assessment that needs no person into the case that has the very same words, if there is one, and tell its
    reader what was decided there. Nobody is asked anything. Returns whether there was an assessment to look at."""
    waiting = Assessment.objects.not_joined().select_related("post")
    assessment = waiting.select_for_update(skip_locked=True, of=("self",), no_key=True).first()
    if assessment is None:
        return False
    mark_taken_up(Assessment.objects.filter(pk=assessment.pk))
    case = _known_case_of(assessment.post)
    ruling = case and case.rulings.standing().filter(is_final=True).first()
    if ruling:
        tell(ruling=ruling, assessment=assessment)
    return True


@transaction.atomic
def refer(*, assessment, source, reasons=(), flag=None):
    """Put the words of this assessment's post before moderators, and return the Case: a new one, or the one they are
    in already. `source` is a ReferralSource, `flag` the reader's Flag behind it. Asking twice changes nothing, but for
    appeals: `appealing.py` tells the same appeal from another."""
    if flag is not None and (known := Case.objects.filter(referrals__flag=flag).first()):
        return known
    case = _case_of(assessment, band=_band(assessment, source, flag))
    about = {"case": case, "source": source, "assessment": assessment, "flag": flag}
    if source == ReferralSource.APPEAL or not Referral.objects.filter(**about).exists():
        Referral.objects.create(**about, reasons=list(reasons))
        _note_referral(case, assessment, source, _band(assessment, source, flag))
    if case.is_waiting:
        keep_until(posts=posts_of(case))
    return case


def open_practice(*, assessment):
    """A practice case of a made-up post. Its fingerprint is a random value: no reader's post may ever fall into it."""
    now = timezone.now()
    case = Case.objects.create(
        state=CaseState.GOLDEN,
        band=Band.SERIOUS if assessment.needs_review else Band.WORRY,
        sources=[ReferralSource.MACHINE if assessment.needs_review else ReferralSource.READER],
        sections=sorted(_sections(assessment)),
        country=assessment.post.country,
        language=assessment.language,
        referrals_count=1,
        posts_count=1,
        fingerprint=secrets.token_hex(32),
        opened_at=now,
        due_at=now + CLOCKS[Band.WORRY],
    )
    CasePost.objects.create(case=case, post=assessment.post, is_exact=True)
    reasons = assessment.review_reasons or [Kind.LOOK_AT_POST]
    Referral.objects.create(case=case, source=case.sources[0], assessment=assessment, reasons=reasons)
    return case


def posts_of(case):
    """The posts that have the words of this case."""
    return Post.objects.filter(case_membership__case=case)


def reopen(*, case, band):
    """Begin a new round of readings of a decided case (locked by the caller). Earlier answers stay on record."""
    case.rulings.update(is_open=False)
    case.skips.all().delete()
    now = timezone.now()
    case.state, case.band, case.decided_at = CaseState.OPEN, band, None
    case.opened_at, case.due_at = now, now + CLOCKS[band]
    case.free()
    case.needs_second = is_read_twice(case, band)
    case.version += 1
    case.save()


class SplitError(Exception):
    """A post that cannot leave its case. str() is the sentence for the moderator."""


@transaction.atomic
def split_off(*, post, by):
    """Take a post out of its case, into a case of its own that `by` or anybody else reads. Returns the new Case.

    What was asked about the post goes along. The new case keeps the old one's band and age, so nobody waits longer.
    Raises SplitError; then nothing changes.
    """
    member = CasePost.objects.filter(post=post).first()
    case = member and Case.objects.select_for_update(of=("self",)).select_related("assigned_to").get(pk=member.case_id)
    _refuse_split(case, member, by)
    # The words may be those of the case that it leaves: then the fingerprint stays there, for new posts with them.
    mark = fingerprint(post.text)
    is_taken = Case.objects.filter(fingerprint=mark).exists()
    new = Case.objects.create(
        fingerprint=secrets.token_hex(32) if is_taken else mark,
        **{name: getattr(case, name) for name in ("band", "country", "language", "opened_at", "due_at")},
    )
    CasePost.objects.filter(pk=member.pk).update(case=new, is_exact=True)
    case.referrals.filter(assessment__post=post).update(case=new)
    new.needs_second = is_read_twice(new, new.band)
    for changed in (case, new):
        _count_anew(changed)
    record(by=by, verb="split off", what=case, after={"new case": new.key})
    return new


def _refuse_split(case, member, by):
    if case is None or not case.is_waiting:
        raise SplitError("This post is not in a case that waits, so there is nothing to take it out of.")
    holder = case.reader_now()
    if holder and holder != by:
        raise SplitError("Somebody else reads this case now. Leave its posts as they are.")
    if Appeal.objects.filter(assessment__post=member.post_id).exists():
        # Who decided before may not answer an appeal, and only this case knows who did.
        raise SplitError("Somebody appealed about this post. It stays in the case that they appealed about.")
    if case.members.first() == member:
        raise SplitError("This is the post that you read. Take the others out instead.")


def _count_anew(case):
    """Bring a case that lost or won a post up to date, and tell whoever reads it."""
    referrals = case.referrals.all()
    case.sources = sorted({referral.source for referral in referrals})
    newest = Assessment.objects.filter(pk__in=[one.assessment_id for one in referrals]).prefetch_related("findings")
    case.sections = sorted({key for assessment in newest for key in _sections(assessment)})
    case.referrals_count, case.posts_count = len(referrals), case.members.count()
    case.version += 1
    case.save()


def let_go():
    """Close the cases whose last post was deleted, and count anew the posts of those that lost one of several. Returns
    how many were closed.

    What was derived from its words went with it, by the database itself (migration 0008).
    """
    left = CasePost.objects.filter(case=OuterRef("pk")).order_by().values("case").annotate(number=Count("*"))
    left = Subquery(left.values("number"))
    Case.objects.waiting().filter(posts_count__gt=1).exclude(posts_count=left).update(posts_count=Coalesce(left, 0))
    gone = Case.objects.exclude(state=CaseState.GONE).filter(members__isnull=True)
    return gone.update(posts_count=0, state=CaseState.GONE, decided_at=None, **FREE)


def is_read_twice(case, band):
    """Whether two people read it blind: severe cases, and a share of all others, drawn by the case's random key."""
    if band in (Band.CRISIS, Band.SERIOUS):
        return settings.SECOND_READING_OF_SEVERE
    drawn = int.from_bytes(case.key.encode()[-4:]) % 10_000
    return drawn < settings.SECOND_READING_SHARE * 10_000


def _machine_source(assessment):
    earlier = Assessment.objects.filter(post=assessment.post, pk__lt=assessment.pk).exists()
    return ReferralSource.RECHECK if earlier else ReferralSource.MACHINE


def _band(assessment, source, flag):
    if source == ReferralSource.APPEAL:
        return Band.APPEAL
    if not assessment.needs_review:
        # Without a flag somebody of the staff asks.
        return BAND_OF_KIND[flag.kind] if flag else Band.DOUBT
    return Band.CRISIS if assessment.crisis else Band.SERIOUS


def _case_of(assessment, *, band):
    """The locked Case that the post is in, or has the words of, or a new one."""
    post = assessment.post
    member = CasePost.objects.filter(post=post).first()
    if member:
        return Case.objects.select_for_update().get(pk=member.case_id)
    case, is_exact = _case_with_words(post.text, assessment, band)
    return _add(post, case, is_exact=is_exact)


def _known_case_of(post):
    """The locked Case that the post is in, or that has its very words; then it joins it. None when there is none."""
    cases = Case.objects.select_for_update()
    if case := cases.filter(members__post=post).first():
        return case
    case = cases.filter(fingerprint=fingerprint(post.text)).first()
    return case and _add(post, case, is_exact=True)


def _add(post, case, *, is_exact):
    CasePost.objects.get_or_create(post=post, defaults={"case": case, "is_exact": is_exact})
    case.posts_count = case.members.count()
    case.save(update_fields=("posts_count",))
    return case


def _case_with_words(text, assessment, band):
    """(locked Case, whether it has the very same words)."""
    mark, marks = fingerprint(text), near_marks(text)
    near = None if Case.objects.filter(fingerprint=mark).exists() else _nearly_the_same(text, marks)
    if near:
        return near, False
    now = timezone.now()
    Case.objects.bulk_create(
        [Case(fingerprint=mark, near_marks=marks, band=band, opened_at=now, due_at=now + CLOCKS[band])],
        ignore_conflicts=True,  # somebody else may bring the same words in this very moment
    )
    return Case.objects.select_for_update().get(fingerprint=mark), True


def _nearly_the_same(text, marks):
    """A waiting case, locked, whose first post has nearly these words; or None.

    A decided case takes only the very same words: a decision must not reach words that nobody read.
    """
    if not marks:
        return None
    waiting = Case.objects.waiting().order_by().values("pk")
    # Mark by mark, and put in order only then: of “any of ten, the first in the queue” PostgreSQL guesses that one case
    # in twenty is one, and walks the queue to its end instead of asking the index (docs/scale.md).
    sharing = waiting.none().union(*(waiting.filter(near_marks__contains=[mark]) for mark in marks))
    found = [row["pk"] for row in sharing]
    for case in Case.objects.filter(pk__in=found).in_order()[:MOST_COMPARED] if found else ():
        first = case.members.select_related("post").first()
        if first and are_nearly_the_same(text, first.post.text):
            # Locked only now, and only this one; it may have been decided since.
            return Case.objects.waiting().select_for_update().filter(pk=case.pk).first()
    return None


def _note_referral(case, assessment, source, band):
    """Bring a locked case up to date with a new referral; a decided one is opened again when that is called for."""
    is_first = case.referrals_count == 0
    case.referrals_count += 1
    case.sources = sorted({*case.sources, source})
    case.sections = sorted({*case.sections, *_sections(assessment)})
    case.country = case.country or assessment.post.country
    case.language = case.language or assessment.language
    if is_first:
        case.needs_second = is_read_twice(case, band)
    if case.is_waiting and band < case.band:
        case.band, case.due_at = band, min(case.due_at, timezone.now() + CLOCKS[band])
        case.needs_second = case.needs_second or is_read_twice(case, band)
    case.save()
    if case.state == CaseState.DECIDED and not _is_told(case, assessment, source):
        reopen(case=case, band=band)


def _is_told(case, assessment, source):
    """Whether the decision that stands answers this too, and its reader is told: the machine alone asks, and says of
    the very same words what it said then."""
    ruling = case.rulings.standing().filter(is_final=True).first()
    by_machine = source in (ReferralSource.MACHINE, ReferralSource.RECHECK)
    return bool(by_machine and ruling and tell(ruling=ruling, assessment=assessment))


def _sections(assessment):
    """Keys of the sections of the checklist in which something counted."""
    reference = reference_for(assessment.digest)
    counted = assessment.findings.filter(counted=True).values_list("item", flat=True)
    return {reference.section_of(item) for item in counted} - {""}
