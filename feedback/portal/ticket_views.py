"""A person's own ticket, by its unguessable link; and the page behind the link of a mail."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from consent.access.actors import Actor, person_actor
from consent.access.door import Look, read
from consent.access.models import AccessEvent, UnpurposedReason
from consent.gate import Declaration, GatedRequest, Passage, person_of
from consent.people.actions import verify_identifier
from consent.people.confirmation import identifier_of
from consent.people.models import Identifier
from consent.purposes import Purpose
from feedback.intake.keeping import Waiting, remove_waiting
from feedback.intake.uploads import FileRefused
from feedback.portal.actions import (
    NotAgreed,
    Reply,
    add_file,
    disown_address,
    erase,
    make_new_link,
    mark_answers_read,
    reply,
    ticket_by_reference,
)
from feedback.portal.forms import FileForm, ReferenceForm, ReplyForm
from feedback.portal.kept_files import filled_by, keep_passed
from feedback.portal.sent_views import arrived
from feedback.tickets.actions import TicketClosed
from feedback.tickets.conversation import Conversation, open_conversation
from feedback.tickets.files import content_of
from feedback.tickets.locking import TicketGone
from feedback.tickets.models import Attachment, Event, Ticket
from feedback.tickets.references import is_genuine, ticket_of, token_for
from imsupport import clock

_TWICE = timedelta(seconds=10)


def admits_bearer(request: GatedRequest, declaration: Declaration, token: str, **_: object) -> Passage | None:
    """Let in who bears a genuine token of a ticket whose person still agrees."""
    ticket_id = ticket_of(token)
    if ticket_id is None:
        return None
    rows = Ticket.objects.unpurposed(UnpurposedReason.VERIFICATION).filter(pk=ticket_id, erased_at=None)
    claimed = rows.values_list("person_id", "token_generation").first()
    if claimed is None or not is_genuine(token, claimed[1]):
        return None
    actor = person_actor(claimed[0])
    ticket = Ticket.objects.for_purpose(Purpose.PROVIDE, actor=actor).select_related("address").filter(pk=ticket_id)
    found = ticket.first()
    return Passage(declaration.who, declaration.purpose, actor, found=found) if found else None


def admits_renewing(request: GatedRequest, declaration: Declaration, token: str, **_: object) -> Passage | None:
    """Let in the bearer, also by the link that a press of the same button has just taken back: they pressed twice."""
    ticket_id = ticket_of(token) or 0
    rows = Ticket.objects.unpurposed(UnpurposedReason.VERIFICATION).filter(pk=ticket_id, erased_at=None)
    generation = rows.values_list("token_generation", flat=True).first()
    if generation is None or not is_genuine(token, generation - 1):
        return admits_bearer(request, declaration, token)
    just_now = Event.objects.filter(ticket_id=ticket_id, kind=Event.Kind.NEW_LINK, at__gt=clock.now() - _TWICE)
    return admits_bearer(request, declaration, token_for(ticket_id, generation)) if just_now.exists() else None


def admits_mailbox(request: GatedRequest, declaration: Declaration, token: str, **_: object) -> Passage | None:
    """Let in who bears the link that went to an address."""
    identifier_id = identifier_of(token)
    found = identifier_id and Identifier.objects.filter(pk=identifier_id, kind=Identifier.Kind.EMAIL).first()
    if not found:
        return None
    return Passage(declaration.who, declaration.purpose, person_actor(found.person_id), found=found)


def ticket(request: GatedRequest, token: str) -> HttpResponse:
    return _ticket_page(request, token, "", secrets.token_urlsafe(16))


def ticket_reply(request: GatedRequest, token: str) -> HttpResponse:
    filled, draft, fresh = ReplyForm.of(request), request.POST.get("message", ""), secrets.token_urlsafe(16)
    if not filled.is_valid():
        return _unsent_reply(request, token, filled, status=400)
    try:
        reply(request.passage.found, Reply(**filled.cleaned_data), actor=request.passage.actor)
    except TicketClosed:
        return _ticket_page(request, token, draft, fresh, status=409)
    except TicketGone as gone:
        raise Http404 from gone
    except NotAgreed:
        return _ticket_page(request, token, draft, fresh, status=403)
    return arrived(request, request.passage.found, reverse("portal:ticket", args=[token]))


def ticket_files(request: GatedRequest, token: str) -> HttpResponse:
    filled, found = FileForm.of(request), request.passage.found
    if not filled.is_valid():
        return _said(" ".join(map(str, filled.non_field_errors())), 400)
    given = filled.cleaned_data
    try:
        add_file(found, given["files"][0], idempotency_key=given["idempotency_key"], actor=request.passage.actor)
    except FileRefused as refused:
        return _said(str(refused), 400)
    except TicketClosed:
        return _said(gettext("This message is closed, so nothing can be added."), 409)
    except NotAgreed:
        return _said(gettext("The policy has changed since you agreed."), 403)
    except TicketGone as gone:
        raise Http404 from gone
    return JsonResponse({})


def ticket_kept_remove(request: GatedRequest, token: str, file_id: int) -> HttpResponse:
    filled = ReplyForm.of(request)
    remove_waiting(file_id, filled_by(filled, request.passage.found.person_id))
    filled.is_valid()
    return _unsent_reply(request, token, filled, status=200)


def ticket_read(request: GatedRequest, token: str) -> HttpResponse:
    mark_answers_read(request.passage.found, actor=request.passage.actor)
    return HttpResponseRedirect(reverse("portal:ticket", args=[token]))


def ticket_words(request: GatedRequest, token: str) -> HttpResponse:
    ticket = request.passage.found
    told = _conversation(ticket, request.passage.actor, kinds=("person",))
    left_out = gettext("[private detail left out]")
    entries = [
        f"{entry.at:%Y-%m-%d %H:%M} UTC\n" + "".join(part.text or f" {left_out} " for part in entry.parts)
        for entry in told.entries
    ]
    response = HttpResponse("\n\n".join(entries) + "\n", content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{ticket.ref}.txt"'
    return response


def ticket_new_link(request: GatedRequest, token: str) -> HttpResponse:
    found = request.passage.found
    if is_genuine(token, found.token_generation):
        fresh = make_new_link(found, actor=request.passage.actor)
    else:
        fresh = token_for(found.pk, found.token_generation)
    return HttpResponseRedirect(reverse("portal:ticket", args=[fresh]) + "?link=new")


def ticket_erase(request: GatedRequest, token: str) -> HttpResponse:
    erase(request.passage.found, actor=request.passage.actor)
    return render(request, "portal/erased.html")


def file(request: GatedRequest, token: str, file_id: int) -> HttpResponse:
    found, actor = request.passage.found, request.passage.actor
    row = Attachment.objects.for_purpose(Purpose.PROVIDE, actor=actor).filter(ticket=found, pk=file_id).first()
    envelope = content_of(row) if row else None
    if row is None or envelope is None:
        raise Http404
    look = Look(actor, Purpose.PROVIDE, AccessEvent.Act.OPENED, "portal:file", found.pk)
    content = read([envelope], look=look).content(envelope)
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type=row.content_type)
    response["Content-Disposition"] = f'attachment; filename="file-{row.pk}"'
    return response


def address(request: GatedRequest, token: str) -> HttpResponse:
    found = request.passage.found
    actor = request.passage.actor
    answers = []
    if found.is_verified:
        rows = Ticket.objects.for_purpose(Purpose.PROVIDE, actor=actor).filter(address=found, erased_at=None)
        answers = [_conversation(row, actor, kinds=("answer",)) for row in rows[:20]]
    return render(request, "portal/address.html", {"address": found, "token": token, "answers": answers})


def address_confirm(request: GatedRequest, token: str) -> HttpResponse:
    found, standing = request.passage.found, person_of(request)
    verify_identifier(found, opens_words=standing is not None and standing.person_id == found.person_id)
    return HttpResponseRedirect(reverse("portal:address", args=[token]))


def address_open(request: GatedRequest, token: str) -> HttpResponse:
    filled = ReferenceForm(request.POST)
    found = filled.is_valid() and ticket_by_reference(
        request.passage.found, filled.cleaned_data["ref"], actor=request.passage.actor
    )
    if not found:
        return HttpResponseRedirect(reverse("portal:address", args=[token]) + "?ref=wrong")
    return HttpResponseRedirect(reverse("portal:ticket", args=[token_for(found.pk, found.token_generation)]))


def address_disown(request: GatedRequest, token: str) -> HttpResponse:
    disown_address(request.passage.found)
    return render(request, "portal/disowned.html")


def _said(words: str, status: int) -> HttpResponse:
    return JsonResponse({"said": words}, status=status)


def _unsent_reply(request: GatedRequest, token: str, filled: ReplyForm, *, status: int) -> HttpResponse:
    """Show a reply that is not right yet with what was typed; files that passed are kept for it."""
    kept = keep_passed(filled, request.passage.found.person_id)
    key = filled.data.get("idempotency_key") or secrets.token_urlsafe(16)
    said = filled.non_field_errors() if status == 400 else ()
    return _ticket_page(request, token, filled.data.get("message", ""), key, status=status, said=said, kept=kept)


def _ticket_page(
    request: GatedRequest,
    token: str,
    draft: str,
    key: str,
    *,
    status: int = 200,
    said: Iterable[object] = (),
    kept: Sequence[Waiting] = (),
) -> HttpResponse:
    found = request.passage.found
    reads = found.events.filter(kind=Event.Kind.READ).order_by("-id")[:3]
    context = {
        "ticket": found,
        "conversation": _conversation(found, request.passage.actor),
        "reads": reads,
        "token": token,
        "draft": draft,
        "idempotency_key": key,
        "status": status,
        "said": said,
        "kept": kept,
    }
    return render(request, "portal/ticket.html", context, status=status)


def _conversation(ticket: Ticket, actor: Actor, kinds: tuple[str, ...] = ("person", "answer")) -> Conversation:
    look = Look(actor, Purpose.PROVIDE, AccessEvent.Act.OPENED, "portal:ticket", ticket.pk)
    return open_conversation(ticket, look=look, kinds=kinds)
