"""Which IP addresses are public: by the tables, at their edges, and by laws that hold for any address at all."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posts.links.addresses import SPECIAL_V4, SPECIAL_V6, is_public
from tests.examples import examples

MANY = settings(max_examples=examples(300), deadline=None)
V4 = st.integers(0, 2**32 - 1).map(IPv4Address)
V6 = st.integers(0, 2**128 - 1).map(IPv6Address)
# Every bit pattern is as likely as another, and most mean nothing: begin where the special ones lie too.
NEAR_V4 = st.builds(
    lambda block, number: ip_network(block)[number % ip_network(block).num_addresses],
    st.sampled_from(sorted(SPECIAL_V4)),
    st.integers(0, 2**28),
)

PUBLIC = """
    1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.1 151.101.65.140
    168.63.129.15 168.63.129.17 172.15.255.255 172.32.0.0 192.0.1.0 192.167.255.255 192.169.0.0 223.255.255.255
    2606:4700:4700::1111 2001:4860:4860::8888 2a00:1450:4009:81f::200e 2001:200:: 2620:4f:8001::1
    ::ffff:8.8.8.8 ::ffff:101:101
""".split()
NOT_PUBLIC = """
    0.0.0.0 10.1.2.3 100.100.100.200 127.0.0.1 127.255.255.254 168.63.129.16 169.254.169.254 172.31.0.9 192.0.0.192
    192.168.1.1 198.19.0.1 224.0.0.251 239.255.255.250 255.255.255.255
    :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:a9fe:a9fe ::ffff:0:10.0.0.1 64:ff9b::127.0.0.1 64:ff9b::8.8.8.8
    64:ff9b:1::10.0.0.1 100::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1 2001:db8::1 2001:10::1
    2002:7f00:1:: 2002:808:808:: 3ffe::1 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fe80::5efe:7f00:1
    fec0::1 ff02::1 ff0e::1 2600:1f18::5efe:a00:1 2600:1f18::200:5efe:a00:1 ::ffff:8.8.8.8%lo
    2606:4700:4700::1111%lo
""".split()
NO_ADDRESS = [
    *("", " ", "localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "010.0.0.1", "1.1.1.1.", " 1.1.1.1"),
    *(
        "1.1.1.1/32",
        "1.1.1.1:443",
        "[::1]",
        "[2606:4700::1]",
        "2606:4700::1::",
        "١.١.١.١",
        "１.1.1.1",
        "1.1.1.1\n",
        ":",
    ),
]


@pytest.mark.parametrize("address", PUBLIC)
def test_places_that_anybody_can_reach_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize("address", [*NOT_PUBLIC, *NO_ADDRESS])
def test_all_else_is_not(address):
    assert not is_public(address)


@pytest.mark.parametrize("block", [*SPECIAL_V4, *SPECIAL_V6])
def test_a_special_block_is_refused_from_its_first_address_to_its_last(block):
    network = ip_network(block)

    assert not any(is_public(str(network[place])) for place in (0, network.num_addresses // 2, -1))


@MANY
@given(V4 | V6 | NEAR_V4)
def test_nothing_is_public_that_the_standard_library_does_not_call_global(address):
    assert not is_public(str(address)) or ip_address(address).is_global


@MANY
@given(V4 | NEAR_V4)
def test_an_ipv4_address_is_not_smuggled_in_by_ipv6(address):
    number = int(address)
    smuggled = (
        number,  # v4-compatible
        0xFFFF_0000 << 32 | number,  # v4-translated
        0x64_FF9B << 96 | number,  # NAT64
        0x64_FF9B_0001 << 80 | number,
        0x2002 << 112 | number << 80,  # 6to4
        0x2001 << 112 | number ^ 0xFFFF_FFFF,  # Teredo
        0xFE80 << 112 | 0x5EFE << 32 | number,  # ISATAP
        0x2600 << 112 | 0x200_5EFE << 32 | number,
    )

    assert is_public(f"::ffff:{address}") == is_public(str(address))
    assert [str(IPv6Address(each)) for each in smuggled if is_public(str(IPv6Address(each)))] == []


@MANY
@given(st.text() | st.text(alphabet="0123456789abcdef:.x%[]/", max_size=45))
def test_any_text_gets_an_answer(text):
    assert is_public(text) in (True, False)
