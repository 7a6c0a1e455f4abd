"""Every gate and every task's purpose, one after the other, spoiled in each of four ways: each time something notices.

What notices is the start-up check, the table of who may enter where, and a stranger's requests, of which none may
reach a view behind a closed door. None of the three knows which gate was spoiled, or how.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern
from django.urls.converters import get_converters

from consent.gate import Declaration, Door, Gate, Passage, Who, declared_on
from consent.purposes import Purpose
from imsupport.celery import app
from imsupport.checks import doors, tasks, undeclared
from tests.laws.table_of_doors import DOORS, TASKS

EXPECTED = {route: declared for declared, routes in DOORS.items() for route in routes}
OPEN = (Who.ANYONE, Who.DEMO)
WEAKER = {
    Who.BEARER: Who.ANYONE,
    Who.AGREED: Who.KNOWN,
    Who.KNOWN: Who.ANYONE,
    Who.AGENT: Who.STAFF,
    Who.MANAGER: Who.MANAGER_OR_ADMIN,
    Who.ADMIN: Who.MANAGER_OR_ADMIN,
    Who.MANAGER_OR_ADMIN: Who.STAFF,
    Who.STAFF: Who.ANYONE,
    Who.DEMO: Who.ANYONE,
}
EXAMPLES = {"int": "1", "str": "x", "slug": "x", "uuid": "x", "path": "x"}


def remove(pattern: URLPattern, patch: pytest.MonkeyPatch) -> bool:
    patch.setattr(pattern, "callback", pattern.callback.view)
    return True


def weaken(pattern: URLPattern, patch: pytest.MonkeyPatch) -> bool:
    declared: Declaration = pattern.callback.declaration
    if declared.who not in WEAKER:
        return False  # anyone may enter: there is nothing weaker
    patch.setattr(pattern.callback, "declaration", replace(declared, who=WEAKER[declared.who]))
    return True


def swap(pattern: URLPattern, patch: pytest.MonkeyPatch) -> bool:
    declared: Declaration = pattern.callback.declaration
    other = Purpose.IMPROVE if declared.purpose is not Purpose.IMPROVE else Purpose.PROVIDE
    patch.setattr(pattern.callback, "declaration", replace(declared, purpose=other))
    return True


def decide_late(pattern: URLPattern, patch: pytest.MonkeyPatch) -> bool:
    """Let the view of this door run, and read whatever it reads, before the gate decides."""
    if pattern.callback.declaration.who in OPEN:
        return False  # nothing is decided there
    door, decide = pattern.callback, Gate.process_view

    def after(gate: Gate, request: Any, view: object, args: Any, kwargs: dict[str, Any]) -> Any:
        if view is door:
            request.passage = Passage(Who.ANYONE, door.declaration.purpose)
            with suppress(Exception):
                door(request, *args, **kwargs)
            del request.passage
        return decide(gate, request, view, args, kwargs)

    patch.setattr(Gate, "process_view", after)
    return True


MUTATORS = (remove, weaken, swap, decide_late)
_reached: list[Door] = []


@pytest.fixture(autouse=True)
def _views_that_are_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    enter = Door.__call__

    def noted(door: Door, request: Any, *args: Any, **kwargs: Any) -> Any:
        _reached.append(door)
        return enter(door, request, *args, **kwargs)

    monkeypatch.setattr(Door, "__call__", noted)
    _reached.clear()


def test_the_table_and_the_doors_agree_and_strangers_reach_nothing_behind_them() -> None:
    assert [noticed for _route, pattern in doors() for noticed in _noticed(pattern)] == []
    assert {route for route, _pattern in doors()} == set(EXPECTED)
    assert {name: task.purpose for name, task in tasks().items()} == TASKS


@pytest.mark.parametrize("mutator", MUTATORS)
def test_each_gate_spoiled_is_noticed(
    mutator: Callable[[URLPattern, pytest.MonkeyPatch], bool], record_property: Callable[[str, object], None]
) -> None:
    caught, survived = 0, []
    for route, pattern in doors():
        with _patched() as patch:
            if not mutator(pattern, patch):
                continue
            if any(_noticed(pattern)):
                caught += 1
            else:
                survived.append(route)
    record_property("told", f"gates, {mutator.__name__}: {caught} of {caught + len(survived)} caught")

    assert survived == []
    assert caught > 40


@pytest.mark.parametrize("name", sorted(TASKS))
def test_each_task_s_purpose_spoiled_is_noticed(name: str) -> None:
    with _patched() as patch:
        patch.delattr(app.tasks[name], "purpose")
        assert f"task {name}" in set(undeclared())
    with _patched() as patch:
        patch.setattr(app.tasks[name], "purpose", Purpose.IMPROVE)
        assert {one: task.purpose for one, task in tasks().items()} != TASKS


def _noticed(pattern: URLPattern) -> Iterator[str]:
    """Yield what is wrong with the doors now; only this one's requests are made, the rest of the house is as it was."""
    yield from undeclared()
    for route, one in doors():
        declared = declared_on(one.callback)
        if declared is not None and (declared.who, declared.purpose) != EXPECTED.get(route):
            yield f"{route} is not as the table has it"
    route = next(route for route, one in doors() if one is pattern)
    if EXPECTED[route][0] in OPEN:
        return
    for method in ("get", "post"):
        _reached.clear()
        getattr(Client(raise_request_exception=False), method)(_concrete(route))
        if _reached:
            yield f"a stranger's {method} reaches the view of {route}"


@contextmanager
def _patched() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


def _concrete(route: str) -> str:
    for name in get_converters():
        while (start := route.find(f"<{name}:")) >= 0:
            route = route[:start] + EXAMPLES[name] + route[route.index(">", start) + 1 :]
    return route
