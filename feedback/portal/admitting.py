"""Who bears what: the doors of this room that recognise their own visitors, by links and signed addresses."""

from datetime import timedelta

from consent.access.actors import person_actor
from consent.access.models import UnpurposedReason
from consent.gate import Declaration, GatedRequest, Passage, person_of
from consent.people.confirmation import identifier_of
from consent.people.models import Identifier
from consent.purposes import Purpose
from feedback.portal.arriving import sent_ticket
from feedback.tickets.models import Event, Ticket
from feedback.tickets.references import is_genuine, ticket_of, token_for
from imsupport import clock

_TWICE = timedelta(seconds=10)


def admits_bearer(request: GatedRequest, declaration: Declaration, token: str, **_: object) -> Passage | None:
    """Let in who bears a genuine token of a ticket whose person still agrees."""
    ticket_id = ticket_of(token)
    if ticket_id is None:
        return None
    rows = Ticket.objects.unpurposed(UnpurposedReason.VERIFICATION).filter(pk=ticket_id, erased_at=None)
    claimed = rows.values_list("person_id", "token_generation").first()
    if claimed is None or not is_genuine(token, claimed[1]):
        return None
    actor = person_actor(claimed[0])
    ticket = Ticket.objects.for_purpose(Purpose.PROVIDE, actor=actor).select_related("address").filter(pk=ticket_id)
    found = ticket.first()
    return Passage(declaration.who, declaration.purpose, actor, found=found) if found else None


def admits_renewing(request: GatedRequest, declaration: Declaration, token: str, **_: object) -> Passage | None:
    """Let in the bearer, also by the link that a press of the same button has just taken back: they pressed twice.

    A link may be taken back because others have it, so only its person's own browser presses twice.
    """
    ticket_id = ticket_of(token) or 0
    rows = Ticket.objects.unpurposed(UnpurposedReason.VERIFICATION).filter(pk=ticket_id, erased_at=None)
    person_id, generation = rows.values_list("person_id", "token_generation").first() or (None, 0)
    if not generation or not is_genuine(token, generation - 1):
        return admits_bearer(request, declaration, token)
    standing = person_of(request)
    if standing is None or standing.person_id != person_id:
        return None
    just_now = Event.objects.filter(ticket_id=ticket_id, kind=Event.Kind.NEW_LINK, at__gt=clock.now() - _TWICE)
    return admits_bearer(request, declaration, token_for(ticket_id, generation)) if just_now.exists() else None


def admits_mailbox(request: GatedRequest, declaration: Declaration, token: str, **_: object) -> Passage | None:
    """Let in who bears the link that went to an address."""
    identifier_id = identifier_of(token)
    found = identifier_id and Identifier.objects.filter(pk=identifier_id, kind=Identifier.Kind.EMAIL).first()
    if not found:
        return None
    return Passage(declaration.who, declaration.purpose, person_actor(found.person_id), found=found)


def admits_sender(request: GatedRequest, declaration: Declaration, **_: object) -> Passage | None:
    """Let in who comes straight from sending: the address they were led to is signed."""
    ticket_id, generation = sent_ticket(request.GET.get("m", "")) or (0, 0)
    signed = Ticket.objects.unpurposed(UnpurposedReason.VERIFICATION).filter(pk=ticket_id)
    rows = signed.filter(token_generation=generation)
    person_id = rows.values_list("person_id", flat=True).first()
    if person_id is None:
        return None
    actor = person_actor(person_id)
    own = Ticket.objects.for_purpose(Purpose.PROVIDE, actor=actor).filter(pk=ticket_id, erased_at=None)
    found = own.select_related("address").first()
    return Passage(declaration.who, declaration.purpose, actor, found=found) if found else None
