"""What readers see of a person's decision: on every report of the post, with its rule, and nothing of others."""

from html import unescape

import pytest

from assessments import publishing
from assessments.assessing import reassess
from assessments.moderation.cases import take_up
from assessments.moderation.deciding import undo
from assessments.moderation.models import Case
from tests.factories import (
    CLAIM_TEXT,
    HARM_TEXT,
    a_case,
    a_crisis_case,
    a_flag,
    a_reason,
    a_review,
    a_ruling,
    a_share_link,
    an_appeal,
    an_assessment,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published", "one_reading")]

SECRET = "Quokkas are mentioned, says my sister."


def post_of(case):
    return case.members.first().post


def page_at(client, address):
    return client.get(address).content.decode()


def report_of(client, post):
    return page_at(client, f"/reports/{post.key}/")


def test_the_rule_behind_a_decision_is_on_the_report_and_on_a_shared_one(client, moderator):
    case = a_case()
    reason = a_reason()
    a_ruling(case, by=moderator, reason=reason)
    reason.policy = "Reworded since."
    reason.save()

    pages = report_of(client, post_of(case)), page_at(client, f"/shared/{a_share_link(post_of(case)).key}/")

    for page in pages:
        assert "The rule behind it" in page
        assert case.rulings.get().policy in unescape(page)
        assert "Reworded since." not in page


def test_a_decision_without_a_rule_shows_none(client, moderator):
    assessment = an_assessment()
    a_review(assessment, by=moderator)

    assert "The rule behind it" not in report_of(client, assessment.post)


@pytest.mark.parametrize("kind", ["wrong_result", "dangerous", "look_at_post"])
def test_who_told_us_reads_what_came_of_it_and_never_what_was_written(client, moderator, kind):
    assessment = an_assessment()
    flag = a_flag(assessment, kind=kind, reason=SECRET)
    page = report_of(client, assessment.post)
    assert f"somebody told us: “{flag.get_kind_display()}”. A person will look." in " ".join(page.split())

    a_ruling(Case.objects.get(), by=moderator)

    page = report_of(client, assessment.post)
    assert "A person looked on" in page
    assert "A person will look." not in page
    assert "Quokka" not in page


def test_a_shared_report_tells_of_the_decision_and_not_of_its_owner_s_messages(client, moderator):
    case = a_case()
    a_flag(post_of(case).assessments.get(), reason=SECRET)
    a_ruling(case, by=moderator, note="We read it.")
    an_appeal(post_of(case).assessments.get(), words=SECRET)

    page = page_at(client, f"/shared/{a_share_link(post_of(case)).key}/")

    assert "We read it." in page
    assert "somebody asked us to look again" in page
    assert "somebody told us" not in page
    assert "Quokka" not in page
    assert post_of(case).key not in page
    assert moderator.username not in page.partition("<main")[2]


def test_a_report_that_was_made_again_says_that_the_decision_was_about_the_earlier_one(client, moderator):
    case = a_crisis_case()
    a_ruling(case, by=moderator, note="We read it.")
    post = post_of(case)
    first = post.assessments.get()
    publishing.publish(publishing.start_draft(by=None), by=None, note="The same again.")

    reassess(post=post)
    assert "This was about an earlier report on this post." in report_of(client, post)
    assert "The rule behind it" in report_of(client, post)

    take_up()

    page = report_of(client, post)
    assert "We read it." in page
    assert "This was about an earlier report on this post." not in page
    assert "We read it." in page_at(client, f"/reports/{post.key}/earlier/{first.pk}/")


def test_the_readers_of_later_posts_with_the_same_words_hear_of_it_too(client, moderator):
    a_ruling(a_case(), by=moderator, note="We read it.")
    later, different = an_assessment(CLAIM_TEXT.upper()), an_assessment(f"{CLAIM_TEXT} Not quite the same.")

    assert take_up() == 0

    case = Case.objects.get()
    assert "We read it." in report_of(client, later.post)
    assert "We read it." not in report_of(client, different.post)
    assert (case.state, case.posts_count, case.referrals_count) == ("decided", 2, 1)
    take_up()
    assert later.reviews.count() == 1


def test_and_those_who_came_while_it_waited(client, moderator):
    case = a_case()
    twin = an_assessment(CLAIM_TEXT)
    take_up()

    a_ruling(case, by=moderator, note="We read it.")

    assert "We read it." in report_of(client, twin.post)


def test_an_undone_decision_is_shown_nowhere_any_more(client, moderator):
    case = a_crisis_case()
    an_assessment(HARM_TEXT)
    take_up()
    ruling = a_ruling(case, by=moderator, note="We read it.")
    posts = [member.post for member in case.members.all()]
    assert len(posts) == 2
    shared = a_share_link(posts[0])

    undo(ruling=ruling, by=moderator, reason="A slip of the hand.")

    pages = [report_of(client, post) for post in posts] + [page_at(client, f"/shared/{shared.key}/")]
    for page in pages:
        assert "We read it." not in page
        assert "The rule behind it" not in page
        assert "A slip of the hand." not in page


def test_on_paper_the_decision_and_its_rule_are_kept_and_the_buttons_are_not(client, moderator):
    case = a_case()
    a_ruling(case, by=moderator)

    page = report_of(client, post_of(case))

    asking = page.partition("Do you think the person got it wrong?")[0].rpartition("<p")[2]
    assert 'class="screen"' in asking
    voting = page.partition("Clear?")[0].rpartition("<p")[2]
    assert 'class="aside screen"' in voting
