"""The cast: Mia and Noor write to us, Ada and Grace answer, Max manages, Root administers, Eve is a stranger."""

import secrets
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from consent.centre import agreement
from consent.disclosures import addresses, client
from consent.disclosures.models import Recipient
from consent.ledger.actions import Agreed, Shown, agree
from consent.ledger.models import Channel
from consent.policies.notices import Notice
from feedback.tickets.models import Team
from imsupport import clock
from imsupport.accounts.models import User
from tests.receiving import HOST, Receiving

PASSWORD = "correct horse battery"
_OTHER_ENGINES = {"sqlite3": "postgresql", "postgresql": "sqlite"}
collect_ignore = [f"engines/{_OTHER_ENGINES[settings.DATABASES['default']['ENGINE'].rsplit('.', 1)[-1]]}"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if not {"stripping", "journeys"}.intersection(item.path.parts):
            item.add_marker(pytest.mark.django_db(databases="__all__"))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what the large proofs tell of themselves, such as the seed by which a run can be repeated."""
    for report in terminalreporter.getreports("passed"):
        for name, told in report.user_properties:
            if name == "told":
                terminalreporter.write_line(told)


@pytest.fixture(autouse=True)
def _edges(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.BROKER_FILE = tmp_path / "broker.sqlite3"
    cache.clear()
    # Ids of rows that a test rolled back come again.
    agreement._rendered.cache_clear()
    # Each test counts for itself, also beside others that share its Redis.
    monkeypatch.setattr("imsupport.counts.PREFIX", f"count:{secrets.token_hex(8)}:")
    # A test that moves the clock ahead would leave later ones with ids from the future.
    monkeypatch.setattr("imsupport.ids._last", 0)


@pytest.fixture
def notice() -> Notice:
    return Notice(version=1, language="en", body=b"<p>Before you write to us</p>")


@pytest.fixture
def shown(notice: Notice) -> Shown:
    return Shown(notice, Channel.WEB, "button:agree")


@pytest.fixture
def mia(shown: Shown) -> Agreed:
    return agree(shown)


@pytest.fixture
def noor(shown: Shown) -> Agreed:
    return agree(shown)


def _staff(name: str, role: str) -> User:
    user = User.objects.create_user(f"{name.lower()}@staff.test", name=name, role=role, password=PASSWORD)
    user.acknowledged_undertaking = settings.UNDERTAKING_VERSION
    user.save()
    return user


@pytest.fixture
def ada() -> User:
    user = _staff("Ada", "agent")
    Team.objects.get_or_create(name="Calls")[0].members.add(user)
    return user


@pytest.fixture
def grace() -> User:
    user = _staff("Grace", "agent")
    Team.objects.get_or_create(name="Accounts")[0].members.add(user)
    return user


@pytest.fixture
def max_() -> User:
    return _staff("Max", "manager")


@pytest.fixture
def root() -> User:
    return _staff("Root", "admin")


@pytest.fixture
def client_for() -> Callable[[Agreed | User | None], Client]:
    def make(who: Agreed | User | None = None) -> Client:
        client = Client()
        if isinstance(who, Agreed):
            client.cookies[settings.CONSENT_COOKIE] = who.signed_token
        elif who is not None:
            client.force_login(who)
        return client

    return make


@pytest.fixture
def receiving(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiving]:
    """A third party on this machine, as if it stood elsewhere: its name leads here, and here counts as the open net."""
    server = Receiving(tmp_path)
    look_up = socket.getaddrinfo

    def found(host: str, *args: Any, **kwargs: Any) -> Any:
        return look_up("127.0.0.1" if host == HOST else host, *args, **kwargs)

    monkeypatch.setattr(client.socket, "getaddrinfo", found)
    monkeypatch.setattr(client, "is_public", lambda address: address == "127.0.0.1" or addresses.is_public(address))
    monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
    yield server
    server.close()


@pytest.fixture
def carrier(receiving: Receiving) -> Recipient:
    return Recipient.objects.create(
        slug="carrier",
        name="Acme Carrier",
        what_for="They run the lines that your calls go over, and look why one broke.",
        kept="30 days",
        place="Germany",
        contact="privacy@acme.test",
        parts=["message", "device"],
        url=receiving.url,
        entered_by="user 1",
        entered_at=clock.now(),
        confirmed_by="user 2",
        effective_from=clock.now(),
    )
