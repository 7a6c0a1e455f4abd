"""Law 1, behind the gate: taken away at run time in other ways, each gate still lets no words out to a stranger."""

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client

from consent.gate import Door, Gate, Passage, Who
from consent.ledger.actions import Agreed
from consent.purposes import Purpose
from feedback.tickets.models import Attachment, Ticket
from feedback.tickets.references import token_for
from imsupport.accounts.models import User
from imsupport.checks import doors

NAMES = {
    "desk:queue": "/desk/",
    "desk:ticket": "/desk/tickets/{ref}/",
    "desk:file": "/desk/tickets/{ref}/files/{file}/",
    "portal:ticket": "{link}",
    "portal:ticket-words": "{link}words.txt",
    "portal:file": "{link}files/{file}/",
    "portal:mine": "/feedback/mine/",
}
VIEWS = {"desk": "feedback.desk", "portal": "feedback.portal"}
by_name = pytest.mark.parametrize("name", NAMES)
STAFF = (Who.STAFF, Who.AGENT, Who.MANAGER, Who.ADMIN, Who.MANAGER_OR_ADMIN)


@by_name
def test_a_door_weakened_to_anyone_shows_a_stranger_no_words(
    name: str, mia: Agreed, submitted: Callable[..., Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = submitted(mia)
    door = _door(name)
    monkeypatch.setattr(door, "declaration", replace(door.declaration, who=Who.ANYONE, admits=None))

    response = _stranger().get(_url(name, ticket))

    _assert_nothing_of(ticket, response.content)


@by_name
def test_a_door_whose_own_recognition_was_removed_stays_shut(
    name: str, mia: Agreed, submitted: Callable[..., Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = submitted(mia)
    door = _door(name)
    monkeypatch.setattr(door, "declaration", replace(door.declaration, who=Who.BEARER, admits=None))

    response = _stranger().get(_url(name, ticket))

    assert response.status_code in (302, 404)
    _assert_nothing_of(ticket, response.content)


@by_name
def test_a_view_reached_without_a_decision_answers_nothing(
    name: str, mia: Agreed, submitted: Callable[..., Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = submitted(mia)
    monkeypatch.setattr(Gate, "process_view", lambda *_: None)

    response = _stranger().get(_url(name, ticket))

    assert response.status_code == 500
    _assert_nothing_of(ticket, response.content)


@by_name
def test_a_decision_that_comes_after_the_view_comes_too_late_to_let_anything_out(
    name: str, mia: Agreed, submitted: Callable[..., Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = submitted(mia)
    monkeypatch.setattr(Gate, "process_view", lambda *_: None)
    monkeypatch.setattr(Door, "__call__", lambda door, request, *args, **kwargs: _words(request, ticket))

    response = _stranger().get(_url(name, ticket))

    assert response.status_code == 500
    _assert_nothing_of(ticket, response.content)


@by_name
def test_another_purpose_put_in_place_of_the_doors_own_finds_nothing(
    name: str,
    mia: Agreed,
    ada: User,
    submitted: Callable[..., Ticket],
    client_for: Callable[..., Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ticket = submitted(mia)
    client = client_for(ada if name.startswith("desk") else mia)
    client.raise_request_exception = False
    swapped = SimpleNamespace(PROVIDE=Purpose.IMPROVE, MAIL=Purpose.IMPROVE)
    for module in ("desk.ticket_views", "desk.queries", "portal.admitting", "portal.ticket_views", "portal.queries"):
        monkeypatch.setattr(f"feedback.{module}.Purpose", swapped)
    monkeypatch.setattr("feedback.tickets.queries.Purpose", swapped)

    response = client.get(_url(name, ticket))

    assert b"heron" not in response.content
    assert response.status_code == 404 or name in ("desk:queue", "portal:mine")


@pytest.mark.parametrize("role", ["max_", "root"])
def test_an_agents_door_weakened_to_staff_lets_others_in_which_the_table_of_roles_shows(
    role: str, request: pytest.FixtureRequest, client_for: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, door = client_for(request.getfixturevalue(role)), _door("desk:queue")
    before = client.get("/desk/").status_code

    monkeypatch.setattr(door, "declaration", replace(door.declaration, who=Who.STAFF))

    assert (before, client.get("/desk/").status_code) == (403, 200)


def test_every_staff_door_names_its_role_and_every_persons_door_who_it_knows() -> None:
    loose = []
    for route, pattern in doors():
        declaration = pattern.callback.declaration
        is_staffs = route.startswith(("/desk/", "/manage/"))
        if is_staffs != (declaration.who in STAFF) and route != "/accounts/undertaking/":
            loose.append(route)
        if declaration.who is Who.BEARER and declaration.admits is None:
            loose.append(route)
        if is_staffs and declaration.who is Who.STAFF:
            loose.append(route)

    assert loose == []


def test_a_stranger_is_nobody_to_the_rows(mia: Agreed, submitted: Callable[..., Ticket]) -> None:
    submitted(mia)
    passage = Passage(Who.ANYONE, Purpose.PROVIDE)

    assert not Ticket.objects.for_purpose(Purpose.PROVIDE, actor=passage.actor).exists()
    with pytest.raises(LookupError):
        _ = passage.person_id


def _door(name: str) -> Door:
    room, _, wanted = name.partition(":")
    for _route, pattern in doors():
        if pattern.name == wanted and pattern.callback.view.__module__.startswith(VIEWS[room]):
            door: Door = pattern.callback
            return door
    raise LookupError(name)


def _url(name: str, ticket: Ticket) -> str:
    file = Attachment.objects.get(ticket=ticket)
    link = f"/feedback/{token_for(ticket.pk, ticket.token_generation)}/"
    return NAMES[name].format(ref=ticket.ref, file=file.pk, link=link)


def _stranger() -> Client:
    return Client(raise_request_exception=False)


def _assert_nothing_of(ticket: Ticket, content: bytes) -> None:
    assert b"heron" not in content
    assert ticket.ref.encode() not in content


def _words(request: HttpRequest, ticket: Ticket) -> Any:
    return HttpResponse(f"{ticket.ref}: heron")
