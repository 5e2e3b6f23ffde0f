"""The door: what it asks, what it answers, and whom it never visits. Real servers, names of our own."""

import datetime
import threading

import pytest
import trustme
from hypothesis import given, settings
from hypothesis import strategies as st

from posts.links import door
from posts.links.door import Answer, DoorError, Refusal, get
from tests.examples import examples
from tests.fake_internet import context_for, redirect, reply
from tests.posts.links.visits import CHUNKED, HOSTS, NAME, PAGE, UNTIL_CLOSED, refusal

INSIDE = """
    127.0.0.1 10.0.0.1 169.254.169.254 168.63.129.16 0.0.0.0 ::1 ::ffff:10.0.0.1 fe80::1%lo 64:ff9b::a9fe:a9fe fec0::1
    2002:7f00:1:: nonsense
""".split()
LEADING_ASTRAY = r"""
    https://elsewhere.example/ http://ok.example/ https://127.0.0.1/ https://[::1]/ https://2130706433/ https://1.1.1.1/
    http://127.0.0.1:{canary}/ //127.0.0.1:{canary}/ https://ok.example@127.0.0.1:{canary}/ https://ok.example:{canary}/
    https://localhost:{canary}/ https://ok.example\@127.0.0.1/ file:///etc/passwd ftp://ok.example/ https://[
    gopher://127.0.0.1:{canary}/_x data:application/json,1 https://ok.example:99999/ https://é.example/
""".split()
YESTERDAY = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)


class TestOrdinary:
    def test_an_answer_says_where_it_is_from_and_what_it_is(self, answer_to):
        answer = answer_to(reply({"words": "héllo"}, content_type="Application/JSON; charset=utf-8"))

        assert answer == Answer(
            address=PAGE,
            status=200,
            content_type="application/json",
            body=b'{"words": "h\\u00e9llo"}',
            retry_after=None,
        )
        assert answer.json() == {"words": "héllo"}

    def test_what_we_ask_says_little_about_us_and_nothing_about_the_reader(self, fake_internet):
        site = fake_internet.serve(NAME, reply("<p>", content_type="text/html"))

        get(f"{PAGE}a?b=c#d", hosts=HOSTS, types=door.JSON_TYPES | door.HTML_TYPES)

        (request,) = site.requests
        assert request.target == "/a?b=c"
        assert request.headers == {
            "host": NAME,
            "user-agent": door.USER_AGENT,
            "accept": "application/json, text/html",
            "accept-encoding": "gzip",
            "connection": "close",
        }

    def test_the_environment_changes_nothing(self, fake_internet, monkeypatch, tmp_path):
        proxy = f"http://127.0.0.1:{fake_internet.canary.port}"
        for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "HTTP_PROXY"):
            monkeypatch.setenv(name, proxy)
        (tmp_path / ".netrc").write_text(f"machine {NAME} login quokka password secret")
        monkeypatch.setenv("HOME", str(tmp_path))
        site = fake_internet.serve(NAME, reply({}))

        assert get(PAGE, hosts=HOSTS).status == 200
        assert "authorization" not in site.requests[0].headers

    def test_the_real_door_trusts_the_machine_s_authorities_and_asks_for_the_name(self, monkeypatch, tmp_path):
        keys = tmp_path / "keys"
        monkeypatch.setenv("SSLKEYLOGFILE", str(keys))
        context = door._tls.__wrapped__()

        assert context.check_hostname
        assert context.verify_mode == door.ssl.CERT_REQUIRED
        assert context.minimum_version >= door.ssl.TLSVersion.TLSv1_2
        assert context.keylog_filename is None

    @pytest.mark.parametrize(
        "said",
        [
            reply({"a": 1}, packed=True),
            CHUNKED + b'4\r\n{"a"\r\n4;x=y\r\n: 1}\r\n0\r\n\r\n',
            UNTIL_CLOSED + b'{"a": 1}',
            b"HTTP/1.1 100 Continue\r\n\r\n" + reply({"a": 1}),
            [b"HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n", b'\r\n{"a', b'": 1}'],
        ],
        ids=["gzip", "chunks", "until closed", "100 first", "old and in pieces"],
    )
    def test_every_ordinary_way_of_sending_is_read(self, answer_to, said):
        assert answer_to(said).json() == {"a": 1}

    def test_exactly_as_much_as_is_allowed_is_read(self, answer_to):
        assert len(answer_to(reply(b" " * door.BODY_BYTES, packed=True)).body) == door.BODY_BYTES


class TestStatus:
    @pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 429, 500, 503])
    def test_an_error_is_an_answer_with_its_words_or_without(self, fake_internet, status):
        fake_internet.serve(NAME, reply({"error": "gone"}, status=status))
        fake_internet.serve("also.example", reply("<h1>Log in</h1>", content_type="text/html", status=status))

        in_json, in_html = get(PAGE, hosts=HOSTS), get("https://also.example/", hosts=HOSTS)

        assert (in_json.status, in_json.json()) == (status, {"error": "gone"})
        assert (in_html.status, in_html.body, in_html.content_type) == (status, b"", "")

    def test_an_empty_body_is_empty_even_if_it_is_called_packed(self, answer_to):
        answer = answer_to(reply(status=429, headers=[("Content-Encoding", "gzip"), ("Retry-After", "7")]))

        assert (answer.status, answer.body, answer.retry_after) == (429, b"", 7)

    @pytest.mark.parametrize("content_type", ["text/html", "application/octet-stream", "image/png", "", "json"])
    def test_a_success_of_another_type_is_refused(self, refusal_of, content_type):
        assert refusal_of(reply("{}", content_type=content_type)) == Refusal.TYPE

    @pytest.mark.parametrize(
        ("header", "seconds"),
        [
            ("120", 120),
            ("0", 0),
            ("1000000000", 86_400),
            ("9" * 5000, 86_400),
            ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
            ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400),
            ("Fri, 31 Dec 9999 23:59:59 -2359", 86_400),
            ("Mon, 01 Jan 0001 00:00:00 +2359", 0),
            ("-5", None),
            ("soon", None),
            ("٣", None),
            ("", None),
        ],
        ids=lambda value: ascii(value)[:60],
    )
    def test_when_to_come_again_is_kept_within_a_day(self, answer_to, header, seconds):
        said = f"HTTP/1.1 429 Slow\r\nRetry-After: {header}\r\nContent-Length: 0\r\n\r\n"

        assert answer_to(said.encode()).retry_after == seconds

    @pytest.mark.parametrize("status", "101 102 199 300 304 306 600 999 000 -20 2e2 99999 OK".split())
    def test_a_status_that_means_nothing_is_refused(self, refusal_of, status):
        said = f"HTTP/1.1 {status} What\r\nContent-Type: application/json\r\nUpgrade: h2c\r\n\r\n{{}}"

        assert refusal_of(said.encode()) == Refusal.GARBLED


class TestNames:
    def test_a_name_is_looked_up_once_and_the_connection_goes_to_what_was_checked(self, fake_internet):
        fake_internet.serve(NAME, reply({}))
        public = fake_internet.address_of(NAME)
        fake_internet.answer(NAME, [public], ["127.0.0.1"])

        assert get(PAGE, hosts=HOSTS).status == 200
        assert fake_internet.lookups == [NAME]
        assert fake_internet.connections == [public]

        # The second visit meets the changed answer.
        assert refusal() == Refusal.PRIVATE
        assert fake_internet.connections == [public]

    @pytest.mark.parametrize(
        "inside",
        INSIDE,
    )
    def test_one_answer_that_is_not_public_is_enough(self, fake_internet, inside):
        fake_internet.serve(NAME, reply({}))
        public = fake_internet.address_of(NAME)

        for answers in ([inside], [public, inside], [inside, public], [public] * 20 + [inside]):
            fake_internet.answer(NAME, answers)
            assert refusal() == Refusal.PRIVATE
            assert refusal(hosts=None) == Refusal.PRIVATE
        assert fake_internet.connections == []

    @pytest.mark.parametrize("answer", [[], OSError("no such name"), UnicodeError("label too long")], ids=repr)
    def test_a_name_may_lead_nowhere(self, fake_internet, answer):
        fake_internet.answer(NAME, answer)

        assert refusal() == Refusal.DNS

    def test_a_name_that_is_not_allowed_is_not_even_looked_up(self, fake_internet):
        assert refusal("https://elsewhere.example/") == Refusal.ADDRESS
        assert refusal("https://127.0.0.1/", hosts=None) == Refusal.ADDRESS
        assert fake_internet.lookups == []

    def test_a_slow_look_up_holds_nobody_and_many_of_them_take_only_their_threads(self, fake_internet, monkeypatch):
        monkeypatch.setattr(door, "SECONDS", 0.3)
        go_on, visits = threading.Event(), door.MOST_LOOKUPS + 4
        fake_internet.answer(NAME, lambda: go_on.wait(30) and [])
        found = []
        visitors = [threading.Thread(target=lambda: found.append(refusal())) for _ in range(visits)]
        for visitor in visitors:
            visitor.start()
        for visitor in visitors:
            visitor.join()
        go_on.set()

        assert found == [Refusal.DEADLINE] * visits
        # Those that got no thread in time are not looked up later either: the next in the row is the next visitor.
        monkeypatch.setattr(door, "SECONDS", 6)
        assert refusal("https://also.example/") == Refusal.DNS
        assert fake_internet.lookups == [NAME] * door.MOST_LOOKUPS + ["also.example"]

    def test_a_dead_address_gives_way_to_the_next(self, fake_internet):
        fake_internet.serve(NAME, reply({}))
        dead, alive = fake_internet.dead_address(), fake_internet.address_of(NAME)
        fake_internet.answer(NAME, [dead, alive], [dead])

        assert get(PAGE, hosts=HOSTS).status == 200
        assert fake_internet.connections == [dead, alive]
        assert refusal() == Refusal.CONNECT

    def test_we_are_no_scanner(self, fake_internet):
        fake_internet.answer(NAME, [fake_internet.dead_address() for _ in range(40)])

        assert refusal() == Refusal.CONNECT
        assert len(fake_internet.connections) == door.MOST_ADDRESSES


class TestTls:
    @pytest.mark.parametrize(
        "certificate",
        [
            {"names": ("other.example",)},
            {"names": ("*.other.example",)},
            {"names": (NAME,), "issuer": trustme.CA()},
            {"names": (NAME,), "expires": YESTERDAY},
        ],
        ids=["wrong name", "wrong names", "unknown authority", "expired"],
    )
    def test_a_wrong_certificate_is_refused_before_we_say_anything(self, fake_internet, certificate):
        site = fake_internet.serve(NAME, reply({}), context=context_for(*certificate.pop("names"), **certificate))

        assert refusal() == Refusal.TLS
        assert site.requests == []

    def test_the_certificate_for_the_ip_address_does_not_do(self, fake_internet):
        fake_internet.serve(NAME, reply({}), context=context_for("93.184.216.1"))

        assert refusal() == Refusal.TLS

    @pytest.mark.parametrize(
        "said", [reply({}), b"\x16\x03\x03", b"\x15\x03\x03\x00\x02\x02\x28", b"", b"SSH-2.0-x\r\n"]
    )
    def test_a_server_without_tls_is_refused(self, fake_internet, said):
        def talk(visitor):
            visitor.recv(4096)
            visitor.sendall(said)

        fake_internet.serve_raw(NAME, talk)

        assert refusal() in (Refusal.TLS, Refusal.NETWORK)


class TestRedirects:
    @pytest.mark.parametrize(
        "location",
        LEADING_ASTRAY,
        ids=lambda value: ascii(value)[:60],
    )
    def test_a_redirect_is_checked_like_the_first_address(self, fake_internet, location):
        fake_internet.serve(NAME, redirect(location.format(canary=fake_internet.canary.port)))

        assert refusal() == Refusal.ADDRESS
        assert fake_internet.lookups == [NAME]

    def test_where_every_name_is_allowed_a_redirect_inside_is_refused_by_its_address(self, fake_internet):
        fake_internet.serve(NAME, redirect("https://wild.sslip.example/"))
        fake_internet.answer("wild.sslip.example", ["127.0.0.1"])

        assert refusal(hosts=None) == Refusal.PRIVATE

    def test_three_are_enough(self, fake_internet):
        site = fake_internet.serve(NAME, lambda asked: redirect(f"/{int(asked.target[1:]) - 1}"))

        assert refusal(f"{PAGE}9") == Refusal.REDIRECTS
        assert len(site.requests) == door.MOST_REDIRECTS + 1

    def test_the_third_is_followed(self, fake_internet):
        fake_internet.serve(
            NAME, lambda asked: reply({}) if asked.target == "/0" else redirect(f"/{int(asked.target[1:]) - 1}")
        )

        assert get(f"{PAGE}3", hosts=HOSTS).address == f"{PAGE}0"

    def test_a_circle_ends(self, fake_internet):
        fake_internet.serve(NAME, redirect("https://also.example/"))
        fake_internet.serve("also.example", redirect(PAGE))

        assert refusal() == Refusal.REDIRECTS

    def test_a_redirect_to_nowhere_is_garbled(self, refusal_of):
        assert refusal_of(reply(status=302)) == Refusal.GARBLED

    def test_a_page_s_own_wish_to_lead_on_is_not_heard(self, answer_to, fake_internet):
        inside = f"0;url=http://127.0.0.1:{fake_internet.canary.port}/"

        assert answer_to(reply({}, headers=[("Refresh", inside), ("Content-Location", inside)])).address == PAGE


def test_no_address_brings_anything_but_a_door_error(fake_internet):
    pieces = [
        "https://",
        "a.example",
        "localhost",
        "127.0.0.1",
        "[::1]",
        ":",
        "443",
        "@",
        "/",
        "?",
        "#",
        "\\",
        ".",
        "%",
    ]

    @settings(max_examples=examples(300), deadline=None)
    @given(st.text() | st.lists(st.sampled_from(pieces), max_size=8).map("".join), st.sampled_from([None, HOSTS]))
    def check(address, hosts):
        with pytest.raises(DoorError):
            get(address, hosts=hosts)

    check()
    assert fake_internet.connections == []
