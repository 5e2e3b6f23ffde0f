"""What belongs to the app is left out, the author's name goes apart, and the lines become paragraphs in their order."""

import random

import pytest

from posts.screenshot_interface import is_interface, name_before
from posts.screenshot_lines import Line, words_of


def line(text, left, top, *, height=30, width=None):
    return Line(text=text, left=left, top=top, right=left + (width or len(text) * 15), bottom=top + height)


X = [
    line("9:41", 60, 10),
    line("5G", 860, 12),
    line("87%", 960, 10),
    line("Post", 500, 100),
    line("0", 30, 180, height=110),  # the round picture
    line("Dr Sam Example", 150, 200),
    line("Follow", 900, 215),
    line("@sam_ex", 150, 240),
    line("Running cures depression, honestly. You", 40, 320),
    line("should all go for a run, like and", 40, 362),
    line("share", 40, 404),
    line("Translate post", 40, 480),
    line("9:41 AM · Mar 3, 2024 · 1.2M Views", 40, 540),
    line("24", 80, 600),
    line("312", 300, 600),
    line("5.6K", 500, 600),
    line("Post your reply", 40, 800),
]
TIKTOK = [
    line("Following", 300, 60),
    line("For You", 520, 60),
    line("THINGS NOBODY TELLS", 200, 500, height=50, width=600),
    line("YOU ABOUT ANXIETY", 220, 560, height=50, width=560),
    line("45.2K", 950, 1000),
    line("812", 960, 1150),
    line("3,104", 950, 1300),
    line("Sam Example @sam_ex · 2d", 40, 1600),
    line("Part 1 of my story. #anxiety", 40, 1650),
    line("♫ original sound - sam_ex", 40, 1720),
]
INSTAGRAM = [
    line("sam.example", 120, 60),
    line("• Follow", 320, 60),
    line("1,204 likes", 40, 900),
    line("sam.example I was so tired. Small walks", 40, 950),
    line("helped me, and a kind doctor.", 40, 992),
    line("View all 24 comments", 40, 1060, height=26),
    line("2 days ago", 40, 1100, height=20),
    line("Reply", 300, 1100, height=20),
]
REDDIT = [
    line("r/anxiety • 3h", 100, 40),
    line("u/sam_ex", 100, 80, height=24),
    line("Nobody told me this", 40, 140, height=44),
    line("I take my tablets and I am fine.", 40, 220),
    line("That is all.", 40, 262),
    line("Do not be ashamed of what helps you to live well.", 40, 340),
    line("512", 60, 420),
    line("48", 220, 420),
    line("Share", 400, 420),
    line("Best", 40, 500),
]


@pytest.mark.parametrize(
    ("lines", "text", "author"),
    [
        (X, "Running cures depression, honestly. You should all go for a run, like and share", "Dr Sam Example"),
        (TIKTOK, "THINGS NOBODY TELLS YOU ABOUT ANXIETY\n\nPart 1 of my story. #anxiety", "Sam Example"),
        (INSTAGRAM, "I was so tired. Small walks helped me, and a kind doctor.", ""),
        (
            REDDIT,
            "Nobody told me this\n\nI take my tablets and I am fine.\nThat is all.\n\n"
            "Do not be ashamed of what helps you to live well.",
            "",
        ),
        ([], "", ""),
    ],
    ids=["X", "TikTok", "Instagram", "Reddit", "nothing"],
)
def test_a_post_is_read_without_its_app(lines, text, author):
    shuffled = random.Random(7).sample(lines, len(lines))

    words = words_of(shuffled)

    assert (words.text, words.author_line) == (text, author)


def test_columns_are_read_one_after_the_other_below_their_heading():
    lines = [
        line("A heading over both of the columns that stands alone", 40, 20),
        line("The first column says", 40, 120),
        line("that rest is good.", 40, 162),
        line("The second one says", 700, 122),
        line("that friends are.", 700, 164),
    ]

    assert words_of(lines).text.split("\n\n") == [
        "A heading over both of the columns that stands alone",
        "The first column says that rest is good.",
        "The second one says that friends are.",
    ]


@pytest.mark.parametrize(
    "text",
    "2h|9:41|9:41 5G 87%|9:41 AM: Mar 3, 2024: 1.2M Views|9:41 AM|24 312 5.6K|3,104 likes|"
    "View all 24 comments|View 3 more replies|5h Reply|2h 12 likes Reply|"
    "9:41AM-Mar 3, 2024- 1.2M Views|sam.example • Follow|r/anxiety • u/sam_x • 3h|@sam · 2d|Translate post|"
    "Like Comment Share|original sound - sam|Liked by kim and others|Yesterday|3 March 2024|LTE|♡ 1.2K|Follow".split(
        "|"
    ),
)
def test_lines_of_an_app_are_known(text):
    assert is_interface(text)


@pytest.mark.parametrize(
    "text",
    "I lost 20 pounds|Follow for more|Like and share|Yesterday I cried|You are more than this|help|MORE|LOVE|Running|"
    "3 signs of trauma|Dr Sam Example|Live more, love more|2024 was hard|#anxiety|Day 3|Comment YES".split("|"),
)
def test_words_of_a_post_are_not_taken_for_the_app(text):
    assert not is_interface(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sam Example @sam_ex · 2h", "Sam Example"),
        ("Dr Sam Example, LPC • Follow", "Dr Sam Example, LPC"),
        ("Sam Example · 2h", "Sam Example"),
        ("sam.example • Follow", ""),
        ("I wrote to @sam_ex and he was kind", ""),
        ("Sleep · Food · Friends", ""),
    ],
)
def test_a_name_is_known_by_what_the_app_puts_after_it(text, name):
    assert name_before(text) == name


def test_a_number_at_the_end_of_a_sentence_stays():
    lines = [line("My panic went away in just", 40, 100), line("10 days", 40, 142)]

    assert words_of(lines).text == "My panic went away in just 10 days"


@pytest.mark.parametrize("text", ["1" * 5000, "1 " * 2500, "·" * 5000, "view " * 1000, "1-1" * 1500, "a." * 2500])
def test_no_line_takes_long(text):
    """It ends: a rule that tried every way of parting such a line would not."""
    assert isinstance(words_of([line(text, 0, 0, width=900), line(text[:110], 0, 60, width=900)]).text, str)
