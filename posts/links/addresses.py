"""Which IP addresses lead to somebody on the public internet. Stricter than `ipaddress.is_global`, and no network.

What is not listed as public is not public. IPv6 is turned around: only the block that is given out to the public
counts, less its special parts, because a special block that nobody has heard of yet lies outside it.
"""

from ipaddress import AddressValueError, IPv4Address, IPv6Address, ip_network

# The IANA special-purpose registry (RFC 6890 and later), multicast and reserved space; none is a place to read a post.
SPECIAL_V4 = {
    "0.0.0.0/8": "this host, RFC 1122",
    "10.0.0.0/8": "private, RFC 1918",
    "100.64.0.0/10": "between a provider and its customers, RFC 6598; also the metadata of one cloud",
    "127.0.0.0/8": "this machine, RFC 1122",
    "168.63.129.16/32": "the host below a machine in Azure: publicly registered, privately used",
    "169.254.0.0/16": "this cable only, RFC 3927; also the metadata of most clouds",
    "172.16.0.0/12": "private, RFC 1918",
    "192.0.0.0/24": "protocol assignments, RFC 6890",
    "192.0.2.0/24": "examples, RFC 5737",
    "192.31.196.0/24": "AS112, answers for private names, RFC 7535",
    "192.52.193.0/24": "multicast tunnels, RFC 7450",
    "192.88.99.0/24": "6to4 relays, no longer used, RFC 7526",
    "192.168.0.0/16": "private, RFC 1918",
    "192.175.48.0/24": "AS112, answers for private names, RFC 7534",
    "198.18.0.0/15": "measuring equipment, RFC 2544",
    "198.51.100.0/24": "examples, RFC 5737",
    "203.0.113.0/24": "examples, RFC 5737",
    "224.0.0.0/4": "multicast, RFC 5771",
    "240.0.0.0/4": "reserved, RFC 1112, and broadcast, RFC 919",
}
# Global unicast (RFC 4291). Outside lie ::1, v4-compatible and v4-translated addresses, NAT64 (64:ff9b::/96 and
# 64:ff9b:1::/48), unique local (fc00::/7), link-local, site-local (fec0::/10), multicast, discard-only and SRv6.
PUBLIC_V6 = "2000::/3"
SPECIAL_V6 = {
    "2001::/23": "protocol assignments, RFC 2928: Teredo, benchmarks, ORCHID, AMT, AS112, drones",
    "2001:db8::/32": "examples, RFC 3849",
    "2002::/16": "6to4, which carries an IPv4 address, RFC 7526",
    "2620:4f:8000::/48": "AS112, answers for private names, RFC 7534",
    "3ffe::/16": "6bone, given back, RFC 3701",
    "3fff::/20": "examples, RFC 9637",
}

_SPECIAL_V4 = tuple(map(ip_network, SPECIAL_V4))
_PUBLIC_V6 = ip_network(PUBLIC_V6)
_SPECIAL_V6 = tuple(map(ip_network, SPECIAL_V6))
# The last half of an ISATAP address (RFC 5214): 0000:5efe or 0200:5efe, and then an IPv4 address.
_ISATAP = 0x0000_5EFE
_ISATAP_MASK = 0xFDFF_FFFF


def is_public(address):
    """Whether an IP address, written out as a resolver gives it, is public unicast. Anything else is not: False."""
    try:
        return _is_public_v6(IPv6Address(address)) if ":" in address else _is_public_v4(IPv4Address(address))
    except AddressValueError:
        return False


def _is_public_v4(address):
    return not any(address in network for network in _SPECIAL_V4)


def _is_public_v6(address):
    if address.ipv4_mapped:
        # The same machine, written the other way round (RFC 4291, 2.5.5.2).
        return address.scope_id is None and _is_public_v4(address.ipv4_mapped)
    is_isatap = int(address) >> 32 & _ISATAP_MASK == _ISATAP
    return (
        address.scope_id is None
        and address in _PUBLIC_V6
        and not is_isatap
        and not any(address in network for network in _SPECIAL_V6)
    )
