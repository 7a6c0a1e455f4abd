import pytest
from django.db import DatabaseError, connection, transaction

from consent.ledger import heads, triggers
from consent.ledger.actions import Agreed, Shown, agree, refuse
from consent.ledger.models import ConsentEvent
from consent.people.models import Identifier, Person


@pytest.mark.parametrize("table", triggers.APPEND_ONLY)
def test_every_append_only_table_has_its_triggers(table: str) -> None:
    statements = triggers._statements(connection.vendor, [])
    names = [name for name, trigger_table, _ in statements if trigger_table == table]

    assert len(names) == (3 if connection.vendor == "postgresql" else 2)
    assert triggers.missing(connection, []) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE consent_consentevent SET status = 'ConsentRefused'",
        "DELETE FROM consent_consentevent",
        "UPDATE consent_notice SET language = 'de'",
        "DELETE FROM consent_notice",
        "UPDATE consent_signedhead SET size = 0",
        "DELETE FROM consent_signedhead",
        "UPDATE consent_policytext SET body = ''",
        "DELETE FROM consent_policytext",
    ],
)
def test_the_database_refuses_to_change_or_delete_what_was_appended(mia: Agreed, statement: str) -> None:
    heads.sign_head()

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_each_event_follows_the_one_before_it(shown: Shown) -> None:
    agree(shown)
    refuse(shown)

    events = list(ConsentEvent.objects.order_by("seq"))

    assert [event.seq for event in events] == [1, 2, 3]
    assert bytes(events[0].prev_hash) == bytes(32)
    assert [bytes(event.prev_hash) for event in events[1:]] == [bytes(event.hash) for event in events[:-1]]


def test_a_refusal_leaves_nothing_that_points_to_anybody(shown: Shown) -> None:
    refuse(shown)

    assert (ConsentEvent.objects.count(), Person.objects.count(), Identifier.objects.count()) == (1, 0, 0)
