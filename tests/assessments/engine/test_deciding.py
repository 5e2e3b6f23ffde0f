"""From findings to answers, effects and level, on a checklist small enough to read."""

import pytest

from assessments import engine


def a_checklist(**changes):
    """Three sections, four items, a claim and a few signals: the smallest checklist that shows every rule."""
    content = {
        "format": 1,
        "checklist": {
            "masked_kinds": ["self-harm"],
            "ambiguous_letters": [{"letters": "CP", "meanings": ["one", "another"]}],
            "short_text": {"words": 3, "message": "Too short."},
            "advice_words": 6,
            "not_checked": [{"key": key, "sentence": key} for key in ("video", "author", "language", "short", "links")],
        },
        "levels": [
            {"key": "do-not-rely", "when": [[{"effect": "stop", "at_least": 1}], [two_sections("red")]]},
            {
                "key": "check-first",
                "when": [[{"effect": "red", "at_least": 1}], [many("amber", 3), two_sections("amber")]],
            },
            {
                "key": "helpful-signs",
                "when": [
                    [{"enough_text": True}, {"effect": "amber", "at_most": 1}, {"effect": "green", "at_least": 2}]
                ],
            },
            {"key": "read-with-care", "when": [[]]},
        ],
        "sections": [
            a_section(
                "author", an_item("A2-credential", checkable="green", claimed="amber", lay="none", none="unknown")
            ),
            a_section(
                "truth",
                an_item("C1-known-claims", high="red", some="amber", debunked="green", none="unknown"),
                an_item("C2-cure", yes="red", no="none"),
            ),
            a_section("harm", an_item("D2-encourages-harm", yes="stop+help", disclosure="help", no="none")),
            a_section("good", an_item("G3-encourages-help", yes="green", no="amber", na="none")),
        ],
        "word_classes": [{"key": "LOW", "description": "", "words": ["depress*", "low mood"]}],
        "claims": [a_claim(risk="high")],
        "signals": [
            a_signal("cure-word", "C2-cure", "yes", "cure+ {LOW}", family="generality"),
            a_signal("hint-one", "C2-cure", "yes", "secret", effect="hint"),
            a_signal("hint-two", "D2-encourages-harm", "yes", "shocking", effect="hint"),
            a_signal("says-gp", "G3-encourages-help", "yes", "(see | ask) gp", direction="positive"),
            a_signal("distress", "D2-encourages-harm", "disclosure", "i cut", kind="self-harm", intent="disclose"),
            a_signal("goading", "D2-encourages-harm", "yes", "kys", kind="self-harm", intent="encourage", crisis=True),
            a_signal("term-one", "D2-encourages-harm", "yes", "ana", kind="ed", match="term+context", effect="red"),
            a_signal("term-two", "D2-encourages-harm", "yes", "mia", kind="ed", effect="amber"),
            a_signal("gives-advice", "", "", "you should", family="practice", sets=[]),
            a_signal("no-help", "G3-encourages-help", "no", "(doctor | gp)", absence=True),
        ],
        "titles": [a_title("gb-psychologist", "Clinical psychologist", "yes"), a_title("coach", "Life coach", "no")],
    }
    return engine.compile({**content, **changes})


ALWAYS = {"key": "always", "when": [[]]}


def only_when(condition):
    return {"key": "when", "when": [[condition]]}


def a_claim(*, risk):
    return {
        "key": "running-cures",
        "topic": "depression",
        "verdict": "misleading",
        "risk": risk,
        "patterns": ["running ... cure+ ... {LOW}"],
    }


def two_sections(effect):
    return {"effect": effect, "at_least": 2, "count": "sections"}


def many(effect, number):
    return {"effect": effect, "at_least": number}


def a_section(key, *items):
    return {"key": key, "items": list(items)}


def an_item(key, **answers):
    return {
        "key": key,
        "answer_type": "auto",
        "answers": [{"key": answer, "effect": effect} for answer, effect in answers.items()],
    }


def a_signal(key, item, answer, pattern, *, effect="", **fields):
    row = {
        "key": key,
        "family": "harm",
        "kind": "",
        "intent": "",
        "direction": "risk",
        "match": "phrase",
        "absence": False,
        "crisis": False,
        "flag": "",
        "sets": [{"item": item, "answer": answer, "effect": effect}],
        "patterns": [pattern],
    }
    return {**row, **fields}


def a_title(key, title, protected):
    return {
        "key": key,
        "country": "GB" if protected == "yes" else "",
        "title": title,
        "aliases": [],
        "post_nominals": ["DClinPsy", "CP"] if protected == "yes" else [],
        "protected": protected,
        "register_url": "https://example.org/" if protected == "yes" else "",
        "family": "registered" if protected == "yes" else "coach",
    }


@pytest.fixture(scope="module")
def small():
    return a_checklist()


def effects(result):
    return {item.item: item.effect for item in result.items if item.effect not in ("none", "unknown")}


def test_nothing_found_is_unknown_and_never_good(small):
    result = engine.assess("what a lovely long sunny day", small)

    assert (result.level, effects(result), result.findings) == ("read-with-care", {}, ())


@pytest.mark.parametrize(
    ("text", "expected", "level"),
    [
        ("running cures your depression", {"C1-known-claims": "red"}, "check-first"),
        ("running cured my depression for me", {"C1-known-claims": "amber"}, "read-with-care"),
        (
            "Myth: running cures depression. Ask your GP",
            {"C1-known-claims": "green", "G3-encourages-help": "green"},
            None,
        ),
        ("running does not cure depression at all", {}, "read-with-care"),
    ],
)
def test_a_claim_counts_as_it_is_said(small, text, expected, level):
    result = engine.assess(text, small)

    found = effects(result)
    assert {item: found.get(item) for item in expected} == expected
    assert result.level == (level or "helpful-signs")


def test_the_same_words_count_once_within_a_section():
    """The claim (amber, lowest risk) and the cure promise (red) stand in the same words: shown twice, counted once."""
    low_risk = a_checklist(claims=[a_claim(risk="low")], levels=[only_when(many("amber", 1)), ALWAYS])

    repeated = engine.assess("running will cure depression", low_risk)
    apart = engine.assess("running will cure all sorts of depression", low_risk)

    assert effects(repeated) == {"C1-known-claims": "amber", "C2-cure": "red"}
    assert (repeated.level, apart.level) == ("always", "when")


def test_one_hint_is_nothing_and_two_are_one_amber(small):
    one = engine.assess("a secret for you all", small)
    two = engine.assess("a shocking secret for you all", small)

    assert (effects(one), list(effects(two).values())) == ({}, ["amber"])


def test_distress_brings_help_and_counts_against_nobody(small):
    result = engine.assess("i cut again last night", small)

    assert (result.crisis, result.level, effects(result)) == (True, "read-with-care", {"D2-encourages-harm": "help"})
    assert [finding.masked for finding in result.findings] == [True]


def test_encouraging_harm_stops_and_brings_help(small):
    result = engine.assess("kys", small)

    assert (result.crisis, result.level, effects(result)) == (True, "do-not-rely", {"D2-encourages-harm": "stop+help"})


def test_a_term_needs_company_of_its_own_kind(small):
    alone = engine.assess("ana is my friend here", small)
    together = engine.assess("ana and mia are here", small)

    assert effects(alone) == {}
    assert effects(together) == {"D2-encourages-harm": "red"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("you should journal every single day", {"G3-encourages-help": "amber"}),
        ("you should journal", {}),
        ("i journal every single day of it", {}),
        ("you should see your gp about it", {"G3-encourages-help": "green"}),
    ],
)
def test_what_is_missing_counts_only_in_advice_of_some_length(small, text, expected):
    assert effects(engine.assess(text, small)) == expected


@pytest.mark.parametrize(
    ("line", "author", "effect"),
    [
        ("Dr Amira Example, Clinical Psychologist", "registered_title", "green"),
        ("Amira Example, DClinPsy", "registered_title", "green"),
        ("clinical psychologist", "registered_title", "amber"),
        ("Amira Example, CP", "registered_title", "amber"),
        ("Amira Example, cp", "none_stated", None),
        ("Sam Example, life coach", "other_title", "amber"),
        ("not a clinical psychologist", "none_stated", None),
        ("my clinical psychologist says hi", "none_stated", None),
        ("", "none_stated", None),
    ],
)
def test_titles_are_claims_and_say_where_to_look(small, line, author, effect):
    result = engine.assess("a post of some words", small, author_line=line)

    assert (result.author, effects(result).get("A2-credential")) == (author, effect)


def test_a_title_in_the_post_counts_only_when_the_author_claims_it(small):
    claimed = engine.assess("as a clinical psychologist i see this", small)
    somebody_else = engine.assess("see a clinical psychologist about this", small)

    assert (claimed.author, somebody_else.author) == ("registered_title", "none_stated")


def test_the_trace_tells_every_step(small):
    result = engine.assess("running cures all depression", small)

    assert result.trace == (
        "running-cures: found, asserted, counts",
        "C1-known-claims: running-cures -> high, red",
        "level check-first: at least 1 red",
    )


def test_what_could_not_be_checked_is_said(small):
    assert engine.assess("hi", small).not_checked == ("video", "author", "short")
    assert engine.assess("see https://example.org/ for it all", small, author_line="life coach").not_checked == (
        "video",
        "links",
    )
    assert "language" in engine.assess("no quiero vivir más y no sé que hacer con mi vida", small).not_checked


def test_another_language_is_never_called_fine(small):
    text = "no quiero vivir más y no sé que hacer con mi vida pero ask gp Myth: running cures depression"

    assert engine.assess(text, small).level != "helpful-signs"
