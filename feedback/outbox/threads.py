"""The signed token by which an answer to one of our mails finds its conversation again."""

import base64
import hashlib
import hmac
from urllib.parse import urlsplit

from django.conf import settings

from consent.sealing.keys import derived

_ID_BYTES, _MAC_BYTES = 8, 18


def thread_id_for(ticket_id: int) -> str:
    """Return the id that every mail of a conversation names in `References`; answers carry it back (RFC 5322 3.6.4).

    It opens no page: it is made under a key of its own.
    """
    head = ticket_id.to_bytes(_ID_BYTES)
    token = base64.urlsafe_b64encode(head + _mac(head)).rstrip(b"=").decode()
    return f"<{token}@{urlsplit(settings.BASE_URL).hostname}>"


def ticket_of_thread(written: str) -> int | None:
    """Return the ticket that a thread's id was made for, whatever host stands behind it; None for no id of ours."""
    token = written.strip("<> ").partition("@")[0]
    try:
        made = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return None
    head, mac = made[:_ID_BYTES], made[_ID_BYTES:]
    return int.from_bytes(head) if hmac.compare_digest(mac, _mac(head)) else None


def _mac(head: bytes) -> bytes:
    return hmac.digest(derived("mail-thread"), head, hashlib.sha256)[:_MAC_BYTES]
