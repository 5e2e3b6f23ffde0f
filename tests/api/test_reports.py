"""Stored reports: made once however often it is asked for, fetched without the words, told to the moderators."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.api import quotas
from assessments.api.models import Repeat
from assessments.assessing import reassess
from assessments.models import Assessment
from assessments.moderation.models import Flag
from posts.models import Post
from posts.retention import delete_post
from tests import factories
from tests.factories import CLAIM_TEXT, HARM_TEXT
from tests.platforms_that_answer import BLUESKY, BLUESKY_HOST, bluesky_says

ONCE = {"Idempotency-Key": "a number of theirs"}
AT_ONCE = 20


def kind_of(answer):
    return answer.json()["type"].partition("#problem-")[2]


@pytest.mark.django_db
def test_a_report_is_stored_like_one_from_our_page(published, program, client):
    answer = program("report").post("reports", {"text": CLAIM_TEXT, "author_line": "a coach", "country": "IE"})

    told, post = answer.json(), Post.objects.get()
    assert answer.status_code == 201
    assert answer["Location"] == f"http://testserver/api/v1/reports/{post.key}"
    assert (told["key"], told["address"]) == (post.key, f"http://testserver/reports/{post.key}/")
    assert (post.text, post.author_line, post.country, post.read_as) == (CLAIM_TEXT, "a coach", "IE", "typed")
    assert told["result"] == Assessment.objects.get().report_record
    assert "Running" not in answer.content.decode()
    assert client.get(told["address"]).status_code == 200


@pytest.mark.django_db
def test_it_is_fetched_as_stored_with_what_a_person_decided(published, program, admin):
    charity, assessment = program("read"), factories.an_assessment(HARM_TEXT, country="GB")
    factories.a_review(assessment, by=admin, decision="corrected", note="A quote.", level_after="read-with-care")

    answer = charity.get(f"reports/{assessment.post.key}")

    told = answer.json()
    assert told["result"] == assessment.report_record
    assert told["decision"]["level"] == "read-with-care"
    assert told["decision"]["note"] == "A quote."
    assert told["help"]["services"]
    assert "you deserve" not in answer.content.decode()
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("private, no-store", "noindex, nofollow")


@pytest.mark.django_db
def test_fetching_costs_the_same_with_one_reading_and_with_three(published, program):
    charity, assessment = program("read"), factories.an_assessment()

    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert charity.get(f"reports/{assessment.post.key}").status_code == 200
        return len(asked)

    charity.get(f"reports/{assessment.post.key}")
    with_one = queries()
    for _ in range(2):
        reassess(post=assessment.post)
    assert queries() == with_one == 4


@pytest.mark.django_db
def test_what_is_not_there_is_gone_and_what_is_no_key_is_nothing(published, program):
    charity, post = program(), factories.an_assessment().post
    delete_post(key=post.key)

    assert charity.get(f"reports/{post.key}").status_code == 410
    assert charity.post(f"reports/{post.key}/flags", {"kind": "dangerous"}).status_code == 410
    assert charity.get("reports/no%20key").status_code == 404
    assert charity.get("reports/").status_code == 404


@pytest.mark.django_db
def test_the_same_call_twice_is_one_and_another_body_is_refused(published, program):
    charity, other = program(), program()
    first = charity.post("reports", {"text": CLAIM_TEXT}, **ONCE)

    again = charity.post("reports", f'{{"text":   "{CLAIM_TEXT}"}}', **ONCE)
    changed = charity.post("reports", {"text": f"{CLAIM_TEXT} Really."}, **ONCE)
    somebody_else = other.post("reports", {"text": CLAIM_TEXT}, **ONCE)

    assert (again.status_code, again.json(), again["Location"]) == (201, first.json(), first["Location"])
    assert (changed.status_code, kind_of(changed)) == (422, "used-for-something-else")
    assert somebody_else.json()["key"] != first.json()["key"]
    assert Post.objects.count() == 2


@pytest.mark.django_db
def test_a_report_that_its_owner_deleted_is_not_made_again_and_a_day_later_the_number_is_free(published, program):
    charity = program()
    made = charity.post("reports", {"text": CLAIM_TEXT}, **ONCE).json()
    delete_post(key=made["key"])

    assert charity.post("reports", {"text": CLAIM_TEXT}, **ONCE).status_code == 410
    Repeat.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert charity.post("reports", {"text": "Other words altogether."}, **ONCE).status_code == 201
    quotas.forget(now=timezone.now() + timedelta(days=40))
    assert not Repeat.objects.exists()
    assert not charity.key.uses.exists()


@pytest.mark.django_db
def test_a_link_becomes_a_report_once(published, program, fake_internet):
    site = fake_internet.serve(BLUESKY_HOST, bluesky_says(CLAIM_TEXT))
    charity = program("report")

    first, again = (charity.post("reports/link", {"link": BLUESKY}, **ONCE) for _ in range(2))

    assert (first.status_code, again.json()) == (201, first.json())
    assert first.json()["read_as"] == "full_text"
    assert Post.objects.get().source_link == BLUESKY
    assert len(site.requests) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["🌈🌈", " \n ", "https://www.instagram.com/reel/CxExample01/", "a\x00b"])
def test_words_that_cannot_be_kept_are_refused_with_the_sentence_of_our_page(published, program, text):
    answer = program().post("reports", {"text": text})

    assert (answer.status_code, kind_of(answer)) == (422, "not-accepted")
    assert answer.json()["errors"][0]["place"] == "/text"
    assert not Post.objects.exists()


@pytest.mark.django_db
def test_a_flag_reaches_the_moderators_once(published, program):
    charity, assessment = program(), factories.an_assessment()
    path, body = f"reports/{assessment.post.key}/flags", {"kind": "wrong_result", "reason": "It is a joke."}

    answers = [charity.post(path, body, **ONCE) for _ in range(2)]
    without_words = charity.post(path, {"kind": "wrong_result"})
    too_long = charity.post(path, {"kind": "dangerous", "reason": "a" * 1_001})

    assert [(one.status_code, one.json()) for one in answers] == [(201, {"is_taken": True, "kind": "wrong_result"})] * 2
    assert [flag.reason for flag in Flag.objects.all()] == ["It is a joke."]
    assert (without_words.json()["errors"][0]["place"], too_long.json()["errors"][0]["place"]) == ("/reason",) * 2


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_make_one_report_and_one_flag(published, program):
    charity, found, gate = program(), [], threading.Barrier(AT_ONCE)

    def call(path, body):
        gate.wait()
        try:
            found.append(charity.post(path, body, **ONCE))
        finally:
            connections.close_all()

    def all_at_once(path, body):
        threads = [threading.Thread(target=call, args=(path, body)) for _ in range(AT_ONCE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    all_at_once("reports", {"text": CLAIM_TEXT})
    assert {answer.status_code for answer in found} == {201}
    assert len({answer.json()["key"] for answer in found}) == 1
    assert (Post.objects.count(), Assessment.objects.count(), Repeat.objects.count()) == (1, 1, 1)

    found.clear()
    all_at_once(f"reports/{Post.objects.get().key}/flags", {"kind": "look_at_post"})
    assert {answer.status_code for answer in found} == {201}
    assert Flag.objects.count() == 1
    assert charity.key.uses.get().day_count == 2 * AT_ONCE
