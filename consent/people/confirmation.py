"""Confirming an address: a six-digit code typed where the message was written, or a link that leads to a button."""

import base64
import hashlib
import hmac

from django.db.models import F

from consent.people.actions import verify_identifier
from consent.people.models import Identifier
from consent.sealing.keys import derived
from imsupport import clock

TRIES = 5
_MAC_BYTES = 18


def code_for(identifier: Identifier) -> str:
    """Return the six digits of an address; they follow from its row and are stored nowhere."""
    mac = hmac.digest(derived("address-code"), f"{identifier.pk}:{identifier.person_id}".encode(), hashlib.sha256)
    return f"{int.from_bytes(mac[:8]) % 1_000_000:06d}"


def link_token_for(identifier_id: int) -> str:
    """Return the unguessable token of the link in a mail to this address."""
    head = identifier_id.to_bytes(8)
    return base64.urlsafe_b64encode(head + _mac(head)).rstrip(b"=").decode()


def identifier_of(link_token: str) -> int | None:
    """Return the id of the address a genuine token belongs to."""
    try:
        raw = base64.urlsafe_b64decode(link_token + "=" * (-len(link_token) % 4))
    except ValueError:
        return None
    claimed = int.from_bytes(raw[:8])
    # Compared as written, so that one address has one token to the letter.
    return claimed if hmac.compare_digest(link_token_for(claimed).encode(), link_token.encode()) else None


def confirm_by_code(identifier: Identifier, typed: str) -> bool:
    """Verify the address by its writer when the code is right; five tries, then only the link is left."""
    spent = Identifier.objects.filter(pk=identifier.pk, code_tries__lt=TRIES).update(code_tries=F("code_tries") + 1)
    digits = "".join(letter for letter in typed if letter.isascii() and letter.isdigit())
    if not spent or not hmac.compare_digest(digits.encode(), code_for(identifier).encode()):
        return False
    verify_identifier(identifier, opens_words=True)
    return True


def note_not_asked(identifier: Identifier) -> None:
    """Note that no automatic mail goes to a new address after all."""
    identifier.last_asked_at = None
    identifier.save(update_fields=["last_asked_at"])


def note_asked(identifier: Identifier) -> None:
    """Note that an automatic mail goes to the address now."""
    identifier.last_asked_at, identifier.is_fresh = clock.now(), False
    identifier.save(update_fields=["last_asked_at"])


def _mac(head: bytes) -> bytes:
    return hmac.digest(derived("address-link"), head, hashlib.sha256)[:_MAC_BYTES]
