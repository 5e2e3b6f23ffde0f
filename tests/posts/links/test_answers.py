"""What can be read out of the bytes of an answer."""

import pytest

from posts.links.door import Answer, DoorError, Refusal


def saying(body):
    return Answer(address="https://ok.example/", status=200, content_type="application/json", body=body)


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'{"a": [1, null, "\xc3\xa9"]}', {"a": [1, None, "é"]}),
        (b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
        (b'{"a": 1, "a": 2}', {"a": 2}),
        (rb'"\ud83d\ude00"', "😀"),
        (rb'"\u0000"', "\x00"),
    ],
    ids=ascii,
)
def test_json_is_read(body, value):
    assert saying(body).json() == value


def test_half_a_character_is_replaced():
    """No database and no page can take it. What stands around it is kept."""
    assert saying(rb'{"a\udc00": "b\ud83d c", "d": "\ude00\ud83d"}').json() == {"a�": "b� c", "d": "��"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"{",
        b"[NaN]",
        b"[-Infinity]",
        b"[1e999]",
        b"\xff\xfe",
        b'"\xed\xa0\xbd"',
        b"[" * 100_000,
        b"9" * 5000,
        b"{} {}",
    ],
    ids=lambda body: ascii(body[:10]),
)
def test_what_is_no_json_is_garbled(body):
    with pytest.raises(DoorError) as refused:
        saying(body).json()

    assert refused.value.refusal == Refusal.GARBLED
    # Nor does the traceback of it quote what was sent.
    assert refused.value.__suppress_context__


def test_text_is_read_with_what_is_no_text_replaced():
    assert saying("héllo".encode()).text() == "héllo"
    assert saying(b"\xef\xbb\xbfh\xe9llo \xed\xa0\xbd").text() == "h�llo ���"
