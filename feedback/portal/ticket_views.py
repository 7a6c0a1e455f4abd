"""A person's own ticket, by its unguessable link."""

import secrets
from collections.abc import Iterable, Sequence

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from consent.access.door import Look
from consent.access.models import AccessEvent
from consent.centre.agreement import notice_for
from consent.disclosures.asking import questions
from consent.gate import GatedRequest, person_of
from consent.ledger.actions import Shown
from consent.ledger.models import Channel
from consent.purposes import Purpose
from feedback.intake.keeping import Waiting, remove_waiting, waiting_files
from feedback.intake.uploads import FileRefused
from feedback.portal.actions import (
    NotAgreed,
    Reply,
    add_file,
    make_new_link,
    mark_answers_read,
    reply,
    stop_everything,
    stop_mail,
)
from feedback.portal.arriving import arrived
from feedback.portal.checking import Checked, checked, told_while_typing
from feedback.portal.forms import FileForm, ReplyForm, released_keys
from feedback.portal.kept_files import filled_by, keep_passed
from feedback.portal.queries import own_conversation
from feedback.tickets.actions import TicketClosed
from feedback.tickets.erasing import erase_ticket
from feedback.tickets.files import open_file
from feedback.tickets.locking import TicketGone
from feedback.tickets.models import Event
from feedback.tickets.references import is_genuine, token_for
from feedback.tickets.stopping import HAND_IN_AGAIN_FOR
from imsupport import clock


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


def ticket_check(request: GatedRequest, token: str) -> HttpResponse:
    found = checked(request.POST, fields=("message",))
    if request.headers.get("Accept", "").startswith("application/json"):
        return told_while_typing(request, found, has_needs=False)
    filled = ReplyForm(request.POST)
    kept, key = waiting_files(filled_by(filled, request.passage.found.person_id)), _key_of(filled)
    return _ticket_page(request, token, filled.data.get("message", ""), key, kept=kept, check=found)


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
    told = own_conversation(ticket, request.passage.actor, kinds=("person",))
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
    erase_ticket(request.passage.found, actor=request.passage.actor)
    return render(request, "portal/erased.html")


def ticket_stop_mail(request: GatedRequest, token: str) -> HttpResponse:
    stop_mail(request.passage.found.person_id, _shown_here(request, "stop-mail"))
    return HttpResponseRedirect(reverse("portal:ticket", args=[token]) + "?done=mail")


def ticket_stop_everything(request: GatedRequest, token: str) -> HttpResponse:
    stop_everything(request.passage.found.person_id, _shown_here(request, "stop-everything"))
    return render(request, "portal/stopped.html", {"erased_by": clock.now() + HAND_IN_AGAIN_FOR})


def file(request: GatedRequest, token: str, file_id: int) -> HttpResponse:
    found = request.passage.found
    look = Look(request.passage.actor, Purpose.PROVIDE, AccessEvent.Act.OPENED, "portal:file", found.pk)
    opened = open_file(found, file_id, look=look)
    if opened is None:
        raise Http404
    response = HttpResponse(opened.content, content_type=opened.content_type)
    response["Content-Disposition"] = f'attachment; filename="{opened.name}"'
    return response


def _shown_here(request: GatedRequest, button: str) -> Shown:
    return Shown(notice_for(request.LANGUAGE_CODE), Channel.WEB, f"button:{button} by link")


def _stops_by_link(request: GatedRequest) -> bool:
    """Say whether this browser lacks the cookie of the ticket's person, without which the page for stopping is shut."""
    standing = person_of(request)
    return standing is None or standing.person_id != request.passage.found.person_id


def _said(words: str, status: int) -> HttpResponse:
    return JsonResponse({"said": words}, status=status)


def _unsent_reply(request: GatedRequest, token: str, filled: ReplyForm, *, status: int) -> HttpResponse:
    """Show a reply that is not right yet with what was typed; files that passed are kept for it."""
    found = request.passage.found
    kept = keep_passed(filled, found.person_id, channel=found.channel)
    key, said = _key_of(filled), filled.non_field_errors() if status == 400 else ()
    return _ticket_page(request, token, filled.data.get("message", ""), key, status=status, said=said, kept=kept)


def _key_of(filled: ReplyForm) -> str:
    return filled.data.get("idempotency_key") or secrets.token_urlsafe(16)


def _ticket_page(
    request: GatedRequest,
    token: str,
    draft: str,
    key: str,
    *,
    status: int = 200,
    said: Iterable[object] = (),
    kept: Sequence[Waiting] = (),
    check: Checked | None = None,
) -> HttpResponse:
    found = request.passage.found
    conversation = own_conversation(found, request.passage.actor)
    reads = found.events.filter(kind=Event.Kind.READ).order_by("-id")[:3]
    context = {
        "ticket": found,
        "conversation": conversation,
        "questions": questions(conversation.consents, version=found.policy_version, language=request.LANGUAGE_CODE),
        "reads": reads,
        "token": token,
        "draft": draft,
        "idempotency_key": key,
        "status": status,
        "said": said,
        "kept": kept,
        "check": check,
        "released": released_keys(request.POST),
        "stops_by_link": _stops_by_link(request),
        "erased_by": clock.now() + HAND_IN_AGAIN_FOR,
    }
    return render(request, "portal/ticket.html", context, status=status)
