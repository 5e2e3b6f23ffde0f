"""The page to print and take to a doctor: the checklist's words, never the post's."""

import re

import pytest

from assessments.pages import appointment_questions
from assessments.what_next import ORDER
from tests.factories import CLAIM_TEXT, a_post, an_assessment

pytestmark = pytest.mark.django_db

HARMFUL = "Running cures depression. Listen: you deserve to hurt yourself, my quokka friend."


def card_of(client, assessment, query=""):
    answer = client.get(f"/reports/{assessment.post.key}/appointment-card/{query}")
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def test_it_says_what_the_post_claims_and_what_was_found_in_the_checklists_words(client, published):
    card = card_of(client, an_assessment())

    assert card.count("<li>Running cures depression.</li>") == 1
    assert "“Check before you trust it”" in card
    assert "Question C1-known-claims? <strong>Answer high</strong>" in card


@pytest.mark.parametrize("text", [CLAIM_TEXT, HARMFUL])
def test_it_never_repeats_the_post(client, published, text):
    card = card_of(client, an_assessment(text, author_line="Quokka the nurse")).lower()

    for words in ("honestly", "every morning", "hurt yourself", "quokka", "<mark", "<q"):
        assert words not in card


def test_the_questions_fit_what_was_found(client, published):
    found, nothing = card_of(client, an_assessment()), card_of(client, an_assessment("A quiet day with my dog."))

    for card in (found, nothing):
        assert "Does what this post says fit me?" in card
        assert card.count('class="write"') == 3
    assert "Could talking therapy help me?" in found
    assert "Could talking therapy help me?" not in nothing
    assert "which does not mean that the post is right" in nothing


def test_danger_is_asked_about_first(client, published):
    card = card_of(client, an_assessment(HARMFUL, country="GB"))

    assert card.index("if I feel unsafe") < card.index("Does what this post says fit me?")
    assert "tel:999" in card


def test_it_has_lines_to_fill_in_about_oneself_but_nothing_that_says_it_for_you(client, published):
    card = card_of(client, an_assessment())

    assert re.search("feeling _{10,} for about _{10,} weeks", card)
    assert "thoughts of hurting myself" not in card


def test_it_is_as_private_as_the_report(client, published):
    answer = client.get(f"/reports/{an_assessment().post.key}/appointment-card/")

    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert "no-store" in answer["Cache-Control"]
    assert '<meta name="robots" content="noindex, nofollow">' in answer.content.decode()
    assert not answer.has_header("Set-Cookie")


def test_without_a_report_there_is_no_card(client, published):
    unfinished = a_post(CLAIM_TEXT)

    answer = client.get(f"/reports/{unfinished.key}/appointment-card/")

    assert (answer.status_code, answer["Location"]) == (302, f"/reports/{unfinished.key}/")
    assert client.get("/reports/nothing-here/appointment-card/").status_code == 410


def test_every_suggested_question_can_be_asked():
    assert {key for key, _ in appointment_questions()} <= {*ORDER, "always"}
