"""Practice cases: met among the real ones, once each, changing nothing but what we know of ourselves."""

import re

import pytest
from django.utils import timezone

from assessments.assessing import ReviewError, reassess
from assessments.moderation import golden
from assessments.moderation.assigning import NotForYou, assign, skip, take_next
from assessments.moderation.cases import let_go, take_up
from assessments.moderation.deciding import PracticeStays, undo
from assessments.moderation.models import Case, CaseState, GoldenCase, Ruling
from posts.models import Post
from posts.retention import purge
from tests.factories import CLAIM_TEXT, a_case, a_crisis_case, a_golden_case, a_ruling, an_assessment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]


@pytest.fixture(autouse=True)
def always_practice(settings):
    settings.GOLDEN_SHARE_PERCENT = 100


@pytest.fixture
def practice(admin):
    return a_golden_case(by=admin)


class TestHandedOut:
    def test_it_comes_instead_of_a_real_case_and_looks_like_one(self, practice, moderator, signed_in):
        real = a_case("Some other text.")

        taken = take_next(by=moderator)

        page = signed_in(moderator).get(f"/moderation/cases/{taken.key}/").content.decode()
        assert (taken, real.reader_now()) == (practice.case, None)
        assert "Waits for a first reading" in page
        assert not re.search("practice|golden", page.partition("<main")[2], re.IGNORECASE)
        assert timezone.now() - taken.opened_at < timezone.timedelta(hours=1)
        assert taken.referrals.get().created_at == taken.opened_at

    def test_what_one_holds_comes_again_and_others_get_it_after(self, practice, moderator, other):
        assert take_next(by=moderator) == take_next(by=moderator) == practice.case
        assert take_next(by=other) is None

        a_ruling(practice.case, by=moderator)

        assert take_next(by=moderator) is None
        assert take_next(by=other) == practice.case
        with pytest.raises(NotForYou):
            assign(case=practice.case, by=moderator)

    def test_never_while_a_crisis_waits(self, practice, moderator):
        crisis = a_crisis_case()

        assert take_next(by=moderator) == crisis

    def test_not_at_all_when_it_is_switched_off(self, practice, moderator, admin, settings):
        settings.GOLDEN_SHARE_PERCENT = 0
        assert take_next(by=moderator) is None
        settings.GOLDEN_SHARE_PERCENT = 100

        golden.switch_off(golden=practice, by=admin)

        assert take_next(by=moderator) is None

    def test_not_when_a_newer_report_may_need_another_answer(self, practice, moderator):
        reassess(post=practice.assessment.post)

        assert take_next(by=moderator) is None

    def test_whoever_skips_it_is_not_asked_again(self, practice, moderator):
        skip(case=take_next(by=moderator), by=moderator, reason="topic")

        assert take_next(by=moderator) is None


class TestAnswered:
    def test_it_changes_no_report_and_no_state(self, practice, moderator, client):
        ruling = a_ruling(practice.case, by=moderator, decision="withdrawn", note="Nobody should read this.")

        practice.case.refresh_from_db()
        page = client.get(f"/reports/{practice.assessment.post.key}/").content.decode()
        assert (practice.case.state, ruling.round, ruling.is_final) == (CaseState.GOLDEN, "golden", False)
        assert "Nobody should read this." not in page
        assert not practice.assessment.reviews.exists()
        with pytest.raises(PracticeStays):
            undo(ruling=ruling, by=moderator, reason="I pressed the wrong button.")

    def test_whoever_answered_learns_what_was_expected_and_nobody_else(self, practice, moderator, other, signed_in):
        right = a_ruling(practice.case, by=other)
        wrong = a_ruling(practice.case, by=moderator, decision="withdrawn")

        mine = signed_in(moderator).get("/moderation/practice/").content.decode()

        assert "as expected" in golden.said_after(right)
        assert "Expected was: the report stands as it is. It says what it should say." in golden.said_after(wrong)
        assert "Expected was: the report stands as it is." in mine
        assert mine.count("You said:") == 1
        assert golden.said_after(a_ruling(a_case("Some other text."), by=moderator)) == ""


class TestKeptApart:
    def test_it_stands_in_no_list_and_its_words_are_nobody_elses(self, practice, moderator, signed_in):
        page = signed_in(moderator).get("/moderation/").content.decode()
        twin = a_case(CLAIM_TEXT)
        take_up()

        assert practice.case.key not in page
        assert twin != practice.case
        assert list(Case.objects.waiting()) == [twin]
        assert not an_assessment(CLAIM_TEXT).reviews.exists()

    def test_its_post_outlives_the_others_until_it_is_switched_off(self, practice, admin):
        far = timezone.now() + timezone.timedelta(days=3_650)
        purge(now=far)
        assert Post.objects.filter(pk=practice.assessment.post_id).exists()

        golden.switch_off(golden=practice, by=admin)
        golden.switch_off(golden=practice, by=admin)
        purge(now=far)
        let_go()

        assert not Post.objects.filter(pk=practice.assessment.post_id).exists()
        assert Case.objects.get().state == CaseState.GONE


class TestWritten:
    FORM = {"text": CLAIM_TEXT, "is_made_up": "on", "decision": "stands", "why": "It is right."}

    @pytest.fixture
    def send(self, signed_in, admin):
        browser = signed_in(admin)

        def sent(**changes):
            page = browser.get("/moderation/practice/write/").content.decode()
            submission = re.search(r'name="submission" value="([^"]+)"', page)[1]
            return browser.post("/moderation/practice/write/", {**self.FORM, "submission": submission, **changes})

        return sent

    def test_a_senior_looks_first_and_keeps_it_then(self, send):
        looked = send(look="1").content.decode()
        assert "Check before you trust it" in looked
        assert CLAIM_TEXT in looked
        assert not Post.objects.exists()

        assert send().status_code == 302
        assert (GoldenCase.objects.count(), Ruling.objects.count()) == (1, 0)

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"text": "   "}, "Paste the words of a post first"),
            ({"text": "!!!"}, "We can only read words"),
            ({"text": "x " * 6_000}, "This post is too long"),
            ({"why": "  "}, "This field is required"),
            ({"decision": "corrected"}, "A correction must change something"),
            ({"decision": "corrected", "overturned": "Z9-none"}, "Select a valid choice"),
            ({"is_made_up": ""}, "Only made-up words"),
            ({"submission": "forged"}, ""),
        ],
    )
    def test_what_cannot_be_is_said_and_nothing_is_kept(self, send, changes, says):
        answer = send(**changes)

        assert answer.status_code == 422
        assert says in answer.content.decode()
        assert not Post.objects.exists()

    def test_an_answer_that_nobody_could_give_is_refused(self, admin):
        with pytest.raises(ReviewError):
            a_golden_case(by=admin, decision="corrected", level_after="no-such-level")

        assert not Post.objects.exists()

    def test_moderators_do_not_write_them(self, signed_in, moderator, practice):
        browser = signed_in(moderator)

        assert browser.get("/moderation/practice/write/").status_code == 403
        assert browser.post(f"/moderation/practice/{practice.pk}/switch-off/").status_code == 403
        assert "All practice cases" not in browser.get("/moderation/practice/").content.decode()
