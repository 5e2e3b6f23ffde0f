"""One press below an answer: hard to understand, or wrong. It is counted for the editors and asks nobody to look."""

import re

import pytest

from assessments.moderation.models import Case, Flag, Vote
from assessments.moderation.voting import MOST, vote
from posts.front_door import new_submission
from posts.retention import delete_post
from tests.factories import a_post, a_share_link, an_assessment
from tests.public_forms import SAME_ORIGIN

pytestmark = pytest.mark.django_db

BUTTON = re.compile(r'<button form="votes"[^>]* name="vote" value="([^"]+)"')


@pytest.fixture
def assessment(published):
    return an_assessment("Running cures depression, and it works for everybody.")


def press(client, assessment, value, *, headers=SAME_ORIGIN, **fields):
    fields = {"vote": value, "submission": new_submission()} | fields
    return client.post(f"/reports/{assessment.post.key}/vote/", fields, headers=headers)


def report_of(client, assessment):
    return client.get(f"/reports/{assessment.post.key}/").content.decode()


def test_every_answer_has_two_buttons_that_work_with_one_form(client, assessment):
    page = report_of(client, assessment)
    values = BUTTON.findall(page)
    cards = page.count('<article class="card')
    assert len(values) == 2 * cards > 0
    number = re.search(r'<form id="votes".*?name="submission" value="([^"]+)"', page)[1]

    for value in values:
        answer = press(client, assessment, value, submission=number)
        assert answer["Location"] == f"/reports/{assessment.post.key}/vote/sent/"

    assert "We count this." in client.get(answer["Location"]).content.decode()
    assert sorted(f"{one.kind} {one.item}" for one in Vote.objects.all()) == sorted(values)


def test_it_opens_no_case(client, assessment):
    press(client, assessment, "wrong C1-known-claims")

    assert not Case.objects.exists()
    assert not Flag.objects.exists()


def test_pressing_twice_is_one_vote(client, assessment):
    number = new_submission()

    for _ in range(2):
        assert press(client, assessment, "hard C1-known-claims", submission=number).status_code == 302

    assert Vote.objects.count() == 1


def test_votes_are_counted_by_question(assessment):
    for number, (kind, item) in enumerate(
        [
            ("hard", "C1-known-claims"),
            ("hard", "C1-known-claims"),
            ("wrong", "C1-known-claims"),
            ("wrong", "B1-everyone"),
        ]
    ):
        vote(assessment=assessment, item=item, kind=kind, submission=f"vote-{number}")

    assert list(Vote.objects.by_question()) == [
        {"item": "B1-everyone", "hard": 0, "wrong": 1},
        {"item": "C1-known-claims", "hard": 2, "wrong": 1},
    ]


@pytest.mark.parametrize(
    "value", ["", "hard", "hard Z9-nothing", "loved C1-known-claims", "hard C1-known-claims<script>", "\x00 \x00"]
)
def test_forged_buttons_count_nothing(client, assessment, value):
    answer = press(client, assessment, value)

    assert answer.status_code == 422
    assert "This is not one of the answers in your report." in answer.content.decode()
    assert not Vote.objects.exists()


@pytest.mark.parametrize(("headers", "number"), [({}, None), (SAME_ORIGIN, "forged")])
def test_votes_come_through_the_front_door(client, assessment, headers, number):
    answer = press(client, assessment, "hard C1-known-claims", headers=headers, submission=number or new_submission())

    assert answer.status_code == 403
    assert not Vote.objects.exists()


def test_voting_is_limited_by_address_and_by_report(client, assessment, settings):
    for number in range(MOST):
        vote(assessment=assessment, item="B1-everyone", kind="hard", submission=f"vote-{number}")
    answer = press(client, assessment, "hard C1-known-claims")
    assert answer.status_code == 422
    assert "We have all we need from it" in answer.content.decode()

    settings.RATE_LIMIT_PER_ADDRESS = 0
    answer = press(client, assessment, "hard C1-known-claims")

    assert (answer.status_code, Vote.objects.count()) == (429, MOST)
    assert answer["Retry-After"]


def test_who_only_got_a_link_has_no_buttons(client, assessment):
    page = client.get(f"/shared/{a_share_link(assessment.post).key}/").content.decode()

    assert "Question C1-known-claims?" in page
    assert BUTTON.findall(page) == []


def test_votes_go_with_the_post_and_there_are_none_before_there_is_a_report(client, assessment):
    press(client, assessment, "hard C1-known-claims")
    delete_post(key=assessment.post.key)

    assert not Vote.objects.exists()
    assert client.post(f"/reports/{a_post().key}/vote/", {}, headers=SAME_ORIGIN).status_code == 404
