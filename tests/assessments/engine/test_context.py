"""How a post means what it says: a table to read and to add to. The claim is always "exercise cures depression"."""

import pytest

from assessments.engine.context import Contexts
from assessments.engine.matching import Matcher
from assessments.engine.patterns import parse, read_classes
from assessments.engine.text import read

CLASSES = read_classes(
    {
        "MOVING": ("exercise", "running", "gym", "yoga"),
        "CURES": ("cure+", "fix+", "heal+"),
        "LOW": ("depress*", "anxiety"),
    }
)
MATCHER = Matcher(
    [
        parse("{MOVING} ... {CURES} ... {LOW}", CLASSES),
        parse("{LOW} ... {CURES} by {MOVING}", CLASSES),
        parse("(antidepressants | pills) (dont | doesnt) work", CLASSES),
        parse("stop+ taking [your] meds", CLASSES),
    ]
)

ASSERTED = [
    "exercise cures depression",
    "Running literally cures depression, full stop.",
    "depression is cured by running",
    "antidepressants don't work",
    "not gonna lie exercise cures depression",
    "I refuse to believe anything else: exercise cures depression",
    "no doubt exercise cures depression",
    "they won't tell you that exercise cures depression",
    "did you know exercise cures depression?",
    "stop taking your meds, exercise cures depression",
    "why are you still sad when exercise cures depression?",
    "Fact: exercise cures your anxiety",
    "contrary to what doctors say, exercise cures depression",
    "unpopular opinion: exercise cures depression",
    "nobody tells you that exercise cures depression",
    "what if I told you exercise cures depression",
    "depression is not an illness, it is cured by running",
    "you can't tell me exercise doesn't cure depression",
    "Myth: pills help. Fact: exercise cures depression.",
    "does exercise cure depression? Yes.",
    "if you are sad, exercise cures depression",
    "my coach told me exercise cures depression and he was right",
    "they say I'm lazy, but exercise cures depression",
    "I swear exercise cures depression",
    'a week of "rest" did nothing, exercise cures depression',
]
NOT_ASSERTED = {
    "negated": [
        "exercise does not cure depression",
        "I don't think exercise cures depression",
        "no evidence that exercise cures depression",
        "exercise will never cure your depression",
        "nobody can promise that yoga heals anxiety",
    ],
    "corrected": [
        "Myth: exercise cures depression. Fact: it can help some people.",
        "MYTH\nexercise cures depression",
        "stop saying exercise cures depression",
        "please stop telling people that yoga fixes anxiety",
        "anyone who says exercise cures depression has never had it",
        "exercise cures depression is a myth",
        "the idea that exercise cures depression is harmful",
        "exercise cures depression? That's not true.",
        "my coach said exercise cures depression. He was wrong.",
        "tired of people saying yoga heals anxiety",
        "Myths about low mood:\n- pills are poison\n- exercise cures depression",
        "❌ exercise cures depression",
        "Outdated: exercise cures depression",
        "exercise cures depression (no it doesn't)",
        "exercise cures depression? Nope.",
        "saying exercise cures depression helps nobody",
        "if you think exercise cures depression, you're wrong",
    ],
    "asked": [
        "does exercise cure depression?",
        "can yoga really fix anxiety?",
        "is it true that running cures depression?",
        "wondering if running cures depression",
        "new here, does running cure depression",
    ],
    "reported": [
        "people say exercise cures depression",
        "my dad used to say running cures depression",
        '"exercise cures depression", she said and hung up',
        "Them: exercise cures depression",
        "exercise cures depression, they say",
    ],
    "sarcasm": [
        "oh right because exercise cures depression 🙄",
        "exercise cures depression, said nobody",
        "sure, exercise cures depression",
        "exercise cures depression /s",
    ],
    "hypothetical": [
        "imagine if exercise cured depression",
        "if exercise cured depression, athletes would be happy",
    ],
    "safe-advice": ["please talk to your doctor before you stop taking your meds"],
    "personal": ["running fixed my depression", "for me yoga cured my anxiety"],
    "past": ["when I was a teen running cured my anxiety", "I used to believe exercise cures depression"],
}


def contexts_of(text):
    reading = read(text)
    matches = MATCHER.run(reading)
    assert matches, f"no pattern found anything in {text!r}"
    contexts = Contexts(reading)
    return {contexts.of(match).value for match in matches}


@pytest.mark.parametrize("text", ASSERTED)
def test_the_post_means_it(text):
    assert contexts_of(text) == {"asserted"}


@pytest.mark.parametrize(
    ("text", "context"), [(text, context) for context, texts in NOT_ASSERTED.items() for text in texts]
)
def test_the_post_means_something_else(text, context):
    assert contexts_of(text) == {context}


DISTRESS = Matcher([parse("i want to die", CLASSES)])


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("I want to die", "personal"),
        ("I can't do this any more I want to die", "personal"),
        ("they don't care, I want to die. They were wrong about me", "personal"),
        ("lol yeah right I want to die", "personal"),
        ("years ago I want to die", "past"),
        ("nobody is saying I want to die is a joke", "personal"),
        ("not that I want to die", "negated"),
        ("stop saying I want to die over homework", "corrected"),
        ('you said "I want to die" and I am glad that you told us', "reported"),
        ('my friend texted me "I want to die"', "reported"),
        ('I told my friend "I want to die"', "personal"),
        ("my friend says I am dramatic but I want to die", "personal"),
        ("I am one of those people who cope and I want to die", "personal"),
    ],
)
def test_a_call_for_help_is_not_silenced_by_the_words_around_it(text, context):
    reading = read(text)

    (match,) = DISTRESS.run(reading)

    assert Contexts(reading).of_distress(match).value == context
