"""The page that waits while a link is read: calm, private, never in anybody's way; and one form makes one post."""

import re
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from posts import link_reading
from posts.front_door import new_submission
from posts.models import LinkReading, Post, ReadingState
from posts.retention import purge
from tests.fake_internet import reply
from tests.platforms_that_answer import BLUESKY, BLUESKY_HOST, TIKTOK, bluesky_says, oembed_says
from tests.public_forms import SAME_ORIGIN, WORDS, box_of, send, text_of

pytestmark = pytest.mark.django_db

SHARED = f"look at {BLUESKY}?ref=tracked"
POLL = SAME_ORIGIN | {"HX-Request": "true"}


@pytest.fixture
def bluesky(fake_internet):
    """Bluesky, with one public post on it."""
    return fake_internet.serve(BLUESKY_HOST, bluesky_says())


def sent_with_script(client, link=BLUESKY, **fields):
    """Send the form as a browser with script does, and return the address of the page that waits."""
    return send(client, link, script="1", **fields)["Location"]


def look(client, page):
    """What htmx asks for on the page that waits."""
    return client.post(f"{page}look/", headers=POLL)


def test_with_script_a_calm_page_waits_and_leads_to_the_report(client, published, bluesky):
    page = sent_with_script(client)

    waiting = client.get(page)
    assert re.fullmatch(r"/reading/[\w-]{22}/", page)
    assert "Reading the post…" in text_of(waiting)
    assert "In danger now" in text_of(waiting)
    assert "Stop, and paste the words instead" in text_of(waiting)
    assert bluesky.requests == [], "a page that is only looked at must not read"
    answer = look(client, page)
    assert (answer.status_code, answer["HX-Redirect"]) == (200, f"/reports/{Post.objects.get().key}/")
    assert WORDS[:20] in text_of(client.get(answer["HX-Redirect"]))


def test_the_waiting_page_is_private(client, published, bluesky):
    answer = client.get(sent_with_script(client))

    assert "noindex" in answer["X-Robots-Tag"]
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM posts_linkreading")
        assert cursor.fetchone()[0].startswith("gAAAA")


def test_a_failure_leads_to_the_form_with_the_link(client, published, fake_internet):
    fake_internet.serve(BLUESKY_HOST, reply(status=404))
    page = sent_with_script(client, SHARED)

    assert look(client, page)["HX-Redirect"] == page
    assert box_of(client.get(page)) == SHARED
    assert look(client, page)["HX-Redirect"] == page


def test_the_button_of_the_waiting_page_does_the_same_without_htmx(client, published, bluesky):
    page = sent_with_script(client)

    answer = client.post(f"{page}look/", headers=SAME_ORIGIN)

    assert (answer.status_code, answer["Location"]) == (303, f"/reports/{Post.objects.get().key}/")


def test_who_stops_gets_the_form_with_the_link_and_nothing_is_read_any_more(client, published, bluesky):
    page = sent_with_script(client, SHARED, author_line="a life coach")

    answer = client.post(f"{page}stop/", headers=SAME_ORIGIN)

    form = client.get(answer["Location"])
    assert (answer.status_code, box_of(form)) == (303, SHARED)
    assert "How to copy the words from Bluesky" in text_of(form)
    assert "There is a problem" not in text_of(form)
    assert look(client, page)["HX-Redirect"] == page
    assert (bluesky.requests, Post.objects.count()) == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_stopping_while_it_is_read_leaves_no_post(published, fake_internet):
    def stopped_meanwhile(request):
        Client().post(f"{page}stop/", headers=SAME_ORIGIN)
        connection.close()
        return bluesky_says()

    site = fake_internet.serve(BLUESKY_HOST, stopped_meanwhile)
    page = sent_with_script(Client())

    answer = look(Client(), page)

    assert (answer["HX-Redirect"], len(site.requests)) == (page, 1)
    assert (LinkReading.objects.get().state, Post.objects.count()) == (ReadingState.STOPPED, 0)


def test_stopping_too_late_leads_to_the_report(client, published, bluesky):
    page = sent_with_script(client)
    report = look(client, page)["HX-Redirect"]

    client.post(f"{page}stop/", headers=SAME_ORIGIN)

    assert client.get(page)["Location"] == report


@pytest.mark.parametrize("way", ["look", "stop"])
def test_other_sites_cannot_press_the_buttons(client, published, bluesky, way):
    page = sent_with_script(client)

    answer = client.post(f"{page}{way}/", headers={"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert LinkReading.objects.get().state == ReadingState.WAITING


def test_after_an_hour_the_link_is_gone(client, published, bluesky):
    page = sent_with_script(client)
    hours_ago = timezone.now() - timedelta(hours=2)
    LinkReading.objects.update(created_at=hours_ago, expires_at=hours_ago + timedelta(hours=1))

    assert client.get(page).status_code == 410
    assert look(client, page)["HX-Redirect"] == page
    assert bluesky.requests == []
    purge()
    assert not LinkReading.objects.exists()


def test_the_link_goes_with_its_report(client, published, bluesky):
    report = look(client, sent_with_script(client))["HX-Redirect"]

    client.post(f"{report}delete/", headers=SAME_ORIGIN)

    assert (Post.objects.count(), LinkReading.objects.count()) == (0, 0)


@pytest.mark.parametrize("script", ["", "1"])
def test_the_same_form_twice_makes_one_post(client, published, bluesky, script):
    form = {"submission": new_submission(), "script": script}
    first = send(client, BLUESKY, **form)["Location"]
    again = send(client, BLUESKY, **form)["Location"]

    assert again == first
    if script:
        assert look(client, first)["HX-Redirect"] == look(client, again)["HX-Redirect"]
    assert (Post.objects.count(), len(bluesky.requests)) == (1, 1)


def test_the_same_form_with_another_link_is_refused_and_kept(client, published, bluesky):
    submission = new_submission()
    sent_with_script(client, submission=submission)

    answer = send(client, TIKTOK, submission=submission, script="1")

    assert (answer.status_code, box_of(answer)) == (422, TIKTOK)
    assert "This form was already used for another post." in text_of(answer)


def test_a_form_that_made_a_post_of_words_reads_no_link(client, published, bluesky):
    submission = new_submission()
    send(client, WORDS, submission=submission)

    answer = send(client, BLUESKY, submission=submission)

    assert answer.status_code == 422
    assert bluesky.requests == []


def test_who_was_cut_off_is_followed_by_another(client, published, bluesky):
    page = sent_with_script(client)
    just_now = timezone.now()
    LinkReading.objects.update(state=ReadingState.READING, claimed_at=just_now)

    assert look(client, page).status_code == 204, "somebody reads it now"
    LinkReading.objects.update(claimed_at=just_now - timedelta(seconds=16))
    assert look(client, page)["HX-Redirect"].startswith("/reports/")
    assert len(bluesky.requests) == 1


@pytest.mark.django_db(transaction=True)
def test_who_comes_back_late_finds_the_link_taken_and_stores_nothing(published, fake_internet):
    def followed_meanwhile(request):
        if len(site.requests) > 1:
            return bluesky_says(WORDS)
        LinkReading.objects.update(claimed_at=timezone.now() - timedelta(seconds=16))
        answers.append(look(Client(), page))
        connection.close()
        return bluesky_says("Words that came too late, long after another had read them.")

    answers = []
    site = fake_internet.serve(BLUESKY_HOST, followed_meanwhile)
    page = sent_with_script(Client())

    answers.append(look(Client(), page))

    assert Post.objects.get().text == WORDS
    assert {answer["HX-Redirect"] for answer in answers} == {f"/reports/{Post.objects.get().key}/"}


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_look_at_once_read_once(published, fake_internet):
    def slow_the_first_time(request):
        if len(site.requests) == 1:
            let_go.wait()
        return bluesky_says()

    def poll():
        first.append(look(Client(), page))
        connection.close()

    let_go, first = threading.Event(), []
    site = fake_internet.serve(BLUESKY_HOST, slow_the_first_time)
    page = sent_with_script(Client())
    tab = threading.Thread(target=poll)
    tab.start()
    while not site.requests:
        tab.join(0.01)
        assert tab.is_alive()
    second = look(Client(), page)
    let_go.set()
    tab.join()

    assert second.status_code == 204, "the other tab is told at once that it is being read"
    assert first[0]["HX-Redirect"] == f"/reports/{Post.objects.get().key}/"
    assert len(site.requests) == 1


@pytest.mark.django_db(transaction=True)
def test_eight_presses_at_once_make_one_post(published, fake_internet):
    site = fake_internet.serve(BLUESKY_HOST, bluesky_says())
    submission = new_submission()
    answers = []

    def press():
        answers.append(send(Client(), BLUESKY, submission=submission).status_code)
        connection.close()

    threads = [threading.Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (Post.objects.count(), len(site.requests), set(answers)) == (1, 1, {302})


@pytest.mark.django_db(transaction=True)
def test_platforms_that_hang_do_not_keep_others_waiting(published, fake_internet, monkeypatch):
    monkeypatch.setattr(link_reading, "PLACES", threading.BoundedSemaphore(2))
    let_go = threading.Event()
    hung = fake_internet.serve("www.tiktok.com", lambda request: (let_go.wait(), oembed_says())[1])
    pages = [sent_with_script(Client(), f"{TIKTOK[:-1]}{number}") for number in range(3)]

    def poll(page):
        look(Client(), page)
        connection.close()

    threads = [threading.Thread(target=poll, args=[page]) for page in pages[:2]]
    for thread in threads:
        thread.start()
    while len(hung.requests) < 2:
        threads[0].join(0.01)
        assert all(thread.is_alive() for thread in threads)
    third = look(Client(), pages[2])
    state = LinkReading.objects.kept().get(key=pages[2].split("/")[2]).state
    words = send(Client(), WORDS)
    let_go.set()
    for thread in threads:
        thread.join()

    assert (third.status_code, state) == (204, ReadingState.WAITING)
    assert words["Location"].startswith("/reports/")
    assert look(Client(), pages[2])["HX-Redirect"].startswith("/reports/")


def test_looking_takes_few_queries_however_many_links_wait(client, published, bluesky):
    counts = []
    for _ in range(2):
        page = sent_with_script(client)
        LinkReading.objects.filter(key=page.split("/")[2]).update(state=ReadingState.READING, claimed_at=timezone.now())
        with CaptureQueriesContext(connection) as queries:
            assert look(client, page).status_code == 204
        counts.append(len(queries))
        for _ in range(2):
            sent_with_script(client)

    assert counts == [3, 3]
