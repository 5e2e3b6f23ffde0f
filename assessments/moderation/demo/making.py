"""Makes the demo data by letting people act, all or nothing, and takes it away again."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

from assessments import publishing
from assessments.assessing import run_assessment
from assessments.models import Checklist
from assessments.moderation.appealing import appeal
from assessments.moderation.assigning import assign, skip
from assessments.moderation.cases import take_up
from assessments.moderation.deciding import decide, newest_assessment
from assessments.moderation.demo import posts, words
from assessments.moderation.flagging import raise_flag
from assessments.moderation.golden import write_golden
from assessments.moderation.models import Appellant, Case, Kind, RulingReason, SkipReason, VoteKind
from assessments.moderation.reasons import load_reasons
from assessments.moderation.voting import vote
from assessments.reference import reference_for
from assessments.roles import MODERATORS, SENIOR_MODERATORS, make_groups
from assessments.sharing import make_share_link
from posts.intake import submit_post
from posts.models import Post
from posts.retention import delete_post

PEOPLE = {"demo-robin": MODERATORS, "demo-noor": MODERATORS, "demo-sasha": SENIOR_MODERATORS, "demo-alex": MODERATORS}
NOTE = "The same questions, published again to show how a report tells of a newer version. Nothing was changed."


def demo_posts():
    """The made-up posts that are there."""
    return Post.objects.filter(submission__startswith=posts.MARK)


def demo_cases():
    """Cases of made-up posts alone: what readers brought is for people, not for a command."""
    real = Post.objects.exclude(submission__startswith=posts.MARK)
    return Case.objects.filter(members__post__in=demo_posts()).exclude(members__post__in=real).distinct()


@transaction.atomic
def make(*, many=posts.MANY):
    """Make it all, of so many posts, and return how many there are then; 0 when there is demo data already.

    Raises NoPublishedChecklist.
    """
    if demo_posts().exists():
        return 0
    load_reasons()
    people = _people()
    texts = posts.texts(many)
    half = len(texts) // 2
    assessments = _bring(texts, range(half))
    _publish_again()
    assessments += _bring(texts, range(half, len(texts)))
    _readers_say(assessments)
    while take_up():
        pass
    _moderators_work(*people)
    for number, text in enumerate(words.CLAIMS[:2]):
        write_golden(
            by=people[-1],
            text=f"Everybody should hear this once. {text} I mean it, and I will say it again tomorrow.",
            decision="stands",
            why=words.WHY_GOLDEN,
            submission=f"{posts.MARK}practice-{number}",
        )
    return demo_posts().count()


@transaction.atomic
def remove():
    """Take the posts, their cases and the people away; return how many posts there were. What stays: the checklist
    versions, which nothing can delete, and the audit trail."""
    cases, keys = [case.pk for case in demo_cases()], list(demo_posts().values_list("key", flat=True))
    for key in keys:
        delete_post(key=key)
    Case.objects.filter(pk__in=cases).delete()
    get_user_model().objects.filter(username__in=PEOPLE).delete()
    return len(keys)


def _people():
    """Four moderators who cannot sign in: they have no password."""
    make_groups()
    people = []
    for name, group in PEOPLE.items():
        person, _ = get_user_model().objects.get_or_create(username=name, defaults={"is_staff": True})
        person.set_unusable_password()
        person.save()
        person.groups.add(Group.objects.get(name=group))
        people.append(person)
    return people


def _bring(texts, numbers):
    """Readers paste posts; the assessment of each."""
    return [run_assessment(post=submit_post(text=texts[number], **posts.about(number))) for number in numbers]


def _publish_again():
    """A second version, so that the first posts have an older one. Only where there is but one, and no draft."""
    if Checklist.objects.count() == 1:
        try:
            with transaction.atomic():
                publishing.publish(publishing.start_draft(by=None), by=None, note=NOTE)
        except publishing.PublishingError:
            # Two people publish here, say. The rest is lively enough.
            return


def _readers_say(assessments):
    """Readers flag, vote and share."""
    for number, assessment in enumerate(assessments):
        form = {"assessment": assessment, "submission": f"{posts.MARK}said-{number}"}
        if number % 11 == 3:
            raise_flag(kind=Kind.WRONG_RESULT, reason=words.WHY_WRONG[number % len(words.WHY_WRONG)], **form)
        if number % 17 == 5:
            raise_flag(kind=Kind.DANGEROUS, **form)
        if number % 13 == 4:
            items = assessment.report_record["items"]
            vote(item=items[number % len(items)]["item"], kind=(VoteKind.HARD, VoteKind.WRONG)[number % 2], **form)
        if number % 29 == 6:
            make_share_link(post=assessment.post, shows_post=False, submission=form["submission"])


def _moderators_work(robin, noor, sasha, alex):
    """Every case comes to another point: untouched, read now, left, answered once, disputed, decided, appealed."""
    appealed = 0
    for number, case in enumerate(demo_cases().waiting().in_order()):
        turn = number % 12
        if turn == 0:
            assign(case=case, by=(robin, noor)[number // 12 % 2]) if number < 24 else None
        elif turn == 1:
            skip(case=case, by=robin, reason=SkipReason.TOO_CLOSE)
        elif turn == 2:
            _answer(case, robin, "stands")
            _answer(case, noor, "withdrawn")
        elif turn in (3, 4):
            _answer(case, noor, "stands")
        elif turn < 10:
            decision = ("stands", "stands", "corrected", "withdrawn", "stands")[turn - 5]
            _answer(case, robin, decision)
            _answer(case, noor, decision)
            if turn in (6, 9) and not (case.refresh_from_db() or case.is_waiting):
                _appeal(case, appealed)
                appealed += 1
                if turn == 9:
                    _answer(case, sasha, "stands", reply=words.REPLY)
                    _answer(case, alex, "stands", reply=words.REPLY)


def _answer(case, person, decision, **more):
    """The answer of one person, where one is still called for."""
    case.refresh_from_db()
    if not case.is_waiting:
        return
    if decision == "corrected":
        more |= _correction(newest_assessment(case))
    reason = next(one for one in RulingReason.objects.filter(is_active=True) if decision in one.decisions)
    decide(
        case=case, by=person, version=case.version, decision=decision, reason=reason, note=words.NOTES[decision], **more
    )


def _correction(assessment):
    """What changes: a question that counted counts no more, or else the level."""
    if counted := assessment.findings.filter(counted=True).values_list("item", flat=True).first():
        return {"overturned": [counted]}
    return {"level_after": next(key for key in reference_for(assessment.digest).levels() if key != assessment.level)}


def _appeal(case, number):
    appeal(
        assessment=newest_assessment(case),
        who=(Appellant.AUTHOR, Appellant.READER)[number % 2],
        words=words.APPEALS[number % len(words.APPEALS)],
        submission=f"{posts.MARK}appeal-{number}",
    )
