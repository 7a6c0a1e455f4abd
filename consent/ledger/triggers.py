"""Triggers that keep the append-only tables append-only and the stamps of personal rows unchanged.

SQLite drops triggers whenever Django rebuilds a table, so one idempotent function makes them all after every
migrate; a check and `verify_ledger` say when one is missing.
"""

from collections.abc import Iterable, Iterator

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

APPEND_ONLY = (
    "consent_consentevent",
    "consent_signedhead",
    "consent_treetile",
    "consent_statecomparison",
    "consent_notice",
    "consent_policyversion",
    "consent_policytext",
    "consent_purposeinversion",
    "consent_acknowledgement",
    "consent_accessevent",
    "consent_disclosure",
    "consent_disclosureact",
)
STAMP = ("person_id", "policy_version", "collected_at")
_PG_FUNCTION = """
CREATE OR REPLACE FUNCTION imsupport_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$
"""


def install(connection: BaseDatabaseWrapper, stamped: Iterable[str]) -> None:
    """Make every trigger anew for the append-only tables and the stamped tables that exist."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_PG_FUNCTION)
        for name, table, statement in _statements(connection.vendor, stamped):
            if table in tables:
                on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")
                cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper, stamped: Iterable[str]) -> list[str]:
    """Return the names of triggers that should be there and are not."""
    if connection.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')"
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    wanted = (name for name, table, _ in _statements(connection.vendor, stamped) if table in tables)
    return [name for name in wanted if name not in present]


def stamped_tables(all_models: Iterable[type[models.Model]]) -> list[str]:
    """Return the tables of models that carry a whole stamp."""
    return sorted(
        model._meta.db_table
        for model in all_models
        if {field.attname for field in model._meta.local_concrete_fields}.issuperset(STAMP)
    )


def _statements(vendor: str, stamped: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    write = _postgresql if vendor == "postgresql" else _sqlite
    differs = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    for table in APPEND_ONLY:
        for event in ("UPDATE", "DELETE"):
            yield (name := f"{table}_no_{event.lower()}"), table, write(name, table, event, "")
        if vendor == "postgresql":
            yield (name := f"{table}_no_truncate"), table, write(name, table, "TRUNCATE", "")
    changed = " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in STAMP)
    for table in stamped:
        yield (name := f"{table}_stamp_stays"), table, write(name, table, "UPDATE", f"WHEN ({changed})")


def _postgresql(name: str, table: str, event: str, when: str) -> str:
    each = "STATEMENT" if event == "TRUNCATE" else "ROW"
    return f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {each} {when} EXECUTE FUNCTION imsupport_refuse()"


def _sqlite(name: str, table: str, event: str, when: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {when} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )
