"""What is referred to moderators becomes cases: one for each text, however often it comes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.assessing import reassess
from assessments.moderation.cases import let_go, refer, take_up
from assessments.moderation.models import Band, Case, CaseState, Referral, ReferralSource
from assessments.moderation.sameness import fingerprint, near_marks
from posts.retention import delete_post
from tests.factories import CLAIM_TEXT, HARM_TEXT, a_case, a_crisis_case, a_flag, a_ruling, an_assessment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published", "one_reading")]

LONG = (
    "Last spring I began to walk by the river every single morning before work, and after a while the grey mood that "
    "had been with me all winter began to lift a little. It may not help you at all, and that would be all right too."
)


def test_the_checklist_asks_for_a_person_and_each_assessment_becomes_work_once():
    assessment = an_assessment(HARM_TEXT, country="GB")
    an_assessment()  # nothing serious: no work

    assert (take_up(), take_up()) == (1, 0)

    case = Case.objects.get()
    assert (case.band, case.state, case.country, case.language) == (Band.CRISIS, "open", "GB", assessment.language)
    assert (case.sources, case.sections, case.referrals_count, case.posts_count) == (["machine"], ["content"], 1, 1)
    assert [referral.reasons for referral in case.referrals.all()] == [assessment.review_reasons]
    assert case.due_at > case.opened_at


def test_a_reader_s_flag_becomes_a_case_with_the_band_of_its_kind():
    a_flag(an_assessment("One text that a reader doubts, for whatever reason."), kind="wrong_result")
    a_flag(an_assessment("Another text that a reader is worried about."), kind="look_at_post")

    assert list(Case.objects.in_order().values_list("band", flat=True)) == [Band.WORRY, Band.DOUBT]


def test_the_same_words_are_one_case_whatever_else_differs():
    for text in (CLAIM_TEXT, CLAIM_TEXT.upper(), CLAIM_TEXT.replace(" ", "  ") + " !!!"):
        a_flag(an_assessment(text))

    case = Case.objects.get()
    assert (case.posts_count, case.referrals_count) == (3, 3)
    assert all(member.is_exact for member in case.members.all())


def test_nearly_the_same_words_join_a_waiting_case_and_others_do_not():
    case = a_case(LONG)
    a_flag(an_assessment(LONG.replace("single ", "") + " Really."))
    a_flag(an_assessment(" ".join(reversed(LONG.split()))))

    assert Case.objects.count() == 2
    assert [member.is_exact for member in case.members.all()] == [True, False]


def test_a_decided_case_takes_only_the_very_same_words(moderator):
    case = a_case(LONG)
    a_ruling(case, by=moderator)

    a_flag(an_assessment(LONG.replace("single ", "") + " Really."))

    assert Case.objects.count() == 2
    assert case.members.count() == 1


def test_the_more_pressing_reason_gives_the_band():
    a_flag(an_assessment(HARM_TEXT), kind="wrong_result")

    assert Case.objects.get().band == Band.CRISIS


def test_referring_twice_changes_nothing():
    flag = a_flag(an_assessment())

    for _ in range(2):
        refer(assessment=flag.assessment, source=ReferralSource.READER, flag=flag)

    assert Case.objects.get().referrals_count == Referral.objects.count() == 1


def test_the_decision_reaches_a_new_post_with_the_same_words_and_nobody_reads_it_again(moderator):
    a_ruling(a_crisis_case(), by=moderator, note="We read it, the report is right.")
    later = an_assessment(HARM_TEXT)

    take_up()

    case = Case.objects.get()
    assert (case.state, case.posts_count) == (CaseState.DECIDED, 2)
    assert [review.note for review in later.reviews.standing()] == ["We read it, the report is right."]


def test_a_reader_who_disagrees_with_a_decision_opens_the_case_again(moderator):
    case = a_crisis_case()
    a_ruling(case, by=moderator)
    before = Case.objects.get().version

    a_flag(case.members.get().post.assessments.get(), kind="wrong_result")

    case.refresh_from_db()
    assert (case.state, case.decided_at, case.version) == (CaseState.OPEN, None, before + 1)
    assert Case.objects.readable_by(moderator).filter(pk=case.pk).exists()


def test_a_new_check_that_says_the_same_needs_no_person(moderator):
    case = a_crisis_case()
    a_ruling(case, by=moderator)

    reassess(post=case.members.get().post)
    take_up()

    case.refresh_from_db()
    assert (case.state, case.sources) == (CaseState.DECIDED, ["machine", "recheck"])


def test_a_case_without_posts_is_gone_and_nothing_of_the_words_is_left():
    case = a_case(LONG)
    fingerprint = case.fingerprint
    delete_post(key=case.members.get().post.key)

    assert (let_go(), let_go()) == (1, 0)

    case.refresh_from_db()
    assert (case.state, case.near_marks, case.posts_count) == (CaseState.GONE, [], 0)
    assert case.fingerprint != fingerprint
    a_flag(an_assessment(LONG))
    assert Case.objects.waiting().count() == 1


def test_severe_cases_and_a_share_of_the_others_are_read_twice(settings):
    settings.SECOND_READING_OF_SEVERE = True
    assert a_crisis_case().needs_second
    assert not a_case().needs_second

    settings.SECOND_READING_SHARE = 1.0
    assert a_case("Another text, about nothing in particular.").needs_second


def test_taking_one_up_asks_as_much_when_three_wait_as_when_one_does():
    for number in range(4):
        an_assessment(f"{HARM_TEXT} For the {number}. time.")
    take_up(most=1)

    asked = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as queries:
            assert take_up(most=1) == 1
        asked.append(len(queries))

    assert len(set(asked)) == 1


def test_marks_say_nothing_without_the_key(settings):
    before = fingerprint(LONG), near_marks(LONG)
    settings.SECRET_KEY = "another key, so that the marks of a stolen table cannot be tried out"

    assert fingerprint(LONG) != before[0]
    assert not set(near_marks(LONG)) & set(before[1])


def test_marks_are_the_same_on_every_machine_and_short_texts_have_none():
    assert near_marks(LONG) == near_marks(LONG.upper())
    assert near_marks("Three words here") == []
