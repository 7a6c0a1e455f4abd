"""Laws 2, 3 and 9 for a statement that is left out by hand: it is nowhere, and opens from no copy ever made."""

import ast
import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from consent.ledger.actions import Agreed
from feedback.desk.actions import answer, note
from feedback.intake.actions import Submission, submit_feedback
from feedback.outbox.delivery import deliver_due
from feedback.tickets.models import Message, Ticket
from feedback.tickets.references import token_for
from imsupport.accounts.models import User
from tests.architecture.source import modules, named, tree_of
from tests.laws.acting import as_agent
from tests.laws.stores import copied, everything_stored, everything_that_opens, restored

PLACES = ("subject", "name", "person", "answer", "note")


@pytest.fixture
def told(mia: Agreed, ada: User) -> Ticket:
    """A ticket in which every place says it; the mail about it has not left."""
    given = Submission(
        message="The bell is grey since my qanary.",
        subject="My qanary",
        name="Mia Qanary",
        needs=("captions",),
        idempotency_key="k",
        email="mia@people.test",
        is_address_verified=True,
    )
    ticket = submit_feedback(given, person_id=mia.person.pk, policy_version=1).ticket
    answer(ticket, "Sorry about your qanary. Restart.", idempotency_key="a", actor=as_agent(ada))
    note(ticket, "Says qanary again, codec.", idempotency_key="n", actor=as_agent(ada))
    return ticket


def test_what_is_left_out_is_in_no_store_opens_from_no_copy_and_leaves_in_no_mail(
    told: Ticket,
    mia: Agreed,
    ada: User,
    client_for: Callable[..., Client],
    mailoutbox: list[Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    agent, copy = client_for(ada), copied()
    assert everything_that_opens().casefold().count("qanary") == 7

    for place in PLACES:
        assert _leave_out(agent, told, place).status_code == 302
    deliver_due()

    now = everything_that_opens()
    assert "qanary" not in (now + everything_stored() + caplog.text).casefold()
    assert all(word in now for word in ("The bell is grey since my", "Restart.", "codec.", "captions", "Mia […]"))
    link = f"/feedback/{token_for(told.pk, told.token_generation)}/"
    pages = [agent.get(f"/desk/tickets/{told.ref}/"), agent.get("/desk/"), client_for(mia).get(link)]
    assert "qanary" not in "".join(page.content.decode() for page in pages).casefold()
    assert len(mailoutbox) == 2
    sent = " ".join(f"{mail.subject} {mail.body} {mail.alternatives}" for mail in mailoutbox)
    assert ("Restart." in sent, "qanary" in sent.casefold()) == (True, False)

    restored(copy)

    assert "qanary" not in everything_that_opens().casefold()


@pytest.mark.parametrize("place", PLACES)
def test_one_place_alone_takes_the_copies_of_that_place(
    place: str, told: Ticket, ada: User, client_for: Callable[..., Client]
) -> None:
    before, copy = everything_that_opens().casefold().count("qanary"), copied()

    _leave_out(client_for(ada), told, place)
    gone = before - everything_that_opens().casefold().count("qanary")
    restored(copy)

    # A message is quoted by the line of the queue, an answer by its mail.
    assert gone == (2 if place in ("person", "answer") else 1)
    sealed_together = {"subject": 4, "name": 4, "person": 4, "answer": 2, "note": 1}
    assert before - everything_that_opens().casefold().count("qanary") == sealed_together[place]


def test_one_action_alone_cuts_words_that_are_kept() -> None:
    users = {
        named(path)
        for path in modules("feedback", "consent")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and node.module in ("feedback.stripping", "feedback.stripping.by_hand")
        if any(name.name == "leave_out" for name in node.names)
    }

    assert users == {"feedback/stripping/__init__.py", "feedback/tickets/leaving_out.py"}


def _leave_out(client: Client, ticket: Ticket, place: str) -> Any:
    kinds = ("person", "answer", "note")
    where = Message.objects.filter(ticket=ticket, kind=place).earliest("pk").pk if place in kinds else place
    return client.post(f"/desk/tickets/{ticket.ref}/leave-out/{where}/", {"words": "qanary", "category": "health"})
