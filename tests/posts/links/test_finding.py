"""Links among words: found as they are written, and told from a post that has one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posts.links import is_only_links, links_in, only_link, source_of

LINK = "https://youtu.be/abcdefghijk"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"I feel down. See {LINK}.", [LINK]),
        (f"({LINK}) “{LINK}”", [LINK]),
        ("See youtu.be/abcdefghijk, it helps", ["youtu.be/abcdefghijk"]),
        (f"{LINK} https://example.org/a?b=c", [LINK, "https://example.org/a?b=c"]),
        ("he/she.they/them went, and/or stayed at example.org/page", []),
        ("write to me@youtu.be/abcdefghijk", []),
        ("", []),
    ],
)
def test_links_are_found_without_the_marks_around_them(text, found):
    assert links_in(text) == found


@pytest.mark.parametrize(
    "text",
    [
        LINK,
        f" {LINK}\n",
        f"\u200e{LINK}\u200f",
        f"({LINK})",
        f"look at: {LINK} 😭",
        f"{LINK} {LINK}x",
        "www.example.org",
    ],
)
def test_links_with_almost_no_words_are_no_post(text):
    assert is_only_links(text)


@pytest.mark.parametrize(
    "text",
    ["", "words", "he/she.they/them", f"Running cures depression {LINK}", f"今日は疲れた{LINK}", f"أشعر بالتعب {LINK}"],
)
def test_words_are_a_post_with_a_link_or_without(text):
    assert not is_only_links(text)


def test_one_link_is_the_source_however_often_it_stands_there():
    assert source_of(f"Words {LINK} and again {LINK}").canonical == "https://www.youtube.com/watch?v=abcdefghijk"
    assert source_of(f"Words {LINK} and https://example.org/") is None
    assert source_of("Words") is None


@given(
    st.text()
    | st.lists(st.sampled_from([LINK, "a.b/c", "https://", "t.co/abcdef", " ", "\u202e", "www."])).map("".join)
)
def test_any_text_can_be_looked_through(text):
    assert all(link in text for link in links_in(text))
    assert is_only_links(text) in (True, False)
    assert source_of(text) is None or source_of(text).is_post


@pytest.mark.parametrize("text", [LINK, f" {LINK}\n", f"look at: {LINK} 😭", f"{LINK} {LINK}", "youtu.be/abcdefghijk"])
def test_a_text_that_is_one_link_is_that_link(text):
    assert only_link(text).canonical == "https://www.youtube.com/watch?v=abcdefghijk"


@pytest.mark.parametrize(
    "text", ["", f"{LINK} {LINK}x", f"I saw this today {LINK}", "https://example.org/page", "no link"]
)
def test_any_other_text_is_no_one_link(text):
    assert only_link(text) is None
