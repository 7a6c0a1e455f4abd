"""Law 6: consent events are appended; withdrawing is as easy as agreeing; nothing is ticked beforehand."""

import re
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from consent.access.models import Acknowledgement
from consent.disclosures.models import Disclosure, DisclosureAct, Recipient
from consent.ledger import heads, triggers
from consent.ledger.actions import Agreed, Shown, allow, withdraw_everything
from consent.ledger.models import ConsentEvent, ConsentState, StateComparison, Status, TreeTile
from consent.ledger.states import FOLLOWS, replay
from consent.policies.offers import offered
from consent.purposes import Purpose
from feedback.tickets.models import Ticket
from imsupport import clock
from imsupport.accounts.models import User

CHANGES = ("UPDATE {table} SET {column} = {column}", "DELETE FROM {table}")
ON_POSTGRESQL = (*CHANGES, "TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("table", triggers.APPEND_ONLY)
def test_the_database_refuses_every_way_of_changing_what_was_appended(
    table: str,
    mia: Agreed,
    ada: User,
    carrier: Recipient,
    submitted: Callable[..., Ticket],
    client_for: Callable[..., Client],
) -> None:
    submitted(mia)
    client_for(ada).get("/desk/")
    heads.sign_head()
    TreeTile.objects.create(level=1, index=0, hash=b"0" * 32)
    StateComparison.objects.create(compared_at=clock.now(), events=2, differences=0)
    Acknowledgement.objects.create(user_id=ada.pk, undertaking=1, sha256="0" * 64, acknowledged_at=clock.now())
    disclosure = Disclosure.objects.create(
        id=1,
        recipient=carrier,
        consent_event=ConsentEvent.objects.all()[0],
        person_id=mia.person.pk,
        subject_id=1,
        made_at=clock.now(),
    )
    DisclosureAct.objects.create(disclosure=disclosure, act=DisclosureAct.Act.ATTEMPTED, at=clock.now())
    with connection.cursor() as cursor:
        column = connection.introspection.get_table_description(cursor, table)[0].name
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        before = cursor.fetchone()

    connection.check_constraints()
    for statement in ON_POSTGRESQL if connection.vendor == "postgresql" else CHANGES:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement.format(table=table, column=column))

    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        assert cursor.fetchone() == before
    assert before[0] > 0


@pytest.mark.parametrize("table", triggers.APPEND_ONLY)
def test_a_trigger_that_was_dropped_is_missed(table: str) -> None:
    name = f"{table}_no_update"
    with connection.cursor() as cursor:
        on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {name}{on_table}")

    assert triggers.missing(connection, []) == [name]


def test_the_present_state_is_the_replay_of_the_events(mia: Agreed, noor: Agreed, shown: Shown) -> None:
    allow(mia.person.pk, [Purpose.IMPROVE], shown)
    withdraw_everything(noor.person.pk, shown)

    replayed = replay(ConsentEvent.objects.order_by("seq"))

    kept = {(row.person_id, row.purpose): (row.status, row.last_seq) for row in ConsentState.objects.all()}
    assert {key: (state.status, state.last_seq) for key, state in replayed.items()} == kept


def test_withdrawing_takes_one_press_as_agreeing_does(mia: Agreed, client_for: Callable[..., Client]) -> None:
    client = client_for(mia)

    agreeing = client_for().get("/consent/").content.decode()
    stopping = client.get("/consent/withdraw/").content.decode()
    done = client.post("/consent/withdraw/everything/")

    assert agreeing.count("<form") == 1
    assert 'action="/consent/withdraw/everything/"' in stopping
    assert not re.search(r'<(input|select|textarea)(?![^>]*type="hidden")', stopping)
    assert done.status_code in (200, 302, 303)
    assert ConsentState.objects.get(person_id=mia.person.pk, purpose="agreement").status == Status.WITHDRAWN


def test_every_page_of_a_person_leads_to_stopping(mia: Agreed, client_for: Callable[..., Client]) -> None:
    client = client_for(mia)

    for url in ("/consent/", "/policy/", "/feedback/", "/feedback/mine/", "/consent/choices/", "/privacy/"):
        response = client.get(url)
        assert b'href="/consent/withdraw/"' in response.content, url


def test_agreeing_and_refusing_are_equals(client_for: Callable[..., Client]) -> None:
    page = client_for().get("/consent/").content.decode()

    pair = re.search(r'<div class="pair equal">(.*?)</div>', page, re.DOTALL)
    assert pair is not None
    assert re.findall(r"<button ([^>]*)>", pair[1]) == [
        'name="decision" value="agree"',
        'name="decision" value="refuse"',
    ]


def test_nothing_is_ticked_beforehand(mia: Agreed, client_for: Callable[..., Client]) -> None:
    agreement = client_for().get("/consent/").content.decode()
    choices = client_for(mia).get("/consent/choices/").content.decode()

    assert "checkbox" not in agreement
    assert choices.count('type="checkbox"') == len(offered(1))
    assert "checked" not in re.sub(r"data-[a-z]+=\"[^\"]*\"", "", choices)


def test_a_look_at_the_page_or_a_mere_visit_agrees_to_nothing(client_for: Callable[..., Client]) -> None:
    client = client_for()

    client.get("/consent/")
    client.get("/feedback/")
    client.post("/consent/", {"decision": "agree"})
    client.post("/feedback/", {"message": "Hello", "idempotency_key": "k"})

    assert not ConsentEvent.objects.exists()


def test_staff_have_no_superuser_to_be() -> None:
    assert not hasattr(User, "is_superuser")
    assert set(User.Role.values) == {"agent", "manager", "admin"}


def test_nothing_follows_a_refusal_but_a_new_decision() -> None:
    after = {status for status, before in FOLLOWS.items() if Status.REFUSED in before}

    assert after == {Status.REQUESTED, Status.REFUSED, Status.GIVEN, Status.INVALIDATED}
