import json
from collections.abc import Callable

from django.test import Client

from consent.access.models import AccessEvent
from consent.ledger.actions import Agreed
from imsupport import clock
from imsupport.accounts.models import User

URL = "/privacy/"


def _look(act: str, fold: bytes, *persons: Agreed, kind: str = "agent") -> None:
    AccessEvent.objects.create(
        act=act,
        actor_kind=kind,
        actor_id=7,
        purpose="p1.provide",
        place="desk:ticket",
        persons=[who.person.pk for who in persons],
        at=clock.now(),
        fold=fold,
    )


def test_a_stranger_can_still_ask_and_complain(client: Client) -> None:
    response = client.get(URL)

    assert response.status_code == 200
    assert "Ask or complain" in response.content.decode()
    assert "Who looked" not in response.content.decode()


def test_a_person_sees_each_opening_and_their_own_only(
    mia: Agreed, noor: Agreed, client_for: Callable[..., Client]
) -> None:
    _look("opened", b"1", mia)
    _look("opened", b"2", mia)
    _look("opened", b"3", noor)

    page = client_for(mia).get(URL).content.decode()

    assert page.count("A support agent") == 2


def test_lists_are_a_count_a_day(mia: Agreed, noor: Agreed, client_for: Callable[..., Client]) -> None:
    for fold in (b"1", b"2", b"3"):
        _look("listed", fold, noor, mia)
    _look("listed", b"4", noor)

    page = client_for(mia).get(URL).content.decode()

    assert "3 times" in page
    assert "Nobody has opened your messages" in page


def test_ones_own_looks_are_not_told_as_those_of_staff(mia: Agreed, client_for: Callable[..., Client]) -> None:
    _look("opened", b"1", mia, kind="person")

    assert "Nobody has opened your messages" in client_for(mia).get(URL).content.decode()


def test_the_page_is_kept_nowhere(mia: Agreed, client_for: Callable[..., Client]) -> None:
    assert client_for(mia).get(URL)["Cache-Control"] == "no-store"


def test_the_export_holds_what_was_said_and_who_looked(
    mia: Agreed, noor: Agreed, ada: User, client_for: Callable[..., Client]
) -> None:
    _look("opened", b"1", mia)
    _look("listed", b"2", mia, noor)

    response = client_for(mia).get("/privacy/export/")

    told = json.loads(response.content)
    assert response["Content-Disposition"].startswith("attachment")
    assert [event["purpose"] for event in told["consent_events"]] == ["agreement", "p1.mail"]
    assert [(look["by"], look["act"]) for look in told["opened"]] == [("agent", "opened")]
    assert [entry["times"] for entry in told["listed"]] == [1]
    assert str(noor.person.pk) not in response.content.decode()


def test_a_stranger_exports_nothing(client: Client) -> None:
    assert client.get("/privacy/export/").status_code == 404
