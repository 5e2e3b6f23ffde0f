"""The door against collections of hostile addresses, resolvers and servers: ours, and the big ones beside the project.

The big ones are read where they lie, if they do (`../shared/corpora`, JSON Lines), and never copied. What holds for
every row: nothing is connected to but the sites that were served. The fixture looks at that after each test.
"""

import json

import pytest
from django.conf import settings

from posts.links.addresses import is_public
from posts.links.door import DoorError, Refusal, get
from posts.links.platforms import PLACE_OF
from tests.fake_internet import context_for, reply
from tests.posts.links.hostile_sites import put
from tests.posts.links.visits import HOSTS, NAME, PAGE

CORPORA = settings.BASE_DIR.parent / "shared" / "corpora"
LISTED = frozenset(PLACE_OF)

OUR_ADDRESSES = {
    "deny": ["127.0.0.1", "169.254.169.254", "::1", "64:ff9b::a00:1", "::ffff:10.0.0.1", "2002:7f00:1::"],
    "allow": ["8.8.8.8", "2606:4700:4700::1111", "::ffff:1.1.1.1"],
}
OUR_URLS = r"""
    https://127.0.0.1/ https://127.1/ https://2130706433/ https://0x7f000001/ https://017700000001/ https://[::1]/
    https://[::ffff:7f00:1]/ https://①②⑦.⓪.⓪.①/ https://127。0。0。1/ https://127%2e0%2e0%2e1/ https://127.0.0.1.nip.io/
    https://localhost/ https://metadata.google.internal/ https://intranet/ http://www.tiktok.com/ ftp://www.tiktok.com/
    https://www.tiktok.com@127.0.0.1/ https://127.0.0.1\@www.tiktok.com/ https://www.tiktok.com\@127.0.0.1/
    https://127.0.0.1#@www.tiktok.com/ https://www.tiktok.com:22/ https://www.tiktok.com./ https://www.tıktok.com/
    https://www.tiktok.com.evil.example/ https://evil-tiktok.com/ https://www.tiktok.com%00.evil.example/
    https://evil.example/www.tiktok.com https://xn--tktok-q4a.com/ //127.0.0.1/ file:///etc/passwd javascript:alert(1)
    https://www.tiktok.com/redirect?to=http://127.0.0.1/ https://youtu.be//127.0.0.1/@x https://x.com:443/?@127.0.0.1
""".split()
OUR_SCENARIOS = [
    {"status": 307, "location": "http://127.0.0.1:{canary}/"},
    {"status": 307, "location": "https://ok.example@127.0.0.1:{canary}/"},
    {"answers": [["127.0.0.1"]]},
    {"answers": [["8.8.8.8", "10.0.0.1"]]},
    {"answers": ["gaierror"]},
    *({"chain": 9}, {"loop": True}, {"header_drip": 1}, {"hang": True}, {"content_length": 10**10}, {"cl": "short"}),
    *({"gzip_ratio": 1000}, {"encodings": ["br", "zstd"]}, {"chunk": "FFFFFFFFFFFFFFFF"}, {"chunk": "-2"}),
    *({"status": 999}, {"status": 101}, {"content_type": "text/html"}, {"tls": "self"}, {"tls": "expired"}),
    *({"json": "odd"}, {"json": "\\ud800"}, {"bytes": "\\xff\\xfe"}, {"oembed": "xss"}, {"headers": 10_000}),
    {"headers": {"Refresh": "0;url=http://127.0.0.1:{canary}/"}},
    {"headers": {"Set-Cookie": "a=b", "Retry-After": "1000000000"}},
]
SLOW = {"header_drip", "hang"}


def rows_of(corpus):
    """The rows of one big collection; none where it does not lie beside the project."""
    path = CORPORA / f"{corpus}.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def outcome_of(address, hosts):
    """The Answer or the Refusal for an address."""
    try:
        return get(address, hosts=hosts)
    except DoorError as error:
        return error.refusal


def is_harmless(behaviour):
    """Whether only what is in the body is bad, or what the headers wish for: then there may be an answer."""
    return bool(behaviour.keys() & {"cl", "json", "bytes", "oembed"}) or isinstance(behaviour.get("headers"), dict)


@pytest.mark.parametrize("expected", ["deny", "allow"])
def test_every_address_is_judged_as_it_should_be(expected):
    theirs = [row["ip"] for row in rows_of("ssrf_addresses") if row["expect"] == expected]

    wrong = [ip for ip in OUR_ADDRESSES[expected] + theirs if is_public(ip) != (expected == "allow")]

    assert wrong == []


@pytest.mark.parametrize("hosts", [LISTED, None], ids=["listed names", "any name"])
def test_no_pasted_address_reaches_anything_but_a_listed_name(fake_internet, hosts):
    """Whatever is no listed name leads inside here, so a connection to it would be seen."""
    fake_internet.unknown = ["127.0.0.1"]
    site = fake_internet.serve(NAME, reply(status=404), context=context_for(*sorted(LISTED)))
    for name in LISTED:
        fake_internet.answer(name, [fake_internet.address_of(NAME)])
    addresses = dict.fromkeys(OUR_URLS + [row["url"] for row in rows_of("ssrf_urls")])

    outcomes = {address: outcome_of(address, hosts) for address in addresses}

    refused = {address for address, outcome in outcomes.items() if isinstance(outcome, Refusal)}
    asked = {request.headers["host"] for request in site.requests}
    plain = tuple(f"https://{name}{after}" for name in asked for after in ("/", "?", "#", ":443/", ":443?"))
    assert {outcomes[address] for address in refused} <= {Refusal.ADDRESS, Refusal.PRIVATE}
    assert {"www.tiktok.com", "youtu.be", "x.com"} <= asked <= LISTED
    assert [address for address in outcomes if address not in refused and not address.startswith(plain)] == []
    assert len(outcomes) - len(refused) == len(site.requests) == len(fake_internet.connections)


@pytest.mark.parametrize(
    "behaviour",
    [*OUR_SCENARIOS, *(row["behaviour"] for row in rows_of("ssrf_scenarios"))],
    ids=lambda behaviour: ascii(behaviour)[:70],
)
def test_whatever_a_server_does_it_is_refused_or_harmless(fake_internet, monkeypatch, behaviour):
    if behaviour.keys() & SLOW:
        monkeypatch.setattr("posts.links.door.SECONDS", 0.3)
    site = put(fake_internet, behaviour)
    if site is None:
        pytest.skip(f"no server here can do this: {behaviour!a}")

    outcome = outcome_of(PAGE, HOSTS)

    if is_harmless(behaviour):
        assert outcome.address == PAGE
        assert b"smuggled" not in outcome.body
    else:
        assert isinstance(outcome, Refusal)
        assert outcome == Refusal.DEADLINE or not behaviour.keys() & SLOW
