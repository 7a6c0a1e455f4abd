"""Who is harmed or threatened is read first, and by the team for safety alone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from consent.access.actors import Actor
from consent.ledger.actions import Agreed
from feedback.tickets.actions import set_priority, set_state
from feedback.tickets.models import Team, Ticket
from feedback.tickets.queries import PAGE, counts_for, page_of, rows_of, urgent
from imsupport import clock
from imsupport.accounts.models import User
from tests.crowd import copy_tickets

WORDS = {"message": "My brother wants to hurt me.", "topic": "safety", "idempotency_key": "k1"}
Write = Callable[..., Ticket]


@pytest.fixture
def team() -> Team:
    made: Team = Team.objects.create(name="safety")
    return made


def test_the_form_offers_it_and_gives_it_to_the_team(
    mia: Agreed, ada: User, team: Team, client_for: Callable[..., Client], statements: Callable[[], Any]
) -> None:
    team.members.add(ada)
    client = client_for(mia)
    assert "Someone harms or threatens me" in client.get("/feedback/").content.decode()

    client.post("/feedback/", WORDS)
    with statements() as said:
        client.post("/feedback/", {**WORDS, "idempotency_key": "k2"})

    found = list(Ticket.objects.all())
    assert [(ticket.team_id, ticket.priority) for ticket in found] == [(team.pk, Ticket.Priority.URGENT)] * 2
    assert len(said) <= 10, said


@pytest.mark.parametrize("members", ["no team", "none", "a manager", "one who left"])
def test_while_no_agent_is_in_the_team_every_agent_reads_it(
    members: str, mia: Agreed, grace: User, max_: User, client_for: Callable[..., Client]
) -> None:
    left = User.objects.create_user("left@staff.test", name="Lee", role=User.Role.AGENT)
    left.set_active(False)
    if members != "no team":
        Team.objects.create(name="safety").members.set(
            {"none": [], "a manager": [max_], "one who left": [left]}[members]
        )

    client_for(mia).post("/feedback/", WORDS)

    ticket = Ticket.objects.get()
    assert (ticket.team, ticket.priority) == (None, Ticket.Priority.URGENT)
    assert [row.ticket.pk for row in client_for(grace).get("/desk/").context["rows"]] == [ticket.pk]


def test_only_members_see_it_anywhere(
    mia: Agreed, ada: User, grace: User, team: Team, write: Write, client_for: Callable[..., Client]
) -> None:
    team.members.add(ada)
    before = clock.now().timestamp()
    ticket = write(mia, topic="safety")
    member, other = client_for(ada), client_for(grace)
    page, changes = f"/desk/tickets/{ticket.ref}/", {"since": before - 1}

    assert [row.ticket.pk for row in member.get("/desk/").context["rows"]] == [ticket.pk]
    assert other.get("/desk/").context["rows"] == []
    assert other.get("/desk/", {"view": "all"}).context["rows"] == []
    assert (counts_for(ada.pk)["open"], counts_for(grace.pk)["open"]) == (1, 0)
    assert (member.get(page).status_code, other.get(page).status_code) == (200, 404)
    assert other.post(f"{page}note/", {"words": "Mine?", "idempotency_key": "n"}).status_code == 404
    assert member.get("/desk/changes/", changes).status_code == 200
    assert other.get("/desk/changes/", changes).status_code == 204


@pytest.mark.parametrize("view", ["open", "unassigned"])
def test_it_stands_above_newer_tickets_and_shows_that_it_is_urgent(
    mia: Agreed, ada: User, team: Team, write: Write, client_for: Callable[..., Client], view: str
) -> None:
    team.members.add(ada)
    harmed = write(mia, topic="safety")
    newer = [write(mia), write(mia)]

    response = client_for(ada).get("/desk/", {"view": view})

    assert [row.ticket.pk for row in response.context["rows"]] == [harmed.pk, newer[1].pk, newer[0].pk]
    assert "Urgent" in response.content.decode()


def test_what_is_solved_is_listed_by_its_time_alone(mia: Agreed, agent: Actor, write: Write) -> None:
    first, second = write(mia), write(mia)
    set_priority(first, Ticket.Priority.URGENT, actor=agent)
    for ticket in (first, second):
        set_state(ticket, "solved", actor=agent)

    assert [ticket.pk for ticket in page_of("solved", actor=agent).tickets] == [second.pk, first.pk]


@pytest.mark.parametrize("urgent_ones", [0, 3, PAGE, PAGE + 1, 2 * PAGE + 7])
def test_pages_begin_with_the_urgent_ones_without_gap_or_repeat(
    mia: Agreed, agent: Actor, write: Write, urgent_ones: int
) -> None:
    copy_tickets(write(mia), 119)
    Ticket.objects.update(state="open")
    some = list(Ticket.objects.order_by("?").values_list("pk", flat=True)[:urgent_ones])
    Ticket.objects.filter(pk__in=some).update(priority=Ticket.Priority.URGENT)

    found: list[Ticket] = []
    after = ""
    while not found or after:
        page = page_of("open", actor=agent, after=after)
        found += page.tickets
        after = page.next_cursor

    assert len({ticket.pk for ticket in found}) == len(found) == 120
    assert found == sorted(
        found, key=lambda ticket: (ticket.priority == 4, ticket.activity_at, ticket.pk), reverse=True
    )


def test_the_urgent_ones_are_read_from_an_index_of_their_own(mia: Agreed, agent: Actor, write: Write) -> None:
    copy_tickets(write(mia), 50_000)

    plan = urgent(rows_of("open", actor=agent))[: PAGE + 1].explain()

    assert "ticket_urgent" in plan, plan
    assert not re.search(r"TEMP B-TREE|Sort", plan), plan
