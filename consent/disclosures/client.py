"""The one client by which anything leaves to a third party.

It posts to a public address over TLS, looks the address up once and connects to what it looked at, and follows
nothing: what a name points to a moment later, or where an answer leads, is not what the register names.
"""

import http.client
import socket
import ssl
from collections.abc import Mapping

from consent.disclosures.addresses import Endpoint, NotAnAddress, endpoint, is_public
from imsupport.deadlines import cut_at

_CONNECT_SECONDS = 5
_WAIT_SECONDS = 10


class EgressError(Exception):
    """Nothing was taken by the recipient. `permanent`: trying again cannot help. `code` quotes nothing it said."""

    def __init__(self, code: str, *, permanent: bool) -> None:
        super().__init__(code)
        self.code, self.permanent = code, permanent


def post(url: str, body: bytes, headers: Mapping[str, str], *, must_end: float) -> None:
    """Post to a recipient; raise EgressError unless it answers 2xx before `must_end` (of the monotonic clock)."""
    try:
        where = endpoint(url)
    except NotAnAddress as error:
        raise EgressError(str(error), permanent=True) from error
    address = _public_address(where)
    try:
        raw = socket.create_connection((address, where.port), _CONNECT_SECONDS)
        with raw, cut_at(must_end, lambda: raw):
            raw.settimeout(_WAIT_SECONDS)
            status = _posted(raw, where, body, headers)
    except ssl.SSLCertVerificationError as error:
        raise EgressError("certificate", permanent=False) from error
    except (OSError, http.client.HTTPException) as error:
        raise EgressError(type(error).__name__, permanent=False) from error
    if not 200 <= status < 300:
        # 410 is how a recipient says that it wants nothing any more; a redirect is not followed, now or ever.
        raise EgressError(f"http {status}", permanent=status == 410 or 300 <= status < 400)


def _public_address(where: Endpoint) -> str:
    """Return an address of a host; raise EgressError when any that it has is not public."""
    try:
        found = socket.getaddrinfo(where.host, where.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise EgressError("unknown host", permanent=False) from error
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    if not addresses or not all(map(is_public, addresses)):
        raise EgressError("private address", permanent=True)
    return addresses[0]


def _posted(raw: socket.socket, where: Endpoint, body: bytes, headers: Mapping[str, str]) -> int:
    """Return the status of the answer; its body is not read."""
    with ssl.create_default_context().wrap_socket(raw, server_hostname=where.host) as secured:
        connection = http.client.HTTPSConnection(where.host, where.port)
        connection.sock = secured
        connection.request("POST", where.target, body=body, headers={**headers, "Connection": "close"})
        return connection.getresponse().status
