"""The form as most people first see it. It is drawn once and kept; only what is new each time is put in.

Drawing it took most of the time of a visit.
"""

import secrets
import time
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from consent.policies.queries import recent_operator_facts
from feedback.intake.words import NEEDS
from feedback.portal.forms import Fact, FeedbackForm, every
from feedback.portal.suspicions import shown_now
from feedback.tickets.models import Ticket

KEPT_SECONDS = 10
_CSRF, _KEY, _SHOWN = "blank-csrf-token", "blank-idempotency-key", "blank-shown-at"


def blank_form(request: HttpRequest, device: list[Fact]) -> HttpResponse:
    """Return the empty form with fresh tokens; nothing of a person but the device they see is in what is kept."""
    language = getattr(request, "LANGUAGE_CODE", "en")
    page = _drawn(language, tuple(device), int(time.monotonic()) // KEPT_SECONDS)
    fresh = ((_CSRF, get_token(request)), (_KEY, secrets.token_urlsafe(16)), (_SHOWN, shown_now()))
    for place, value in fresh:
        page = page.replace(place, value)
    return HttpResponse(page)


@lru_cache(maxsize=32)
def _drawn(language: str, device: tuple[Fact, ...], period: int) -> str:
    context = {
        "form": FeedbackForm(initial={"idempotency_key": _KEY, "shown_at": _SHOWN}),
        "device": every(device),
        "shared": len(device),
        "needs": NEEDS,
        "topics": Ticket.Topic.choices,
        "chosen_needs": [],
        "check": None,
        "csrf_token": _CSRF,
        "operator": recent_operator_facts(),
    }
    return render_to_string("portal/form.html", context)
