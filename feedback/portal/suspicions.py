"""Signs that a program wrote, not a person. They mark a ticket for the desk; nothing is discarded for them."""

from django.core import signing
from django.core.cache import cache

from consent.sealing.lookups import lookup
from imsupport import clock

_SALT = "portal.shown"
FASTEST_SECONDS = 2
AN_HOUR_AT_MOST = 10
_HOUR_SECONDS = 3600


def shown_now() -> str:
    """Return a signed value for the form that says when it was shown."""
    return signing.dumps(round(clock.now().timestamp(), 1), salt=_SALT)


def suspicions_of(*, website: str, shown_at: str, person_id: int | None, email: str) -> tuple[str, ...]:
    """Return the signs: a filled honeypot, a form sent at once or never shown, too many an hour."""
    signs = {
        "honeypot": bool(website),
        "fast": _is_fast(shown_at),
        "many": person_id is not None and _is_many("person", str(person_id)),
        "many to an address": bool(email) and _is_many("email", email),
    }
    return tuple(sign for sign, is_seen in signs.items() if is_seen)


def _is_fast(shown_at: str) -> bool:
    try:
        at = float(signing.loads(shown_at, salt=_SALT))
    except (signing.BadSignature, ValueError):
        return True
    return clock.now().timestamp() - at < FASTEST_SECONDS


def _is_many(kind: str, value: str) -> bool:
    """Count in the cache under a keyed hash, so that the count names nobody."""
    hour = int(clock.now().timestamp()) // _HOUR_SECONDS
    counted = f"sent:{hour}:{lookup(kind, value).hex()}"
    cache.add(counted, 0, _HOUR_SECONDS)
    return cache.incr(counted) > AN_HOUR_AT_MOST
