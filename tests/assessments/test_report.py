"""The report as data: from a stored record and a small checklist to what a page shows. No database."""

import pytest

from assessments import report as reports
from assessments.marking import HIDDEN
from assessments.reference import Reference
from tests.factories import small_content

TEXT = "Running cures depression. It works for everybody. You deserve to hurt yourself."
AUTHOR = "Jo, registered nurse"


def place(words, text=TEXT):
    return [text.index(words), text.index(words) + len(words)]


def a_finding(item, answer, effect, signal, spans, **more):
    plain = {"kind": "signal", "context": "asserted", "counted": True, "masked": False}
    return plain | {"item": item, "answer": answer, "effect": effect, "signal": signal, "spans": spans} | more


def a_claim(**more):
    plain = {"kind": "claim"} | more
    spans = [place("Running cures depression")]
    return a_finding("C1-known-claims", "high", "red", "running-cures-depression", spans, **plain)


def a_masked_signal():
    spans = [place("You deserve to hurt yourself")]
    return a_finding("D2-encourages-harm", "yes", "stop", "tells-to-hurt", spans, masked=True)


def built(items, findings=(), *, author_line="", reference=None, **more):
    record = {
        "level": "check-first",
        "crisis": False,
        "language": "en",
        "words": 12,
        "engine": "1.0.0",
        "checklist": "1",
        "digest": "d" * 64,
        "items": [{"item": item, "answer": answer, "effect": effect} for item, answer, effect in items],
        "findings": list(findings),
        "not_checked": [],
    }
    return reports.build(
        record=record | more,
        text=TEXT,
        author_line=author_line,
        reference=reference or Reference(small_content() | {"version": "1"}),
    )


def test_the_headline_comes_from_the_level():
    made = built([])

    assert (made.label, made.plain) == ("Check before you trust it", "There is a strong warning sign.")


def test_items_are_grouped_and_the_strongest_come_first():
    made = built(
        [
            ("A2-credential", "none", "unknown"),
            ("B1-everyone", "yes", "amber"),
            ("C1-known-claims", "debunked", "green"),
            ("D2-encourages-harm", "yes", "stop+help"),
        ]
    )

    assert [card.key for card in made.careful] == ["D2-encourages-harm", "B1-everyone"]
    assert [card.key for card in made.good] == ["C1-known-claims"]
    assert [card.key for card in made.unknown] == ["A2-credential"]
    assert made.not_found == ()
    assert [card.badge for card in made.careful] == ["Stop and think", "Be careful"]


def test_the_steps_to_the_level_are_what_was_found_and_the_rule_in_words():
    made = built([("A2-credential", "none", "unknown"), ("C1-known-claims", "high", "red")], [a_claim()])

    assert [(answer, effect) for _question, answer, effect in made.steps] == [("Answer high", "red")]
    assert made.rule == "Any red."


def test_a_claim_is_shown_with_words_verdict_and_sources():
    made = built([("C1-known-claims", "high", "red")], [a_claim()])

    (card,) = made.careful
    assert (card.number, card.answer) == (1, "Answer high")
    assert [(quote.words, quote.anchor) for quote in card.quotes] == [("Running cures depression", "words-1")]
    (detail,) = card.details
    assert (detail.claim, detail.verdict, detail.says, detail.known) == (
        "Running cures depression.",
        "Misleading. Leads to a wrong conclusion.",
        "It does not cure everyone.",
        "It helps some people.",
    )
    assert [(source.org, source.is_rechecked) for source in detail.sources] == [
        ("Second Institute", False),
        ("First Institute", True),
    ]


def test_masked_words_are_nowhere_in_the_report():
    made = built([("D2-encourages-harm", "yes", "stop")], [a_masked_signal()])

    (card,) = made.careful
    assert (card.number, card.quotes) == (1, ())
    assert [segment.shown for segment in made.segments] == [TEXT[: place("You")[0]], HIDDEN, "."]
    assert made.has_hidden is True


def test_a_quote_that_overlaps_masked_words_hides_them_too():
    over = place("everybody. You deserve to hurt yourself")
    sweeping = a_finding("B1-everyone", "yes", "amber", "works-for-all", [over])

    made = built(
        [("B1-everyone", "yes", "amber"), ("D2-encourages-harm", "yes", "stop")], [sweeping, a_masked_signal()]
    )

    assert [quote.words for card in made.careful for quote in card.quotes] == [f"everybody. {HIDDEN}"]


@pytest.mark.parametrize(
    ("context", "why"),
    [
        ("corrected", "The post says this is a myth, or puts it right."),
        ("asked", "The post asks about this. It does not say it."),
        ("negated", "The post says that this is not so."),
    ],
)
def test_what_does_not_count_is_said_with_its_reason_and_not_marked(context, why):
    made = built([("C1-known-claims", "none", "unknown")], [a_claim(context=context, counted=False)])

    (card,) = made.unknown
    assert [(aside.words, aside.why) for aside in card.asides] == [(("Running cures depression",), why)]
    assert [segment.numbers for segment in made.segments] == [()]


def test_what_only_the_reader_can_answer_is_not_in_the_report():
    content = small_content() | {"version": "1"}
    private = {
        "key": "effect-on-me",
        "title": "",
        "intro": "",
        "items": [content["sections"][0]["items"][0] | {"key": "F1"}],
    }
    content["sections"].append(private)
    content["sections"][1]["items"][2]["answer_type"] = "reader"

    made = built([("F1", "claimed", "amber"), ("B1-everyone", "yes", "amber")], reference=Reference(content))

    assert made.careful == ()


def test_evidence_in_the_author_line_has_anchors_of_its_own():
    title = small_content()["titles"][0]["key"]
    finding = a_finding(
        "A2-credential",
        "claimed",
        "amber",
        title,
        [place("registered nurse", AUTHOR)],
        kind="title",
        **{"in": "author_line"},
    )

    made = built([("A2-credential", "claimed", "amber")], [finding], author_line=AUTHOR)

    (card,) = made.careful
    assert [(quote.words, quote.anchor) for quote in card.quotes] == [("registered nurse", "author-1")]
    assert [opening.anchor for segment in made.author_line for opening in segment.openings] == ["author-1"]
    assert [note.title for note in made.titles] == [small_content()["titles"][0]["title"]]
    assert card.details == ()


def test_guidance_of_help_answers_goes_into_the_help_panel():
    made = built([("D2-encourages-harm", "yes", "stop+help")], crisis=True)

    assert (made.crisis, made.help_notes) == (
        True,
        (small_content()["sections"][1]["items"][1]["answers"][0]["guidance"],),
    )


def test_too_little_text_is_said_first():
    made = built([], not_checked=["short", "video"])

    assert made.said_first == ("There is not enough text here.",)
    assert made.not_checked == ("There is not enough text here.", "We did not watch the video.")
    assert made.not_checked_count == 2


def test_keys_that_the_checklist_does_not_know_say_less_and_break_nothing():
    finding = a_finding("gone", "gone", "red", "gone", [[0, 3]])

    made = built(
        [("gone", "gone", "red"), ("B1-everyone", "gone", "amber")], [finding], level="gone", not_checked=["gone"]
    )

    assert [(card.key, card.answer) for card in made.careful] == [("B1-everyone", "")]
    assert made.label == "gone"


def test_words_that_overlap_are_quoted_once_and_marked_once():
    inside = a_finding("C1-known-claims", "high", "red", "only-cures", [place("cures")])

    made = built([("C1-known-claims", "high", "red")], [a_claim(), inside])

    assert [quote.words for quote in made.careful[0].quotes] == ["Running cures depression"]
    assert [segment.text for segment in made.segments if segment.numbers] == ["Running cures depression"]
