import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from consent.ledger.actions import Agreed
from feedback.outbox.models import OutgoingMail
from feedback.portal.suspicions import AN_HOUR_AT_MOST, AN_HOUR_FROM_A_NETWORK, shown_now, suspicions_of
from feedback.tickets.models import Ticket
from imsupport import clock
from imsupport.accounts.models import User

WORDS = {"message": "The ring tone is too loud.", "idempotency_key": "k1"}
PHONE = (
    "Mozilla/5.0 (Linux; Android 10; M2006C3LG) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537"
)


def _fields(page: str, name: str) -> list[str]:
    return re.findall(rf'<input type="checkbox" name="share_{name}" value="on"( checked)?>', page)


def test_what_the_browser_says_is_shown_with_a_switch_each(mia: Agreed, client_for: Callable[..., Client]) -> None:
    page = client_for(mia).get("/feedback/", headers={"User-Agent": PHONE, "Accept-Language": "pt-BR,pt;q=0.9"})

    text = page.content.decode()
    assert "System: Android 10" in text
    assert "Language: pt-BR" in text
    assert _fields(text, "system") == [" checked"]


def test_words_in_the_headers_are_not_offered(mia: Agreed, client_for: Callable[..., Client]) -> None:
    headers = {"User-Agent": PHONE, "Accept-Language": "diabetes", "Sec-CH-UA-Model": '"I am deaf"'}

    text = client_for(mia).get("/feedback/", headers=headers).content.decode()

    assert "diabetes" not in text
    assert "deaf" not in text


def test_a_fact_switched_off_stays_off_through_every_page(client_for: Callable[..., Client]) -> None:
    client = client_for()
    facts = {"device_system": "Android 10", "share_system": "off", "device_brand": "Xiaomi", "share_brand": "on"}

    decision = client.post("/feedback/", {**WORDS, **facts})
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', decision.content.decode()))
    client.post("/feedback/agree/", {**hidden, **WORDS, "decision": "agree"})

    assert "device_system" not in hidden
    assert Ticket.objects.get().device == {"brand": "Xiaomi"}
    again = client.post("/feedback/", {**WORDS, **facts, "message": ""}).content.decode()
    checked = client.post("/feedback/check/", {**WORDS, **facts}).content.decode()
    assert [_fields(page, "system") for page in (again, checked)] == [[""], [""]]


def test_signs_mark_a_ticket_and_never_keep_it_out(mia: Agreed, client_for: Callable[..., Client]) -> None:
    client = client_for(mia)
    with clock.set_to(clock.now() - timedelta(minutes=1)):
        before = shown_now()

    client.post("/feedback/", {**WORDS, "shown_at": before})
    client.post("/feedback/", {**WORDS, "idempotency_key": "k2", "shown_at": shown_now()})
    client.post("/feedback/", {**WORDS, "idempotency_key": "k3", "shown_at": before, "website": "x"})
    for number in range(AN_HOUR_AT_MOST):
        client.post("/feedback/", {**WORDS, "idempotency_key": f"more {number}", "shown_at": before})

    signs = list(Ticket.objects.order_by("id").values_list("suspicions", flat=True))
    assert signs[:3] == [[], ["fast"], ["honeypot"]]
    assert signs[-1] == ["many"]
    assert len(signs) == 3 + AN_HOUR_AT_MOST


@pytest.mark.parametrize(
    ("signs", "mails", "said"),
    [
        ({"website": "x"}, 0, "no code was sent to m•••@people.test"),
        ({"shown_at": "never"}, 1, "type the code we sent there"),
        ({"shown_at": "never", "website": "x"}, 0, "no code was sent to m•••@people.test"),
    ],
)
def test_what_looks_like_a_programs_is_marked_and_mails_nobody(
    signs: dict[str, str], mails: int, said: str, mia: Agreed, ada: User, client_for: Callable[..., Client]
) -> None:
    client = client_for(mia)
    with clock.set_to(clock.now() - timedelta(minutes=1)):
        shown = shown_now()

    page = client.post("/feedback/", {**WORDS, "email": "max@people.test", "shown_at": shown, **signs}, follow=True)

    assert OutgoingMail.objects.count() == mails
    assert said in page.content.decode()
    desk = client_for(ada).get(f"/desk/tickets/{Ticket.objects.get().ref}/").content.decode()
    assert ("a field that people do not see was filled in" in desk) == ("website" in signs)
    assert ("sent sooner than anybody types" in desk) == ("shown_at" in signs)


def test_who_was_not_mailed_for_a_sign_is_asked_by_the_next_message(
    mia: Agreed, client_for: Callable[..., Client]
) -> None:
    with clock.set_to(clock.now() - timedelta(minutes=1)):
        words = {**WORDS, "email": "mia@people.test", "shown_at": shown_now()}

    client_for(mia).post("/feedback/", {**words, "website": "x"})
    client_for(mia).post("/feedback/", {**words, "idempotency_key": "k2"})

    assert OutgoingMail.objects.get().ticket_id == Ticket.objects.latest("pk").pk


def test_a_network_has_a_high_ceiling_and_is_marked_above_it() -> None:
    one = {"website": "", "shown_at": shown_now(), "person_id": None, "email": ""}
    for _ in range(AN_HOUR_FROM_A_NETWORK):
        assert "many from a network" not in suspicions_of(**one, network="192.0.2.0/24")

    assert "many from a network" in suspicions_of(**one, network="192.0.2.0/24")
    assert "many from a network" not in suspicions_of(**one, network="198.51.100.0/24")
