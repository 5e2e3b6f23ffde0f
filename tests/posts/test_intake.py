"""Taking a post in: what is kept, and every reason to refuse with its sentence."""

import threading

import pytest
from django.db import connection

from posts import intake
from posts.models import Post

WORDS = "Going for a run helped me today."

REFUSED = [
    ("", intake.NothingWritten, "Paste the words of a post first. The box is empty."),
    (" \t\r\n\u00a0\u3000", intake.NothingWritten, "Paste the words of a post first. The box is empty."),
    (
        "\u200b\u200c\u200d\ufeff\u2060" * 500,
        intake.NothingWritten,
        "Paste the words of a post first. The box is empty.",
    ),
    ("\u3164\u115f\u2800", intake.NothingWritten, "Paste the words of a post first. The box is empty."),
    ("\u202e\u2066\u2069", intake.NothingWritten, "Paste the words of a post first. The box is empty."),
    ("😭😭💔", intake.NoWords, "We can only read words, and we found none here. Please add the words of the post."),
    (
        "👩‍👩‍👧 !!! ...",
        intake.NoWords,
        "We can only read words, and we found none here. Please add the words of the post.",
    ),
    (
        "a" * 10_001,
        intake.TooLong,
        "This post is too long for us: it has 10,001 characters and we can read 10,000. "
        "Paste the part you want to check.",
    ),
    (
        "good\x00bad",
        intake.UnreadableCharacters,
        "Some characters in here are broken, so we cannot read it. Copy the words again, or type them.",
    ),
    (
        "half \ud83d of an emoji",
        intake.UnreadableCharacters,
        "Some characters in here are broken, so we cannot read it. Copy the words again, or type them.",
    ),
    (
        " https://www.tiktok.com/@somebody/video/1?x=1 ",
        intake.OnlyALink,
        "This is a link to TikTok. We cannot read it for you. Open it, copy the caption or type what is said, "
        "and paste it here.",
    ),
    (
        "ftp://example.org/x",
        intake.OnlyALink,
        "We do not know this address, so we do not open it. Open the post, copy its words and paste them here.",
    ),
    (
        "vm.tiktok.com/ZM1234/",
        intake.OnlyALink,
        "This is a link to TikTok. We cannot read it for you. Open it, copy the caption or type what is said, "
        "and paste it here.",
    ),
]


@pytest.mark.parametrize(("text", "error", "sentence"), REFUSED)
@pytest.mark.django_db
def test_what_cannot_be_read_is_refused_with_a_sentence_and_nothing_is_stored(text, error, sentence):
    with pytest.raises(error) as caught:
        intake.submit_post(text=text, submission="one")

    assert str(caught.value) == sentence
    assert (caught.value.field, caught.value.status) == ("post", 422)
    assert Post.objects.count() == 0


@pytest.mark.parametrize(
    "text",
    [
        WORDS,
        "a" * 10_000,
        "See https://example.org/ for more",
        "abc \u202egnihtyna\u202c xyz",
        "Ich fühle mich heute müde",
        "أشعر بالتعب اليوم",
        "今日は疲れた",
        "  spaces around stay\n\n",
        "cafe\u0301 stays as it is",
    ],
)
@pytest.mark.django_db
def test_words_are_kept_exactly_as_given(text):
    post = intake.submit_post(text=text, submission="one")

    assert Post.objects.get(pk=post.pk).text == text


@pytest.mark.django_db
def test_line_ends_become_plain():
    post = intake.submit_post(text="one\r\ntwo\rthree\nfour", submission="one")

    assert post.text == "one\ntwo\nthree\nfour"


@pytest.mark.parametrize(
    ("line", "error", "sentence"),
    [
        ("n" * 301, intake.AuthorLineTooLong, "Keep the line about the author under 300 characters."),
        (
            "nurse\x00",
            intake.UnreadableCharacters,
            "Some characters in here are broken, so we cannot read it. Copy the words again, or type them.",
        ),
    ],
)
@pytest.mark.django_db
def test_a_bad_author_line_is_refused_at_its_own_box(line, error, sentence):
    with pytest.raises(error) as caught:
        intake.submit_post(text=WORDS, author_line=line, submission="one")

    assert (caught.value.field, str(caught.value)) == ("author_line", sentence)
    assert Post.objects.count() == 0


@pytest.mark.django_db
def test_an_invisible_author_line_is_none():
    assert intake.submit_post(text=WORDS, author_line=" \u200b ", submission="one").author_line == ""


@pytest.mark.django_db
def test_the_same_form_with_the_same_words_gives_the_same_post():
    first = intake.submit_post(text=WORDS, author_line="a nurse", country="GB", submission="one")

    again = intake.submit_post(text=WORDS, author_line="a nurse", country="GB", submission="one")

    assert again == first
    assert Post.objects.count() == 1


@pytest.mark.django_db
def test_the_same_form_with_other_words_is_refused():
    first = intake.submit_post(text=WORDS, submission="one")

    with pytest.raises(intake.AlreadySent):
        intake.submit_post(text="Other words than before.", submission="one")

    assert Post.objects.get().text == first.text


@pytest.mark.django_db
def test_keys_cannot_be_guessed_and_are_never_the_same():
    keys = {intake.submit_post(text=WORDS, submission=str(number)).key for number in range(20)}

    assert len(keys) == 20
    assert {len(key) for key in keys} == {22}


@pytest.mark.django_db(transaction=True)
def test_twenty_presses_at_once_make_one_post():
    keys, errors = [], []

    def press():
        try:
            keys.append(intake.submit_post(text=WORDS, submission="one").key)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert keys == [Post.objects.get().key] * 20
