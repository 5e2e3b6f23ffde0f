"""Which addresses of the web may be fetched at all. One reading, and it is not fooled."""

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from posts.links.destinations import Destination, destination
from tests.examples import examples

HOSTS = frozenset({"www.tiktok.com", "vm.tiktok.com"})
NUMBERS = """
    127.0.0.1 127.0.0.1. 127.1 2130706433 0x7f000001 0x7f.0.0.1 0177.0.0.1 017700000001 1.1.1.1 [::1] [2606:4700::1111]
    [::ffff:127.0.0.1] [fe80::1%25eth0] ::1 127.0.0.0x1 １２７.０.０.１ ①②⑦.⓪.⓪.① 127。0。0。1 127．0．0．1
    127%2e0%2e0%2e1 ١٢٧.٠.٠.١ 1e3 0x 00 example.0x7f example.1
""".split()
NAMES_INSIDE = """
    localhost LOCALHOST intranet x.localhost printer.local metadata.google.internal db.corp nas.lan router.home x.test
    x.invalid x.onion x.alt 1.0.0.127.in-addr.arpa www.tiktok.com. loc%61lhost -a.example.com a-.example.com
    a..example.com .example.com a_b.example.com xn--1-0ca.example.com example.xn--p1ai
""".split()
FOOLING = [
    "",
    "https://",
    "https:///www.tiktok.com/",
    "https:www.tiktok.com/",
    "//www.tiktok.com/",
    "www.tiktok.com",
    "http://www.tiktok.com/",
    "ftp://www.tiktok.com/",
    "file:///etc/passwd",
    "javascript://www.tiktok.com/%0aalert(1)",
    "data:text/html,x",
    " https://www.tiktok.com/",
    "https://www.tiktok.com/\n",
    "https://www.tiktok.com/a b",
    "https://www.tiktok.com/a\r\nHost: x",
    "https://www.tiktok.com/\\@127.0.0.1/",
    "https://www.tiktok.com\\.evil.example/",
    "https://127.0.0.1\\@www.tiktok.com/",
    "https://user@www.tiktok.com/",
    "https://user:word@www.tiktok.com/",
    "https://www.tiktok.com@127.0.0.1/",
    "https://www.tiktok.com:@evil.example/",
    "https://www.tiktok.com#@evil.example/\\",
    "https://www.tiktok.com:80/",
    "https://www.tiktok.com:8443/",
    "https://www.tiktok.com:0443/",
    "https://www.tiktok.com:/",
    "https://www.tiktok.com:443:443/",
    "https://www.tiktok.com:٤٤٣/",
    "https://www.tiktok.com\t/",
    "https://www.tiktok.com\x00.evil.example/",
    "https://www.tiktok.com/é",
    "https://www.tiktok.com/\ud800",
    "https://www.tıktok.com/",
    "https://\u212amastodon.example/",
    "https://www.tiktok.com/" + "a" * 2048,
    "https://" + "a" * 64 + ".com/",
    "https://" + ".".join(["a" * 40] * 7) + ".com/",
]
PIECES = (
    *("https://", "HTTPS:", "a.example", "x.com", ".", "/", "//", "\\", "@", ":", ":443", "#", "?", "%2e", "%00", "é"),
    *("127.0.0.1", "[::1]", "0x7f", "1", "。", "\t", "\n", "\x00", "\ud800", "xn--a", "-", "_", " "),
)


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("https://www.tiktok.com", "/"),
        ("https://www.tiktok.com/oembed?url=https%3A%2F%2Fx.com", "/oembed?url=https%3A%2F%2Fx.com"),
        ("HTTPS://WWW.TikTok.com:443/A", "/A"),
        ("https://www.tiktok.com?a=1", "/?a=1"),
        ("https://www.tiktok.com/a#part", "/a"),
        ("https://www.tiktok.com#part", "/"),
        ("https://www.tiktok.com//127.0.0.1/@user:80", "//127.0.0.1/@user:80"),
    ],
)
def test_an_allowed_address_is_read(address, target):
    assert destination(address, HOSTS) == Destination(host="www.tiktok.com", target=target)


@pytest.mark.parametrize("host", [*NUMBERS, *NAMES_INSIDE])
def test_a_number_or_a_name_inside_is_no_public_name(host):
    assert destination(f"https://{host}/", None) is None
    # Nor does it help to be on the list by mistake.
    assert destination(f"https://{host}/", frozenset({host, host.lower()})) is None


@pytest.mark.parametrize("address", FOOLING, ids=lambda address: ascii(address)[:60])
def test_an_address_that_can_be_read_in_two_ways_is_not_read(address):
    assert destination(address, None) is None


@pytest.mark.parametrize(
    "host", ["tiktok.com", "m.tiktok.com", "evilwww.tiktok.com", "www.tiktok.com.evil.example", "www.tiktok.co"]
)
def test_only_the_exact_names_are_allowed(host):
    assert destination(f"https://{host}/", HOSTS) is None
    assert destination(f"https://{host}/", None) is not None


@settings(max_examples=examples(300), deadline=None)
@given(st.text() | st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@example("https://a.example:443/@127.0.0.1#x")
def test_what_is_read_is_what_others_read(address):
    there = destination(address, None)

    if there is not None:
        parts = urlsplit(address)
        assert (parts.scheme, parts.hostname, parts.username, parts.port or 443) == ("https", there.host, None, 443)
        assert destination(there.address, None) == there
