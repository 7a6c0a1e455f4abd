from collections.abc import Callable

from django.test import Client

from consent.ledger.actions import Agreed
from consent.ledger.models import ConsentEvent, ConsentState
from consent.policies.offers import offered
from consent.purposes import ON_CONSENT, Purpose

URL = "/consent/choices/"


def _status(mia: Agreed, purpose: Purpose) -> str:
    return ConsentState.objects.get(person_id=mia.person.pk, purpose=purpose).status


def test_a_stranger_is_led_to_the_agreement(client: Client) -> None:
    assert client.get(URL)["Location"] == f"/consent/?next={URL}"


def test_every_optional_use_has_one_switch_and_all_are_off(mia: Agreed, client_for: Callable[..., Client]) -> None:
    page = client_for(mia).get(URL).content.decode()

    assert page.count('type="checkbox"') == len(offered(1)) == 5
    assert " checked" not in page


def test_what_is_switched_on_is_given_and_the_rest_refused(mia: Agreed, client_for: Callable[..., Client]) -> None:
    client_for(mia).post(URL, {Purpose.CRASH: "on"})

    assert _status(mia, Purpose.CRASH) == "ConsentGiven"
    assert _status(mia, Purpose.IMPROVE) == "ConsentRefused"


def test_switching_off_is_a_withdrawal(mia: Agreed, client_for: Callable[..., Client]) -> None:
    client = client_for(mia)
    client.post(URL, {Purpose.CRASH: "on"})

    client.post(URL, {})

    assert _status(mia, Purpose.CRASH) == "ConsentWithdrawn"


def test_saving_the_same_twice_adds_no_event(mia: Agreed, client_for: Callable[..., Client]) -> None:
    client = client_for(mia)
    client.post(URL, {Purpose.CRASH: "on"})
    before = ConsentEvent.objects.count()

    client.post(URL, {Purpose.CRASH: "on"})

    assert ConsentEvent.objects.count() == before


def test_the_agreement_itself_cannot_be_switched_here(mia: Agreed, client_for: Callable[..., Client]) -> None:
    client_for(mia).post(URL, {"agreement": "on", "px.proof": "on", "p1.provide": "on"})

    given = ConsentState.objects.filter(person_id=mia.person.pk, status="ConsentGiven")
    assert set(given.values_list("purpose", flat=True)) == {"agreement", "p1.mail"}


def test_receipts_are_listed(mia: Agreed, client_for: Callable[..., Client]) -> None:
    act_id = ConsentEvent.objects.filter(person_id=mia.person.pk).first().act_id

    assert f"/consent/receipts/{act_id}.json" in client_for(mia).get(URL).content.decode()


def test_a_browser_s_wish_to_pass_nothing_on_is_shown_recorded_and_told_as_kept(
    mia: Agreed, client_for: Callable[..., Client]
) -> None:
    client = client_for(mia)
    wish = {"Sec-GPC": "1"}

    asked = client.get(URL, headers=wish).content.decode()
    client.post(URL, {Purpose.CRASH: "on"}, headers=wish)
    told = client.get(URL).content.decode()

    assert "Global Privacy Control" in asked
    assert " checked" not in asked
    events = ConsentEvent.objects.filter(person_id=mia.person.pk)
    assert set(events.filter(purpose__in=ON_CONSENT).values_list("gpc", flat=True)) == {True}
    # What somebody switches on themselves, here, is what they want.
    assert _status(mia, Purpose.CRASH) == "ConsentGiven"
    assert told.count("asked to pass nothing on") == events.filter(gpc=True).values("act_id").distinct().count()


def test_without_that_wish_nothing_is_said_of_it(mia: Agreed, client_for: Callable[..., Client]) -> None:
    assert "Global Privacy Control" not in client_for(mia).get(URL).content.decode()
