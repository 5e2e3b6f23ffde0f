"""The door, against servers that are slow, huge, or talk nonsense. Each attack by a real server."""

import gzip
import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posts.links import door
from posts.links.door import DoorError, Refusal, get
from tests.examples import examples
from tests.fake_internet import redirect, reply
from tests.posts.links.visits import CHUNKED, HOSTS, JSON_HEAD, NAME, PAGE, UNTIL_CLOSED, refusal

PIECES = [
    *(JSON_HEAD, CHUNKED, UNTIL_CLOSED, b"HTTP/1.1 404 No\r\n", b"HTTP/1.1 302 On\r\n", b"HTTP/1.1 100 Go\r\n\r\n"),
    *(b"Location: ", b"Content-Length: ", b"Content-Length: 2\r\n", b"Retry-After: ", b"Content-Encoding: gzip\r\n"),
    *(b"Transfer-Encoding: chunked\r\n", b"\r\n", b"\r\n\r\n", b"\n", b"2\r\n{}\r\n", b"0\r\n\r\n", b"-1\r\n", b"{}"),
    *(gzip.compress(b"{}", mtime=0), b"=?utf-8?q?x?=", b": ", b"https://", b"\xff", b"\x00"),
]


def dripping(said):
    """The same bytes, one by one and for longer than a hurried visitor stays. Patience would get a good answer."""
    for place in range(len(said)):
        yield said[place : place + 1]
        time.sleep(0.02)


class TestTime:
    @pytest.mark.parametrize("where", ["headers", "body", "chunks", "interim answers"])
    def test_a_drip_is_left(self, refusal_of, hurried, where):
        said = {
            "headers": reply({}),
            "body": b" " * 60 + b"{}",
            "chunks": b"1\r\n \r\n" * 12 + b"0\r\n\r\n",
            "interim answers": b"HTTP/1.1 100 Continue\r\n\r\n" * 4 + reply({}),
        }[where]
        before = {"body": JSON_HEAD + b"Content-Length: 62\r\n\r\n", "chunks": CHUNKED}.get(where, b"")

        def in_drops(asked):
            yield before
            yield from dripping(said)

        assert refusal_of(in_drops) == Refusal.DEADLINE

    def test_silence_is_left(self, fake_internet, hurried):
        fake_internet.serve(NAME, lambda asked: iter([time.sleep(1) or reply({})]))

        assert refusal() == Refusal.DEADLINE

    @pytest.mark.parametrize("said", [b"", b"\x16\x03\x03\x40\x00" + b"\x00" * 50], ids=["silent", "dripping"])
    def test_a_handshake_that_does_not_end_is_left(self, fake_internet, hurried, said):
        def talk(visitor):
            visitor.recv(4096)
            # Whoever takes each drop for a new beginning sees the end of this, which is no deadline.
            for drop in dripping(said) if said else [time.sleep(1)]:
                visitor.sendall(drop or b"")

        fake_internet.serve_raw(NAME, talk)

        assert refusal() == Refusal.DEADLINE

    def test_the_time_is_for_all_redirects_together(self, fake_internet, hurried):
        def slow(asked):
            yield time.sleep(0.12) or redirect("/on")

        fake_internet.serve(NAME, slow)

        assert refusal() == Refusal.DEADLINE


class TestSize:
    TOO_MUCH = b" " * (door.BODY_BYTES + 1)

    @pytest.mark.parametrize(
        "said",
        [
            JSON_HEAD + b"Content-Length: 10000000000\r\n\r\n",
            reply(TOO_MUCH),
            reply(TOO_MUCH, packed=True),
            reply(TOO_MUCH, status=404),
            UNTIL_CLOSED + TOO_MUCH,
            CHUNKED + b"%x\r\n" % len(TOO_MUCH) + TOO_MUCH + b"\r\n0\r\n\r\n",
            CHUNKED + b"FFFFFFFFFFFFFFFF\r\n" + TOO_MUCH * 2,
            CHUNKED + (b"1;" + b"x" * 60_000 + b"\r\n \r\n") * 30 + b"0\r\n\r\n",
            CHUNKED + b"0\r\n" + b"X-Trailer: x\r\n" * 100_000 + b"\r\n",
        ],
        ids=["announced", "plain", "packed", "error", "until closed", "chunk", "endless chunk", "seams", "trailers"],
    )
    def test_too_much_is_left(self, refusal_of, said):
        assert refusal_of(said) == Refusal.TOO_BIG

    @pytest.mark.parametrize(
        "said",
        [
            JSON_HEAD + b"X-Long: " + b"x" * 200_000 + b"\r\n\r\n{}",
            JSON_HEAD + b"".join(b"X-%d: x\r\n" % number for number in range(10_000)) + b"\r\n{}",
            JSON_HEAD + (b"X-Long: " + b"x" * 20_000 + b"\r\n") * 5 + b"\r\n{}",
            b"HTTP/1.1 100 Continue\r\n\r\n" * 10_000 + reply({}),
        ],
        ids=["one long", "ten thousand", "several", "interim answers"],
    )
    def test_too_many_headers_are_left(self, refusal_of, said):
        assert refusal_of(said) in (Refusal.TOO_BIG, Refusal.GARBLED)

    @pytest.mark.parametrize("way", ["whole", "chunks"])
    def test_a_bomb_is_unpacked_no_further_than_the_limit(self, fake_internet, way):
        bomb = gzip.compress(b"0" * 200_000_000)
        chunked = b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % len(bomb) + bomb + b"\r\n0\r\n\r\n"
        whole = b"Content-Length: %d\r\n\r\n" % len(bomb) + bomb
        fake_internet.serve(NAME, JSON_HEAD + b"Content-Encoding: gzip\r\n" + (chunked if way == "chunks" else whole))
        tracemalloc.start()
        try:
            assert refusal() == Refusal.TOO_BIG
            _, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()

        assert most < 4 * door.BODY_BYTES


class TestNonsense:
    @pytest.mark.parametrize(
        "said",
        [
            b"SSH-2.0-OpenSSH_9.2\r\n",
            b"\x00" * 1000,
            b"HTTP/1.1\r\n\r\n",
            b"HTTP/9.9 200 OK\r\n\r\n{}",
            JSON_HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n123456",
            CHUNKED + b"-1\r\n{}\r\n0\r\n\r\n",
            CHUNKED + b"-5\r\n{}\r\n0\r\n\r\n",
            CHUNKED + b"zz\r\n{}\r\n0\r\n\r\n",
            CHUNKED + b"\r\n\r\n\r\n",
            CHUNKED + b"9" * 70_000,
            reply(b"{}", headers=[("Content-Encoding", "br")]),
            reply(b"{}", headers=[("Content-Encoding", "deflate")]),
            reply(b"{}", headers=[("Content-Encoding", "gzip, gzip")]),
            reply(b"{}", headers=[("Content-Encoding", "gzip")]),
            reply(gzip.compress(b"{}", mtime=0)[:4] + b"nonsense", headers=[("Content-Encoding", "gzip")]),
            reply(gzip.compress(b"{}", mtime=0)[:-1], headers=[("Content-Encoding", "gzip")]),
            reply(gzip.compress(b"{", mtime=0) + gzip.compress(b"}", mtime=0), headers=[("Content-Encoding", "gzip")]),
        ],
        ids=lambda said: ascii(said)[-60:],
    )
    def test_what_is_no_answer_is_garbled(self, refusal_of, said):
        assert refusal_of(said) == Refusal.GARBLED

    @pytest.mark.parametrize(
        "said",
        [
            b"",
            b"HTTP/1.1 200 O",
            JSON_HEAD + b"Content-Length: 100\r\n\r\n{}",
            CHUNKED + b"FFFF\r\n{}",
            CHUNKED + b"2\r\n{}",
        ],
        ids=lambda said: ascii(said)[-60:],
    )
    def test_an_answer_that_breaks_off_is_not_taken_for_whole(self, refusal_of, said):
        assert refusal_of(said) in (Refusal.NETWORK, Refusal.GARBLED, Refusal.TYPE)

    @pytest.mark.parametrize("said", [JSON_HEAD, UNTIL_CLOSED, CHUNKED + b"0\r\n"], ids=lambda said: ascii(said)[-60:])
    def test_an_answer_without_a_body_has_no_json(self, answer_to, said):
        answer = answer_to(said)

        with pytest.raises(DoorError) as refused:
            answer.json()
        assert refused.value.refusal == Refusal.GARBLED

    def test_a_second_answer_behind_the_first_is_not_read(self, answer_to):
        assert answer_to(reply({"a": 1}) + reply({"b": 2})).json() == {"a": 1}

    def test_what_goes_wrong_leaves_no_address_in_the_log_nor_in_the_error(self, fake_internet, caplog):
        fake_internet.serve(NAME, JSON_HEAD + b"no colon here\r\n\x00: x\r\n\r\n{}")
        fake_internet.serve("also.example", b"Dear quokka")
        with caplog.at_level(0):
            get(f"{PAGE}@quokka/video/1", hosts=HOSTS)
            with pytest.raises(DoorError) as refused:
                get("https://also.example/@quokka", hosts=HOSTS)

        assert "quokka" not in caplog.text
        assert str(refused.value) == "garbled"

    def test_no_answer_at_all_brings_anything_but_a_door_error(self, fake_internet):
        said = []
        fake_internet.serve(NAME, lambda asked: said[-1])

        @settings(max_examples=examples(100), deadline=None)
        @given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=20), max_size=10).map(b"".join))
        def check(nonsense):
            said.append(nonsense)
            try:
                answer = get(PAGE, hosts=HOSTS)
            except DoorError:
                return
            assert answer.status >= 200

        check()
