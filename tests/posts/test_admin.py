"""Posts as staff see them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from posts.models import Post
from tests.factories import a_post

LIST = "/admin/posts/post/"
WORDS = "Words that a list must not show."


@pytest.fixture
def browser(admin, signed_in):
    return signed_in(admin)


def test_the_list_shows_keys_and_no_words(browser):
    post = a_post(WORDS)

    page = browser.get(LIST).content.decode()

    assert post.key in page
    assert WORDS not in page


def test_the_page_of_a_post_shows_its_words_and_nothing_can_be_changed(browser):
    post = a_post(WORDS)

    page = browser.get(reverse("admin:posts_post_change", args=[post.pk])).content.decode()

    assert WORDS in page
    assert 'name="text"' not in page
    assert "deletelink" not in page


@pytest.mark.parametrize("address", [f"{LIST}add/", f"{LIST}{{}}/delete/"])
def test_posts_are_not_made_or_deleted_by_hand(browser, address):
    post = a_post(WORDS)

    answer = browser.post(address.format(post.pk), {"post": "yes"})

    assert answer.status_code == 403
    assert Post.objects.count() == 1


def test_strangers_see_nothing(client):
    answer = client.get(LIST)

    assert (answer.status_code, answer["Location"]) == (302, f"/staff/sign-in/?next={LIST}")


def test_the_list_asks_as_often_for_three_posts_as_for_one(browser):
    a_post()
    browser.get(LIST)
    with CaptureQueriesContext(connection) as one:
        browser.get(LIST)
    a_post()
    a_post()
    with CaptureQueriesContext(connection) as three:
        browser.get(LIST)

    assert len(three) == len(one)
