"""What a person says, on their message's own page, when they were asked whether it may be passed on."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from consent.disclosures.actions import decide
from consent.disclosures.notices import answered
from consent.disclosures.queries import recipient
from consent.gate import GatedRequest
from consent.ledger.actions import Shown
from consent.ledger.models import Channel

_DECISIONS = {"allow": True, "refuse": False}


def ticket_pass_on(request: GatedRequest, token: str, slug: str) -> HttpResponse:
    """Record a yes or a no to what stood there, of the version under which this message came."""
    found, named = request.passage.found, recipient(slug)
    decision = request.POST.get("decision", "")
    if named is None or decision not in _DECISIONS:
        raise Http404
    page = reverse("portal:ticket", args=[token])
    evidence = request.POST.get("evidence", "")
    notice = answered(named, version=found.policy_version, language=request.LANGUAGE_CODE, evidence=evidence)
    if notice is None:
        return HttpResponseRedirect(page + "?done=stale")
    shown = Shown(notice, Channel.WEB, f"button:{decision} by link", gpc=request.headers.get("Sec-GPC") == "1")
    decide(named, found.person_id, shown, is_allowed=_DECISIONS[decision])
    return HttpResponseRedirect(page + f"?done={decision}")
