"""The agreement: what is shown, how an answer to it is recorded, and what the browser keeps of it."""

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import override

from consent.gate import AGREEMENT_FIELD, form_token, person_of
from consent.ledger.actions import Agreed, Shown, agree, agree_again, refuse
from consent.ledger.models import Channel, ConsentEvent
from consent.people import tokens
from consent.people.actions import TokenTaken
from consent.people.models import Person
from consent.policies.models import OperatorFacts
from consent.policies.notices import Notice, language_shown, was_shown
from consent.policies.queries import current_version, operator_facts, text_of
from consent.policies.reading import sections_of

COOKIE_SECONDS = 60 * 60 * 24 * 180


def notice_for(language: str) -> Notice:
    """Return the notice in effect: the five lines, the operator's facts and the full text, as bytes."""
    facts = operator_facts()
    return _rendered(current_version(), language, facts.pk if facts else None)


def notice_answered(request: HttpRequest) -> Notice | None:
    """Return the notice that a form answers, in the language in which it was shown; None when it is not in effect."""
    evidence = request.POST.get("evidence", "")
    language = language_shown(evidence)
    notice = notice_for(language) if language else None
    return notice if notice and was_shown(notice, evidence) else None


def agreed_before(request: HttpRequest) -> int | None:
    """Return the earlier version to which whoever is asked has agreed, and still does; they see what is new."""
    standing = person_of(request)
    if standing is None or not standing.is_agreed or standing.is_agreed_to_current:
        return None
    return standing.agreed_version


def is_open() -> bool:
    """Say whether agreements are taken: outside the demo only once the operator's facts are filled in."""
    return settings.DEMO or operator_facts() is not None


def record_agreement(request: HttpRequest, notice: Notice, *, indicated_by: str) -> Agreed:
    """Record the agreement to a notice that a request brings; return who agreed, new or known, and their token."""
    shown, standing, token = _shown(request, notice, indicated_by), person_of(request), form_token(request)
    if standing is not None:
        agree_again(standing.person_id, shown)
        return Agreed(Person(id=standing.person_id), standing.signed_token)
    try:
        return agree(shown, token)
    except TokenTaken as taken:
        agree_again(taken.person_id, shown)
        return Agreed(Person(id=taken.person_id), request.POST[AGREEMENT_FIELD])


def sends_gpc(request: HttpRequest) -> bool:
    """Say whether the browser asks that nothing be passed on or used beyond its cause (Global Privacy Control)."""
    return request.headers.get("Sec-GPC") == "1"


def agreement_to_come(request: HttpRequest) -> str:
    """Return the token for a form that asks: however often its button is pressed, one person agrees."""
    return tokens.signed(form_token(request) or tokens.new_token())


def record_refusal(request: HttpRequest, notice: Notice, *, indicated_by: str) -> ConsentEvent:
    """Record that someone refused; only the event returned here, and no row, could tell who."""
    return refuse(_shown(request, notice, indicated_by))


def set_consent_cookie(response: HttpResponseBase, value: str) -> None:
    """Bind the browser: a host-only cookie with the signed token, or the constant value of a refusal."""
    response.set_cookie(
        settings.CONSENT_COOKIE,
        value,
        max_age=COOKIE_SECONDS,
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )


def set_refusal_cookie(response: HttpResponseBase) -> None:
    """Keep only that someone said no: the value is the same for everybody."""
    set_consent_cookie(response, tokens.REFUSED)


def _shown(request: HttpRequest, notice: Notice, indicated_by: str) -> Shown:
    channel = Channel.WEBVIEW if settings.APP_COOKIE in request.COOKIES else Channel.WEB
    return Shown(notice, channel, indicated_by, gpc=sends_gpc(request))


@lru_cache(maxsize=32)
def _rendered(version: int, language: str, facts_id: int | None) -> Notice:
    facts = OperatorFacts.objects.filter(pk=facts_id or 0).first()
    text = text_of(version, language)
    context = {
        "facts": facts,
        "sections": sections_of(text.body),
        "version": version,
        "text_language": text.language,
        "is_foreign": text.language != language,
    }
    with override(language):
        return Notice(version, language, render_to_string("centre/_notice.html", context).encode())
