"""Whatever an installation holds, a page and a task of the clock read little of it."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.test import Client

from consent.access.actors import Actor, ActorKind
from consent.access.door import Look, read
from consent.access.models import AccessEvent
from consent.ledger import heads
from consent.ledger.actions import Agreed, Shown, agree, decline
from consent.ledger.models import Channel, ConsentEvent
from consent.policies.notices import Notice
from consent.purposes import ON_CONSENT, Purpose
from consent.sealing.actions import destroy_keys, make_data_keys
from feedback.intake.actions import Submission, submit_feedback
from feedback.intake.uploads import CheckedFile
from feedback.outbox import delivery
from feedback.outbox.models import OutgoingMail
from feedback.outbox.queries import is_mail_held_up
from feedback.portal.tasks import forget_used_tokens
from feedback.retention import actions as retention
from feedback.retention import strays
from feedback.tickets.actions import mark_read
from feedback.tickets.counts import fold_counts
from feedback.tickets.models import Ticket
from feedback.tickets.references import token_for
from imsupport import clock
from imsupport.accounts.models import User
from tests.effort import LITTLE, effort
from tests.installation import count_rows, grow

TICKETS, PEOPLE = 20_000, 12_000
YEARS = timedelta(days=400)


@pytest.fixture(scope="module")
def agent() -> User:
    return User(
        email="ada@staff.test", name="Ada", role=User.Role.AGENT, acknowledged_undertaking=settings.UNDERTAKING_VERSION
    )


@pytest.fixture(scope="module")
def manager() -> User:
    return User(
        email="max@staff.test",
        name="Max",
        role=User.Role.MANAGER,
        acknowledged_undertaking=settings.UNDERTAKING_VERSION,
    )


@pytest.fixture(scope="module")
def mia(django_db_setup: None, django_db_blocker: Any, agent: User, manager: User) -> Iterator[Agreed]:
    """Let Mia, whom we met before anybody else, write into an installation that years have filled."""
    with django_db_blocker.unblock(), transaction.atomic(), transaction.atomic(using="keys"):
        agent.save()
        manager.save()
        yield _years_later(agent)
        for alias in ("default", "keys"):
            transaction.set_rollback(True, using=alias)


def _years_later(agent: User) -> Agreed:
    shown = Shown(Notice(version=1, language="en", body=b"<p>Before you write to us</p>"), Channel.WEB, "button:agree")
    with clock.set_to(clock.now() - YEARS):
        mia = agree(shown)
    noor = agree(shown)
    decline(noor.person.pk, sorted(ON_CONSENT), shown)
    _write(mia)
    ticket = _write(noor)
    actor = Actor(ActorKind.AGENT, agent.pk)
    mark_read(ticket, history=[], actor=actor)
    read([ticket.opening], look=Look(actor, Purpose.PROVIDE, AccessEvent.Act.OPENED, "desk:ticket", ticket.pk))
    destroy_keys(key.id for key in make_data_keys(noor.person.pk))
    grow(ticket, tickets=TICKETS, people=PEOPLE)
    return mia


def _write(someone: Agreed) -> Ticket:
    log = CheckedFile("log.txt", "text/plain", b"the bell")
    given = Submission(
        message="The bell is grey.",
        idempotency_key="k",
        email="m@example.org",
        is_address_verified=True,
        files=(log,),
    )
    ticket = submit_feedback(given, person_id=someone.person.pk, policy_version=1).ticket
    ticket.refresh_from_db()
    return ticket


def _ticket(mia: Agreed) -> Ticket:
    found: Ticket = Ticket.objects.get(person=mia.person)
    return found


def _token(mia: Agreed) -> str:
    return token_for(_ticket(mia).pk, _ticket(mia).token_generation)


def _little(spent: list[int]) -> bool:
    return spent[0] < LITTLE[connection.vendor]


@pytest.mark.parametrize(
    "path",
    [
        "/feedback/",
        "/feedback/mine/",
        "/feedback/unread/",
        "/feedback/{token}/",
        "/consent/",
        "/consent/choices/",
        "/consent/withdraw/",
        "/consent/receipts/{act}.json",
        "/privacy/",
        "/privacy/export/",
    ],
)
def test_a_page_of_a_person(path: str, mia: Agreed, client_for: Callable[[Agreed], Client]) -> None:
    act = ConsentEvent.objects.filter(person_id=mia.person.pk).values_list("act_id", flat=True).first()
    client, path = client_for(mia), path.format(token=_token(mia), act=act)

    with effort() as spent:
        assert client.get(path).status_code == 200

    assert _little(spent), spent


@pytest.mark.parametrize(
    "path",
    ["", *(f"?view={view}" for view in ("mine", "waiting", "solved", "all")), "changes/?since=1", "tickets/{ref}/"],
)
def test_a_page_of_the_desk(path: str, mia: Agreed, agent: User, client_for: Callable[[User], Client]) -> None:
    client, path = client_for(agent), f"/desk/{path.format(ref=_ticket(mia).ref)}"

    with effort() as spent:
        assert client.get(path).status_code == 200

    assert _little(spent), spent


def test_the_poll_of_a_desk_where_nothing_happens(
    mia: Agreed, agent: User, client_for: Callable[[User], Client]
) -> None:
    client = client_for(agent)

    with effort() as spent:
        assert client.get(f"/desk/changes/?since={clock.now().timestamp() + 60}").status_code == 204

    assert _little(spent), spent


@pytest.mark.parametrize(
    "work",
    [
        delivery._claim,
        is_mail_held_up,
        fold_counts,
        forget_used_tokens,
        retention.wake_snoozed_tickets,
        retention.stop_after_answers,
        retention.erase_people_who_stopped,
        retention.erase_what_was_not_handed_in,
        retention.erase_tickets_past_their_time,
        retention.drop_unconfirmed_addresses,
        retention.note_failed_mail,
        retention.forget_failed_letters,
        strays.delete_kept_files,
    ],
)
def test_a_piece_of_the_clocks_work(work: Callable[[], object], mia: Agreed) -> None:
    work()  # what had piled up is done with

    with effort() as spent:
        work()

    assert _little(spent), spent


def test_looking_for_stray_keys_of_a_few_hours(mia: Agreed) -> None:
    with clock.set_to(clock.now() + strays.LOOKED_BACK - timedelta(hours=4)):
        assert strays.destroy_stray_keys() > 0

        with effort() as spent:
            strays.destroy_stray_keys()

    assert _little(spent), spent


def test_looking_for_stray_files(mia: Agreed, settings: Any) -> None:
    stray = Path(settings.MEDIA_ROOT) / ("0" * 48)
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"sealed")
    written_at = (clock.now() - timedelta(hours=25)).timestamp()
    os.utime(stray, (written_at, written_at))

    with effort() as spent:
        assert strays.delete_stray_files() == 1

    assert _little(spent), spent


def test_the_claim_of_a_long_queue_of_mail(mia: Agreed) -> None:
    waits = OutgoingMail.objects.filter(ticket_id=_ticket(mia).pk).first()
    OutgoingMail.objects.filter(state="sent").update(state="due", letter=waits.letter, due_at=F("collected_at"))
    count_rows()

    with effort() as spent:
        assert len(delivery._claim()) == delivery.BATCH

    assert _little(spent), spent


def test_signing_a_head_reads_each_look_once(mia: Agreed) -> None:
    looks = AccessEvent.objects.count()

    with effort() as spent:
        heads.sign_head()
    with effort() as spent_on_the_next:
        heads.sign_head()

    assert spent[0] < 40 * looks
    assert _little(spent_on_the_next), spent_on_the_next


def test_the_managers_page(mia: Agreed, manager: User, client_for: Callable[[User], Client]) -> None:
    """It counts what was decided in the last weeks, and reads nothing from before."""
    client = client_for(manager)
    within = ConsentEvent.objects.filter(occurred_at__gt=clock.now() - timedelta(days=31)).count()

    with effort() as spent:
        assert client.get("/manage/consent/").status_code == 200

    assert spent[0] < LITTLE[connection.vendor] + 32 * within, (spent, within)
