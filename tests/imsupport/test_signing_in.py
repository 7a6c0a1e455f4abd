import sqlite3
from datetime import timedelta
from typing import Any

from django.test import Client

from imsupport import clock
from imsupport.accounts.models import User
from imsupport.signing_in import FAILED_OF_ACCOUNT, FAILED_OF_NETWORK
from tests.conftest import PASSWORD

URL = "/accounts/login/"


def _try(client: Client, name: str, password: str = "wrong", address: str = "192.0.2.7") -> Any:
    return client.post(URL, {"username": name, "password": password}, REMOTE_ADDR=address)


def test_after_ten_failures_an_account_waits_a_quarter_of_an_hour(ada: User, client: Client) -> None:
    tried = [_try(client, "ada@staff.test").status_code for _ in range(FAILED_OF_ACCOUNT)]
    refused = _try(client, "Ada@Staff.test", PASSWORD, address="198.51.100.9")

    assert set(tried) == {200}
    assert refused.status_code == 429
    assert "One moment, please" in refused.content.decode()
    assert refused["Retry-After"] == "900"
    with clock.set_to(clock.now() + timedelta(minutes=15)):
        assert _try(client, "ada@staff.test", PASSWORD).status_code == 302


def test_others_sign_in_meanwhile(ada: User, grace: User, client: Client) -> None:
    for _ in range(FAILED_OF_ACCOUNT):
        _try(client, "ada@staff.test")

    assert client.get(URL).status_code == 200
    assert _try(client, "grace@staff.test", PASSWORD).status_code == 302


def test_a_network_that_tries_many_accounts_waits_too(ada: User, client: Client) -> None:
    for number in range(FAILED_OF_NETWORK):
        _try(client, f"{number}@staff.test", address=f"192.0.2.{number}")

    assert _try(client, "ada@staff.test", PASSWORD).status_code == 429
    assert _try(client, "ada@staff.test", PASSWORD, address="198.51.100.9").status_code == 302


def test_signing_in_well_counts_nothing(ada: User) -> None:
    for _ in range(FAILED_OF_ACCOUNT + 1):
        assert _try(Client(), "ada@staff.test", PASSWORD).status_code == 302


def test_no_address_and_no_name_is_written_down(ada: User, client: Client, settings: Any) -> None:
    settings.REDIS_URL = ""
    _try(client, "ada@staff.test")

    with sqlite3.connect(settings.BROKER_FILE) as file:
        written = str(file.execute("SELECT * FROM counts").fetchall())
    assert "sign-in:" in written
    assert not any(word in written for word in ("192.0.2", "ada", "staff.test"))
