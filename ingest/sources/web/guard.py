"""Which hosts may be connected to: those of the public internet, unless private ones are allowed."""

import ipaddress
import socket
from collections.abc import Callable, Sequence

from ingest.sources.web.errors import RefusedAddressError

Resolver = Callable[[str, int], Sequence[str]]
"""The IP addresses of a host's name, as text; raises OSError where there are none."""

_Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_METADATA = frozenset({ipaddress.ip_address("168.63.129.16")})
"""Public by number, and answered by a provider's own machines (Azure); the others are link-local."""


def resolve(host: str, port: int) -> Sequence[str]:
    """The IP addresses of a host, in the system's order.

    Raises:
        OSError: it has none, or that cannot be found out.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def is_public(text: str) -> bool:
    """Whether an IP address is one of the public internet: no private, local, shared or reserved one."""
    address: _Ip = ipaddress.ip_address(text.partition("%")[0])
    inner = _inner(address)
    if inner is not None and not is_public(str(inner)):
        return False
    return address.is_global and not address.is_multicast and address not in _METADATA


def connectable(host: str, port: int, resolver: Resolver, *, allow_private: bool) -> list[str]:
    """The IP addresses of a host that may be connected to; the name is looked up here, once.

    Raises:
        RefusedAddressError: there are addresses, and none of them is public.
        OSError: the name has no address.
    """
    addresses = list(resolver(host, port))
    allowed = [one for one in addresses if allow_private or is_public(one)]
    if addresses and not allowed:
        where = "" if host == addresses[0] else f"is at {addresses[0]}, which "
        raise RefusedAddressError(
            f"{host} {where}is not on the public internet.",
            "If you trust that host, allow it with --allow-private.",
        )
    if not allowed:
        raise OSError(f"{host} has no address")
    return allowed


def _inner(address: _Ip) -> _Ip | None:
    """The IPv4 address inside an IPv6 one, where the network would take it out again."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)
