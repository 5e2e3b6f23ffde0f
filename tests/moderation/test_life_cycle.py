"""The whole life of cases, played in any order: hypothesis looks for a row of actions after which a promise is broken.

Everything goes through the real actions on a real PostgreSQL; refusals are answers like any other. What must hold is
said below, in `invariant`s, and worked out from the rows without asking the code that wrote them.
`EXAMPLES=500 pytest tests/moderation/test_life_cycle.py` plays longer.
"""

import re
from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from assessments.models import Assessment, AuditEntry
from assessments.moderation.assigning import LEASE, AssigningError, assign, release, take_next
from assessments.moderation.cases import SplitError, let_go, split_off, take_up
from assessments.moderation.deciding import DecidingError, decide, undo
from assessments.moderation.models import Appeal, AppealState, Case, CasePost, CaseState, Flag, Ruling, State
from assessments.moderation.sameness import fingerprint
from assessments.roles import MODERATORS, SENIOR_MODERATORS
from posts.intake import PostError
from posts.models import Post
from posts.retention import delete_post, purge
from tests.examples import examples
from tests.factories import CLAIM_TEXT, HARM_TEXT, a_browser, a_flag, a_reason, a_user, an_appeal, an_assessment

# One that two people read, one that the checklist sends nobody, and one that is nearly the first of them.
TEXTS = (HARM_TEXT, CLAIM_TEXT, CLAIM_TEXT.upper(), f"{CLAIM_TEXT} Really.")
NOTE, REPLY = "The note of a zebrafinch.", "The reply of a quokka."
WAITING = {CaseState.OPEN, CaseState.SECOND, CaseState.THIRD}
STEPS = 30
PEOPLE = st.integers(0, 3)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]


class Nothing(Exception):
    """Undoes what one example did."""


class LifeOfCases(RuleBasedStateMachine):
    """Three moderators, a senior one, and readers. `done` counts what went well, by the verb of the audit trail."""

    def __init__(self):
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.people = [a_user(name, group=MODERATORS) for name in ("ann", "ben", "cat")]
        self.people.append(a_user("sue", group=SENIOR_MODERATORS))
        self.reasons = {decision: a_reason(decision) for decision in ("stands", "withdrawn")}
        self.browser = a_browser(self.people[0])
        self.done = Counter()
        self.before = Counter(AuditEntry.objects.values_list("verb", flat=True))

    def teardown(self):
        self.example.__exit__(Nothing, Nothing(), None)

    # --- what readers do ----------------------------------------------------------------------------------------------

    @rule(text=st.sampled_from(TEXTS))
    def paste(self, text):
        an_assessment(text)

    @rule(data=st.data())
    def flag(self, data):
        self.try_to(PostError, a_flag, self.some(data, Assessment.objects), kind="dangerous")

    @rule(data=st.data())
    def appeal(self, data):
        self.try_to(PostError, an_appeal, self.some(data, Assessment.objects))

    @rule(data=st.data())
    def delete_own_post(self, data):
        post = self.some(data, Post.objects)
        if post:
            delete_post(key=post.key)
            let_go()

    # --- what the clock does ------------------------------------------------------------------------------------------

    @rule()
    def take_up(self):
        take_up()

    @rule()
    def lease_runs_out(self):
        Case.objects.exclude(assigned_to=None).update(assigned_until=timezone.now() - LEASE)

    @rule(days=st.sampled_from([1, 31, 91]))
    def purge(self, days):
        now = timezone.now() + timedelta(days=days)
        over = set(Post.objects.filter(expires_at__lte=now).values_list("pk", flat=True))
        assert purge(now=now) == len(over)
        assert days < 91 or not Post.objects.exists(), "nothing is kept longer than was promised"
        let_go()

    # --- what moderators do -------------------------------------------------------------------------------------------

    @rule(who=PEOPLE)
    def take(self, who):
        held = Case.objects.filter(assigned_to=self.people[who]).values_list("pk", flat=True)
        before = set(held)
        case = take_next(by=self.people[who])
        self.done["assign"] += case is not None and case.pk not in before

    @rule(data=st.data(), who=PEOPLE)
    def take_this_one(self, data, who):
        case, person = self.some(data, Case.objects), self.people[who]
        if case and self.try_to(AssigningError, assign, case=case, by=person):
            self.done["assign"] += case.assigned_to_id != person.pk

    @rule(data=st.data(), who=PEOPLE)
    def leave_it(self, data, who):
        case = self.some(data, Case.objects)
        self.done["release"] += bool(case and release(case=case, by=self.people[who]))

    @rule(data=st.data(), who=PEOPLE, decision=st.sampled_from(["stands", "withdrawn"]), is_late=st.booleans())
    def answer(self, data, who, decision, is_late):
        case = self.some(data, Case.objects)
        about = {"decision": decision, "reason": self.reasons[decision], "note": NOTE, "reply": REPLY}
        ruling = case and self.try_to(
            DecidingError, decide, case=case, by=self.people[who], version=case.version - is_late, **about
        )
        assert not (ruling and is_late), "an answer about a case as it was before"
        self.done["answer"] += bool(ruling)

    @rule(data=st.data(), who=PEOPLE)
    def undo(self, data, who):
        ruling = self.some(data, Ruling.objects)
        if ruling and self.try_to(DecidingError, undo, ruling=ruling, by=self.people[who], reason=NOTE):
            self.done["undo"] += 1

    @rule(data=st.data(), who=PEOPLE)
    def split_off(self, data, who):
        post = self.some(data, Post.objects)
        if post and self.try_to(SplitError, split_off, post=post, by=self.people[who]):
            self.done["split off"] += 1

    @precondition(lambda self: Case.objects.exists())
    @rule()
    def look_at_the_queue(self):
        page = self.browser.get("/moderation/").content.decode()  # takes up what waits to be, as it does for people
        listed = set(re.findall(r'href="/moderation/cases/([^/"]+)/"', page))
        waiting = {case.key for case in Case.objects.all() if state_of(case) in WAITING}
        assert listed == waiting, "the queue shows exactly the open cases"

    # --- what must hold -----------------------------------------------------------------------------------------------

    @invariant()
    def every_case_is_in_the_one_state_that_its_answers_say(self):
        for case in Case.objects.all():
            assert case.state == state_of(case)
            assert case.posts_count == case.members.count()
            if case.state == CaseState.GONE:
                continue  # what was decided stays, for the figures
            final = [one for one in standing(case) if one.is_final]
            assert [one.created_at for one in final] == ([case.decided_at] if case.state == CaseState.DECIDED else [])

    @invariant()
    def nothing_is_decided_twice(self):
        assert Ruling.objects.count() == self.done["answer"]
        for case in Case.objects.all():
            answers = standing(case)
            assert len({one.by_id for one in answers}) == len({one.round for one in answers}) == len(answers) <= 3
            for final in (one for one in answers if one.is_final):
                told = [review.assessment.post_id for review in final.reviews.select_related("assessment")]
                assert sorted(told) == sorted(case.members.values_list("post", flat=True))

    @invariant()
    def an_appeal_is_answered_by_somebody_who_did_not_decide_before(self):
        for appeal in Appeal.objects.select_related("ruling", "case"):
            # The case that its answer belongs to is the one in which its reader looks for it.
            assert appeal.case.members.filter(post__assessments=appeal.assessment_id).exists()
            if appeal.state == AppealState.WAITING:
                assert appeal.case.state in WAITING
                continue
            earlier = appeal.case.rulings.filter(created_at__lt=appeal.created_at, undone_at=None)
            assert appeal.ruling.by_id not in set(earlier.values_list("by", flat=True))
            assert (appeal.ruling.undone_at, appeal.reply) == (None, REPLY)

    @invariant()
    def the_trail_has_each_change_once(self):
        verbs = Counter(AuditEntry.objects.values_list("verb", flat=True)) - self.before
        assert {verb: verbs[verb] for verb in ("assign", "release", "answer", "undo", "split off")} == {
            verb: self.done[verb] for verb in ("assign", "release", "answer", "undo", "split off")
        }

    @invariant()
    def what_is_deleted_leaves_no_words(self):
        alive = {fingerprint(post.text) for post in Post.objects.all()}
        for case in Case.objects.filter(state=CaseState.GONE).prefetch_related("rulings"):
            assert (case.near_marks, case.assigned_to_id) == ([], None)
            assert case.fingerprint not in {fingerprint(text) for text in TEXTS} - alive
            assert not any(NOTE in (one.note, one.undone_reason) for one in case.rulings.all())
        posts = set(Post.objects.values_list("pk", flat=True))
        assert set(Assessment.objects.values_list("post", flat=True)) <= posts
        assert set(CasePost.objects.values_list("post", flat=True)) <= posts

    @invariant()
    def a_decided_case_has_no_open_flag(self):
        flags = Flag.objects.filter(state=State.OPEN, assessment__post__case_membership__case__state=CaseState.DECIDED)
        assert not flags.exists()

    # --- tools --------------------------------------------------------------------------------------------------------

    def some(self, data, rows):
        """One of the rows, or None when there is none."""
        found = list(rows.order_by("pk"))
        return data.draw(st.sampled_from(found), label=rows.model.__name__) if found else None

    def try_to(self, refusal, action, *args, **about):
        """What the action gives, or None when it refuses, or when there is nothing to do it to."""
        if args == (None,):
            return None
        try:
            return action(*args, **about)
        except refusal:
            return None


def standing(case):
    """The answers of the present round of readings that were not taken back, the oldest first."""
    return list(case.rulings.filter(undone_at=None, is_open=True).order_by("created_at", "id"))


def state_of(case):
    """The state that a case must be in: it has posts or none, and enough answers or not."""
    if not case.members.exists():
        return CaseState.GONE
    answers = standing(case)
    if len(answers) == 3 or (len(answers) == 2 and answers[0].decision == answers[1].decision):
        return CaseState.DECIDED
    if len(answers) == 1 and not case.needs_second:
        return CaseState.DECIDED
    return (CaseState.OPEN, CaseState.SECOND, CaseState.THIRD)[len(answers)]


def test_no_row_of_actions_breaks_a_promise():
    # Every example begins with the published checklist and ends by taking everything back.
    how = settings(
        max_examples=examples(6), stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(LifeOfCases, settings=how)
