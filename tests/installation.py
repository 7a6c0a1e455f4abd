"""An installation of some size: rows of every kind copied inside the databases, as years of use leave them.

Most of it is done with: tickets are solved, then erased; mail has left; people have stopped. Nothing sealed is
copied, because a sealed value opens in its own row only.
"""

from collections.abc import Mapping

from django.apps import apps
from django.db import connections, models, router

from consent.access.models import AccessEvent
from consent.ledger.models import ConsentEvent, ConsentState, LedgerHead
from consent.people.models import Identifier, Person
from consent.sealing.fields import SealedField
from consent.sealing.models import DestroyedKey, Key
from feedback.outbox.models import OutgoingMail
from feedback.tickets.models import Attachment, Event, Message, Ticket

_EVERY_SECONDS = 900
_ID_STEP = _EVERY_SECONDS * 1000 << 21
_ERASED_AFTER = 372 * 24 * 3600 // _EVERY_SECONDS
_STATE = (
    f"CASE WHEN n > {_ERASED_AFTER} THEN 'closed' WHEN n %% 10 = 0 THEN 'new' WHEN n %% 10 = 1 THEN 'open'"
    " WHEN n %% 10 = 2 THEN 'waiting' ELSE 'solved' END"
)
_MAIL_STATE = "CASE WHEN n %% 100 = 0 THEN 'failed' WHEN n %% 20 = 0 THEN 'cancelled' ELSE 'sent' END"
_BYTES = {"sqlite": "randomblob(32)", "postgresql": "sha256(n::text::bytea)"}
_FOLD = {"sqlite": "randomblob(16)", "postgresql": "decode(md5(n::text), 'hex')"}
_PERSONS = {"sqlite": "'[' || {0} || ']'", "postgresql": "('[' || {0} || ']')::jsonb"}
_BACK = {
    "sqlite": f"datetime({{0}}, '-' || (n * {_EVERY_SECONDS}) || ' seconds')",
    "postgresql": f"{{0}} - n * interval '{_EVERY_SECONDS} seconds'",
}


def grow(ticket: Ticket, *, tickets: int, people: int) -> None:
    """Copy a ticket, its person, and all that comes with them; each copy lies a quarter of an hour further back.

    One person in seven has stopped. Tickets of more than a year ago are erased, and so is who stopped 30 days ago.
    """
    vendor = connections["default"].vendor
    person = Person.objects.get(pk=ticket.person_id)
    has_stopped = "n %% 7 = 0"
    _copy(person, people, {"erased_at": _when(f"{has_stopped} AND n > 3000", _back("created_at"))})
    for found in Identifier.objects.filter(person=person):
        _copy(found, people, {"lookup": _BYTES[vendor]})
    for state in ConsentState.objects.filter(person_id=person.pk):
        status = _when(has_stopped, "'ConsentWithdrawn'", "status")
        ended = _when(has_stopped, _back("given_at"))
        waits = _when(f"{has_stopped} AND n <= 3000 AND purpose = 'agreement'", _back("given_at"))
        _copy(state, people, {"status": status, "ended_at": ended, "unswept_since": waits, "last_seq": "last_seq + n"})
    _copy_events(person, people)
    of_person = {"person_id": f"{person.pk} - ((n - 1) %% {people} + 1) * {_ID_STEP}"}
    of_ticket = {**of_person, "ticket_id": f"{ticket.pk} - n * {_ID_STEP}"}
    done = {
        "ref": "'C' || n",
        "idempotency": _BYTES[vendor],
        "state": _STATE,
        "solved_at": _when("n %% 10 > 2", _back("activity_at")),
        "erased_at": _when(f"n > {_ERASED_AFTER}", _back("activity_at")),
        "address_id": "NULL",
    }
    _copy(ticket, tickets, {**of_person, **done})
    _copy(Message.objects.filter(ticket=ticket).first(), tickets, {**of_ticket, "idempotency": _BYTES[vendor]})
    file = {"idempotency": "NULL", "message_id": f"message_id - n * {_ID_STEP}", "stored_as": "'copy-' || n"}
    _copy(Attachment.objects.filter(ticket=ticket).first(), tickets, {**of_ticket, **file})
    _copy(Event.objects.filter(ticket=ticket).first(), tickets, of_ticket)
    left = {"message_id": "'copy-' || n", "state": _MAIL_STATE, "address_id": "NULL", "source_id": "NULL"}
    _copy(OutgoingMail.objects.filter(ticket_id=ticket.pk).first(), tickets, {**of_ticket, **left})
    seen = {"fold": _FOLD[vendor], "persons": _PERSONS[vendor].format(f"({person.pk} - n * {_ID_STEP})")}
    _copy(AccessEvent.objects.first(), tickets * 2, seen)
    _copy(Key.objects.get(pk=person.pk), people, {"person_id": f"id - n * {_ID_STEP}"})
    _copy(Key.objects.filter(person_id=person.pk).exclude(pk=person.pk).first(), tickets, of_person)
    _copy(DestroyedKey.objects.first(), tickets, {})
    count_rows()


def count_rows() -> None:
    """Count rows as PostgreSQL's autovacuum does by itself; in SQLite nothing ever counts those of an installation."""
    if connections["default"].vendor == "postgresql":
        for model in apps.get_models():
            with connections[router.db_for_write(model)].cursor() as cursor:
                cursor.execute(f"ANALYZE {model._meta.db_table}")


def _copy_events(person: Person, people: int) -> None:
    events = list(ConsentEvent.objects.filter(person_id=person.pk).order_by("seq"))
    size = ConsentEvent.objects.count()
    for at, event in enumerate(events, 1):
        seq = f"{size} + (n - 1) * {len(events)} + {at}"
        _copy(event, people, {"seq": seq, "act_id": f"act_id - n * {_ID_STEP}"})
    LedgerHead.objects.update(size=size + people * len(events), hash=bytes(events[-1].hash))


def _copy(row: models.Model | None, count: int, made: Mapping[str, str]) -> None:
    assert row is not None
    model = type(row)
    fields = [
        field
        for field in model._meta.local_concrete_fields
        if not field.generated and not isinstance(field, models.AutoField)
    ]
    columns = ", ".join(field.column for field in fields)
    values = ", ".join(made.get(field.column) or _copied(field) for field in fields)
    with connections[router.db_for_write(model)].cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE numbers(n) AS (SELECT 1::bigint UNION ALL SELECT n + 1 FROM numbers WHERE n < %s)".replace(
                "::bigint", "" if cursor.db.vendor == "sqlite" else "::bigint"
            )
            + f" INSERT INTO {model._meta.db_table} ({columns})"
            f" SELECT {values} FROM {model._meta.db_table}, numbers WHERE {model._meta.pk.column} = %s",
            [count, row.pk],
        )


def _copied(field: models.Field) -> str:
    if isinstance(field, SealedField):
        return "NULL"
    if isinstance(field, models.DateTimeField):
        return _back(field.column)
    if field.primary_key or field.column == "person_id":
        return f"{field.column} - n * {_ID_STEP}"
    return field.column


def _back(column: str) -> str:
    return _BACK[connections["default"].vendor].format(column)


def _when(condition: str, then: str, otherwise: str = "NULL") -> str:
    return f"CASE WHEN {condition} THEN {then} ELSE {otherwise} END"
