"""Signs that a program wrote, not a person. They mark a ticket for the desk; nothing is discarded for them."""

from django.core import signing

from consent.sealing.lookups import lookup
from imsupport import clock
from imsupport.counts import hit_each

_SALT = "portal.shown"
FASTEST_SECONDS = 2
AN_HOUR_AT_MOST = 10
AN_HOUR_FROM_A_NETWORK = 300
"""High: a carrier puts many phones behind one address."""
_HOUR_SECONDS = 3600


def shown_now() -> str:
    """Return a signed value for the form that says when it was shown."""
    return signing.dumps(round(clock.now().timestamp(), 1), salt=_SALT)


def suspicions_of(*, website: str, shown_at: str, person_id: int | None, email: str, network: str) -> tuple[str, ...]:
    """Return the signs: a filled honeypot, a form sent at once or never shown, too many an hour."""
    signs = {
        "honeypot": bool(website),
        "fast": _is_fast(shown_at),
        **_too_many(person_id=person_id, email=email, network=network),
    }
    return tuple(sign for sign, is_seen in signs.items() if is_seen)


def _too_many(*, person_id: int | None, email: str, network: str) -> dict[str, bool]:
    """Count the submissions of an hour under keyed hashes, so that the counts name nobody."""
    limits = {
        "many": ("person", str(person_id or ""), AN_HOUR_AT_MOST),
        "many to an address": ("email", email, AN_HOUR_AT_MOST),
        "many from a network": ("network", network, AN_HOUR_FROM_A_NETWORK),
    }
    counted = {sign: limit for sign, limit in limits.items() if limit[1]}
    if not counted:
        return {}
    keys = [f"sent:{lookup(kind, value).hex()}" for kind, value, _most in counted.values()]
    hits = hit_each(keys, _HOUR_SECONDS)
    return {sign: count > most for (sign, (_kind, _value, most)), count in zip(counted.items(), hits, strict=True)}


def _is_fast(shown_at: str) -> bool:
    try:
        at = float(signing.loads(shown_at, salt=_SALT))
    except (signing.BadSignature, ValueError):
        return True
    return clock.now().timestamp() - at < FASTEST_SECONDS
