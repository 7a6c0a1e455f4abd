"""The signed token by which an answer to one of our mails finds its conversation again."""

import base64
import hashlib
import hmac
from urllib.parse import urlsplit

from django.conf import settings

from consent.sealing.keys import derived

_MAC_BYTES = 18


def thread_id_for(ticket_id: int) -> str:
    """Return the id that every mail of a conversation names in `References`; answers carry it back (RFC 5322 3.6.4).

    It opens no page: it is made under a key of its own.
    """
    head = ticket_id.to_bytes(8)
    mac = hmac.digest(derived("mail-thread"), head, hashlib.sha256)[:_MAC_BYTES]
    token = base64.urlsafe_b64encode(head + mac).rstrip(b"=").decode()
    return f"<{token}@{urlsplit(settings.BASE_URL).hostname}>"
