"""Who an author says they are: titles, letters, registers and numbers. The examples are the specification."""

from pathlib import Path

import pytest
import yaml

from assessments import engine

EXAMPLES = yaml.safe_load((Path(__file__).parents[1] / "examples" / "titles.yaml").read_text(encoding="utf-8"))


def _titles(result):
    return [finding for finding in result.findings if finding.kind == "title"]


def _assess(example, compiled):
    return engine.assess(example["text"], compiled, author_line=example["author_line"], country=example["country"])


@pytest.mark.parametrize(
    "example",
    [*EXAMPLES["author_lines"], *EXAMPLES["posts"]],
    ids=lambda example: example["author_line"] or example["text"],
)
def test_what_an_author_says_about_themselves(compiled, example):
    result = _assess(example, compiled)
    titles = _titles(result)

    assert (result.author, " ".join(title.signal for title in titles)) == (example["author"], example["titles"])
    if "words" in example:
        start, end = titles[0].spans[0]
        assert (example["author_line"] or example["text"])[start:end] == example["words"]


@pytest.mark.parametrize(
    ("line", "country", "register"),
    [
        ("LMFT #12345", "US", "AMFTRB"),
        ("HCPC PYL12345", "GB", "HCPC"),
        ("NMC PIN 12A3456E", "GB", "NMC"),
        ("BACP 123456", "GB", "BACP"),
        ("AHPRA PSY0001234567", "AU", "Ahpra"),
        ("CORU SW012345", "IE", "CORU"),
    ],
)
def test_a_number_can_be_looked_up_without_a_name(compiled, content, line, country, register):
    """Without the number the same letters only claim something: there is no name to look up."""
    with_number = _titles(engine.assess("", compiled, author_line=line, country=country))
    without = _titles(engine.assess("", compiled, author_line=line.split()[0], country=country))

    assert [title.answer for title in with_number] == ["checkable"]
    assert [title.answer for title in without] == ["claimed"]
    row = next(row for row in content["titles"] if row["key"] == with_number[0].signal)
    assert register in row["register"]
    assert row["register_url"]


@pytest.mark.parametrize("word", ["therapist", "counselor", "counsellor", "psychotherapist", "coach", "nurse"])
@pytest.mark.parametrize("country", ["US", "GB", "IE", "AU", ""])
def test_a_word_that_anyone_may_use_is_never_called_registered(compiled, word, country):
    result = engine.assess("", compiled, author_line=f"Jane Example, {word}", country=country)

    assert result.author != engine.Author.REGISTERED_TITLE
    assert all(title.answer == "claimed" for title in _titles(result))


def test_every_letter_after_a_name_can_be_found(compiled, content):
    """None reads as another word ("BC" is "because"), so none is silently left out."""
    lost = []
    for row in content["titles"]:
        for letters in row["post_nominals"]:
            line = f"Jane Example, {letters.replace('0', '1')}"
            result = engine.assess("", compiled, author_line=line, country=row["country"])
            lost += [] if _titles(result) else [f"{row['key']}: {letters}"]

    assert lost == []


def test_no_row_says_that_a_claim_is_true_or_untrue(content):
    for row in content["titles"]:
        for words in (row["title"], row["meaning"], row["register"]):
            assert not {"verified", "fake", "genuine", "fraud"} & set(words.lower().replace(".", " ").split()), row[
                "key"
            ]


def test_many_titles_and_fillers_stay_bounded(compiled):
    """A thousand numbers make no thousand findings."""
    result = engine.assess("LMFT12345 " * 1000, compiled, author_line="LCSW98765, " * 500, country="US")

    assert len(_titles(result)) <= 16
