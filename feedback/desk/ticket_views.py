"""One ticket on the desk, and each change of it by a URL of its own."""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext

from consent.access.door import Look
from consent.access.models import AccessEvent
from consent.gate import GatedRequest
from consent.purposes import Purpose
from feedback.desk import actions, forms
from feedback.desk.passing_on import ways
from feedback.desk.queries import Around, around, categories_in_words, failed_mail_in, in_words
from feedback.intake.words import category_words
from feedback.stripping import NotInWords
from feedback.tickets.actions import assign, mark_read, set_priority, set_state, set_tags, set_team
from feedback.tickets.conversation import open_conversation
from feedback.tickets.files import open_file
from feedback.tickets.leaving_out import LINES, ChangedSince, Passage
from feedback.tickets.locking import TicketGone
from feedback.tickets.models import Ticket
from feedback.tickets.queries import visible_tickets
from imsupport import clock

_KINDS = ("person", "answer", "note")


def ticket(request: GatedRequest, ref: str) -> HttpResponse:
    found = find(request, ref)
    beside = around(found)
    response = _page(request, found, {}, beside=beside)
    mark_read(found, history=beside.history, actor=request.passage.actor)
    return response


def answer(request: GatedRequest, ref: str) -> HttpResponse:
    found, filled = find(request, ref), forms.WordsForm(request.POST)
    if not filled.is_valid():
        return _page(request, found, {"draft": request.POST.get("words", ""), "wrong": "answer"}, status=400)
    given = filled.cleaned_data
    try:
        actions.answer(
            found,
            given["words"],
            idempotency_key=given["idempotency_key"],
            state=given["state"] or Ticket.State.WAITING,
            warned_of=given["warned_of"],
            actor=request.passage.actor,
        )
    except actions.NamesSpecial as named:
        return _page(request, found, {"draft": given["words"], **_warning("answer", named, given)}, status=409)
    return _back(ref)


def note(request: GatedRequest, ref: str) -> HttpResponse:
    found, filled = find(request, ref), forms.WordsForm(request.POST)
    if not filled.is_valid():
        return _page(request, found, {"note_draft": request.POST.get("words", ""), "wrong": "note"}, status=400)
    given = filled.cleaned_data
    try:
        actions.note(
            found,
            given["words"],
            idempotency_key=given["idempotency_key"],
            warned_of=given["warned_of"],
            actor=request.passage.actor,
        )
    except actions.NamesSpecial as named:
        return _page(request, found, {"note_draft": given["words"], **_warning("note", named, given)}, status=409)
    return _back(ref)


def needs(request: GatedRequest, ref: str) -> HttpResponse:
    actions.ask_what_they_need(find(request, ref), actor=request.passage.actor)
    return _back(ref)


def leave_out(request: GatedRequest, ref: str, place: str) -> HttpResponse:
    found, filled = find(request, ref), forms.LeaveOutForm(request.POST)
    if not (place in LINES or place.isdecimal()):
        raise Http404
    if not filled.is_valid():
        return _not_left_out(request, found, place, gettext("Type the exact words and choose what they are about."))
    given = filled.cleaned_data
    passage = Passage(place, given["words"], given["category"], given["drawn_with"])
    try:
        actions.leave_out(found, passage, actor=request.passage.actor)
    except NotInWords:
        return _not_left_out(
            request,
            found,
            place,
            gettext("These words do not stand there, so nothing was left out. Copy them exactly."),
        )
    except ChangedSince:
        return _not_left_out(
            request,
            found,
            place,
            gettext(
                "The words here were changed while you looked, and yours are not there now: nothing more was left out."
                " Look again."
            ),
            status=409,
        )
    return _back(ref)


def state(request: GatedRequest, ref: str) -> HttpResponse:
    found, filled = find(request, ref), forms.StateForm(request.POST)
    if not filled.is_valid():
        return _page(request, found, {"wrong": "state"}, status=400)
    given = filled.cleaned_data
    set_state(found, given["state"], actor=request.passage.actor, snoozed_until=given["snoozed_until"])
    return _back(ref)


def assignee(request: GatedRequest, ref: str) -> HttpResponse:
    found = find(request, ref)
    filled = forms.AssigneeForm(request.POST, ticket=found)
    if not filled.is_valid():
        return _page(request, found, {"wrong": "assignee"}, status=400)
    chosen = filled.cleaned_data["assignee"]
    assign(found, chosen.pk if chosen else None, actor=request.passage.actor)
    return _back(ref)


def team(request: GatedRequest, ref: str) -> HttpResponse:
    found, filled = find(request, ref), forms.TeamForm(request.POST)
    if not filled.is_valid():
        return _page(request, found, {"wrong": "team"}, status=400)
    chosen = filled.cleaned_data["team"]
    set_team(found, chosen.pk if chosen else None, actor=request.passage.actor)
    return HttpResponseRedirect(reverse("desk:queue"))


def priority(request: GatedRequest, ref: str) -> HttpResponse:
    found, filled = find(request, ref), forms.PriorityForm(request.POST)
    if not filled.is_valid():
        return _page(request, found, {"wrong": "priority"}, status=400)
    set_priority(found, filled.cleaned_data["priority"], actor=request.passage.actor)
    return _back(ref)


def tags(request: GatedRequest, ref: str) -> HttpResponse:
    found, filled = find(request, ref), forms.TagsForm(request.POST)
    if not filled.is_valid():
        return _page(request, found, {"wrong": "tags"}, status=400)
    set_tags(found, [tag.name for tag in filled.cleaned_data["tags"]], actor=request.passage.actor)
    return _back(ref)


def mail(request: GatedRequest, ref: str) -> HttpResponse:
    actions.send_mail_again(find(request, ref), actor=request.passage.actor)
    return _back(ref)


def file(request: GatedRequest, ref: str, file_id: int) -> HttpResponse:
    found = find(request, ref)
    look = Look(request.passage.actor, Purpose.PROVIDE, AccessEvent.Act.OPENED, "desk:file", found.pk)
    opened = open_file(found, file_id, look=look)
    if opened is None:
        raise Http404
    response = HttpResponse(opened.content, content_type=opened.content_type)
    response["Content-Disposition"] = f'attachment; filename="{opened.name}"'
    return response


def still_there(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer a change of a ticket that was erased or stopped meanwhile as if it had never been there."""

    @wraps(view)
    def change(request: GatedRequest, ref: str, **place: str) -> HttpResponse:
        try:
            return view(request, ref, **place)
        except TicketGone as gone:
            raise Http404 from gone

    return change


def find(request: GatedRequest, ref: str) -> Ticket:
    rows = visible_tickets(request.passage.actor).select_related("assignee", "team", "address")
    found = rows.filter(ref=ref.upper()).first()
    if found is None:
        raise Http404
    return found


def _warning(kind: str, named: actions.NamesSpecial, given: dict[str, Any]) -> dict[str, Any]:
    """Return what a page says of words that are not sent yet, and what the next press brings along."""
    key = "answer_key" if kind == "answer" else "note_key"
    in_words = ", ".join(map(category_words, named.categories))
    return {
        "warned": kind,
        "warned_of": ",".join(named.categories),
        "named": in_words,
        key: given["idempotency_key"],
    }


def _not_left_out(request: GatedRequest, found: Ticket, place: str, said: str, status: int = 400) -> HttpResponse:
    typed = {name: request.POST.get(name, "") for name in ("words", "category")}
    leaving = {"place": place, "said": said, **typed}
    return _page(request, found, {"leaving": leaving, f"leaving_{place}": leaving}, status=status)


def _back(ref: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("desk:ticket", args=[ref]))


def _page(
    request: GatedRequest,
    found: Ticket,
    extra: dict[str, Any],
    status: int = 200,
    beside: Around | None = None,
) -> HttpResponse:
    since, beside = clock.now().timestamp(), beside or around(found)
    look = Look(request.passage.actor, Purpose.PROVIDE, AccessEvent.Act.OPENED, "desk:ticket", found.pk)
    conversation = open_conversation(found, look=look, kinds=_KINDS)
    context = {
        "ticket": found,
        "history": in_words(beside),
        "failed_mail": failed_mail_in(beside.history),
        "conversation": conversation,
        "ways": ways(found, beside.recipients, conversation.consents),
        "passed_on": beside.acts,
        "states": Ticket.State.choices,
        "priorities": Ticket.Priority.choices,
        "agents": beside.agents_for(found),
        "teams": beside.teams,
        "tags": beside.tags,
        "categories": categories_in_words(get_language() or "en"),
        "answer_key": secrets.token_urlsafe(16),
        "note_key": secrets.token_urlsafe(16),
        "since": since,
        **extra,
    }
    return render(request, "desk/ticket.html", context, status=status)
