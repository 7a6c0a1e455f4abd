from collections.abc import Callable

import pytest

from consent.access.actors import Actor, ActorKind
from consent.ledger.actions import Agreed
from feedback.tickets.actions import assign, set_team
from feedback.tickets.models import Event, Team, Ticket
from imsupport.accounts.models import User


@pytest.mark.parametrize("is_member", [True, False])
def test_a_new_team_keeps_the_assignee_only_when_a_member(
    mia: Agreed, ada: User, write: Callable[..., Ticket], is_member: bool
) -> None:
    ticket, actor, team = write(mia), Actor(ActorKind.AGENT, ada.pk), Team.objects.create(name="Billing")
    team.members.set([ada] if is_member else [])
    assign(ticket, ada.pk, actor=actor)

    set_team(ticket, team.pk, actor=actor)

    ticket.refresh_from_db()
    assigned = list(Event.objects.filter(ticket=ticket, kind=Event.Kind.ASSIGNED).order_by("pk").values_list("after"))
    assert ticket.assignee_id == (ada.pk if is_member else None)
    assert assigned == ([(str(ada.pk),)] if is_member else [(str(ada.pk),), ("",)])
