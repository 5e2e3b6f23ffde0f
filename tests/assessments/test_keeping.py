"""What the owner of a report can do with it: delete everything, check again, see how it was."""

import json
import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments import publishing
from assessments.assessing import reassess
from assessments.models import Assessment, AuditEntry
from assessments.moderation.cases import let_go
from assessments.moderation.models import Case
from assessments.moderation.sameness import fingerprint
from posts.front_door import new_submission
from posts.models import Post, RequestCount
from tests.factories import a_flag, a_post, a_review, a_share_link, an_assessment
from tests.public_forms import SAME_ORIGIN

pytestmark = pytest.mark.django_db

OWNERS_PAGES = ("share/", "delete/", "flag/", "flag/sent/", "check-again/", "earlier/1/")


def page_of(answer):
    return answer.content.decode()


def a_newer_checklist():
    """Version 2, without the claim about running."""
    draft = publishing.start_draft(by=None)
    draft.claim_rows.filter(key="running-cures-depression").delete()
    return publishing.publish(draft, by=None, note="We took a claim out: a new review found it too broad.")


def rows_in_every_table():
    """Without what is counted for the rate limit, and without the audit trail, which keeps what staff did."""
    left_out = {RequestCount._meta.db_table, AuditEntry._meta.db_table}
    with connection.cursor() as cursor:
        tables = sorted(set(connection.introspection.table_names(cursor)) - left_out)
        return {table: _count(cursor, table) for table in tables}


def _count(cursor, table):
    cursor.execute(f'SELECT count(*) FROM "{table}"')
    return cursor.fetchone()[0]


def check_again(client, post, *, headers=SAME_ORIGIN, submission=None):
    fields = {"submission": new_submission() if submission is None else submission}
    return client.post(f"/reports/{post.key}/check-again/", fields, headers=headers)


def delete(client, post, *, headers=SAME_ORIGIN):
    return client.post(f"/reports/{post.key}/delete/", headers=headers)


# --- the page ----------------------------------------------------------------------------------------------------


def test_the_report_shows_its_address_and_the_way_to_everything(client, published):
    post = an_assessment().post

    page = page_of(client.get(f"/reports/{post.key}/"))

    assert f'value="http://testserver/reports/{post.key}/" readonly' in page
    for link in ("share/", "delete/", "flag/?kind=wrong_result", "flag/?kind=look_at_post"):
        assert page.count(f'href="/reports/{post.key}/{link}"') == 1


@pytest.mark.parametrize("page", OWNERS_PAGES)
def test_a_wrong_key_opens_no_page(client, published, page):
    an_assessment()

    assert client.get(f"/reports/{'x' * 22}/{page}").status_code == 410


@pytest.mark.parametrize("page", OWNERS_PAGES)
def test_the_pages_of_an_expired_report_are_gone(client, published, page):
    post = an_assessment().post
    Post.objects.update(created_at=timezone.now() - timedelta(days=40), expires_at=timezone.now())

    assert client.get(f"/reports/{post.key}/{page}").status_code == 410


@pytest.mark.parametrize("page", OWNERS_PAGES[:-1])
def test_the_pages_are_private_and_set_no_cookies(client, published, page):
    answer = client.get(f"/reports/{an_assessment().post.key}/{page}")

    assert answer.status_code == 200
    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert answer["Referrer-Policy"] in ("no-referrer", "same-origin")
    assert "no-store" in answer["Cache-Control"]
    assert not answer.has_header("Set-Cookie")


# --- delete ------------------------------------------------------------------------------------------------------


def test_looking_at_the_question_deletes_nothing(client, published):
    post = an_assessment().post

    page = page_of(client.get(f"/reports/{post.key}/delete/"))

    assert "Delete everything now?" in page
    assert Post.objects.filter(pk=post.pk).exists()


def test_deleting_leaves_no_word_in_any_table(client, published, moderator):
    another = an_assessment()
    before = rows_in_every_table()
    assessment = an_assessment(author_line="Somebody")
    post = assessment.post
    reassess(post=post)
    a_review(assessment, by=moderator)
    a_flag(assessment)
    a_share_link(post)
    assert rows_in_every_table() != before

    answer = delete(client, post)

    assert answer.status_code == 200
    assert "It is deleted" in page_of(answer)
    assert "Nothing of it is left with us." in page_of(answer)
    let_go()
    left = {table for table, rows in rows_in_every_table().items() if rows != before[table]}
    # That somebody asked moderators to look, and nothing of what at.
    assert left == {"moderation_case", "moderation_referral"}
    assert not Case.objects.filter(fingerprint=fingerprint(post.text)).exists()
    assert list(Assessment.objects.all()) == [another]
    trail = json.dumps(list(AuditEntry.objects.values()), default=str)
    assert "decide" in trail
    assert not [words for words in (post.key, post.text, "Somebody", "We looked at it again.") if words in trail]


def test_deleting_twice_is_answered_kindly(client, published):
    post = an_assessment().post
    delete(client, post)

    again = delete(client, post)

    assert again.status_code == 410
    assert "There is nothing left to delete" in page_of(again)
    assert client.get(f"/reports/{post.key}/").status_code == 410


def test_a_shared_page_goes_with_the_post(client, published):
    link = a_share_link(an_assessment().post)
    delete(client, link.post)

    assert client.get(f"/shared/{link.key}/").status_code == 410


def test_what_expired_and_was_not_purged_yet_can_be_deleted(client, published):
    post = an_assessment().post
    Post.objects.update(created_at=timezone.now() - timedelta(days=40), expires_at=timezone.now())

    assert delete(client, post).status_code == 200
    assert not Post.objects.exists()


def test_a_post_without_a_report_can_be_deleted(client):
    post = a_post()

    assert delete(client, post).status_code == 200
    with pytest.raises(ObjectDoesNotExist):
        post.refresh_from_db()


def test_nothing_is_deleted_from_another_site(client, published):
    post = an_assessment().post

    answer = delete(client, post, headers={"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert Post.objects.count() == 1


# --- check again -------------------------------------------------------------------------------------------------


def test_nothing_newer_nothing_offered_and_nothing_made(client, published):
    assessment = an_assessment()

    page = page_of(client.get(f"/reports/{assessment.post.key}/"))
    check_again(client, assessment.post)

    assert "Check again" not in page
    assert list(Assessment.objects.all()) == [assessment]


def test_a_newer_checklist_is_offered_and_the_new_report_says_what_changed_and_why(client, published):
    post = an_assessment().post
    a_newer_checklist()
    assert "Check again with the newest checklist" in page_of(client.get(f"/reports/{post.key}/"))

    answer = check_again(client, post)

    assert (answer.status_code, answer["Location"]) == (302, f"/reports/{post.key}/")
    page = page_of(client.get(f"/reports/{post.key}/"))
    assert "Before: Check before you trust it. Now: <strong>Read with care</strong>." in page
    assert 'Found before, and not now</h3>\n    <ul lang="en"><li>Running cures depression.</li></ul>' in page
    assert '<p>Before: <span lang="en">Answer high (Strong warning)</span></p>' in page
    assert '<p>Now: <span lang="en">Answer none</span></p>' in page
    assert "Checklist, version 2: We took a claim out: a new review found it too broad." in page
    assert "The program that reads the words" not in page
    assert "Check again" not in page


def test_the_report_can_be_seen_as_it_was(client, published):
    first = an_assessment()
    a_newer_checklist()
    check_again(client, first.post)
    address = f"/reports/{first.post.key}/earlier/{first.pk}/"
    assert f'href="{address}"' in page_of(client.get(f"/reports/{first.post.key}/"))

    page = page_of(client.get(address))

    assert "<h2>Check before you trust it</h2>" in page
    assert '<q dir="auto" lang="en">Running cures depression</q>' in page
    assert "Version 1" in page


def test_the_earlier_report_of_somebody_else_stays_theirs(client, published):
    mine, theirs = an_assessment(), an_assessment()

    assert client.get(f"/reports/{mine.post.key}/earlier/{theirs.pk}/").status_code == 404


def test_when_nothing_changed_it_says_so(client, published):
    post = an_assessment("Just some plain words about my long day at school, nothing else.").post
    a_newer_checklist()
    check_again(client, post)

    page = page_of(client.get(f"/reports/{post.key}/"))

    assert "We checked this post again. Nothing changed." in page
    assert "Checklist, version 2:" in page


def test_a_newer_program_is_offered_too(client, published):
    post = an_assessment().post
    Assessment.objects.update(engine_version="0.1.0")

    assert "Check again with the newest checklist" in page_of(client.get(f"/reports/{post.key}/"))
    check_again(client, post)
    assert post.assessments.count() == 2


def test_without_a_published_checklist_nothing_is_offered_and_the_report_stays(client, published):
    post = an_assessment().post
    publishing.retire(published, by=None)

    assert "Check again with" not in page_of(client.get(f"/reports/{post.key}/"))
    answer = check_again(client, post)

    assert answer.status_code == 503
    assert "Your report is still here." in page_of(answer)
    assert post.assessments.count() == 1


@pytest.mark.django_db(transaction=True)
def test_eight_presses_at_once_make_one_new_report(published):
    post, answers = an_assessment().post, []
    a_newer_checklist()

    def press():
        try:
            answers.append(check_again(Client(), post))
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [answer.status_code for answer in answers] == [302] * 8
    assert post.assessments.count() == 2


@pytest.mark.parametrize(("headers", "number"), [({}, None), (SAME_ORIGIN, "forged")])
def test_checking_again_goes_through_the_front_door(client, published, headers, number):
    post = an_assessment().post
    a_newer_checklist()

    answer = check_again(client, post, headers=headers, submission=number)

    assert answer.status_code == 403
    assert post.assessments.count() == 1


def test_checking_again_is_limited(client, published, settings):
    post = an_assessment().post
    a_newer_checklist()
    settings.RATE_LIMIT_PER_ADDRESS = 0

    answer = check_again(client, post)

    assert answer.status_code == 429
    assert answer["Retry-After"]
    assert post.assessments.count() == 1


def test_a_report_asks_as_often_for_four_versions_as_for_two(client, published):
    post = an_assessment().post
    address = f"/reports/{post.key}/"
    a_newer_checklist()
    reassess(post=post)
    client.get(address)
    with CaptureQueriesContext(connection) as two:
        client.get(address)
    for _ in range(2):
        publishing.publish(publishing.start_draft(by=None), by=None, note="Again.")
        reassess(post=post)
    client.get(address)
    with CaptureQueriesContext(connection) as four:
        client.get(address)

    assert len(four) == len(two) == 4
