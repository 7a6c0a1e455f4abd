"""Managers write the next version of the policy, a colleague publishes it, and both see what it did to old rows."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from consent.access.proof import held_before
from consent.centre.actions import named
from consent.centre.policy_forms import DraftForm
from consent.gate import GatedRequest
from consent.policies.actions import NotPublishable, keep_draft, publish_draft
from consent.policies.models import PolicyDraft, PolicyVersion, PurposeInVersion
from consent.policies.offers import offered, offers_of
from consent.policies.publishing import WORDS, changed_in, check_draft, may_stand_alone
from consent.policies.queries import current_version, text_of
from consent.policies.second_person import stood_alone
from imsupport import clock


def policies(request: GatedRequest) -> HttpResponse:
    now = clock.now()
    versions = [
        (version, version.effective_from > now, stood_alone(version.confirmed_by, version.reason))
        for version in PolicyVersion.objects.order_by("-number")
    ]
    drafts = PolicyDraft.objects.filter(published=None).order_by("-entered_at")
    context = {"versions": versions, "current": current_version(), "drafts": drafts}
    return render(request, "centre/policies.html", context)


def new_draft(request: GatedRequest) -> HttpResponse:
    """Begin from the version in effect: what one does not change stays as it is."""
    number = current_version()
    offers = {
        row.purpose: {word: getattr(row, word) for word in WORDS}
        for row in PurposeInVersion.objects.filter(version_id=number)
    }
    return _written(request, PolicyDraft(texts={"en": text_of(number, "en").body}, offers=offers))


def draft(request: GatedRequest, draft_id: int) -> HttpResponse:
    found = get_object_or_404(PolicyDraft, pk=draft_id)
    if found.published_id is not None:
        return HttpResponseRedirect(reverse("centre:version", args=[found.published_id]))
    return _written(request, found)


def publish(request: GatedRequest, draft_id: int) -> HttpResponse:
    found = get_object_or_404(PolicyDraft, pk=draft_id)
    read = request.POST.get("written_at", "")
    try:
        version = publish_draft(draft_id, written_at=read, named=named(request.passage.actor))
    except NotPublishable as refusal:
        return _page(request, found, DraftForm(draft=found), refusal=str(refusal), status=409)
    return HttpResponseRedirect(reverse("centre:version", args=[version.number]))


def version(request: GatedRequest, number: int) -> HttpResponse:
    """Show a published version, and by a press how many older rows each of its new uses may use: none."""
    found = PolicyVersion.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    offers = offers_of(number)
    fresh = [offer for offer in offers if offer.purpose not in offered(number - 1)] if number > 1 else []
    counted = [
        (offer, held_before(number, offer.purpose, actor=request.passage.actor))
        for offer in (fresh if "count" in request.GET else ())
    ]
    context = {
        "version": found,
        "offers": offers,
        "fresh": fresh,
        "counted": counted,
        "is_ahead": found.effective_from > clock.now(),
        "is_alone": stood_alone(found.confirmed_by, found.reason),
        "before": number - 1,
    }
    return render(request, "centre/version.html", context)


def _written(request: GatedRequest, found: PolicyDraft) -> HttpResponse:
    if request.method != "POST":
        return _page(request, found, DraftForm(draft=found))
    form = DraftForm(request.POST, draft=found)
    if not form.is_valid():
        return _page(request, found, form, status=400)
    try:
        kept = keep_draft(form.filled(), named=named(request.passage.actor))
    except NotPublishable as refusal:
        return _page(request, found, form, refusal=str(refusal), status=409)
    return HttpResponseRedirect(reverse("centre:draft", args=[kept.pk]) + "?saved=1")


def _page(
    request: GatedRequest, found: PolicyDraft, form: DraftForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    me = named(request.passage.actor)
    context: dict[str, object] = {"draft": found, "form": form, "refusal": refusal, "is_saved": "saved" in request.GET}
    if found.pk:
        # What is in the form may not be kept yet; found and changed is told of what is kept.
        kept = PolicyDraft.objects.get(pk=found.pk)
        may_publish = me != kept.entered_by or may_stand_alone(kept, clock.now())
        context |= {"kept": kept, "checked": check_draft(kept), "changes": changed_in(kept), "may_publish": may_publish}
        context |= {"is_own": me == kept.entered_by, "written_at": kept.entered_at.isoformat()}
    return render(request, "centre/draft.html", context, status=status)
