import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from consent.policies.models import OperatorFacts
from imsupport import clock

SECURITY = "/.well-known/security.txt"


def _facts(contact: str) -> None:
    OperatorFacts.objects.create(
        **dict.fromkeys(("app_name", "name", "postal_address", "authority", "storage_place", "processors"), "x"),
        contact=contact,
        retention_months=12,
        entered_by="user 1",
        entered_at=clock.now(),
        effective_from=clock.now(),
    )


def test_programs_are_told_that_global_privacy_control_is_honoured(client: Client) -> None:
    response = client.get("/.well-known/gpc.json")

    said = json.loads(response.content)
    assert (response["Content-Type"], said["gpc"]) == ("application/json", True)
    assert datetime.fromisoformat(said["lastUpdate"]) <= datetime.now()


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ("privacy@im.example", "mailto:privacy@im.example"),
        ("https://im.example/security", "https://im.example/security"),
        ("privacy@im.example, +49 30 1234", "http://localhost:8000/policy/"),
    ],
)
def test_who_finds_a_weakness_is_told_where_to_write(
    contact: str, address: str, client_for: Callable[..., Client]
) -> None:
    _facts(contact)

    lines = dict(line.split(": ", 1) for line in client_for().get(SECURITY).content.decode().splitlines())

    assert lines["Contact"] == address
    expires = datetime.fromisoformat(lines["Expires"])
    assert timedelta(days=30) < expires - datetime.now(UTC) < timedelta(days=366)
    assert lines["Canonical"] == f"http://localhost:8000{SECURITY}"


def test_before_the_operator_has_said_who_they_are_there_is_nobody_to_write_to(client: Client) -> None:
    assert client.get(SECURITY).status_code == 404
