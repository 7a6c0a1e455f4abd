from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from consent.ledger.actions import Agreed
from feedback.tickets.models import Ticket
from feedback.tickets.queries import VIEWS
from imsupport.accounts.models import User
from tests.crowd import copy_tickets

AT_MOST = 7


@pytest.mark.parametrize("view", VIEWS)
def test_the_queue_asks_as_often_for_fifty_thousand_as_for_fifty(
    view: str,
    mia: Agreed,
    ada: User,
    write: Callable[..., Ticket],
    client_for: Callable[..., Client],
    statements: Callable[[], Any],
) -> None:
    ticket, client = write(mia), client_for(ada)

    def asked() -> int:
        client.get(f"/desk/?view={view}")
        with statements() as said:
            assert client.get(f"/desk/?view={view}").status_code == 200
        return len(said)

    copy_tickets(ticket, 50)
    for_fifty = asked()
    Ticket.objects.exclude(pk=ticket.pk).delete()
    copy_tickets(ticket, 50_000)

    assert asked() == for_fifty <= AT_MOST
    assert Ticket.objects.count() == 50_001
