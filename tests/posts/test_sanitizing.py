"""The one door for other people's HTML."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posts import sanitizing
from posts.sanitizing import SCHEMES, TAGS, clean_guidance, normal, plain_text, text_of_html
from tests.examples import examples

LINK = '<a href="{}" rel="noopener noreferrer nofollow">x</a>'


@pytest.mark.parametrize(
    ("given_text", "cleaned"),
    [
        ("Plain words & more", "Plain words &amp; more"),
        ("5 < 6", "5 &lt; 6"),
        ("<p>One <strong>two</strong> <em>three</em></p>", "<p>One <strong>two</strong> <em>three</em></p>"),
        ("<ul><li>a</li></ul>", "<ul><li>a</li></ul>"),
        ('<a href="https://example.org/">x</a>', LINK.format("https://example.org/")),
        ('<a href="tel:999">x</a>', LINK.format("tel:999")),
        ('<a href="mailto:a@example.org">x</a>', LINK.format("mailto:a@example.org")),
        ('<a href="https://example.org/" onclick="x()" target="_blank">x</a>', LINK.format("https://example.org/")),
    ],
)
def test_a_little_html_is_kept(given_text, cleaned):
    assert clean_guidance(given_text) == cleaned


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#10;script:alert(1)",
        "data:text/html,x",
        "//example.org/",
        "/admin/",
        "admin/",
        "#top",
        "?next=x",
        "https:/\\example.org",
        "vbscript:x",
    ],
)
def test_other_addresses_are_taken_off_the_link(address):
    assert clean_guidance(f'<a href="{address}">x</a>') == '<a rel="noopener noreferrer nofollow">x</a>'


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        '<iframe srcdoc="<script>x</script>">',
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<p style='background:url(javascript:x)'>words</p>",
        "<form action=https://example.org><input></form>",
    ],
)
def test_nothing_else_becomes_an_element(attack):
    cleaned = clean_guidance(attack)

    assert set(re.findall(r"<\s*/?\s*([a-z]+)", cleaned)) <= TAGS
    assert re.findall(r"<[^>]*\s(?!href=|rel=)[a-z-]+=", cleaned) == []


PIECES = st.one_of(
    st.text(st.sampled_from("<>/=\"'&;:# abphrefonscitj\n\t"), max_size=20),
    st.sampled_from(
        '<a href= <p> </p> <script> <svg> <math> <style> <!-- --> <![CDATA[ ]]> <br> "https:// "javascript: data: '
        "&#106; &Tab; &colon; onclick= \u200b \x00 \x1f".split(" ")
    ),
)


@settings(max_examples=examples(2000), deadline=None)
@given(st.lists(PIECES, max_size=8).map("".join))
def test_whatever_comes_in_only_the_small_set_comes_out(text):
    cleaned = clean_guidance(text)

    assert set(re.findall(r"<\s*/?\s*([a-z]+)", cleaned)) <= TAGS
    assert re.findall(r"<[^>]*\s(?!href=|rel=)[a-z-]+=", cleaned) == []
    for address in re.findall(r'<[^>]*href="([^"]*)"', cleaned):
        assert address.partition(":")[0].lower() in SCHEMES
    assert clean_guidance(cleaned) == cleaned, "a second cleaning would find something"


@pytest.mark.parametrize(
    ("given_text", "made_normal"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("e\u0301", "é"),
        ("java\x00script\x1f:\x7f\x9b", "javascript:"),
        ("half \ud800, none \ufdd0", "half , none "),
        ("tab\tand 👩\u200d👧 stay", "tab\tand 👩\u200d👧 stay"),
    ],
)
def test_text_is_made_normal_before_it_is_read(given_text, made_normal):
    assert normal(given_text) == made_normal


def test_bleach_finds_no_links_by_itself():
    assert clean_guidance("see https://example.org and a@example.org") == "see https://example.org and a@example.org"
    assert "linkify(" not in Path(sanitizing.__file__).read_text()


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>one</p><p>two</p>", "one two"),
        ("a &amp; b &lt;i&gt;", "a & b <i>"),
        ("<script>x()</script>words<style>p{}</style>", "words"),
        ("no markup", "no markup"),
        ("", ""),
    ],
)
def test_plain_text_keeps_the_words_only(markup, words):
    assert plain_text(markup) == words


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("one<br>two<br />three", "one\ntwo\nthree"),
        ("<p title='a>b'>one\n   two</p>", "one two"),
        ("<ul><li>one</li><li>two</li></ul>", "one\ntwo"),
        ("<p>one</p><blockquote><p>two</p></blockquote><p> </p><p>three</p>", "one\n\ntwo\n\nthree"),
        (
            'see <a href="https://example.org/a"><span>https://</span><span>example.org/a</span></a>',
            "see https://example.org/a",
        ),
        ("a &amp; b &lt;p&gt; c", "a & b <p> c"),
        ("<script>x()</script>words<style>p{}</style>", "words"),
        ("<p>never closed <b>bold", "never closed bold"),
        ("5 < 6", "5 < 6"),
        ("", ""),
    ],
)
def test_html_becomes_lines_as_people_see_them(markup, words):
    assert text_of_html(markup) == words
