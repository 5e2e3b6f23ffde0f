"""Links that show a report to others: what they show, and what they never show."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models import ShareLink
from posts.front_door import new_submission
from posts.models import Post
from tests.factories import a_review, a_share_link, an_assessment
from tests.public_forms import SAME_ORIGIN, WORDS

pytestmark = pytest.mark.django_db

AUTHOR = "Quokka the psychiatrist"
LEVELS = ("Check before you trust it", "Read with care", "Do not rely on this", "Good signs")


@pytest.fixture
def post(published):
    return an_assessment(author_line=AUTHOR).post


def make(client, post, *, headers=SAME_ORIGIN, **fields):
    fields = {"submission": new_submission()} | fields
    return client.post(f"/reports/{post.key}/share/", fields, headers=headers)


def opened(client, link):
    answer = client.get(f"/shared/{link.key}/")
    return answer.status_code, answer.content.decode()


def test_a_link_is_made_listed_and_opens_the_report(client, post):
    answer = make(client, post)

    link = ShareLink.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/reports/{post.key}/share/")
    assert f'value="http://testserver/shared/{link.key}/"' in client.get(answer["Location"]).content.decode()
    status, page = opened(client, link)
    assert status == 200
    assert "<h2>Check before you trust it</h2>" in page
    assert "Question C1-known-claims?" in page


def test_the_words_are_hidden_unless_ticked(client, post):
    make(client, post)
    make(client, post, shows_post="on")
    shown, hidden = ShareLink.objects.all()

    _, without = opened(client, hidden)
    _, with_words = opened(client, shown)

    assert (hidden.shows_post, shown.shows_post) == (False, True)
    for words in ("Running", "honestly", "every morning", "Quokka"):
        assert words in with_words
        assert words not in without.replace("Running cures depression.", "")  # the claim in the checklist's own words
    assert "<q" not in without
    assert 'class="number"' not in without


def test_words_that_do_not_count_are_hidden_too(client, published):
    post = an_assessment("My zebrafinch asks me every day: is it so that running cures depression?").post

    _, page = opened(client, a_share_link(post))

    assert "The post asks about this." in page
    assert "<q" not in page
    assert "zebrafinch" not in page


def test_a_shared_page_gives_the_owners_address_to_nobody(client, post, moderator):
    a_review(post.assessments.get(), by=moderator)
    for shows_post in (True, False):
        status, page = opened(client, a_share_link(post, shows_post=shows_post))

        assert status == 200
        assert post.key not in page
        assert "/reports/" not in page
        assert "<form" not in page


def test_a_decision_is_shown_to_others_too(client, post, moderator):
    a_review(post.assessments.get(), by=moderator, decision="withdrawn", note="It was satire.")

    _, page = opened(client, a_share_link(post))

    assert "We took this report back" in page
    assert "It was satire." in page


def test_help_stays_first_and_hidden_words_stay_hidden(client, published):
    post = an_assessment("Listen: you deserve to hurt yourself, and everybody knows it.").post

    _, page = opened(client, a_share_link(post, shows_post=True))

    assert page.index('class="panel"') < page.index("<h1")
    assert "deserve to hurt" not in page


def test_a_stopped_link_opens_nothing_and_stopping_again_is_harmless(client, post):
    link, other = a_share_link(post), a_share_link(post)
    for _ in range(2):
        answer = client.post(f"/reports/{post.key}/share/stop/", {"link": link.key}, headers=SAME_ORIGIN)
        assert (answer.status_code, answer["Location"]) == (302, f"/reports/{post.key}/share/")

    status, page = opened(client, link)
    assert (status, "This link does not work" in page) == (410, True)
    assert opened(client, other)[0] == 200
    assert link.key not in client.get(f"/reports/{post.key}/share/").content.decode()


def test_nobody_can_stop_the_link_of_another_report(client, post):
    link = a_share_link(post)
    stranger = an_assessment().post

    client.post(f"/reports/{stranger.key}/share/stop/", {"link": link.key}, headers=SAME_ORIGIN)

    assert opened(client, link)[0] == 200


def test_a_link_runs_out_after_seven_days(client, post):
    link = a_share_link(post)
    assert link.expires_at - link.created_at == timedelta(days=7)
    ShareLink.objects.update(created_at=timezone.now() - timedelta(days=8), expires_at=timezone.now())

    assert opened(client, link)[0] == 410


def test_a_link_never_outlives_its_post(client, post):
    soon = timezone.now() + timedelta(hours=1)
    Post.objects.update(expires_at=soon)
    post.refresh_from_db()

    link = a_share_link(post)

    assert link.expires_at == soon
    Post.objects.update(created_at=timezone.now() - timedelta(days=9), expires_at=timezone.now())
    ShareLink.objects.update(expires_at=timezone.now() + timedelta(days=9))
    assert opened(client, link)[0] == 410


@pytest.mark.parametrize(("key", "status"), [("unknown", 410), ("x" * 22, 410), ("%00", 404)])
def test_keys_of_no_link_open_nothing(client, post, key, status):
    assert client.get(f"/shared/{key}/").status_code == status


def test_the_key_of_a_report_is_no_key_of_a_link_nor_the_other_way_round(client, post):
    link = a_share_link(post)

    assert client.get(f"/shared/{post.key}/").status_code == 410
    for page in ("", "share/", "delete/", "flag/", "check-again/"):
        assert client.get(f"/reports/{link.key}/{page}").status_code == 410


def test_pressing_twice_makes_one_link(client, post):
    number = new_submission()
    make(client, post, submission=number)
    make(client, post, submission=number)

    assert ShareLink.objects.count() == 1


def test_six_links_are_one_too_many(client, post):
    for _ in range(5):
        make(client, post)

    answer = make(client, post, shows_post="on")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This report has five links already. Stop one of them first." in page
    assert 'name="shows_post" checked' in page
    assert ShareLink.objects.count() == 5


@pytest.mark.parametrize(("headers", "number"), [({}, None), (SAME_ORIGIN, "forged")])
def test_links_are_made_through_the_front_door(client, post, headers, number):
    answer = make(client, post, headers=headers, submission=number or new_submission())

    assert answer.status_code == 403
    assert not ShareLink.objects.exists()


def test_making_links_is_limited(client, post, settings):
    settings.RATE_LIMIT_PER_ADDRESS = 1
    make(client, post)

    answer = make(client, post)

    assert answer.status_code == 429
    assert answer["Retry-After"]


def test_the_list_of_links_asks_as_often_for_three_as_for_one(client, post):
    a_share_link(post)
    client.get(f"/reports/{post.key}/share/")
    with CaptureQueriesContext(connection) as one:
        client.get(f"/reports/{post.key}/share/")
    a_share_link(post)
    a_share_link(post)
    with CaptureQueriesContext(connection) as three:
        client.get(f"/reports/{post.key}/share/")

    assert len(three) == len(one)


def test_shared_pages_are_private(client, post):
    answer = client.get(f"/shared/{a_share_link(post).key}/")

    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert '<meta name="robots" content="noindex, nofollow">' in answer.content.decode()
    assert not answer.has_header("Set-Cookie")


def test_the_card_for_other_sites_says_who_we_are_and_nothing_about_a_post(client, post):
    link = a_share_link(post, shows_post=True)
    cards = set()
    for address in ("/", "/how-it-works/", f"/reports/{post.key}/", f"/shared/{link.key}/"):
        head = client.get(address).content.decode().partition("</head>")[0]
        assert '<meta property="og:title" content="Second Look">' in head
        assert '<meta property="og:image" content="http://testserver/static/card.png">' in head
        for words in (WORDS, AUTHOR, "Running", post.key, link.key, *LEVELS):
            assert words not in head
        cards.add(tuple(line for line in head.splitlines() if "og:" in line or "twitter:" in line))

    assert len(cards) == 1


def test_the_card_is_a_small_picture_of_the_size_that_it_says(client, settings):
    picture = (settings.BASE_DIR / "static" / "card.png").read_bytes()

    width, height = (int.from_bytes(picture[start : start + 4]) for start in (16, 20))
    assert (width, height) == (1200, 630)
    assert len(picture) < 40_000


def test_a_page_for_a_host_that_is_not_ours_still_comes(client, settings):
    settings.ALLOWED_HOSTS = ["testserver"]

    answer = client.get("/", headers={"Host": "elsewhere.example"})

    assert answer.status_code == 400
    assert "og:image" not in answer.content.decode()
