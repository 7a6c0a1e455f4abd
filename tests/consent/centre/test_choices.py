from collections.abc import Callable

from django.test import Client

from consent.ledger.actions import Agreed
from consent.ledger.models import ConsentEvent, ConsentState
from consent.policies.models import PolicyText, PolicyVersion, PurposeInVersion
from consent.policies.offers import offered
from consent.purposes import ON_CONSENT, Purpose
from imsupport import clock

URL = "/consent/choices/"


def _status(mia: Agreed, purpose: Purpose) -> str:
    return ConsentState.objects.get(person_id=mia.person.pk, purpose=purpose).status


def _choose(client: Client, wanted: dict[str, str], headers: dict[str, str] | None = None) -> int:
    """Send the form as its page has it."""
    page = client.get(URL).content.decode()
    evidence = page.split('name="evidence" value="')[1].split('"')[0]
    return client.post(URL, {"evidence": evidence, **wanted}, headers=headers or {}).status_code


def test_a_stranger_is_led_to_the_agreement(client: Client) -> None:
    assert client.get(URL)["Location"] == f"/consent/?next={URL}"


def test_every_optional_use_has_one_switch_and_all_are_off(mia: Agreed, client_for: Callable[..., Client]) -> None:
    page = client_for(mia).get(URL).content.decode()

    assert page.count('type="checkbox"') == len(offered(1)) == 5
    assert " checked" not in page


def test_what_is_switched_on_is_given_and_the_rest_refused(mia: Agreed, client_for: Callable[..., Client]) -> None:
    _choose(client_for(mia), {Purpose.CRASH: "on"})

    assert _status(mia, Purpose.CRASH) == "ConsentGiven"
    assert _status(mia, Purpose.IMPROVE) == "ConsentRefused"


def test_switching_off_is_a_withdrawal(mia: Agreed, client_for: Callable[..., Client]) -> None:
    client = client_for(mia)
    _choose(client, {Purpose.CRASH: "on"})

    _choose(client, {})

    assert _status(mia, Purpose.CRASH) == "ConsentWithdrawn"


def test_saving_the_same_twice_adds_no_event(mia: Agreed, client_for: Callable[..., Client]) -> None:
    client = client_for(mia)
    _choose(client, {Purpose.CRASH: "on"})
    before = ConsentEvent.objects.count()

    _choose(client, {Purpose.CRASH: "on"})

    assert ConsentEvent.objects.count() == before


def test_the_agreement_itself_cannot_be_switched_here(mia: Agreed, client_for: Callable[..., Client]) -> None:
    _choose(client_for(mia), {"agreement": "on", "px.proof": "on", "p1.provide": "on"})

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
    _choose(client, {Purpose.CRASH: "on"}, headers=wish)
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


def test_what_was_shown_under_other_words_is_asked_once_more_and_nothing_is_recorded(
    mia: Agreed, client_for: Callable[..., Client]
) -> None:
    client = client_for(mia)
    old = client.get(URL).content.decode().split('name="evidence" value="')[1].split('"')[0]
    before = ConsentEvent.objects.count()
    now = clock.now()
    version = PolicyVersion.objects.create(number=2, announced_at=now, effective_from=now)
    PolicyText.objects.create(version=version, language="en", body="New", sha256="", is_authoritative=True)
    PurposeInVersion.objects.create(version=version, purpose=Purpose.IMPROVE, sentence="We sell it to all.")

    responses = [client.post(URL, {"evidence": evidence, Purpose.IMPROVE: "on"}) for evidence in (old, "", "x")]

    for response in responses:
        page = response.content.decode()
        assert response.status_code == 400
        assert "Please decide once more" in page
        assert "We sell it to all." in page
        assert " checked" not in page
    assert ConsentEvent.objects.count() == before
    assert _choose(client, {Purpose.IMPROVE: "on"}) == 302
