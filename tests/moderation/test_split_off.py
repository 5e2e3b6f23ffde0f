"""Taking a post out of its case: it gets one of its own, and the decision does not reach it."""

import pytest

from assessments.moderation.assigning import assign, take_over
from assessments.moderation.cases import SplitError, split_off
from assessments.moderation.models import Case, CasePost
from assessments.roles import MODERATORS
from tests.factories import CLAIM_TEXT, a_case, a_flag, a_ruling, a_user, an_appeal, an_assessment
from tests.moderation.case_pages import address, page_of, send, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published", "one_reading")]


@pytest.fixture
def case(moderator):
    case = a_case()
    a_flag(an_assessment(CLAIM_TEXT.upper()), reason="It is a joke.")
    assign(case=case, by=moderator)
    case.refresh_from_db()
    return case


@pytest.fixture
def twin(case):
    return case.members.last().post


def test_the_page_says_what_the_decision_reaches(browser, case, twin):
    page = page_of(browser, case)

    assert "2 posts with these words" in page
    for member in case.members.all():
        assert f'href="/reports/{member.post.key}/"' in page
    assert "the very same words" in page
    assert address(case, f"posts/{twin.key}/split-off/") in page
    assert address(case, f"posts/{case.members.first().post.key}/split-off/") not in page


def test_a_post_that_was_taken_out_waits_on_its_own_and_keeps_its_report(browser, client, case, twin, moderator):
    before = case.version

    page = send(browser, case, f"posts/{twin.key}/split-off/", note="Half a sent").content.decode()

    case.refresh_from_db()
    new = Case.objects.get(members__post=twin)
    assert new != case
    assert (new.band, new.opened_at, new.sources, new.state) == (case.band, case.opened_at, ["reader"], "open")
    assert [referral.flag.reason for referral in new.referrals.all()] == ["It is a joke."]
    assert (case.posts_count, case.referrals_count, new.posts_count, new.referrals_count) == (1, 1, 1, 1)
    assert case.version == before + 1
    assert "Half a sent</textarea>" in page
    assert "The post has a case of its own now." in page
    assert f'name="version" value="{case.version}"' in page
    a_ruling(case, by=moderator, decision="withdrawn", note="It was wrong.")
    assert "It was wrong." not in client.get(f"/reports/{twin.key}/").content.decode()


def test_new_posts_with_these_words_come_to_the_first_case_still(case, twin, moderator):
    split_off(post=twin, by=moderator)
    third = an_assessment(CLAIM_TEXT)
    a_flag(third)

    assert CasePost.objects.get(post=third.post).case == case
    assert CasePost.objects.get(post=twin).case != case


def test_whoever_read_the_case_as_it_was_must_look_again(browser, case, twin, moderator):
    data = typed(case)
    split_off(post=twin, by=moderator)

    answer = browser.post(address(case, "decide/"), data)

    assert answer.status_code == 409
    assert "This case changed while you read it." in answer.content.decode()


class TestRefused:
    def test_the_post_that_is_read_stays(self, case, moderator):
        with pytest.raises(SplitError, match="the post that you read"):
            split_off(post=case.members.first().post, by=moderator)

    def test_a_decided_case_keeps_its_posts(self, browser, case, twin, moderator):
        a_ruling(case, by=moderator)

        answer = send(browser, case, f"posts/{twin.key}/split-off/")

        assert answer.status_code == 409
        assert "not in a case that waits" in answer.content.decode()
        assert CasePost.objects.get(post=twin).case == case

    def test_a_post_that_somebody_appealed_about_stays(self, browser, case, twin):
        an_appeal(twin.assessments.get())

        answer = send(browser, case, f"posts/{twin.key}/split-off/")

        assert "Somebody appealed about this post." in answer.content.decode()
        assert CasePost.objects.get(post=twin).case == case

    def test_somebody_else_reads_it(self, case, twin, moderator):
        take_over(case=case, by=a_user("other", group=MODERATORS), note="Mo went home.")

        with pytest.raises(SplitError, match="Somebody else reads this case"):
            split_off(post=twin, by=moderator)

    def test_a_post_of_another_case_or_without_the_right(self, browser, case, twin, signed_in, stranger):
        elsewhere = a_case("Some text.")

        assert send(browser, elsewhere, f"posts/{twin.key}/split-off/").status_code == 404
        assert send(signed_in(stranger), case, f"posts/{twin.key}/split-off/").status_code == 403
        assert CasePost.objects.get(post=twin).case == case
