"""What comes by mail: until answers are taken in, a mail that says stop."""

from consent.access.models import UnpurposedReason
from consent.centre.agreement import notice_for
from consent.ledger.actions import Shown
from consent.ledger.models import Channel
from feedback.inbox.stop_mails import answered_ids, parsed, says_stop
from feedback.outbox.actions import stop_mail_to
from feedback.outbox.threads import ticket_of_thread
from feedback.tickets.models import Ticket


class NotTaken(Exception):
    """A mail that is none of those taken in; its text says why, without content."""


def receive(raw: bytes) -> None:
    """Stop mail to the mailbox that one of our mails went to, when the answer to it says so. Raises NotTaken.

    By what the mail answers, not by whom it says it is from: that anybody can write, the id stands in our mail alone.
    """
    message = parsed(raw)
    if not says_stop(message):
        raise NotTaken("answers by mail are not taken in yet")
    tickets = (ticket_of_thread(written) for written in answered_ids(message))
    ticket_id = next((found for found in tickets if found is not None), 0)
    rows = Ticket.objects.unpurposed(UnpurposedReason.MAINTENANCE).filter(pk=ticket_id).select_related("address")
    ticket = rows.first()
    if ticket is None or ticket.address is None:
        raise NotTaken("it answers no mail of ours")
    stop_mail_to(ticket.address, Shown(notice_for(ticket.language), Channel.EMAIL, "mail:stop"))
