"""The gate: every door declares who may enter and for which purpose, and nothing leaves that met no gate.

`gated(path(…), who, purpose)` declares beside the URL; `Gate` (the outermost middleware) decides before the view
runs and withholds any response whose request met no declaration. Checks walk the URL table with `declared_on`.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import update_wrapper
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern
from django.utils.http import urlencode

from consent.access.actions import count_denial
from consent.access.actors import STRANGER, Actor, ActorKind, person_actor
from consent.access.standing import Standing, standing_of
from consent.people import tokens
from consent.purposes import Purpose
from consent.signed_out import signed_out
from consent.static_pages import StaticPage, static_page

log = logging.getLogger("imsupport.gate")
AGREEMENT_FIELD = "agreement"
_LARGEST_NUMBER = 2**63 - 1


class Who(StrEnum):
    """Who may enter a door."""

    ANYONE = "anyone"
    AGREED = "a person who agreed to the current version"
    KNOWN = "a person with a consent"
    BEARER = "who bears what the door itself recognises"
    STAFF = "staff before their undertaking"
    AGENT = "agents"
    MANAGER = "managers"
    ADMIN = "admins"
    MANAGER_OR_ADMIN = "managers and admins"
    DEMO = "anyone, in the demo"


_ROLES = {
    Who.AGENT: frozenset({"agent"}),
    Who.MANAGER: frozenset({"manager"}),
    Who.ADMIN: frozenset({"admin"}),
    Who.MANAGER_OR_ADMIN: frozenset({"manager", "admin"}),
}


@dataclass(frozen=True)
class Passage:
    """That a request was let in, and as whom. Views act as `passage.actor`, never as anybody else."""

    who: Who
    purpose: Purpose
    actor: Actor = STRANGER
    standing: Standing | None = None
    found: Any = None
    """What the door's own `admits` recognised, such as a ticket."""

    @property
    def person_id(self) -> int:
        """Id of the person who came in; raises when the door is not for persons."""
        if self.actor.kind is not ActorKind.PERSON or self.actor.id is None:
            raise LookupError("no person came through this door")
        return self.actor.id


class GatedRequest(HttpRequest):
    """A request that was let in, as views take it."""

    passage: Passage
    user: Any
    LANGUAGE_CODE: str


Admits = Callable[..., Passage | None]
Refused = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Declaration:
    """What a door declares. `admits` recognises a bearer; `refused` answers who may not enter."""

    who: Who
    purpose: Purpose
    admits: Admits | None = None
    refused: Refused | None = None


@dataclass(eq=False)
class Door:
    """A view with its declaration; the attributes of the view (such as csrf_exempt) show through."""

    view: Callable[..., HttpResponseBase]
    declaration: Declaration
    __name__: str = field(default="door", init=False)

    def __post_init__(self) -> None:
        update_wrapper(self, self.view)

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if getattr(request, "passage", None) is None:
            raise RuntimeError("a door was reached without its gate")
        return self.view(request, *args, **kwargs)


def gated(
    pattern: URLPattern,
    who: Who,
    purpose: Purpose,
    *,
    admits: Admits | None = None,
    refused: Refused | None = None,
) -> URLPattern:
    """Declare who may enter the URL of `pattern`, and for which purpose."""
    pattern.callback = Door(pattern.callback, Declaration(who, purpose, admits, refused))
    return pattern


def declared_on(view: object) -> Declaration | None:
    """Return the declaration of a view, or None when it has none."""
    return view.declaration if isinstance(view, Door) else None


class Gate:
    """The outermost middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if getattr(request, "passage", None) is None and not _may_leave_ungated(request, response):
            log.error("withheld a response that met no gate")
            return static_page(500)
        return response

    def process_view(
        self, request: HttpRequest, view: object, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        declaration = declared_on(view)
        if declaration is None:
            log.error("refused a view that declares no gate")
            return static_page(500)
        if any(map(_names_nothing, kwargs.values())):
            return static_page(404)
        passage = _decide(request, declaration, kwargs)
        if passage is not None:
            request.passage = passage  # type: ignore[attr-defined]
            return None
        return _turn_away(request, declaration, args, kwargs)


def _names_nothing(part: object) -> bool:
    """Say whether a part of an address is nothing that a database could hold; asking for it would fail."""
    return part > _LARGEST_NUMBER if isinstance(part, int) else isinstance(part, str) and "\x00" in part


def _decide(request: HttpRequest, declaration: Declaration, kwargs: dict[str, Any]) -> Passage | None:
    who, purpose = declaration.who, declaration.purpose
    if who is Who.ANYONE:
        return Passage(who, purpose)
    if who is Who.DEMO:
        return Passage(who, purpose) if settings.DEMO else None
    if declaration.admits is not None:
        return declaration.admits(request, declaration, **kwargs)
    if who in (Who.AGREED, Who.KNOWN):
        return _admit_person(request, declaration)
    if _is_for_staff(declaration):
        return _admit_staff(request, declaration)
    return None


def _admit_person(request: HttpRequest, declaration: Declaration) -> Passage | None:
    standing = person_of(request)
    if standing is None:
        return None
    if declaration.who is Who.AGREED and not standing.is_agreed_to_current:
        return None
    return Passage(declaration.who, declaration.purpose, person_actor(standing.person_id), standing)


def _admit_staff(request: HttpRequest, declaration: Declaration) -> Passage | None:
    user: Any = request.user
    if not user.is_authenticated or not user.is_active:
        return None
    if declaration.who is not Who.STAFF:
        if user.role not in _ROLES[declaration.who]:
            return None
        if user.acknowledged_undertaking < settings.UNDERTAKING_VERSION:
            return None
    return Passage(declaration.who, declaration.purpose, Actor(ActorKind(user.role), user.pk))


def person_of(request: HttpRequest) -> Standing | None:
    """Return the person whom the request's cookie, or else its form, names, with their standing; mostly one query."""
    if hasattr(request, "_standing"):
        known: Standing | None = request._standing
        return known
    token = tokens.read(request.COOKIES.get(settings.CONSENT_COOKIE, ""))
    standing = standing_of(token) if token else None
    if standing is None and (token := form_token(request)):
        standing = standing_of(token)
    request._standing = standing  # type: ignore[attr-defined]
    return standing


def form_token(request: HttpRequest) -> bytes | None:
    """Return the genuine token that a form of our own brings; a page elsewhere must not choose whose words they are."""
    return tokens.read(request.POST.get(AGREEMENT_FIELD, "")) if is_from_our_form(request) else None


def is_from_our_form(request: HttpRequest) -> bool:
    """Say whether a browser tells that the form it sends was on a page of ours."""
    return request.method == "POST" and request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _turn_away(
    request: HttpRequest, declaration: Declaration, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> HttpResponseBase:
    """Answer who may not enter: persons by the door's own answer, staff by the sign-in, strangers by a static page."""
    match = request.resolver_match
    is_met_by_sign_in = _is_for_staff(declaration) and not request.user.is_authenticated
    if request.method != "GET" or (declaration.refused is None and not is_met_by_sign_in):
        count_denial(route=match.view_name if match else "", reason=declaration.who.name.lower())
    request.passage = Passage(Who.ANYONE, declaration.purpose)  # type: ignore[attr-defined]
    if declaration.refused is not None:
        return declaration.refused(request, *args, **kwargs)
    if _is_for_staff(declaration):
        return _turn_staff_away(request, declaration)
    return static_page(404)


def _is_for_staff(declaration: Declaration) -> bool:
    return declaration.who is Who.STAFF or declaration.who in _ROLES


def _turn_staff_away(request: HttpRequest, declaration: Declaration) -> HttpResponseBase:
    user: Any = request.user
    onward = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
    if not user.is_authenticated:
        if request.method == "GET":
            return HttpResponseRedirect(f"{settings.LOGIN_URL}?{onward}")
        return signed_out(request) if is_from_our_form(request) else static_page(403)
    has_role = declaration.who is Who.STAFF or user.role in _ROLES[declaration.who]
    if has_role and request.method == "GET":
        return HttpResponseRedirect(f"{settings.UNDERTAKING_URL}?{onward}")
    return static_page(403)


def _may_leave_ungated(request: HttpRequest, response: HttpResponseBase) -> bool:
    is_static_file = request.path_info.startswith(f"/{settings.STATIC_URL.strip('/')}/")
    return isinstance(response, StaticPage) or is_static_file
