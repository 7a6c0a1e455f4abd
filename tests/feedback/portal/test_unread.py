from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consent.access.actors import Actor, ActorKind
from consent.ledger.actions import Agreed
from feedback.desk.actions import answer
from feedback.intake.actions import Submission, submit_feedback
from feedback.tickets.erasing import erase_ticket
from feedback.tickets.models import Ticket
from imsupport.accounts.models import User


@pytest.fixture
def agent(ada: User) -> Actor:
    return Actor(ActorKind.AGENT, ada.pk)


def _written(person: Agreed, key: str = "k") -> Ticket:
    submission = Submission(message="The ring tone is too loud.", idempotency_key=key)
    return submit_feedback(submission, person_id=person.person.pk, policy_version=1).ticket


def test_it_counts_the_unread_answers_of_this_device_alone(
    mia: Agreed, noor: Agreed, agent: Actor, client_for: Callable[..., Client]
) -> None:
    first, second, foreign = _written(mia, "a"), _written(mia, "b"), _written(noor, "c")
    for ticket in (first, second, foreign):
        answer(ticket, "Press the three dots.", idempotency_key=str(ticket.pk), actor=agent)

    response = client_for(mia).get("/feedback/unread/")

    assert response.json() == {"unread": 2}
    assert response["Cache-Control"] == "no-store"


def test_a_stranger_has_none_and_learns_nothing(client: Client) -> None:
    response = client.get("/feedback/unread/")

    assert (response.status_code, response.json()) == (200, {"unread": 0})
    assert response["Cache-Control"] == "no-store"


def test_what_was_erased_or_stopped_counts_no_more(
    mia: Agreed, noor: Agreed, agent: Actor, client_for: Callable[..., Client]
) -> None:
    erased, stopped = _written(mia), _written(noor)
    for ticket in (erased, stopped):
        answer(ticket, "Press the three dots.", idempotency_key=str(ticket.pk), actor=agent)
    erase_ticket(erased, actor=agent)
    client_for(noor).post("/consent/withdraw/everything/")

    assert client_for(mia).get("/feedback/unread/").json() == {"unread": 0}
    assert client_for(noor).get("/feedback/unread/").json() == {"unread": 0}


def test_it_costs_one_statement_beside_the_gates_own(
    mia: Agreed, agent: Actor, client_for: Callable[..., Client]
) -> None:
    client = client_for(mia)
    answer(_written(mia), "Press the three dots.", idempotency_key="a", actor=agent)

    with CaptureQueriesContext(connection) as asked:
        client.get("/feedback/unread/")

    assert len(asked) == 2
