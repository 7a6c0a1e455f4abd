"""The role as which the application speaks to its database: it must not be able to switch the triggers off."""

from django.db.backends.base.base import BaseDatabaseWrapper


def may_switch_triggers_off(connection: BaseDatabaseWrapper) -> bool:
    """Say whether the role is a superuser or owns the ledger, itself or as a member; only PostgreSQL has roles."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR EXISTS (SELECT 1 FROM pg_tables WHERE tablename = 'consent_consentevent'"
            " AND pg_has_role(current_user, tableowner, 'MEMBER')) FROM pg_roles WHERE rolname = current_user"
        )
        [may] = cursor.fetchone()
    return bool(may)
