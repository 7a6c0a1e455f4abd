import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from consent.access.actors import Actor
from consent.ledger.actions import Agreed
from feedback.tickets.models import Ticket
from feedback.tickets.queries import PAGE, VIEWS, rows_of
from imsupport.accounts.models import User
from tests.crowd import copy_people, copy_tickets

AT_MOST = 7
Write = Callable[..., Ticket]


@pytest.mark.parametrize("view", VIEWS)
def test_the_queue_asks_as_often_for_fifty_thousand_as_for_fifty(
    view: str,
    mia: Agreed,
    ada: User,
    write: Write,
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


@pytest.mark.parametrize("view", [view for view in VIEWS if view != "mine"])
def test_a_page_is_read_from_an_index_in_its_order(view: str, mia: Agreed, agent: Actor, write: Write) -> None:
    """Sorting would read the whole queue for one page; what is one agent's own alone may be sorted."""
    copy_tickets(write(mia), 50_000)

    plan = rows_of(view, actor=agent)[: PAGE + 1].explain()

    assert not re.search(r"TEMP B-TREE|Sort", plan), plan


@pytest.mark.parametrize("view", VIEWS)
def test_the_ledger_is_asked_by_its_index_however_many_people_there_are(
    view: str, mia: Agreed, agent: Actor, write: Write
) -> None:
    ticket = write(mia)
    copy_people(mia.person.pk, 20_000)
    copy_tickets(ticket, 20_000, people=20_000)

    plan = rows_of(view, actor=agent)[: PAGE + 1].explain()

    index = {
        "sqlite": r"USING INDEX sqlite_autoindex_consent_consentstate_1 \(person_id=\? AND purpose=\?\)",
        "postgresql": r"Index (Only )?Scan using consent_state_once_a_purpose",
    }
    assert re.search(index[connection.vendor], plan), plan
    assert not re.search(r"SCAN U0|Seq Scan on consent_consentstate", plan), plan
