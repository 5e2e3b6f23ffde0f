"""Every kind of mistake in content is named by file, entry and field, and nothing makes the loader crash."""

import pytest

from assessments.content_loading import ContentError, check_content_dict, read_content, read_help


def mistakes_after(folder, file, old, new, read=read_content):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} does not stand in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read(folder)
    return caught.value


def test_before_a_mistake_is_made_there_is_none(folder):
    """The control: what the tests below complain about is what they put there."""
    assert len(read_content(folder)["claims"]) > 10
    assert read_help(folder / "help")["countries"]


DEPRESSION = "claims/depression.yaml"
EXERCISE = "exercise-cures-depression"
SELF_HARM = "signals/harm_self_harm.yaml"
PATTERNS = "    patterns:\n"


@pytest.mark.parametrize(
    ("file", "old", "new", "entry", "field", "says"),
    [
        pytest.param(DEPRESSION, "    risk: high\n", "", EXERCISE, "risk", "missing", id="field missing"),
        pytest.param(
            DEPRESSION, "    risk:", "    colour: red\n    risk:", EXERCISE, "colour", "no field", id="unknown"
        ),
        pytest.param(DEPRESSION, "risk: high", "risk: huge", EXERCISE, "risk", "“huge” is not one of", id="not a risk"),
        pytest.param(DEPRESSION, "risk: high", "risk: 3", EXERCISE, "risk", "number 3", id="number for text"),
        pytest.param(DEPRESSION, "verdict: misleading", "verdict: false", EXERCISE, "verdict", "quotes", id="boolean"),
        pytest.param(
            DEPRESSION, "verdict: misleading", "verdict: bad", EXERCISE, "verdict", "false, mis", id="verdict"
        ),
        pytest.param(DEPRESSION, "source: seed", "source: sed", EXERCISE, "citations.1.source", "“sed”", id="source"),
        pytest.param(
            DEPRESSION, PATTERNS, PATTERNS + "      - '{NOPE} x'\n", EXERCISE, "patterns.1", "“NOPE”", id="class"
        ),
        pytest.param(
            DEPRESSION, PATTERNS, "    patterns: {}\n    rest:\n", EXERCISE, "patterns", "a list", id="not a list"
        ),
        pytest.param(
            DEPRESSION, PATTERNS, PATTERNS + r'      - "a\0b"' + "\n", EXERCISE, "patterns.1", "U+0000", id="NUL"
        ),
        pytest.param(
            DEPRESSION, PATTERNS, PATTERNS + r'      - "a\nb"' + "\n", EXERCISE, "patterns.1", "one line", id="2 lines"
        ),
        pytest.param(
            DEPRESSION, PATTERNS, PATTERNS + "      - a\n      - a\n", EXERCISE, "patterns.2", "twice", id="same twice"
        ),
        pytest.param(DEPRESSION, "topic: depression", "topic: ''", EXERCISE, "topic", "empty", id="empty text"),
        pytest.param(DEPRESSION, "    risk:", "    topic: x\n    risk:", EXERCISE, "topic", "shared", id="said twice"),
        pytest.param(DEPRESSION, "key: depression-is-a-choice", f"key: {EXERCISE}", EXERCISE, "key", "twice", id="key"),
        pytest.param(SELF_HARM, "sh-community-tags", EXERCISE, EXERCISE, "key", "already", id="key of a claim"),
        pytest.param(
            SELF_HARM, "answer: 'yes'", "answer: often", "sh-community-tags", "sets.1.answer", "has no", id="answer"
        ),
        pytest.param(SELF_HARM, "item: D2-", "item: Z9-", "sh-community-tags", "sets.1.item", "no item", id="item"),
        pytest.param(
            SELF_HARM, "effect: red", "effect: rot", "sh-community-tags", "sets.1.effect", "effects are", id="effect"
        ),
        pytest.param(SELF_HARM, "flag: harm", "flag: arm", "sh-community-tags", "flag", "not one of", id="flag"),
        pytest.param(
            SELF_HARM, "crisis: true", "crisis: 'true'", "sh-community-tags", "crisis", "without quotes", id="bool"
        ),
        pytest.param(
            SELF_HARM, "intent: recruit", "intent: lure", "sh-community-tags", "intent", "not one of", id="intent"
        ),
        pytest.param(
            "word_classes/claims.yaml",
            "      little, bit, abit",
            "      little, li*, abit",
            "ABIT",
            "words.2",
            "at least 3",
            id="star",
        ),
        pytest.param(
            "word_classes/claims.yaml",
            "      little, bit, abit",
            "      little, (bit | bits), abit",
            "ABIT",
            "words.2",
            "cannot stand in",
            id="regex",
        ),
        pytest.param(
            "word_classes/claims.yaml",
            "      little, bit, abit",
            "      little, '{NOPE}', abit",
            "ABIT",
            "words.2",
            "“NOPE”",
            id="class in class",
        ),
        pytest.param(
            "titles/gb.yaml", "url: https://", "url: ftp://", "gb-psychiatrist", "register_url", "https", id="url"
        ),
        pytest.param(
            "titles/gb.yaml", "country: GB", "country: UK of GB", "gb-psychiatrist", "country", "two", id="country"
        ),
        pytest.param(
            "sources.yaml", "    confidence: sure", "    confidence: yes", "ahlqvist", "confidence", "true", id="mark"
        ),
        pytest.param(
            "levels.yaml",
            "effect: stop, at_least",
            "effect: halt, at_least",
            "do-not-rely",
            "when.1.1.effect",
            "stop",
            id="level effect",
        ),
        pytest.param(
            "levels.yaml",
            "C4-sources, G3",
            "C9-sources, G3",
            "helpful-signs",
            "when.1.6.items.2",
            "C9",
            id="level item",
        ),
        pytest.param(
            "levels.yaml",
            "{effect: stop, at_least: 1}",
            "{effect: stop}",
            "do-not-rely",
            "when.1.1",
            "needs",
            id="no bound",
        ),
        pytest.param(
            "levels.yaml",
            "      - []",
            "      - [{gives_advice: true}]",
            "levels",
            "4.when",
            "always holds",
            id="no last level",
        ),
        pytest.param(
            "checklist.yaml",
            "- pro-eating-disorder",
            "- pro-eating",
            "checklist",
            "masked_kinds.1",
            "no kind",
            id="kind",
        ),
        pytest.param(
            "checklist.yaml", "advice_words: 25", "advice_words: 0", "checklist", "advice_words", "1 or more", id="zero"
        ),
        pytest.param("checklist.yaml", "format: 1", "format: 2", "", "", "format must be 1", id="format"),
        pytest.param(
            "sections/1_author.yaml",
            "answer_type: both",
            "answer_type: all",
            "author",
            "items.A1-who.answer_type",
            "auto",
            id="type",
        ),
        pytest.param(
            "sections/1_author.yaml",
            "key: 'yes'",
            "key: yes",
            "author",
            "items.A3-scope.answers.1.key",
            "true",
            id="bare yes",
        ),
        pytest.param(
            "sections/1_author.yaml",
            "key: A1-who",
            "key: A2-credential",
            "author",
            "items.A2-credential",
            "twice",
            id="item twice",
        ),
    ],
)
def test_a_mistake_is_named_by_file_entry_and_field(folder, file, old, new, entry, field, says):
    error = mistakes_after(folder, file, old, new)

    found = [p for p in error.problems if (p.file, p.entry, p.field) == (file, entry, field) and says in p.message]
    assert found, str(error)
    assert found[0].line > 0
    assert file in str(error)


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        pytest.param(DEPRESSION, "    risk: high", "    risk: high\n    risk: low", "stands twice", id="field twice"),
        pytest.param(DEPRESSION, "topic: depression", "topic: &t depression", "Anchors", id="anchor"),
        pytest.param(DEPRESSION, "topic: depression", "topic: *t", "Anchors", id="alias"),
        pytest.param(DEPRESSION, "topic: depression", "topic: !!python/name:os.system x", "Tags", id="tag"),
        pytest.param(DEPRESSION, "topic: depression", "topic: !t depression", "Tags", id="own tag"),
        pytest.param(DEPRESSION, "topic: depression", "topic: [", "not YAML", id="broken"),
        pytest.param(DEPRESSION, "topic: depression", "topic: \x07", "character", id="control character"),
        pytest.param(DEPRESSION, "topic: depression", "topic: " + "[" * 30 + "]" * 30, "deep", id="deep"),
        pytest.param(DEPRESSION, "topic: depression", "yes: depression", "in quotes", id="name that is true"),
        pytest.param(DEPRESSION, "topic: depression", "topic: x\n---\na: b", "not YAML", id="two documents"),
        pytest.param(DEPRESSION, "claims:", "titles:", "does not belong in this file", id="wrong list"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_line(folder, file, old, new, says):
    error = mistakes_after(folder, file, old, new)

    problem = next(p for p in error.problems if p.file == file and says in p.message)
    assert problem.line > 0


def test_promises_cannot_be_broken_by_mistake(folder):
    path = folder / "signals/harm_disclosure.yaml"
    path.write_text(
        path.read_text(encoding="utf-8")
        .replace("direction: neutral", "direction: risk", 1)
        .replace("crisis: true", "crisis: false", 1)
        .replace("effect: help", "effect: red", 1),
        encoding="utf-8",
    )

    with pytest.raises(ContentError) as caught:
        read_content(folder)

    assert {problem.field for problem in caught.value.problems} == {"sets", "direction", "crisis"}


def test_all_mistakes_are_reported_at_once(folder):
    for file in (DEPRESSION, SELF_HARM, "titles/gb.yaml"):
        path = folder / file
        path.write_text(path.read_text(encoding="utf-8").replace("key: ", "clef: ", 1), encoding="utf-8")

    with pytest.raises(ContentError) as caught:
        read_content(folder)

    assert {problem.file for problem in caught.value.problems} == {DEPRESSION, SELF_HARM, "titles/gb.yaml"}
    assert str(caught.value).startswith("The content has 6 mistakes:\n")


def test_a_missing_file_and_a_stray_file_are_mistakes(folder):
    (folder / "levels.yaml").rename(folder / "niveaux.yaml")

    with pytest.raises(ContentError) as caught:
        read_content(folder)

    assert {"levels.yaml", "niveaux.yaml"} <= {problem.file for problem in caught.value.problems}


def test_a_huge_file_is_not_read(folder):
    (folder / "sources.yaml").write_text("#" * 5_000_001, encoding="utf-8")

    with pytest.raises(ContentError) as caught:
        read_content(folder)

    assert any(p.file == "sources.yaml" and "5,000,001 bytes" in p.message for p in caught.value.problems)


def test_a_file_that_is_not_text_is_a_mistake(folder):
    (folder / "sources.yaml").write_bytes(b"sources: \xff\xfe")

    with pytest.raises(ContentError) as caught:
        read_content(folder)

    assert any(p.file == "sources.yaml" and "UTF-8" in p.message for p in caught.value.problems)


@pytest.mark.parametrize(
    ("old", "new", "entry", "field"),
    [
        ("code: GB", "code: Britain", "Britain", "code"),
        ("confidence: sure", "confidence: maybe", "GB", "services.1.confidence"),
        ("verified_at: null", "verified_at: last week", "GB", "services.1.verified_at"),
        ("url: https://www.samaritans.org/", "url: samaritans", "GB", "services.1.url"),
        ("    country: United Kingdom\n", "", "GB", "country"),
    ],
)
def test_mistakes_in_help_are_named_too(folder, old, new, entry, field):
    error = mistakes_after(folder / "help", "europe.yaml", old, new, read=read_help)

    assert [(p.file, p.entry, p.field) for p in error.problems] == [("europe.yaml", entry, field)]


def test_help_without_the_international_directory_is_a_mistake(folder):
    (folder / "help/international.yaml").unlink()

    with pytest.raises(ContentError, match="INT"):
        read_help(folder / "help")


@pytest.mark.parametrize("strange", [None, [], "content", {}, {"claims": 3}, {"checklist": [], "levels": {}}])
def test_a_dictionary_of_any_shape_gives_mistakes_and_no_crash(strange):
    assert check_content_dict(strange)


@pytest.mark.parametrize("value", [None, 3, True, "x", [], [3], [None], {}, {"key": 3}, {"key": ["a"]}, [{"key": "a"}]])
@pytest.mark.parametrize("name", "checklist levels sections word_classes claims signals titles sources format".split())
def test_a_part_of_any_shape_gives_mistakes_and_no_crash(content, name, value):
    assert check_content_dict({**content, name: value})


def test_the_answers_own_effect_can_break_the_promise_too(content):
    """An empty effect means that of the answer: a disclosure that answers "yes" would stop the post."""
    signal = next(signal for signal in content["signals"] if signal["intent"] == "disclose")
    broken = {**signal, "sets": [{"item": "D2-encourages-harm", "answer": "yes", "effect": ""}]}
    signals = [broken if each is signal else each for each in content["signals"]]

    problems = check_content_dict({**content, "signals": signals})

    assert [(problem.entry, problem.field) for problem in problems] == [(signal["key"], "sets")]
