"""Purposes and what was said of them, in people's words."""

from typing import Any

from django import template
from django.http import QueryDict
from django.template import Context
from django.utils.translation import get_language, get_language_bidi

from consent.disclosures.queries import title_of_any
from consent.ledger.models import ConsentEvent, ConsentState
from consent.ledger.states import said
from consent.policies.checking import said_of
from consent.policies.linting.findings import Finding
from imsupport.languages import offered

register = template.Library()


@register.filter
def purpose_title(purpose: str) -> str:
    return title_of_any(purpose)


@register.filter
def what_was_said(row: ConsentEvent | ConsentState) -> str:
    return said(row.purpose, row.status)


@register.filter
def finding_said(finding: Finding) -> str:
    return said_of(finding)


@register.filter
def apart(value: object) -> str:
    """Keep a name, address or number whole where it stands in a sentence that runs from right to left (Unicode FSI)."""
    return f"\u2068{value}\u2069" if get_language_bidi() else str(value)


@register.inclusion_tag("_languages.html", takes_context=True)
def language_switch(context: Context, address: str = "") -> dict[str, Any]:
    """Draw the languages to choose from: as links to this very page, or as buttons that send its form to `address`.

    What a form brought has no address that a link could lead to, so such a page without buttons offers none.
    """
    request = context.get("request")
    if request is not None and request.method != "GET" and not address:
        return {"languages": ()}
    kept = request.GET.copy() if request is not None else QueryDict(mutable=True)
    kept.pop("lang", None)
    asked = f"{kept.urlencode()}&" if kept else ""
    return {"languages": offered(), "language": get_language(), "kept": asked, "address": address}
