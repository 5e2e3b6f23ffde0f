"""A reader asks for the hidden words of their own report: they come in the post alone, and nowhere else."""

import re

import pytest

from tests.factories import a_review, a_share_link, an_assessment

pytestmark = pytest.mark.django_db

HARM = "you deserve to hurt yourself"
POST = f"Listen: {HARM}, and everybody knows it."
WARNING = "These words may hurt. You can stop here."


@pytest.fixture
def assessment(published):
    return an_assessment(POST, country="GB")


def page_at(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_offer_stands_below_help_with_a_warning_and_a_line_beside_it(client, assessment):
    page = page_at(client, assessment.get_absolute_url())

    assert HARM not in page
    offer = re.search(r'<details class="asking screen">(.*?)</details>', page, re.DOTALL)[1]
    assert WARNING in offer
    assert offer.index(WARNING) < offer.index("tel:999") < offer.index("hidden=shown#the-post")
    assert page.index('class="panel"') < page.index('class="asking screen"')


def test_who_asks_sees_the_words_in_the_post_once_and_can_hide_them_again(client, assessment):
    address = assessment.get_absolute_url()

    answer = client.get(f"{address}?hidden=shown")

    page = answer.content.decode()
    assert page.count(HARM) == 1
    assert HARM in re.search(r'<div class="post"[^>]*>(.*?)</div>', page, re.DOTALL)[1]
    assert page.index(WARNING) < page.index("Hide them again") < page.index(HARM)
    assert f'href="{address}?country=GB#the-post"' in page
    assert "hidden=shown" not in page
    assert answer["Cache-Control"] == client.get(address)["Cache-Control"]
    assert HARM not in page_at(client, address)


def test_on_paper_the_words_stay_hidden(client, assessment):
    page = page_at(client, f"{assessment.get_absolute_url()}?hidden=shown")

    assert f'<span class="asked-for screen">{HARM}</span><span class="hidden-words paper">[words hidden]</span>' in page


@pytest.mark.parametrize("asked", ["", "?hidden=", "?hidden=1", "?hidden=SHOWN"])
def test_nothing_else_shows_them(client, assessment, asked):
    assert HARM not in page_at(client, assessment.get_absolute_url() + asked)


def test_a_report_without_hidden_words_offers_nothing(client, published):
    address = an_assessment("Running cures depression for everybody, they say.").get_absolute_url()

    for asked in ("", "?hidden=shown"):
        page = page_at(client, address + asked)
        assert 'class="asking screen"' not in page
        assert WARNING not in page


def test_no_other_page_of_the_report_offers_or_shows_them(client, assessment, moderator):
    a_review(assessment, by=moderator)
    report = assessment.get_absolute_url()
    link = a_share_link(assessment.post, shows_post=True)
    pages = [f"{report}{name}/" for name in ("appointment-card", "share", "delete")]

    for address in (*pages, f"/shared/{link.key}/", f"{report}earlier/{assessment.pk}/"):
        page = page_at(client, f"{address}?hidden=shown")
        assert HARM not in page
        assert "hidden=shown" not in page
        assert 'class="asking screen"' not in page
