"""The admin's lists over tables that only grow: newest first, nothing counted, and no row twice or missed."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Assessment, AuditEntry, Finding, Review
from assessments.moderation.models import Flag, Ruling
from posts.endless_lists import EndlessAdmin
from posts.models import Post
from tests import factories
from tests.assessments.staff_pages import shown

pytestmark = pytest.mark.django_db

GROW = (Assessment, AuditEntry, Finding, Flag, Post, Review, Ruling)


def a_row_of_each(by):
    """A row more in every one of GROW but the trail, which gets some by itself."""
    case = factories.a_case(f"Running cures depression, I said it {Post.objects.count()} times to everybody.")
    factories.a_ruling(case, by=by)


def lists_of(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


@pytest.fixture
def browser(published, admin, signed_in):
    return signed_in(admin)


def seen(browser, model):
    """(the rows that the list shows, what it asked the database)."""
    with CaptureQueriesContext(connection) as queries:
        rows = shown(browser.get(lists_of(model)))
    return rows, [query["sql"] for query in queries]


def test_a_list_counts_nothing_skips_nothing_and_asks_as_often_for_more_rows(browser, moderator):
    a_row_of_each(moderator)
    one = {model: seen(browser, model) for model in GROW}
    a_row_of_each(moderator)
    a_row_of_each(moderator)

    for model in GROW:
        (first, few), (rows, more) = one[model], seen(browser, model)
        asked = [sql for sql in more if f'FROM "{model._meta.db_table}"' in sql]
        assert len(rows) > len(first) >= 1, model
        assert len(more) == len(few), model
        assert asked, model
        assert not [sql for sql in asked if "COUNT(" in sql or "OFFSET" in sql], model
        assert isinstance(admin.site._registry[model], EndlessAdmin), model


def test_page_two_is_right_while_rows_come_in_between(browser, monkeypatch):
    monkeypatch.setattr(admin.site._registry[Post], "list_per_page", 2)
    old = [factories.a_post() for _ in range(5)][::-1]
    address, pages = lists_of(Post), []

    where = address
    for _ in range(3):
        answer = browser.get(where)
        pages.append(shown(answer))
        factories.a_post()
        where = address + answer.context["cl"].older

    assert pages == [old[:2], old[2:4], old[4:]]
    assert where == address
    assert browser.get(address, {"older_than": "x"}).status_code == 200
    assert "Older entries" in browser.get(address).content.decode()


def test_a_number_and_a_key_find_a_row_by_an_index(browser, moderator):
    a_row_of_each(moderator)
    review = Review.objects.get()
    assessment = review.assessment

    for model, row, words in (
        (Assessment, assessment, str(assessment.pk)),
        (Assessment, assessment, assessment.post.key),
        (Review, review, str(review.pk)),
        (Review, review, assessment.post.key),
    ):
        with CaptureQueriesContext(connection) as queries:
            assert row in shown(browser.get(lists_of(model), {"q": words}))
        assert not [query["sql"] for query in queries if "UPPER(" in query["sql"] or "::varchar" in query["sql"]]
        assert shown(browser.get(lists_of(model), {"q": "9" * 40})) == []


def test_a_filter_offers_values_of_the_newest_rows_and_takes_any(browser, monkeypatch):
    monkeypatch.setattr("posts.endless_lists.LOOKED_AT", 1)
    old = factories.a_post("Words that somebody wrote about the sea.", country="FR")
    factories.a_post(country="GB")

    answer = browser.get(lists_of(Post))

    assert "?country__exact" not in answer.content.decode()
    assert "?country=GB" in answer.content.decode()
    assert "?country=FR" not in answer.content.decode()
    assert shown(browser.get(lists_of(Post), {"country": "FR"})) == [old]


def test_flags_can_still_be_closed_from_the_list(browser, moderator):
    a_row_of_each(moderator)
    flag = Flag.objects.get()

    browser.post(lists_of(Flag), {"action": "close", "_selected_action": [flag.pk]})

    flag.refresh_from_db()
    assert flag.state == "closed"
