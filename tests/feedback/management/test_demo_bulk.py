from collections import Counter
from typing import Any

import pytest
from django.core.management import call_command

from consent.access.actors import Actor, ActorKind
from consent.access.door import Look, read
from consent.access.models import AccessEvent
from consent.purposes import Purpose
from feedback.management import demo_bulk
from feedback.tickets.models import QueueChange, Ticket
from feedback.tickets.queries import VIEWS, counts_for, rows_of
from imsupport.accounts.models import User

TICKETS = 250


@pytest.fixture
def _small_batches(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.DEMO = True
    monkeypatch.setattr(demo_bulk, "BATCH", 60)


@pytest.mark.usefixtures("_small_batches")
def test_the_counts_of_the_desk_are_those_of_its_rows(ada: User, grace: User) -> None:
    call_command("seed_demo", tickets=TICKETS, verbosity=0)

    counts, actor = counts_for(ada.pk), Actor(ActorKind.AGENT, ada.pk)
    assert counts == {view: rows_of(view, actor=actor).count() for view in VIEWS}
    assert counts["all"] == TICKETS
    assert Counter(Ticket.objects.values_list("assignee", flat=True)).keys() == {None, ada.pk, grace.pk}


@pytest.mark.usefixtures("_small_batches")
def test_what_is_counted_is_written_once_a_batch_and_place(ada: User) -> None:
    call_command("seed_demo", tickets=TICKETS, verbosity=0)

    assert QueueChange.objects.count() <= 5 * 4 * 2


@pytest.mark.usefixtures("_small_batches")
def test_its_words_are_really_sealed_and_open_through_the_door(ada: User) -> None:
    call_command("seed_demo", tickets=TICKETS, verbosity=0)

    ticket = Ticket.objects.first()
    look = Look(Actor(ActorKind.AGENT, ada.pk), Purpose.PROVIDE, AccessEvent.Act.OPENED, "desk:ticket", ticket.pk)
    assert read([ticket.opening], look=look).text(ticket.opening)
