"""What people do with their own messages after sending them."""

from django.db import IntegrityError, transaction

from consent.access.actors import Actor
from consent.ledger.actions import Shown, withdraw, withdraw_everything
from consent.purposes import ON_CONSENT, Purpose
from consent.sealing.actions import make_data_keys
from consent.sealing.lookups import exact_lookup
from feedback.outbox.actions import cancel_mail_of_person
from feedback.stripping import strip
from feedback.tickets.actions import add_reply
from feedback.tickets.erasing import erase_ticket
from feedback.tickets.models import Ticket
from feedback.tickets.stopping import ask_to_stop_when_answered, seal_off_person


def reply(ticket: Ticket, raw: str, *, policy_version: int, idempotency_key: str, actor: Actor) -> None:
    """Add a person's reply, stripped; the same one twice adds one. Raises TicketClosed."""
    words = strip(raw)
    [key] = make_data_keys(ticket.person_id)
    idempotency = exact_lookup("reply", f"{ticket.pk}:{idempotency_key}".encode())
    try:
        with transaction.atomic():
            add_reply(ticket, words, key=key, policy_version=policy_version, idempotency=idempotency, actor=actor)
    except IntegrityError:
        return


def erase(ticket: Ticket, *, actor: Actor) -> None:
    """Erase one message with all that belongs to it, for good."""
    erase_ticket(ticket, actor=actor)


def stop_mail(person_id: int, shown: Shown) -> None:
    """Stop e-mails: nothing that waits leaves any more."""
    with transaction.atomic():
        withdraw(person_id, [Purpose.MAIL], shown)
        cancel_mail_of_person(person_id)


def stop_optional(person_id: int, shown: Shown) -> None:
    """Stop every optional use."""
    withdraw(person_id, sorted(ON_CONSENT), shown)


def stop_everything(person_id: int, shown: Shown) -> None:
    """Stop everything: nobody reads or answers any more, from this moment."""
    with transaction.atomic():
        withdraw_everything(person_id, shown)
        seal_off_person(person_id)


def stop_after_answer(person_id: int, shown: Shown) -> None:
    """Let what is open be answered first; with nothing open, everything stops at once."""
    if not ask_to_stop_when_answered(person_id):
        stop_everything(person_id, shown)
