"""IP addresses as EventBridge reads them: octets are decimal, and an IPv4 address in IPv6 is IPv4."""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_V4 = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+", re.ASCII)
_V6 = re.compile(r"[0-9a-fA-F:]*:[0-9a-fA-F:]*")
_LONGEST_V4 = len("255.255.255.255")
_HIGHEST_OCTET = 255


@lru_cache(maxsize=4_096)
def address_of(text: str) -> Address | None:
    """Return the address that *text* is, however it is spelled, or nothing if it is none."""
    if _V4.fullmatch(text):
        octets = [int(octet) for octet in text.split(".")]
        fits = len(text) <= _LONGEST_V4 and max(octets) <= _HIGHEST_OCTET
        return IPv4Address(bytes(octets)) if fits else None
    if not _V6.fullmatch(text):
        return None
    try:
        address = IPv6Address(text)
    except ValueError:
        return None
    return address.ipv4_mapped or address


def network_of(address: Address, bits: int) -> Network:
    """Return the network *address* lies in."""
    return ip_network((address, bits), strict=False)
