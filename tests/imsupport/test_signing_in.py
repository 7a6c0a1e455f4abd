import io
import re
import sqlite3
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from imsupport import clock
from imsupport.accounts.models import User
from imsupport.signing_in import FAILED_OF_ACCOUNT, FAILED_OF_NETWORK, KNOWN_BROWSER_COOKIE
from tests.conftest import PASSWORD

URL = "/accounts/login/"


def _try(client: Client, name: str, password: str = "wrong", address: str = "192.0.2.7") -> Any:
    return client.post(URL, {"username": name, "password": password}, REMOTE_ADDR=address)


def test_after_ten_failures_an_account_waits_a_quarter_of_an_hour(ada: User, client: Client) -> None:
    tried = [_try(client, "ada@staff.test").status_code for _ in range(FAILED_OF_ACCOUNT)]
    refused = _try(client, "Ada@Staff.test", PASSWORD, address="198.51.100.9")

    assert set(tried) == {200}
    assert refused.status_code == 429
    assert "Too many attempts have failed" in refused.content.decode()
    assert 'value="Ada@Staff.test"' in refused.content.decode()
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


def test_nobody_is_locked_out_of_the_browser_they_work_with(ada: User, client: Client) -> None:
    own = Client()
    _try(own, "ada@staff.test", PASSWORD)
    own.post("/accounts/logout/")

    for _ in range(FAILED_OF_ACCOUNT + 1):
        _try(client, "ada@staff.test")

    assert _try(Client(), "ada@staff.test", PASSWORD).status_code == 429
    assert _try(own, "ADA@staff.test", PASSWORD).status_code == 302


def test_a_known_browser_waits_by_itself_and_only_for_its_own_account(ada: User, grace: User) -> None:
    own = Client()
    _try(own, "ada@staff.test", PASSWORD)
    own.post("/accounts/logout/")

    for _ in range(FAILED_OF_ACCOUNT):
        assert _try(own, "ada@staff.test").status_code == 200

    assert _try(own, "ada@staff.test", PASSWORD).status_code == 429
    assert _try(Client(), "ada@staff.test", PASSWORD).status_code == 302
    for _ in range(FAILED_OF_ACCOUNT):
        _try(own, "grace@staff.test")
    assert _try(Client(), "grace@staff.test", PASSWORD).status_code == 429


def test_a_new_link_lets_in_at_once(ada: User, client: Client) -> None:
    for _ in range(FAILED_OF_ACCOUNT):
        _try(Client(), "ada@staff.test")
    said = io.StringIO()
    call_command("staff", "reset", "ada@staff.test", stdout=said)
    link = said.getvalue().strip().removeprefix(settings.BASE_URL)

    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, {"new_password1": PASSWORD, "new_password2": PASSWORD})

    assert _try(client, "ada@staff.test", PASSWORD).status_code == 302


def test_another_account_or_a_forged_cookie_makes_no_browser_known(ada: User, grace: User) -> None:
    for _ in range(FAILED_OF_ACCOUNT):
        _try(Client(), "ada@staff.test")
    graces, forged = Client(), Client()
    _try(graces, "grace@staff.test", PASSWORD)
    forged.cookies[KNOWN_BROWSER_COOKIE] = graces.cookies[KNOWN_BROWSER_COOKIE].value[:-1] + "_"

    assert _try(graces, "ada@staff.test", PASSWORD).status_code == 429
    assert _try(forged, "ada@staff.test", PASSWORD).status_code == 429


@pytest.mark.parametrize(
    "name", ["", " ", "\x00", "a\x00b", "x" * 5000, "%", "_" * 40, "ada@staff.test\u202e", "é" * 300]
)
def test_an_odd_name_is_a_failed_attempt_like_any_other(ada: User, client: Client, name: str) -> None:
    assert _try(client, name, PASSWORD).status_code == 200


def test_whether_an_account_exists_is_not_told(ada: User) -> None:
    def told(name: str) -> tuple[int, str]:
        response = _try(Client(), name)
        page = response.content.decode().replace(name, "")
        return response.status_code, re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)

    for _ in range(FAILED_OF_ACCOUNT + 1):
        known, unknown = told("ada@staff.test"), told("eve@staff.test")
        assert known == unknown


@pytest.mark.parametrize("method", ["head", "get", "options", "put"])
def test_only_a_post_signs_in_or_counts(ada: User, client: Client, method: str) -> None:
    given = {"username": "ada@staff.test", "password": PASSWORD}
    for _ in range(FAILED_OF_ACCOUNT + 1):
        getattr(client, method)(URL, given)

    assert settings.SESSION_COOKIE_NAME not in client.cookies
    assert _try(Client(), "ada@staff.test", PASSWORD).status_code == 302


def test_signing_in_well_counts_nothing(ada: User) -> None:
    for _ in range(FAILED_OF_ACCOUNT + 1):
        assert _try(Client(), "ada@staff.test", PASSWORD).status_code == 302


def test_no_address_and_no_name_is_written_down(ada: User, client: Client, settings: Any) -> None:
    settings.REDIS_URL = ""
    _try(client, "ada@staff.test")

    with sqlite3.connect(settings.BROKER_FILE) as file:
        written = str(file.execute("SELECT * FROM counts").fetchall())
    assert "sign-in:" in written
    assert not any(word in written for word in ("192.0.2", "ada@", "staff.test"))  # "ada" may stand in a hash
