"""The words of the pages can be read at the age of eleven: Flesch-Kincaid grade 6 at most, for each template."""

import re
from collections import defaultdict

import pytest

from config import messages

HIGHEST_GRADE = 6
# Fewer words than this give a figure that says nothing.
ENOUGH_WORDS = 30
TAG_OR_PLACEHOLDER = re.compile(r"<[^>]+>|%\(\w+\)s|\{\w+\}")


def grade(text):
    """The Flesch-Kincaid grade of English sentences: the year of an American school that can read them."""
    sentences = [part for part in re.split(r"[.!?]+", text) if part.strip()]
    words = words_of(text)
    syllables = sum(syllables_of(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def words_of(text):
    return re.findall(r"[a-z]+(?:[’'][a-z]+)*", text.lower())


def syllables_of(word):
    """Groups of vowels, without a silent -e, -es or -ed at the end."""
    spoken = re.sub(r"((?<=[^aeiouyl])|(?<=[aeiouy]l))e$|(?<=[^aeiouycghsxz])es$|(?<=[^aeiouytd])ed$", "", word)
    return max(1, len(re.findall(r"[aeiouy]+", spoken)))


def copy_by_template():
    """{template: its whole sentences}. Titles, labels and buttons are left out: they would count as short sentences."""
    copy = defaultdict(list)
    for message in messages.extracted():
        words = message.id if isinstance(message.id, str) else message.id[-1]
        sentence = TAG_OR_PLACEHOLDER.sub("it", words)
        if sentence.endswith((".", "!", "?")):
            for path in {path for path, _ in message.locations if path.startswith("templates/")}:
                copy[path].append(sentence)
    return {path: " ".join(sentences) for path, sentences in copy.items()}


COPY = {path: text for path, text in copy_by_template().items() if len(words_of(text)) >= ENOUGH_WORDS}


@pytest.mark.parametrize("path", sorted(COPY))
def test_a_template_is_easy_to_read(path):
    assert grade(COPY[path]) <= HIGHEST_GRADE


def test_the_pages_that_matter_most_are_among_them():
    assert {f"templates/assessments/{name}.html" for name in ("paste", "report", "method")} <= COPY.keys()


@pytest.mark.parametrize(
    ("word", "syllables"),
    {
        "help": 1,
        "shared": 1,
        "needed": 2,
        "pages": 2,
        "notes": 1,
        "report": 2,
        "moderators": 4,
        "table": 2,
        "the": 1,
    }.items(),
)
def test_syllables_are_counted(word, syllables):
    assert syllables_of(word) == syllables


def test_hard_words_would_be_found():
    """The control: the way a policy is usually written."""
    assert grade("Notwithstanding these considerations, individuals should exercise appropriate caution.") > 12
