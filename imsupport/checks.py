"""Start-up checks: a URL, error handler or task that declares no gate stops the start with its name.

`check --deploy` also asks the database whether its role and its triggers keep the ledger growing only.
"""

from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections
from django.urls import URLPattern, URLResolver, get_resolver

from consent.gate import declared_on
from consent.ledger import triggers
from consent.ledger.roles import may_switch_triggers_off
from consent.policies.queries import is_of_a_demo
from consent.sealing.actions import ring_opens_what_is_stored
from consent.static_pages import ErrorPage
from imsupport.celery import TASK_ROOMS, app

_HANDLERS = (400, 403, 404, 500)


def doors(resolver: URLResolver | None = None, prefix: str = "/") -> Iterator[tuple[str, URLPattern]]:
    """Yield every URL pattern of the table with its whole route."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from doors(entry, route)
        else:
            yield route, entry


def undeclared() -> Iterator[str]:
    """Yield the names of all URLs, error handlers and tasks that declare no gate."""
    for route, pattern in doors():
        if declared_on(pattern.callback) is None:
            yield f"URL {route} ({pattern.name or pattern.lookup_str})"
    for status in _HANDLERS:
        if not isinstance(get_resolver().resolve_error_handler(status), ErrorPage):
            yield f"error handler {status}"
    for name, task in tasks().items():
        if getattr(task, "purpose", None) is None:
            yield f"task {name}"


def tasks() -> dict[str, Any]:
    """Return the house's own Celery tasks by name."""
    for room in TASK_ROOMS:
        import_module(f"{room}.tasks")
    return {name: task for name, task in app.tasks.items() if not name.startswith("celery.")}


@register()
def every_door_is_gated(**_: Any) -> list[CheckMessage]:
    """Report each door without a gate as an error, so that no server starts with one."""
    return [Error(f"{name} declares no gate", id="imsupport.E001") for name in undeclared()]


@register(deploy=True)
def the_ledger_can_only_grow(**_: Any) -> list[CheckMessage]:
    """Report a role that could switch the triggers off, and triggers that are not there."""
    connection = connections["default"]
    try:
        missing = triggers.missing(connection, triggers.stamped_tables(apps.get_models()))
        has_too_much = may_switch_triggers_off(connection)
    except DatabaseError:
        return [Warning("the database does not answer: its role and triggers were not looked at", id="imsupport.W004")]
    found: list[CheckMessage] = [Error(f"the trigger {name} is missing", id="imsupport.E002") for name in missing]
    if has_too_much:
        hint = "Run as a role of its own: deploy/roles.sql, deploy/append-only.sql."
        found.append(Warning("the database role is a superuser or owns the ledger", hint=hint, id="imsupport.W003"))
    return found


@register(deploy=True)
def the_data_are_ours(**_: Any) -> list[CheckMessage]:
    """Report a demo's database outside the demo, and a key ring that does not open what is stored."""
    return [Error(reason, id="imsupport.E005") for reason in foreign_data()]


def refuse_open_doors() -> None:
    """Raise ImproperlyConfigured with the names of doors that declare no gate; called when a server starts."""
    names = list(undeclared())
    if names:
        raise ImproperlyConfigured("these declare no gate: " + "; ".join(names))


def refuse_foreign_data() -> None:
    """Raise ImproperlyConfigured for data that this installation must not go on with; called when a server starts."""
    if reasons := list(foreign_data()):
        raise ImproperlyConfigured("; ".join(reasons))


def foreign_data() -> Iterator[str]:
    """Yield why the databases must not be gone on with; a server that does not answer is no such reason."""
    with suppress(DatabaseError):
        if not settings.DEMO and is_of_a_demo():
            yield "the database holds a demo, with staff whose password is known; take another one"
    with suppress(DatabaseError):
        if not ring_opens_what_is_stored():
            yield "SEALING_KEYS does not open what is stored; give the keys it was sealed with"
