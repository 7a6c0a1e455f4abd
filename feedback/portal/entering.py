"""Entering from a host app: its signed token, single use, becomes what the form is prefilled with."""

import base64
import hmac
import json
import unicodedata
from datetime import timedelta
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey, OKPKey

from consent.access.actors import person_actor
from consent.purposes import Purpose
from consent.sealing.keys import derived
from consent.sealing.lookups import exact_lookup
from feedback.intake.devices import FACTS
from feedback.portal.models import HostApp, UsedToken
from feedback.tickets.models import Ticket
from imsupport import clock
from imsupport.languages import known

SESSION_SECONDS = 60 * 30
TOKEN_SECONDS = 60
_LEEWAY_SECONDS = 5
_FIELDS = {"name": 80, "email": 200}
_UNREADABLE = (ValueError, IndexError, AttributeError, TypeError, RecursionError)
"""What reading a token raises that is no token, or one with claims of any shape and depth."""


class NotAdmitted(Exception):
    """The token is not one we can take; the person gets the plain form."""


def key_of(app: HostApp) -> str:
    """Return an app's HMAC key, base64url; it is derived and stored nowhere."""
    secret = derived(f"host-app:{app.name}:{app.generation}")
    return base64.urlsafe_b64encode(secret).rstrip(b"=").decode()


def exchange(token: str) -> dict[str, Any]:
    """Return what a token says, and spend it; raise NotAdmitted for a forged, old, used or foreign one.

    Claims: `iss` the app, `aud` our address, `exp` at most 60 s ahead, `jti`; optional `name`, `email`,
    `email_verified`, `device`, `language` (RFC 7519).
    """
    claims = _verified(token)
    now = clock.now().timestamp()
    expires_at, jti = claims.get("exp"), claims.get("jti")
    if claims.get("aud") != settings.BASE_URL or not isinstance(jti, str) or not isinstance(expires_at, int | float):
        raise NotAdmitted
    if not now - _LEEWAY_SECONDS < expires_at <= now + TOKEN_SECONDS + _LEEWAY_SECONDS:
        raise NotAdmitted
    spent = _hashed(claims)
    _spend(spent)
    return {**_told(claims), "spent": spent.hex()}


def written(told: dict[str, Any]) -> str:
    """Return the cookie's value: encrypted, so that it can be read by nobody else."""
    return _cookie_key().encrypt(json.dumps(told, ensure_ascii=False).encode()).decode()


def session_of(request: HttpRequest) -> dict[str, Any]:
    """Return what the app passed in this browser, at most 30 minutes old; empty for nothing."""
    cookie = request.COOKIES.get(settings.APP_COOKIE)
    if not cookie:
        return {}
    try:
        told: dict[str, Any] = json.loads(_cookie_key().decrypt(cookie, ttl=SESSION_SECONDS))
    except (InvalidToken, ValueError):
        return {}
    return told


def is_own_repeat(request: HttpRequest, token: str) -> bool:
    """Say whether this browser came in by that very token before; it may go on with what it was told then."""
    spent = session_of(request).get("spent", "")
    try:
        return hmac.compare_digest(_hashed(_claimed(token)).hex(), spent)
    except _UNREADABLE:
        return False


def confirms(told: dict[str, Any], address: str, person_id: int | None) -> bool:
    """Say whether the app's word confirms an address: for whoever has not written to us before.

    Anybody who has an account with the app can have their own token posted by somebody else's browser; it must not
    lead the answers, and the links in them, of people we know to another mailbox.
    """
    if not told.get("is_verified") or address != told.get("email"):
        return False
    if person_id is None:
        return True
    own = Ticket.objects.for_purpose(Purpose.PROVIDE, actor=person_actor(person_id))
    return not own.filter(person_id=person_id).exists()


def _verified(token: str) -> dict[str, Any]:
    try:
        name = _claimed(token).get("iss", "")
        app = HostApp.objects.filter(name=name, is_active=True).first() if name.isprintable() else None
        if app is None:
            raise NotAdmitted
        if app.public_key:
            claims = jwt.decode(token, OKPKey.import_key(app.public_key), algorithms=["Ed25519", "EdDSA"]).claims
        else:
            claims = jwt.decode(token, OctKey.import_key(key_of(app)), algorithms=["HS256"]).claims
    except (JoseError, *_UNREADABLE) as error:
        raise NotAdmitted from error
    return dict(claims)


def _claimed(token: str) -> dict[str, Any]:
    """Return the claims as they stand there, unverified."""
    claims: dict[str, Any] = json.loads(_unpadded(token.split(".")[1]))
    return claims


def _hashed(claims: dict[str, Any]) -> bytes:
    return exact_lookup("jti", f"{claims.get('iss')}:{claims.get('jti')}".encode("utf-8", "surrogatepass"))


def _spend(jti: bytes) -> None:
    expires_at = clock.now() + timedelta(seconds=TOKEN_SECONDS * 3)
    _row, is_first = UsedToken.objects.get_or_create(jti=jti, defaults={"expires_at": expires_at})
    if not is_first:
        raise NotAdmitted


def _told(claims: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {key: _text(claims[key], most) for key, most in _FIELDS.items() if claims.get(key)}
    device = claims.get("device")
    if isinstance(device, dict):
        told["device"] = {key: _text(device[key], 60) for key in FACTS if device.get(key)}
    told["app"] = str(claims["iss"])
    told["language"] = known(_text(claims.get("language", ""), 40)) or ""
    told["is_verified"] = claims.get("email_verified") is True and "email" in told
    return told


def _text(value: object, most: int) -> str:
    """Return a claim as text that a page can show: no control characters, no halves of characters."""
    return "".join(" " if unicodedata.category(sign) in ("Cc", "Cs") else sign for sign in str(value)[:most])


def _cookie_key() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(derived("app-cookie")))


def _unpadded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
