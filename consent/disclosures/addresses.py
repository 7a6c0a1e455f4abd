"""Which addresses something may leave to: named hosts of the open net over TLS, and nothing behind us."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class NotAnAddress(ValueError):
    """No address that something may leave to; its text is a code for why."""


@dataclass(frozen=True)
class Endpoint:
    """Where to connect, and what to ask for there."""

    host: str
    port: int
    target: str


def endpoint(url: str) -> Endpoint:
    """Read an https URL with a host name; raise NotAnAddress for any other."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or 443
    except ValueError as error:
        raise NotAnAddress("no address") from error
    if parts.scheme != "https" or not host or parts.username or parts.password or parts.fragment:
        raise NotAnAddress("not https")
    if _is_address(host) or "." not in host.rstrip("."):
        raise NotAnAddress("no host name")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Endpoint(host, port, target)


def is_public(address: str) -> bool:
    """Say whether an address is one of the open net, and not, by any detour, of a network behind us."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast and not found.is_reserved


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
