from collections.abc import Callable

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.test import Client
from django.urls import URLPattern, get_resolver

from consent.access.models import GateDenial
from consent.gate import Door, declared_on
from imsupport.celery import app
from imsupport.checks import doors, refuse_open_doors, tasks, undeclared

ALL_DOORS = [(route, pattern) for route, pattern in doors()]
ALL_TASKS = sorted(tasks())


@pytest.mark.parametrize(("route", "pattern"), ALL_DOORS, ids=[route for route, _ in ALL_DOORS])
def test_taking_any_one_gate_away_is_found_and_lets_nothing_out(
    route: str, pattern: URLPattern, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = pattern.callback
    assert isinstance(door, Door)

    monkeypatch.setattr(pattern, "callback", door.view)

    assert any(route in name for name in undeclared())
    assert any(route in error.msg for error in run_checks())
    with pytest.raises(Exception, match="declare no gate"):
        refuse_open_doors()
    concrete = _concrete(route)
    for method in ("get", "post"):
        response = getattr(Client(raise_request_exception=False), method)(concrete)
        assert response.status_code == 500
        assert b"Something broke on our side" in response.content


@pytest.mark.parametrize("name", ALL_TASKS)
def test_a_task_without_a_purpose_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(app.tasks[name], "purpose")

    assert f"task {name}" in list(undeclared())


def test_an_error_handler_that_declares_nothing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imsupport.urls.handler404", "django.views.defaults.page_not_found")
    get_resolver().__dict__.pop("urlconf_module", None)

    assert "error handler 404" in list(undeclared())


def test_a_door_reached_without_its_gate_does_not_open() -> None:
    door = next(pattern.callback for route, pattern in ALL_DOORS if route == "/desk/")

    with pytest.raises(RuntimeError, match="without its gate"):
        door(object())


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("stranger", {"/desk/": 302, "/manage/consent/": 302, "/manage/operator/": 302}),
        ("ada", {"/desk/": 200, "/manage/consent/": 403, "/manage/operator/": 403}),
        ("max_", {"/desk/": 403, "/manage/consent/": 200, "/manage/operator/": 200}),
        ("root", {"/desk/": 403, "/manage/consent/": 403, "/manage/operator/": 200}),
        ("mia", {"/desk/": 302, "/manage/consent/": 302, "/manage/operator/": 302}),
    ],
)
def test_each_role_enters_its_own_rooms_only(
    role: str, expected: dict[str, int], client_for: Callable[..., Client], request: pytest.FixtureRequest
) -> None:
    client = client_for(None if role == "stranger" else request.getfixturevalue(role))

    assert {route: client.get(route).status_code for route in expected} == expected


def test_staff_who_did_not_undertake_are_asked_first(ada: object, client_for: Callable[..., Client]) -> None:
    ada.acknowledged_undertaking = 0  # type: ignore[attr-defined]
    ada.save()  # type: ignore[attr-defined]

    response = client_for(ada).get("/desk/")

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/undertaking/")


def test_denials_are_counted_without_a_trace_of_who(client_for: Callable[..., Client], max_: object) -> None:
    client_for(max_).get("/desk/")

    denial = GateDenial.objects.get()
    assert (denial.route, denial.reason, denial.denied) == ("desk:queue", "agent", 1)


def test_the_framework_admin_is_not_there() -> None:
    assert not apps.is_installed("django.contrib.admin")
    assert all(declared_on(pattern.callback) for _, pattern in doors())


def _concrete(route: str) -> str:
    for written, value in (
        ("<int:version>", "1"),
        ("<int:older>..<int:newer>", "1..1"),
        ("<str:token>", "token"),
        ("<str:ref>", "IM-2222222"),
        ("<int:file_id>", "1"),
        ("<slug:key>", "mail"),
    ):
        route = route.replace(written, value)
    for kind in ("int", "str", "slug"):
        while f"<{kind}:" in route:
            start = route.index(f"<{kind}:")
            route = route[:start] + "1" + route[route.index(">", start) + 1 :]
    return route
