"""Eight moderators at once, over real cases: nothing is decided twice, nothing is lost.

The whole 2,000 cases: `python -m tests.soak.moderators`. Here fewer, so that the suite stays quick.
"""

import pytest

from assessments.moderation.assigning import take_next
from assessments.roles import MODERATORS
from tests.factories import a_reason, a_user
from tests.soak.moderators import PEOPLE, Naive, answer, faults, make_cases, work

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("published")]

CASES = 80


@pytest.fixture
def people(settings):
    settings.SECOND_READING_OF_SEVERE, settings.SECOND_READING_SHARE, settings.GOLDEN_SHARE_PERCENT = False, 0, 0
    a_reason()
    return [a_user(f"person{number}", group=MODERATORS) for number in range(PEOPLE)]


def test_every_case_is_decided_once_and_none_is_lost(people):
    make_cases(CASES)

    seen = work(people, take=take_next, answer=answer)

    assert faults(seen, cases=CASES) == []
    assert len(seen.answered) == len(seen.refused) == CASES


def test_with_blind_second_readings_two_different_people_answer_each(people, settings):
    settings.SECOND_READING_SHARE = 1
    make_cases(CASES // 4)

    seen = work(people, take=take_next, answer=answer)

    assert faults(seen, cases=CASES // 4, readings=2) == []


def test_the_count_finds_what_code_without_locks_does(people):
    make_cases(2)
    naive = Naive(PEOPLE)

    seen = work(people, take=naive.take, answer=naive.answer)

    wrong = " ".join(faults(seen, cases=2))
    assert "1 cases handed to too many" in wrong
    assert "1 cases settled more than once" in wrong
    assert "2 cases lost" in wrong
