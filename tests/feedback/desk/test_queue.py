from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from consent.access.actors import Actor
from consent.access.models import AccessEvent
from consent.ledger.actions import Agreed, Shown, withdraw_everything
from consent.sealing.actions import make_data_keys
from feedback.tickets.actions import assign, set_state, set_team
from feedback.tickets.counts import fold_counts
from feedback.tickets.models import Team, Ticket
from feedback.tickets.references import new_reference
from feedback.tickets.stopping import seal_off_person
from imsupport import clock
from imsupport.accounts.models import User
from imsupport.ids import new_id

QUEUE = "/desk/"


def _fill(who: Agreed, number: int) -> None:
    [key] = make_data_keys(who.person.pk)
    start = clock.now() - timedelta(days=1)
    rows = []
    for at in range(number):
        row_id = new_id()
        rows.append(
            Ticket(
                id=row_id,
                ref=new_reference(),
                channel="web",
                language="en",
                opening=key.seal("ticket.opening", row_id, f"Matter {at}."),
                idempotency=row_id.to_bytes(32),
                activity_at=start + timedelta(seconds=at // 3),
                person_id=who.person.pk,
                policy_version=1,
                collected_at=clock.now(),
            )
        )
    Ticket.objects.bulk_create(rows)


@pytest.mark.parametrize(("who", "status"), [("ada", 200), ("max_", 403), ("root", 403)])
def test_only_agents_come_in(
    who: str, status: int, client_for: Callable[..., Client], request: pytest.FixtureRequest
) -> None:
    assert client_for(request.getfixturevalue(who)).get(QUEUE).status_code == status


def test_a_stranger_is_led_to_the_sign_in(client: Client) -> None:
    assert client.get(QUEUE)["Location"].startswith("/accounts/login/?next=")


def test_an_agent_without_the_undertaking_is_led_to_it(ada: User, client_for: Callable[..., Client]) -> None:
    ada.acknowledged_undertaking = 0
    ada.save()

    assert client_for(ada).get(QUEUE)["Location"].startswith("/accounts/undertaking/?next=")


def test_an_empty_queue_says_so(ada: User, client_for: Callable[..., Client]) -> None:
    assert "Nothing here" in client_for(ada).get(QUEUE).content.decode()


def test_a_row_shows_who_wrote_and_what(
    mia: Agreed, noor: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    write(mia, name="Mia", subject="Frozen picture")
    write(noor, "No sound at all.")

    page = client_for(ada).get(QUEUE).content.decode()

    assert all(word in page for word in ("Mia", "Frozen picture", "Someone", "No sound at all."))


def test_a_list_leaves_one_access_event_with_everybody_on_it(
    mia: Agreed, noor: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    write(mia)
    write(noor)

    client_for(ada).get(QUEUE)

    event = AccessEvent.objects.get()
    assert (event.act, event.actor_id) == (AccessEvent.Act.LISTED, ada.pk)
    assert event.persons == sorted([mia.person.pk, noor.person.pk])


def test_each_view_holds_its_own_tickets_and_counts_them(
    mia: Agreed, ada: User, agent: Actor, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    refs = {name: write(mia, name).ref for name in ("fresh", "mine", "waiting", "snoozed", "solved", "spam")}
    rows = {row.ref: row for row in Ticket.objects.all()}
    assign(rows[refs["mine"]], ada.pk, actor=agent)
    later = clock.now() + timedelta(days=1)
    for state in ("waiting", "solved", "spam"):
        set_state(rows[refs[state]], state, actor=agent)
    set_state(rows[refs["snoozed"]], "snoozed", actor=agent, snoozed_until=later)
    client = client_for(ada)

    shown, counted = {}, {}
    for view in ("mine", "unassigned", "open", "waiting", "snoozed", "solved", "spam", "all"):
        context = client.get(QUEUE, {"view": view}).context
        shown[view] = {row.ticket.ref for row in context["rows"]}
        counted[view] = dict(context["views"])[view]

    assert shown == {
        "mine": {refs["mine"]},
        "unassigned": {refs["fresh"]},
        "open": {refs["fresh"], refs["mine"]},
        "waiting": {refs["waiting"]},
        "snoozed": {refs["snoozed"]},
        "solved": {refs["solved"]},
        "spam": {refs["spam"]},
        "all": set(refs.values()),
    }
    assert counted == {view: len(rows) for view, rows in shown.items()}


def test_counts_are_the_same_before_and_after_folding(
    mia: Agreed, ada: User, agent: Actor, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    write(mia)
    set_state(write(mia), "waiting", actor=agent)
    client = client_for(ada)

    before = client.get(QUEUE).context["views"]
    fold_counts()

    assert client.get(QUEUE).context["views"] == before
    assert dict(before)["open"] == dict(before)["waiting"] == 1


def test_another_teams_ticket_is_neither_listed_nor_counted(
    mia: Agreed, ada: User, grace: User, agent: Actor, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    set_team(write(mia), Team.objects.get(name="Accounts").pk, actor=agent)

    for_ada, for_grace = client_for(ada).get(QUEUE).context, client_for(grace).get(QUEUE).context

    assert (len(for_ada["rows"]), dict(for_ada["views"])["open"]) == (0, 0)
    assert (len(for_grace["rows"]), dict(for_grace["views"])["open"]) == (1, 1)


def test_the_ticket_of_a_person_who_stopped_everything_leaves_the_queue_at_once(
    mia: Agreed, ada: User, shown: Shown, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    write(mia)
    with transaction.atomic():
        withdraw_everything(mia.person.pk, shown)
        seal_off_person(mia.person.pk)

    context = client_for(ada).get(QUEUE).context

    assert (context["rows"], dict(context["views"])["open"]) == ([], 0)


def test_pages_follow_each_other_without_gap_or_repeat(
    mia: Agreed, ada: User, client_for: Callable[..., Client]
) -> None:
    _fill(mia, 120)
    client, after, pages = client_for(ada), "", []
    while not pages or after:
        context = client.get(QUEUE, {"after": after}).context
        pages.append([row.ticket for row in context["rows"]])
        after = context["next_cursor"]

    tickets = [ticket for page in pages for ticket in page]
    assert [len(page) for page in pages] == [50, 50, 20]
    assert len({ticket.pk for ticket in tickets}) == 120
    assert tickets == sorted(tickets, key=lambda ticket: (ticket.activity_at, ticket.pk), reverse=True)


@pytest.mark.parametrize("after", ["%", "bm9uc2Vuc2U=", "WyIyMDI3LTAxLTAxIiwgMV0=", "W251bGwsIDFd"])
def test_a_broken_cursor_shows_the_first_page(
    after: str, mia: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    write(mia)

    assert len(client_for(ada).get(QUEUE, {"after": after}).context["rows"]) == 1


def test_a_queue_of_any_length_costs_the_same_seven_statements(
    mia: Agreed, ada: User, client_for: Callable[..., Client], statements: Callable[[], Any]
) -> None:
    client = client_for(ada)
    _fill(mia, 60)
    with statements() as short:
        client.get(QUEUE)
    _fill(mia, 1_940)
    with clock.set_to(clock.now() + timedelta(hours=2)), statements() as long:
        client.get(QUEUE)

    assert len(short) == len(long) <= 7, long


def test_the_poll_tells_whether_anything_changed(
    mia: Agreed, ada: User, agent: Actor, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    client, ticket = client_for(ada), write(mia)
    now = clock.now().timestamp()

    assert client.get("/desk/changes/", {"since": now - 60}).status_code == 200
    assert client.get("/desk/changes/", {"since": now}).status_code == 204
    set_state(ticket, "solved", actor=agent)
    assert client.get("/desk/changes/", {"since": now}).status_code == 200


@pytest.mark.parametrize("since", ["", "soon", "nan", "inf", "1e99"])
def test_the_poll_refuses_what_is_no_time(since: str, ada: User, client_for: Callable[..., Client]) -> None:
    assert client_for(ada).get("/desk/changes/", {"since": since}).status_code == 400
