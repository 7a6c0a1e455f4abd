import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from consent.ledger.actions import Agreed
from feedback.portal.entering import TOKEN_SECONDS
from feedback.tickets.models import Ticket


def test_its_button_leads_to_the_form_prefilled(mia: Agreed, client_for: Callable[..., Client]) -> None:
    client = client_for(mia)
    page = client.get("/demo/app/").content.decode()

    form = client.post("/app/enter/", {"token": _token_in(page)}, follow=True).content.decode()

    assert 'action="/app/enter/"' in page
    assert "You write as Amal." in form
    assert 'value="amal@demo.test"' in form
    assert "Redmi 9A" in form


def test_a_message_from_it_comes_in_by_the_apps_name(mia: Agreed, client_for: Callable[..., Client]) -> None:
    client = client_for(mia)
    client.post("/app/enter/", {"token": _token_in(client.get("/demo/app/").content.decode())})

    client.post("/feedback/", {"message": "Calls drop.", "email": "amal@demo.test", "idempotency_key": "k"})

    ticket = Ticket.objects.get()
    assert (ticket.channel, ticket.app_id, ticket.address.is_verified) == ("webview", "demo-app", True)


def test_every_view_signs_anew_and_is_drawn_again_before_the_token_ends(client_for: Callable[..., Client]) -> None:
    client = client_for()

    first, second = client.get("/demo/app/"), client.get("/demo/app/")

    assert _token_in(first.content.decode()) != _token_in(second.content.decode())
    assert int(first["Refresh"]) < TOKEN_SECONDS
    assert "no-store" in first["Cache-Control"]


@pytest.mark.parametrize("away", [{"DEMO": False}, {}])
def test_outside_the_demo_or_from_another_machine_it_is_not_there(
    away: dict[str, Any], client_for: Callable[..., Client], settings: Any
) -> None:
    for name, value in away.items():
        setattr(settings, name, value)

    response = client_for().get("/demo/app/", REMOTE_ADDR="127.0.0.1" if away else "192.0.2.7")

    assert response.status_code == 404


def _token_in(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found is not None
    assert settings.BASE_URL not in found[1]
    return found[1]
