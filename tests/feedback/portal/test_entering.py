import secrets
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from joserfc import jwt
from joserfc.jwk import OctKey

from consent.ledger.actions import Agreed
from consent.people.models import Identifier
from feedback.portal.entering import key_of
from feedback.portal.models import HostApp
from feedback.tickets.models import Ticket
from imsupport import clock


@pytest.fixture
def host_app() -> HostApp:
    return HostApp.objects.create(name="calling", created_at=clock.now())


def _token(app: HostApp, key: str = "", **changes: Any) -> str:
    claims = {
        "iss": app.name,
        "aud": settings.BASE_URL,
        "exp": int(time.time()) + 50,
        "jti": secrets.token_hex(8),
        "name": "Amal",
        "email": "amal@people.test",
        "email_verified": True,
        "device": {"model": "Redmi 9A", "secret": "x"},
        **changes,
    }
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(key or key_of(app)))


def test_a_token_prefills_the_form_and_confirms_the_address(
    host_app: HostApp, mia: Agreed, client_for: Callable[..., Client]
) -> None:
    client = client_for(mia)

    entered = client.post("/app/enter/", {"token": _token(host_app)})
    page = client.get("/feedback/").content.decode()
    client.post("/feedback/", {"message": "Calls drop.", "email": "amal@people.test", "idempotency_key": "k"})

    assert entered.status_code == 303
    assert "You write as Amal" in page
    assert "Redmi 9A" in page
    ticket = Ticket.objects.get()
    assert (ticket.channel, ticket.app_id) == ("webview", "calling")
    assert Identifier.objects.get(kind="email").is_verified


def test_another_address_than_the_apps_is_not_confirmed(
    host_app: HostApp, mia: Agreed, client_for: Callable[..., Client]
) -> None:
    client = client_for(mia)
    client.post("/app/enter/", {"token": _token(host_app)})

    client.post("/feedback/", {"message": "Calls drop.", "email": "eve@people.test", "idempotency_key": "k"})

    assert not Identifier.objects.get(kind="email").is_verified


def test_a_token_enters_once(host_app: HostApp, client_for: Callable[..., Client]) -> None:
    token = _token(host_app)
    client_for().post("/app/enter/", {"token": token})

    again = client_for().post("/app/enter/", {"token": token})

    assert again.status_code == 303
    assert settings.APP_COOKIE not in again.cookies


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "https://elsewhere.test"},
        {"exp": 1},
        {"exp": int(time.time()) + 3600},
        {"iss": "unknown"},
        {"jti": None},
        {"key": "bm90IHRoZSByaWdodCBrZXkgYXQgYWxsIG5vdCBhdCBhbGw"},
    ],
)
def test_whatever_is_wrong_gives_the_plain_form(
    host_app: HostApp, client_for: Callable[..., Client], changes: dict[str, Any]
) -> None:
    response = client_for().post("/app/enter/", {"token": _token(host_app, **changes)})

    assert response.status_code == 303
    assert settings.APP_COOKIE not in response.cookies


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "a.e30.c", "\x00"])
def test_nonsense_gives_the_plain_form(client_for: Callable[..., Client], token: str) -> None:
    response = client_for().post("/app/enter/", {"token": token})

    assert response.status_code == 303


def test_a_rotated_key_no_longer_enters(host_app: HostApp, client_for: Callable[..., Client]) -> None:
    old = key_of(host_app)
    host_app.generation += 1
    host_app.save()

    response = client_for().post("/app/enter/", {"token": _token(host_app, key=old)})

    assert settings.APP_COOKIE not in response.cookies
