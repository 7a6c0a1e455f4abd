"""The grants alone: what the application's role may do, with all triggers gone."""

from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from consent.ledger import triggers
from consent.ledger.actions import Agreed, Shown, allow, refuse
from consent.ledger.models import ConsentEvent
from consent.purposes import Purpose
from tests.consent.ledger.attacks import ATTACKS, Attack, take_triggers_down

GRANTS = Path(__file__).parents[3] / "deploy" / "append-only.sql"


@pytest.fixture
def as_application(mia: Agreed, shown: Shown) -> None:
    """The role of docs/operators.md: it may change every table but those that only grow."""
    allow(mia.person.pk, [Purpose.IMPROVE, Purpose.CRASH], shown)
    take_triggers_down()
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE im_support_app")
        cursor.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO im_support_app")
        cursor.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO im_support_app")
        cursor.execute(GRANTS.read_text("utf-8"))
        cursor.execute("SET LOCAL ROLE im_support_app")


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_grants_alone_refuse_every_change(attack: Attack, as_application: None) -> None:
    events = list(ConsentEvent.objects.order_by("seq"))

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        attack(events)

    assert list(ConsentEvent.objects.order_by("seq")) == events


@pytest.mark.parametrize("table", triggers.APPEND_ONLY)
def test_the_application_cannot_empty_a_table_or_switch_its_triggers_off(table: str, as_application: None) -> None:
    for statement in (
        f"TRUNCATE {table} CASCADE",
        f"ALTER TABLE {table} DISABLE TRIGGER ALL",
        f"DROP TABLE {table}",
        f"ALTER TABLE {table} OWNER TO im_support_app",
        "SET session_replication_role = replica",
    ):
        with (
            pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_the_application_goes_on_appending(as_application: None, shown: Shown) -> None:
    assert refuse(shown).seq == ConsentEvent.objects.count()
