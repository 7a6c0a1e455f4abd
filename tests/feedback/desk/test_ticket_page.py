from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from consent.access.actors import Actor
from consent.access.models import AccessEvent
from consent.ledger.actions import Agreed, Shown, withdraw_everything
from feedback.desk.actions import answer, note
from feedback.intake.uploads import CheckedFile
from feedback.tickets.actions import set_priority, set_team
from feedback.tickets.models import Event, Tag, Team, Ticket
from feedback.tickets.stopping import seal_off_person
from imsupport import clock
from imsupport.accounts.models import User

HEALTH = "The ring is too quiet. I am deaf in one ear since my stroke. Please make it louder."


def _page(ticket: Ticket) -> str:
    return f"/desk/tickets/{ticket.ref}/"


@pytest.mark.parametrize(("who", "status"), [("ada", 200), ("max_", 403), ("root", 403)])
def test_only_agents_open_a_ticket(
    who: str,
    status: int,
    mia: Agreed,
    write: Callable[..., Ticket],
    client_for: Callable[..., Client],
    request: pytest.FixtureRequest,
) -> None:
    assert client_for(request.getfixturevalue(who)).get(_page(write(mia))).status_code == status


def test_a_reference_typed_in_small_letters_leads_to_its_ticket(
    mia: Agreed, write: Callable[..., Ticket], ada: User, client_for: Callable[..., Client]
) -> None:
    assert client_for(ada).get(_page(write(mia)).lower()).status_code == 200


def test_the_page_shows_the_conversation_and_all_facts(
    mia: Agreed, ada: User, agent: Actor, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket = write(mia, name="Mia", subject="Frozen picture", needs=("captions",), device={"brand": "Fairphone"})
    answer(ticket, "Does it freeze on wifi too?", idempotency_key="a", actor=agent)
    note(ticket, "Looks like the codec again.", idempotency_key="n", actor=agent)

    page = client_for(ada).get(_page(ticket)).content.decode()

    for word in ("Mia", "Frozen picture", "freezes when I call", "on wifi too?", "the codec again", "I need captions"):
        assert word in page
    assert all(word in page for word in ("Fairphone", "The agreement", "agreed, version 1", "Answered", "Noted"))


def test_a_cut_is_named_inside_the_conversation_only(
    mia: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket, client = write(mia, HEALTH), client_for(ada)

    page, queue = client.get(_page(ticket)).content.decode(), client.get("/desk/").content.decode()

    assert "left out: health" in page
    assert "a statement about health" in page
    assert "stroke" not in page + queue
    assert "health" not in queue


def test_words_of_people_are_escaped(
    mia: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket, client = write(mia, "It says <b>no</b> to me.", name="<i>Mia</i>"), client_for(ada)

    pages = client.get(_page(ticket)).content.decode() + client.get("/desk/").content.decode()

    assert "<b>no</b>" not in pages
    assert "<i>Mia</i>" not in pages


def test_history_names_people_and_teams_never_their_numbers(
    mia: Agreed, ada: User, grace: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket, client = write(mia), client_for(ada)
    client.post(f"{_page(ticket)}assignee/", {"assignee": grace.pk})
    client.post(f"{_page(ticket)}team/", {"team": Team.objects.get(name="Calls").pk})

    history = {event.kind: after for event, after in client.get(_page(ticket)).context["history"]}

    assert (history["assigned"], history["team"]) == ("Grace", "Calls")


def test_opening_leaves_an_access_event_and_marks_the_ticket_read_once(
    mia: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket, client = write(mia), client_for(ada)

    client.get(_page(ticket))
    client.get(_page(ticket))

    event = AccessEvent.objects.get()
    assert (event.act, event.subject_id, event.actor_id) == (AccessEvent.Act.OPENED, ticket.pk, ada.pk)
    assert Event.objects.filter(ticket=ticket, kind=Event.Kind.READ).count() == 1


@pytest.mark.parametrize("opened_before", [False, True])
def test_a_ticket_costs_at_most_nine_statements(
    opened_before: bool,
    mia: Agreed,
    ada: User,
    agent: Actor,
    write: Callable[..., Ticket],
    client_for: Callable[..., Client],
    statements: Callable[[], Any],
) -> None:
    Tag.objects.create(name="audio")
    picture = CheckedFile("photo.png", "image/png", b"not a real one")
    ticket = write(mia, name="Mia", email="mia@people.test", needs=("captions",), files=(picture,))
    for number in range(5):
        answer(ticket, "We look into it.", idempotency_key=str(number), actor=agent)
    client = client_for(ada)
    if opened_before:
        client.get(_page(ticket))

    with clock.set_to(clock.now() + timedelta(hours=2)), statements() as said:
        client.get(_page(ticket))

    assert len(said) <= 9, said


def test_it_costs_no_more_when_nothing_was_asked_for_long(
    mia: Agreed,
    ada: User,
    grace: User,
    agent: Actor,
    write: Callable[..., Ticket],
    client_for: Callable[..., Client],
    statements: Callable[[], Any],
) -> None:
    for name in ("audio", "video"):
        Tag.objects.create(name=name)
    ticket = write(mia, name="Mia", files=(CheckedFile("photo.png", "image/png", b"not a real one"),))
    answer(ticket, "We look into it.", idempotency_key="a", actor=agent)
    client = client_for(ada)
    client.get(_page(ticket))
    cache.clear()

    with clock.set_to(clock.now() + timedelta(hours=2)), statements() as said:
        client.get(_page(ticket))

    assert len(said) <= 9, said


def test_what_was_added_just_now_can_be_chosen_at_once(
    mia: Agreed, ada: User, grace: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket, client = write(mia), client_for(ada)
    client.get(_page(ticket))
    Tag.objects.create(name="audio")
    Team.objects.create(name="Billing")

    context = client.get(_page(ticket)).context

    assert [tag.name for tag in context["tags"]] == ["audio"]
    assert [team.name for team in context["teams"]] == ["Accounts", "Billing", "Calls"]
    assert [agent.name for agent in context["agents"]] == ["Ada", "Grace"]


def test_history_shows_the_newest_thirty_newest_first(
    mia: Agreed, ada: User, agent: Actor, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket = write(mia)
    for number in range(40):
        set_priority(ticket, number % 4 + 1, actor=agent)

    history = [event for event, _after in client_for(ada).get(_page(ticket)).context["history"]]

    assert [event.pk for event in history] == list(ticket.events.order_by("-pk").values_list("pk", flat=True)[1:31])
    assert {event.actor.name for event in history} == {"Ada"}
    assert history[0].at == ticket.events.order_by("-pk")[1].at


def test_the_ticket_of_a_person_who_stopped_everything_is_not_found(
    mia: Agreed, ada: User, shown: Shown, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket, client = write(mia), client_for(ada)
    with transaction.atomic():
        withdraw_everything(mia.person.pk, shown)
        seal_off_person(mia.person.pk)

    words = {"words": "Hello", "idempotency_key": "k"}
    assert client.get(_page(ticket)).status_code == 404
    assert client.post(f"{_page(ticket)}answer/", words).status_code == 404
    assert client.post(f"{_page(ticket)}note/", words).status_code == 404
    assert not AccessEvent.objects.exists()


def test_another_teams_ticket_is_not_found(
    mia: Agreed, ada: User, grace: User, agent: Actor, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket = write(mia)
    set_team(ticket, Team.objects.get(name="Accounts").pk, actor=agent)

    assert client_for(ada).get(_page(ticket)).status_code == 404
    assert client_for(grace).get(_page(ticket)).status_code == 200


def test_a_file_is_opened_through_the_door_and_only_by_its_own_ticket(
    mia: Agreed, noor: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket = write(mia, files=(CheckedFile("photo.png", "image/png", b"some picture"),))
    stranger, client = write(noor), client_for(ada)
    file = ticket.attachments.get()

    response = client.get(f"{_page(ticket)}files/{file.pk}/")

    assert (response.content, response["Content-Type"]) == (b"some picture", "image/png")
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert AccessEvent.objects.get().subject_id == ticket.pk
    assert client.get(f"{_page(stranger)}files/{file.pk}/").status_code == 404


def test_each_change_has_its_own_url_and_leaves_its_event(
    mia: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket, client = write(mia), client_for(ada)
    Tag.objects.create(name="audio")
    until = clock.now() + timedelta(days=2)

    for name, given in (
        ("assignee", {"assignee": ada.pk}),
        ("priority", {"priority": 4}),
        ("tags", {"tags": ["audio"]}),
        ("state", {"state": "snoozed", "snoozed_until": until.strftime("%Y-%m-%dT%H:%M")}),
        ("team", {"team": Team.objects.get(name="Calls").pk}),
    ):
        assert client.post(f"{_page(ticket)}{name}/", given).status_code == 302
        assert client.get(f"{_page(ticket)}{name}/").status_code == 405

    ticket.refresh_from_db()
    assert (ticket.assignee, ticket.priority, ticket.tags, ticket.state) == (ada, 4, ["audio"], "snoozed")
    assert (ticket.team.name, abs(ticket.snoozed_until - until) < timedelta(minutes=1)) == ("Calls", True)
    kinds = set(ticket.events.values_list("kind", flat=True))
    assert {"assigned", "priority", "tags", "state", "team"} <= kinds


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("state", {"state": "gone"}),
        ("state", {"state": "snoozed"}),
        ("state", {"state": "snoozed", "snoozed_until": "2020-01-01T00:00"}),
        ("assignee", {"assignee": "999999"}),
        ("team", {"team": "x"}),
        ("priority", {"priority": "9"}),
        ("tags", {"tags": ["invented"]}),
    ],
)
def test_a_change_that_cannot_be_is_refused_and_changes_nothing(
    name: str,
    given: dict[str, Any],
    mia: Agreed,
    ada: User,
    write: Callable[..., Ticket],
    client_for: Callable[..., Client],
) -> None:
    ticket = write(mia)

    response = client_for(ada).post(f"{_page(ticket)}{name}/", given)

    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()
    assert list(ticket.events.values_list("kind", flat=True)) == []


def test_nobody_can_be_assigned_who_could_not_see_the_ticket(
    mia: Agreed, ada: User, grace: User, agent: Actor, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket = write(mia)
    set_team(ticket, Team.objects.get(name="Calls").pk, actor=agent)

    assert client_for(ada).post(f"{_page(ticket)}assignee/", {"assignee": grace.pk}).status_code == 400
