"""Which internet addresses may be asked: those of the public net, however they are written."""

import socket
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

_LAST = 2**32 - 1
_NAT64 = IPv6Network("64:ff9b::/96")
_NAT64_OWN = IPv6Network("64:ff9b:1::/48")  # means whatever a network makes of it
_COMPATIBLE = IPv6Network("::/96")
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})
_MASK = 2**64 - 1


def public(address: Address) -> bool:
    """Whether an address and every address wrapped in it belong to the public net.

    >>> public(ip_address("93.184.216.34")), public(ip_address("64:ff9b::7f00:1"))
    (True, False)
    """
    return all(map(_public, unwrapped(address)))


def unwrapped(address: Address) -> Iterator[Address]:
    """The address, and the IPv4 addresses that it stands for by way of a gateway."""
    yield address
    if isinstance(address, IPv4Address):
        return
    number = int(address)
    if address.ipv4_mapped is not None:
        yield address.ipv4_mapped
    if address.sixtofour is not None:
        yield address.sixtofour
    if address.teredo is not None:
        yield from address.teredo
    if address in _NAT64 or address in _COMPATIBLE:
        yield IPv4Address(number & _LAST)
    if (number & _MASK) >> 32 in _ISATAP:
        yield IPv4Address(number & _LAST)


def _public(address: Address) -> bool:
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None or address in _NAT64:
            return True  # the address within decides
        if address.is_site_local or address.scope_id or address in _NAT64_OWN:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def resolved(host: str, port: int) -> list[Address]:
    """All addresses of a host.

    Raises:
        OSError: It has none, or they cannot be looked up.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(ip_address(where[0]) for *_, where in found))
