"""Which network a request comes from, as coarse as limits need it: carriers and offices share addresses."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

_PREFIX_BITS = {4: 24, 6: 48}
Address = IPv4Address | IPv6Address


def network_of(request: HttpRequest) -> str:
    """Return the /24 or /48 that a request comes from, past our own proxies; empty when it cannot be told.

    It is for keyed hashes of counts and is stored nowhere.
    """
    address = _address(request.META.get("REMOTE_ADDR", ""))
    # The nearest proxy appends last; whatever stands left of the first address that is not ours may be made up.
    for written in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
        if address is None or not _is_ours(address):
            break
        address = _address(written.strip()) or address
    if address is None:
        return ""
    return str(ip_network(f"{address}/{_PREFIX_BITS[address.version]}", strict=False))


def is_from_here(request: HttpRequest) -> bool:
    """Say whether a request comes from this very machine; behind a proxy that runs here every one does."""
    return request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1")


def _address(written: str) -> Address | None:
    try:
        address = ip_address(written)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_ours(address: Address) -> bool:
    return any(address in ip_network(proxy, strict=False) for proxy in settings.TRUSTED_PROXIES)
