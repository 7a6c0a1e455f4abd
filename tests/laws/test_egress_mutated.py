"""Law 8: the consent check of the egress client, spoiled in each of four ways: each time something notices.

What notices tries to let something leave where it must not, and asks what was opened, written and posted. It gives
the content itself, so that no other wall hides what the check lets through.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pytest
from django.db import transaction

from consent.access.door import Look
from consent.access.models import UnpurposedReason
from consent.access.predicates import States
from consent.disclosures import delivery
from consent.disclosures.actions import decide
from consent.disclosures.models import Disclosure, DisclosureAct, Egress, Recipient
from consent.disclosures.notices import notice_of
from consent.ledger.actions import Agreed, Shown, ask, withdraw_everything
from consent.ledger.models import Channel, ConsentEvent
from consent.purposes import AnyPurpose, Purpose
from consent.sealing.envelopes import Stamp
from feedback.tickets.models import Ticket
from imsupport import clock
from tests.receiving import Receiving


def remove(patch: pytest.MonkeyPatch) -> None:
    """Take any event of the person for a permission."""
    patch.setattr(delivery, "permission_for", lambda egress: ConsentEvent.objects.filter(person_id=egress.person_id)[0])


def weaken(patch: pytest.MonkeyPatch) -> None:
    """Take it for enough that the person was asked."""
    allowed = delivery.may_use

    def asked_is_enough(stamp: Stamp, purpose: AnyPurpose, states: States) -> bool:
        return (stamp.person_id, purpose) in states or allowed(stamp, purpose, states)

    patch.setattr(delivery, "may_use", asked_is_enough)


def swap(patch: pytest.MonkeyPatch) -> None:
    """Ask for the purpose of answering instead of that of passing on."""
    allowed = delivery.may_use
    patch.setattr(delivery, "may_use", lambda stamp, _purpose, states: allowed(stamp, Purpose.PROVIDE, states))


def decide_late(patch: pytest.MonkeyPatch) -> None:
    """Read what is to leave before the ledger is asked."""
    share = delivery._share

    def read_first(egress: Egress, content: delivery.Content) -> bytes:
        content(egress.subject_id, egress.recipient.parts, None)  # type: ignore[arg-type]
        return share(egress, content)

    patch.setattr(delivery, "_share", read_first)


MUTATORS = (remove, weaken, swap, decide_late)


@pytest.fixture
def ticket(mia: Agreed, submitted: Callable[..., Ticket]) -> Ticket:
    return submitted(mia)


@pytest.fixture
def noticed(ticket: Ticket, carrier: Recipient, receiving: Receiving) -> Callable[[], list[str]]:
    return lambda: list(_noticed(ticket, carrier, receiving))


def test_with_the_check_in_place_nothing_is_noticed_and_what_is_allowed_leaves(
    noticed: Callable[[], list[str]], ticket: Ticket, carrier: Recipient, receiving: Receiving
) -> None:
    assert noticed() == []

    _say(carrier, ticket, is_allowed=True)
    _queue(ticket, carrier)
    delivery.deliver_due(_Content())

    [(_path, headers, body)] = receiving.came
    disclosure = Disclosure.objects.get()
    assert headers["webhook-id"] == f"msg_{disclosure.pk}"
    assert disclosure.consent_event.purpose == carrier.purpose
    assert [act.act for act in DisclosureAct.objects.order_by("pk")] == ["attempted", "delivered"]
    assert b"grey" in body


def test_who_stopped_everything_is_passed_on_no_more(ticket: Ticket, carrier: Recipient, receiving: Receiving) -> None:
    _say(carrier, ticket, is_allowed=True)
    _queue(ticket, carrier)
    withdraw_everything(ticket.person_id, _shown(carrier))

    assert list(_left("stopped everything", receiving)) == []


@pytest.mark.parametrize("mutator", MUTATORS)
def test_the_check_spoiled_is_noticed(
    mutator: Callable[[pytest.MonkeyPatch], None], noticed: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    mutator(monkeypatch)

    assert noticed()


def test_no_disclosure_stands_without_the_event_that_allowed_it() -> None:
    column = Disclosure._meta.get_field("consent_event")

    assert not column.null
    assert column.remote_field.model is ConsentEvent


def test_the_disclosure_stands_before_anything_leaves(
    ticket: Ticket, carrier: Recipient, receiving: Receiving, monkeypatch: pytest.MonkeyPatch
) -> None:
    _say(carrier, ticket, is_allowed=True)
    _queue(ticket, carrier)
    stood: list[list[str]] = []
    post = delivery.client.post

    def look_first(*args: Any, **kwargs: Any) -> None:
        assert not transaction.get_connection().needs_rollback
        stood.append([act.act for act in DisclosureAct.objects.all()])
        post(*args, **kwargs)

    monkeypatch.setattr(delivery.client, "post", look_first)
    delivery.deliver_due(_Content())

    assert stood == [["attempted"]]


class _Content:
    """Gives words whenever it is asked, and notes that it was."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, ticket_id: int, parts: Sequence[str], look: Look) -> Mapping[str, Any]:
        self.asked += 1
        return {"messages": ["The heron button stays grey."]}


def _noticed(ticket: Ticket, carrier: Recipient, receiving: Receiving) -> Iterator[str]:
    """Yield what left, or was read, of what must stay here."""
    other = _like(carrier, slug="other")
    unconfirmed = _like(carrier, slug="unconfirmed", effective_from=None)
    retired = _like(carrier, slug="retired", retired_at=clock.now())
    _say(unconfirmed, ticket, is_allowed=True)
    _say(retired, ticket, is_allowed=True)
    _say(other, ticket, is_allowed=True)
    for named, one, happens in (
        ("never asked", carrier, lambda: None),
        ("allowed another alone", carrier, lambda: None),
        ("asked, not answered", carrier, lambda: ask(ticket.person_id, carrier.purpose, _shown(carrier))),
        ("refused", carrier, lambda: _say(carrier, ticket, is_allowed=False)),
        ("not in the register", unconfirmed, lambda: None),
        ("no longer in it", retired, lambda: None),
        ("taken back", other, lambda: _say(other, ticket, is_allowed=False)),
    ):
        _queue(ticket, one)
        happens()
        yield from _left(named, receiving)


def _left(named: str, receiving: Receiving) -> Iterator[str]:
    content = _Content()
    delivery.deliver_due(content)
    if receiving.came:
        yield f"{named}: something left"
    if content.asked:
        yield f"{named}: something was read"
    receiving.came.clear()
    Egress.objects.unpurposed(UnpurposedReason.MAINTENANCE).delete()


def _like(carrier: Recipient, **changes: Any) -> Recipient:
    values = {field.name: getattr(carrier, field.name) for field in Recipient._meta.fields if field.name != "id"}
    return Recipient.objects.create(**{**values, **changes})


def _shown(recipient: Recipient) -> Shown:
    return Shown(notice_of(recipient, version=1, language="en"), Channel.WEB, "button")


def _say(recipient: Recipient, ticket: Ticket, *, is_allowed: bool) -> None:
    decide(recipient, ticket.person_id, _shown(recipient), is_allowed=is_allowed)


def _queue(ticket: Ticket, recipient: Recipient) -> None:
    """Put it among what is due without asking anything, as a fault elsewhere might."""
    Egress.objects.create(
        kind=Egress.Kind.SHARE,
        recipient=recipient,
        person_id=ticket.person_id,
        policy_version=ticket.policy_version,
        collected_at=ticket.collected_at,
        subject_id=ticket.pk,
        actor_kind="agent",
        due_at=clock.now(),
    )
