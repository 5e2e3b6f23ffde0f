"""What people decide about a case, who may, and what readers see of it."""

import pytest
from django.utils import timezone

from assessments.assessing import ReviewError
from assessments.moderation import deciding
from assessments.moderation.assigning import assign, take_over
from assessments.moderation.deciding import UNDO_WINDOW, decide, undo
from assessments.moderation.models import Case, CaseState, Flag, Ruling
from assessments.roles import MODERATORS
from posts.retention import delete_post
from tests.factories import (
    CLAIM_TEXT,
    HARM_TEXT,
    a_case,
    a_crisis_case,
    a_flag,
    a_reason,
    a_ruling,
    a_user,
    an_assessment,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published", "one_reading")]


@pytest.fixture
def third(db):
    return a_user("third", group=MODERATORS)


def correct(case, *, by, **about):
    return a_ruling(case, by=by, decision="corrected", level_after="read-with-care", **about)


def test_a_decision_reaches_every_post_with_these_words_and_closes_their_flags(moderator, client):
    case = a_case()
    twin = an_assessment(CLAIM_TEXT.upper())
    a_flag(twin)

    ruling = correct(case, by=moderator, note="It is milder than we said.")

    case.refresh_from_db()
    assert (case.state, case.decided_at, ruling.is_final) == (CaseState.DECIDED, ruling.created_at, True)
    assert not Flag.objects.open().exists()
    for member in case.members.all():
        page = client.get(f"/reports/{member.post.key}/").content.decode()
        assert "It is milder than we said." in page
        assert "Read with care" in page


def test_the_same_case_is_never_decided_twice(moderator, other):
    case = a_case()
    read = case.version
    a_ruling(case, by=moderator)

    with pytest.raises(deciding.AlreadyDecided, match="mo decided this while you read it"):
        decide(case=case, by=other, version=read, decision="stands", reason=a_reason(), note="Mine.")

    assert Ruling.objects.count() == 1


def test_a_case_that_somebody_took_over_is_not_decided_by_the_first(moderator, other):
    case = a_case()
    assign(case=case, by=moderator)
    take_over(case=case, by=other, note="Mo went home.")

    with pytest.raises(deciding.SomebodyElseReads, match="other took this case over"):
        a_ruling(case, by=moderator)


def test_a_lease_that_ran_out_does_not_matter_when_nobody_else_came(moderator):
    case = a_case()
    assign(case=case, by=moderator)
    Case.objects.filter(pk=case.pk).update(assigned_until=timezone.now())

    assert a_ruling(case, by=moderator).is_final


def test_a_deleted_post_cannot_be_decided(moderator):
    case = a_case()
    delete_post(key=case.members.get().post.key)

    with pytest.raises(deciding.PostDeleted):
        a_ruling(case, by=moderator)


@pytest.mark.parametrize(
    ("about", "error"),
    [
        ({"decision": "corrected", "reason": "stands"}, deciding.NotAReason),
        ({"note": "x" * 2_001}, deciding.NoteTooLong),
        ({"note": "  "}, ReviewError),
        ({"decision": "corrected", "overturned": ["Z9-no-such-question"]}, ReviewError),
        ({"decision": "corrected"}, ReviewError),
        ({"verdicts": [{"order": 99, "item": "C1-known-claims", "agrees": True}]}, deciding.NotTheirFinding),
        ({"missed": [{"item": "C1-known-claims", "answer": "high", "spans": [[0, 9999]]}]}, deciding.NotTheirFinding),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_stored(moderator, about, error):
    case = a_case()
    about = about | {"reason": a_reason(about.get("reason", about.get("decision", "stands")))}

    with pytest.raises(error):
        a_ruling(case, by=moderator, **about)

    case.refresh_from_db()
    assert (case.state, Ruling.objects.count()) == (CaseState.OPEN, 0)
    assert not case.members.get().post.assessments.get().reviews.exists()


class TestReadTwice:
    @pytest.fixture
    def case(self, settings):
        settings.SECOND_READING_OF_SEVERE = True
        return a_crisis_case()

    def test_two_who_agree_settle_it_and_only_then_readers_hear_of_it(self, case, moderator, other):
        first = a_ruling(case, by=moderator)
        case.refresh_from_db()
        assert (case.state, first.is_final, first.reviews.count()) == (CaseState.SECOND, False, 0)
        with pytest.raises(deciding.NotYourTurn):
            a_ruling(case, by=moderator)

        second = a_ruling(case, by=other)

        case.refresh_from_db()
        assert (case.state, second.is_final, second.round) == (CaseState.DECIDED, True, "second")
        assert second.reviews.count() == 1

    def test_where_two_differ_a_third_person_settles_it(self, case, moderator, other, third):
        a_ruling(case, by=moderator)
        correct(case, by=other)
        case.refresh_from_db()
        assert case.state == CaseState.THIRD

        settling = a_ruling(case, by=third)

        case.refresh_from_db()
        assert (case.state, settling.is_final, settling.round) == (CaseState.DECIDED, True, "third")
        assert Ruling.objects.filter(is_final=True).count() == 1


class TestUndo:
    def test_it_takes_back_what_readers_saw_and_opens_the_flags(self, moderator, client):
        case = a_case()
        ruling = correct(case, by=moderator, note="It is milder than we said.")
        with pytest.raises(deciding.UndoNeedsReason):
            undo(ruling=ruling, by=moderator, reason=" ")

        undo(ruling=ruling, by=moderator, reason="I pressed the wrong button.")

        case.refresh_from_db()
        page = client.get(f"/reports/{case.members.get().post.key}/").content.decode()
        assert "It is milder than we said." not in page
        assert (case.state, Flag.objects.open().count()) == (CaseState.OPEN, 1)
        assert a_ruling(case, by=moderator).is_final
        with pytest.raises(deciding.CannotUndo):
            undo(ruling=ruling, by=moderator, reason="Again.")

    def test_only_one_s_own_and_only_for_a_while(self, moderator, other, admin):
        ruling = a_ruling(a_case(), by=moderator)
        with pytest.raises(deciding.CannotUndo):
            undo(ruling=ruling, by=other, reason="I would not have said that.")
        Ruling.objects.filter(pk=ruling.pk).update(created_at=timezone.now() - UNDO_WINDOW)
        with pytest.raises(deciding.TooLateToUndo):
            undo(ruling=ruling, by=moderator, reason="Too late.")

        undo(ruling=ruling, by=admin, reason="A senior may.")

        ruling.refresh_from_db()
        assert (ruling.undone_by, ruling.undone_reason) == (admin, "A senior may.")

    def test_an_answer_that_another_followed_stays(self, moderator, other, settings):
        settings.SECOND_READING_OF_SEVERE = True
        case = a_crisis_case(HARM_TEXT)
        first = a_ruling(case, by=moderator)
        a_ruling(case, by=other)

        with pytest.raises(deciding.CannotUndo):
            undo(ruling=first, by=moderator, reason="I changed my mind.")
