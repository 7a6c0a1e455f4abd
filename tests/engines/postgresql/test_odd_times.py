"""Times that PostgreSQL keeps and people do not mean: they never pass for the ones that were linked."""

import pytest
from django.db import connection

from consent.ledger.actions import Agreed
from consent.ledger.models import ConsentEvent
from consent.ledger.verification import problems
from tests.consent.ledger.attacks import take_triggers_down


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("occurred_at", "occurred_at - interval '4052 years'"),
        ("occurred_at", "'infinity'"),
        ("occurred_at", "'-infinity'"),
        ("valid_until", "'infinity'"),
        ("valid_until", "NULL"),
        ("occurred_at", "occurred_at + interval '10000 years'"),
    ],
)
def test_an_odd_time_is_named_as_a_change(column: str, value: str, mia: Agreed) -> None:
    event = ConsentEvent.objects.filter(valid_until__isnull=False).order_by("seq")[0]
    take_triggers_down()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE consent_consentevent SET {column} = {value} WHERE id = %s", [event.pk])

    assert next(problems()) == f"event {event.pk} (number {event.seq}) was changed"
