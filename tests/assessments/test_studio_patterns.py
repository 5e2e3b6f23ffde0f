"""Patterns on the pages of claims, signals and word classes: advice while writing, and clear refusals on saving."""

import re

import pytest
from django.urls import reverse

from assessments import publishing
from assessments.models import Claim, Signal, WordClass
from tests import factories
from tests.assessments.staff_pages import address, errors_of, fields_of, said

pytestmark = pytest.mark.django_db

KEYS = ("id_patterns", "id_examples", "id_near_misses")


@pytest.fixture
def draft(published):
    return publishing.start_draft(by=None)


@pytest.fixture
def claim(draft):
    return Claim.objects.get(checklist=draft, key="running-cures-depression")


def advice(browser, **fields):
    response = browser.post(reverse("admin:assessments_claim_pattern_help"), fields)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def save(browser, row, **fields):
    place = address(type(row), "change", row.pk)
    return browser.post(place, fields_of(browser.get(place)) | fields)


def test_advice_says_what_a_pattern_means_and_what_it_would_find(claim, editor, signed_in):
    page = advice(
        signed_in(editor),
        key=claim.key,
        verdict="misleading",
        risk="high",
        patterns="running cures {DEPRESSION}",
        examples="running cures depression\nswimming cures low mood",
        near_misses="running helped my mood\nmy friend said running cures low mood",
    )

    assert "“running”, then “cures”, then “depression / low mood”" in page
    assert "Fires on 1 of 2 examples" in page
    assert "<td>running cures depression</td><td>found</td> <td>✓ found</td>" in page
    assert "✗ not found" in page
    assert "✓ not found" in page


def test_advice_points_at_the_character(claim, editor, signed_in):
    response = signed_in(editor).post(
        reverse("admin:assessments_claim_pattern_help"), {"key": claim.key, "patterns": "running cures {DEPRESION}"}
    )

    assert '<pre tabindex="0">running cures {DEPRESION}\n              ^</pre>' in response.content.decode()
    assert "There is no word class called {DEPRESION}. Did you mean {DEPRESSION}?" in response.content.decode()


def test_what_is_typed_is_shown_as_text(claim, editor, signed_in):
    page = advice(signed_in(editor), key=claim.key, patterns="<script>alert(1)</script>", examples="<b>x</b>")

    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_advice_is_for_staff_who_may_look(claim, stranger, signed_in):
    response = signed_in(stranger).post(reverse("admin:assessments_claim_pattern_help"), {"patterns": "x"})

    assert response.status_code == 302


def test_without_a_draft_advice_says_so(published, editor, signed_in):
    assert "There is no draft." in advice(signed_in(editor), patterns="running")


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("cure+ (", "Line 2: cure+ ▸( — This bracket is never closed"),
        ("[a] [b]", "would always match"),
        ("cures {NOTHING}", "▸{NOTHING} — There is no word class called {NOTHING}."),
    ],
)
def test_a_pattern_that_cannot_work_is_refused_and_nothing_is_lost(pattern, told, claim, editor, signed_in):
    typed = f"running cures {{DEPRESSION}}\n{pattern}"

    page = save(signed_in(editor), claim, patterns=typed, why="A new reason.")

    assert told in errors_of(page)["patterns"][0]
    assert (fields_of(page)["patterns"], fields_of(page)["why"]) == (typed, "A new reason.")
    claim.refresh_from_db()
    assert claim.patterns == "running cures {DEPRESSION}"


def common_claim():
    """A claim with forty other people's sentences."""
    content = factories.small_content()
    sentences = [f"you should try number {number}" for number in range(30)] + [f"nothing {n}" for n in range(20)]
    content["claims"][1]["examples"] += sentences
    return content


@pytest.fixture
def busy_claim(db):
    draft = factories.a_draft(common_claim())
    return Claim.objects.get(checklist=draft, key="running-cures-depression")


def test_a_pattern_that_matches_everything_is_refused(busy_claim, editor, signed_in):
    page = save(signed_in(editor), busy_claim, patterns="you")

    assert "would match almost everything" in errors_of(page)["patterns"][0]


def test_a_common_pattern_is_saved_with_a_warning(busy_claim, editor, signed_in):
    page = save(signed_in(editor), busy_claim, patterns="running cures {DEPRESSION}\nnothing")

    assert page.status_code == 302
    assert any("Line 2 of the patterns is common" in message for message in said(page))


def test_a_sign_that_something_is_missing_may_be_common(draft, editor, signed_in):
    signal = Signal.objects.get(checklist=draft, key="works-for-all")

    page = save(signed_in(editor), signal, patterns="you", absence="on")

    assert page.status_code == 302


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("sad\n{DEPRESSION}", "The word class {DEPRESSION} uses itself"),
        ("sad\n{LOW_MOOD}", "There is no word class called {LOW_MOOD}."),
        ("sad\na | b", "Line 2: “|” cannot stand in a word class"),
    ],
)
def test_a_word_class_that_cannot_work_is_refused(words, told, draft, editor, signed_in):
    row = WordClass.objects.get(checklist=draft)

    page = save(signed_in(editor), row, words=words)

    assert told in errors_of(page)["words"][0]
    assert fields_of(page)["words"] == words


def test_two_word_classes_that_use_each_other_are_refused(draft, editor, signed_in):
    WordClass.objects.create(checklist=draft, key="LOW", words="low\n{DEPRESSION}")
    row = WordClass.objects.get(checklist=draft, key="DEPRESSION")

    page = save(signed_in(editor), row, words="{LOW}")

    assert "uses itself (DEPRESSION → LOW → DEPRESSION)" in errors_of(page)["words"][0]
