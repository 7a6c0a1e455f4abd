"""The links that mail carries: what opens a message goes only to an address that its writer confirmed."""

from django.conf import settings
from django.urls import reverse

from consent.people.confirmation import link_token_for
from consent.people.models import Identifier
from feedback.tickets.models import Ticket
from feedback.tickets.references import token_for


def mailed_words(ticket: Ticket, address: Identifier) -> dict[str, str]:
    """Return the reference, the link and the language of a mail about a ticket: the one its writer wrote to us in.

    Who confirmed an address away from the writer may be somebody else: they get the page of the address, where
    answers stand, and no reference, because the reference opens there what was written.
    """
    if not address.opens_words:
        return {"ref": "", "link": address_link(address), "language": ticket.language}
    link = settings.BASE_URL + reverse("portal:ticket", args=[_token(ticket)])
    return {"ref": ticket.ref, "link": link, "language": ticket.language}


def address_link(address: Identifier) -> str:
    """Return the link to the page of an address, which by itself opens nothing that was written."""
    return settings.BASE_URL + reverse("portal:address", args=[link_token_for(address.pk)])


def _token(ticket: Ticket) -> str:
    return token_for(ticket.pk, ticket.token_generation)
