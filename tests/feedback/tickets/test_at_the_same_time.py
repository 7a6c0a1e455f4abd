"""Who acts on a ticket decides by its row as it is now, not as it was when their page was drawn."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consent.access.actors import SYSTEM, Actor, ActorKind, person_actor
from consent.disclosures.models import Recipient
from consent.ledger.actions import Agreed, Shown, withdraw_everything
from consent.sealing.models import Key
from feedback.desk import actions as desk
from feedback.intake.actions import Submission, submit_feedback
from feedback.outbox.models import OutgoingMail
from feedback.portal.actions import Reply, reply, stop_everything
from feedback.retention.tasks import sweep
from feedback.stripping import Category
from feedback.tickets import actions
from feedback.tickets.actions import TicketClosed
from feedback.tickets.erasing import erase_ticket
from feedback.tickets.leaving_out import Passage
from feedback.tickets.locking import TicketGone
from feedback.tickets.models import Event, Message, Ticket
from feedback.tickets.queries import counts_for
from imsupport import clock
from imsupport.accounts.models import User


@pytest.fixture
def agent(ada: User) -> Actor:
    return Actor(ActorKind.AGENT, ada.pk)


@pytest.fixture
def ticket(mia: Agreed) -> Ticket:
    given = Submission(
        message="The heron button stays grey.", idempotency_key="k", email="mia@people.test", is_address_verified=True
    )
    return submit_feedback(given, person_id=mia.person.pk, policy_version=1).ticket


def _as_drawn(ticket: Ticket) -> Ticket:
    """Return the ticket as a page that was drawn now would know it."""
    found: Ticket = Ticket.objects.select_related("address").get(pk=ticket.pk)
    return found


def _stop(ticket: Ticket, shown: Shown) -> None:
    stop_everything(ticket.person_id, shown)


def _end(ticket: Ticket, shown: Shown) -> None:
    withdraw_everything(ticket.person_id, shown)


def _erase(ticket: Ticket, shown: Shown) -> None:
    erase_ticket(_as_drawn(ticket), actor=SYSTEM)


ACTS: dict[str, Callable[[Ticket, Actor], object]] = {
    "answer": lambda ticket, actor: desk.answer(ticket, "Update.", idempotency_key="a", actor=actor),
    "note": lambda ticket, actor: desk.note(ticket, "Codec.", idempotency_key="n", actor=actor),
    "state": lambda ticket, actor: actions.set_state(ticket, Ticket.State.SOLVED, actor=actor),
    "assignee": lambda ticket, actor: actions.assign(ticket, actor.id, actor=actor),
    "team": lambda ticket, actor: actions.set_team(ticket, None, actor=actor),
    "priority": lambda ticket, actor: actions.set_priority(ticket, 4, actor=actor),
    "tags": lambda ticket, actor: actions.set_tags(ticket, ["audio"], actor=actor),
    "mail": lambda ticket, actor: desk.send_mail_again(ticket, actor=actor),
    "needs": lambda ticket, actor: desk.ask_what_they_need(ticket, actor=actor),
    "leave out": lambda ticket, actor: desk.leave_out(ticket, _heron(ticket), actor=actor),
}


def _heron(ticket: Ticket) -> Passage:
    return Passage(str(Message.objects.filter(ticket=ticket).earliest("pk").pk), "heron", Category.HEALTH)


@pytest.mark.parametrize("end", [_stop, _end, _erase], ids=["stopped", "agreement ended", "erased"])
@pytest.mark.parametrize("act", ACTS)
def test_nothing_is_done_to_what_was_stopped_or_erased_meanwhile(
    act: str, end: Callable[..., None], ticket: Ticket, agent: Actor, shown: Shown
) -> None:
    drawn = _as_drawn(ticket)
    end(ticket, shown)
    OutgoingMail.objects.filter(state=OutgoingMail.State.DUE).update(state=OutgoingMail.State.CANCELLED)
    before = (Message.objects.count(), Event.objects.count(), counts_for(agent.id or 0))

    with pytest.raises(TicketGone):
        ACTS[act](drawn, agent)

    assert (Message.objects.count(), Event.objects.count(), counts_for(agent.id or 0)) == before
    assert not OutgoingMail.objects.filter(state=OutgoingMail.State.DUE).exists()


@pytest.mark.parametrize("end", [_erase], ids=["erased"])
def test_no_reply_is_added_to_what_was_erased_meanwhile(
    end: Callable[..., None], ticket: Ticket, shown: Shown, mia: Agreed
) -> None:
    drawn = _as_drawn(ticket)
    end(ticket, shown)

    with pytest.raises(TicketGone):
        reply(drawn, Reply("It still does.", "r"), actor=person_actor(mia.person.pk))

    assert Message.objects.count() == 1


def test_no_reply_is_added_to_what_was_closed_meanwhile(ticket: Ticket, agent: Actor, mia: Agreed) -> None:
    drawn = _as_drawn(ticket)
    actions.set_state(_as_drawn(ticket), Ticket.State.CLOSED, actor=agent)

    with pytest.raises(TicketClosed):
        reply(drawn, Reply("It still does.", "r"), actor=person_actor(mia.person.pk))


def test_two_answers_at_once_tell_an_unconfirmed_mailbox_once(mia: Agreed, agent: Actor) -> None:
    given = Submission(message="The heron button stays grey.", idempotency_key="k", email="mia@people.test")
    ticket = submit_feedback(given, person_id=mia.person.pk, policy_version=1).ticket
    one, two = _as_drawn(ticket), _as_drawn(ticket)

    desk.answer(one, "Update, please.", idempotency_key="a", actor=agent)
    desk.answer(two, "And restart.", idempotency_key="b", actor=agent)

    assert OutgoingMail.objects.filter(kind="answer_waits").count() == 1
    assert _as_drawn(ticket).unread_answers == 2


def test_two_moves_at_once_keep_the_counts_true(ticket: Ticket, agent: Actor) -> None:
    one, two = _as_drawn(ticket), _as_drawn(ticket)

    actions.set_state(one, Ticket.State.SOLVED, actor=agent)
    actions.set_state(two, Ticket.State.WAITING, actor=agent)

    counts = counts_for(agent.id or 0)
    assert (counts["solved"], counts["waiting"], counts["open"], counts["all"]) == (0, 1, 0, 1)


def test_erasing_by_a_page_drawn_before_keeps_the_counts_true(ticket: Ticket, agent: Actor) -> None:
    drawn = _as_drawn(ticket)
    actions.set_state(_as_drawn(ticket), Ticket.State.SOLVED, actor=agent)

    erase_ticket(drawn, actor=SYSTEM)

    assert set(counts_for(agent.id or 0).values()) == {0}


def test_an_answer_written_while_erasing_began_is_erased_by_its_key(
    ticket: Ticket, agent: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn, wrote = _as_drawn(ticket), []

    def answered_then_deleted(files: object) -> None:
        if not wrote:
            wrote.append(desk.answer(_as_drawn(ticket), "Update.", idempotency_key="a", actor=agent))

    monkeypatch.setattr("feedback.tickets.erasing.delete_files", answered_then_deleted)

    erase_ticket(drawn, actor=SYSTEM)

    [message] = wrote
    assert not Key.objects.filter(pk=message.text.sealed.key_id).exists()
    assert Message.objects.get(pk=message.pk).text is None


def test_closing_what_was_solved_keeps_the_time_it_was_solved(ticket: Ticket, agent: Actor) -> None:
    actions.set_state(ticket, Ticket.State.SOLVED, actor=agent)
    solved_at = _as_drawn(ticket).solved_at

    later = clock.now() + timedelta(hours=1)

    with clock.set_to(later):
        actions.set_state(ticket, Ticket.State.CLOSED, actor=agent)
        assert _as_drawn(ticket).solved_at == solved_at
        actions.set_state(ticket, Ticket.State.OPEN, actor=agent)
        assert _as_drawn(ticket).solved_at is None
        actions.set_state(ticket, Ticket.State.CLOSED, actor=agent)
        assert _as_drawn(ticket).solved_at >= later


def test_spam_begins_a_time_of_its_own(ticket: Ticket, agent: Actor) -> None:
    actions.set_state(ticket, Ticket.State.SOLVED, actor=agent)

    later = clock.now() + timedelta(hours=1)

    with clock.set_to(later):
        actions.set_state(ticket, Ticket.State.SPAM, actor=agent)
        assert _as_drawn(ticket).solved_at >= later


def test_a_snoozed_ticket_of_whom_the_agreement_ended_does_not_hold_up_the_sweep(
    ticket: Ticket, noor: Agreed, agent: Actor, shown: Shown
) -> None:
    given = Submission(message="Louder, please.", idempotency_key="n")
    other = submit_feedback(given, person_id=noor.person.pk, policy_version=1).ticket
    until = clock.now()
    for each in (ticket, other):
        actions.set_state(each, Ticket.State.SNOOZED, actor=agent, snoozed_until=until)
    withdraw_everything(ticket.person_id, shown)

    sweep()

    assert (_as_drawn(ticket).state, _as_drawn(other).state) == ("snoozed", "open")


@pytest.mark.parametrize("act", ACTS)
def test_the_row_is_locked_by_one_statement_before_anything_is_written(act: str, ticket: Ticket, agent: Actor) -> None:
    with transaction.atomic(), CaptureQueriesContext(connection) as said:
        ACTS[act](_as_drawn(ticket), agent)

    writes = [query["sql"] for query in said.captured_queries if query["sql"].startswith(("INSERT", "UPDATE"))]
    locks = [query["sql"] for query in said.captured_queries if "FOR UPDATE" in query["sql"]]
    if connection.vendor == "postgresql":
        assert len(locks) == 1
        ordered = [query["sql"] for query in said.captured_queries]
        assert not writes or ordered.index(locks[0]) < ordered.index(writes[0])
    else:
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_the_desk_says_that_it_is_gone(
    ticket: Ticket,
    ada: User,
    carrier: Recipient,
    client_for: Callable[..., Client],
    monkeypatch: pytest.MonkeyPatch,
    shown: Shown,
) -> None:
    drawn, client = _as_drawn(ticket), client_for(ada)
    monkeypatch.setattr("feedback.desk.ticket_views.find", lambda request, ref: drawn)
    stop_everything(ticket.person_id, shown)

    said = {
        name: client.post(f"/desk/tickets/{ticket.ref}/{name}/", given).status_code
        for name, given in (
            ("answer", {"words": "Update.", "idempotency_key": "a"}),
            ("note", {"words": "Update.", "idempotency_key": "a"}),
            ("state", {"state": "solved"}),
            ("priority", {"priority": "4"}),
            ("tags", {}),
            ("team", {}),
            ("assignee", {}),
            ("mail", {}),
            ("needs", {}),
            ("pass-on/carrier", {}),
            ("pass-on/carrier/ask", {}),
            ("leave-out/name", {"words": "Mia", "category": "health"}),
        )
    }

    assert set(said.values()) == {404}, said
