"""Mail to one address is stopped from the mail program, by one press (RFC 8058)."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client

from consent.ledger.actions import Agreed
from consent.ledger.models import ConsentEvent, ConsentState
from consent.people.actions import drop_identifiers, keep_identifier
from consent.people.confirmation import link_token_for
from consent.people.models import Identifier
from consent.sealing.actions import make_data_keys
from feedback.outbox import delivery, letters
from feedback.outbox.actions import Posting, enqueue
from feedback.outbox.models import OutgoingMail
from imsupport import clock
from imsupport.ids import new_id
from tests.feedback.outbox import post_office

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(settings, "EMAIL_BACKEND", "tests.feedback.outbox.post_office.Backend")
    yield
    post_office.taken.clear()


def _address(someone: Agreed, value: str) -> Identifier:
    kind = Identifier.Kind.EMAIL
    return keep_identifier(
        person_id=someone.person.pk, kind=kind, value=value, policy_version=1, verified_at=clock.now()
    )


def _write(someone: Agreed, address: Identifier) -> OutgoingMail:
    letter = letters.answer(ref="IM-7K3QX2M", link="https://help.example/f/t/", words="Restart it.", language="en")
    [key] = make_data_keys(someone.person.pk)
    return enqueue(letter, posting=Posting(someone.person.pk, 1, address, new_id(), new_id()), key=key)


def _state(someone: Agreed) -> str:
    return ConsentState.objects.get(person_id=someone.person.pk, purpose="p1.mail").status


def _stop(address: Identifier, **fields: str) -> int:
    # As a mail provider posts it: from nowhere, with no cookie and no token of a form.
    client = Client(enforce_csrf_checks=True)
    return client.post(f"/feedback/address/{link_token_for(address.pk)}/stop/", fields or ONE_CLICK).status_code


def test_each_mail_offers_it_in_its_headers(mia: Agreed, office: None) -> None:
    address = _address(mia, "mia@example.org")
    _write(mia, address)

    delivery.deliver_due()

    [message] = post_office.taken
    headers = message.extra_headers
    assert headers["List-Unsubscribe"] == f"<{settings.BASE_URL}/feedback/address/{link_token_for(address.pk)}/stop/>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_one_press_stops_what_waits_and_what_comes_and_says_so_in_the_ledger(mia: Agreed, office: None) -> None:
    address = _address(mia, "mia@example.org")
    waiting = _write(mia, address)

    assert _stop(address) == 200
    later = _write(mia, Identifier.objects.get(pk=address.pk))
    delivery.deliver_due()

    assert post_office.taken == []
    assert _state(mia) == "ConsentWithdrawn"
    event = ConsentEvent.objects.filter(person_id=mia.person.pk).latest("seq")
    assert (event.channel, event.indicated_by, event.purpose) == ("email", "list-unsubscribe", "p1.mail")
    for mail in (waiting, later):
        mail.refresh_from_db()
        assert (mail.state, mail.letter) == (OutgoingMail.State.CANCELLED, None)


def test_it_stops_that_address_only_and_for_everybody_who_gave_it(mia: Agreed, noor: Agreed, office: None) -> None:
    stopped, other = _address(mia, "mia@example.org"), _address(mia, "mia@work.example")
    shared = _address(noor, "mia@example.org")

    assert _stop(stopped) == 200
    for someone, address in ((mia, stopped), (mia, other), (noor, shared)):
        _write(someone, Identifier.objects.get(pk=address.pk))
    delivery.deliver_due()

    assert [message.to for message in post_office.taken] == [["mia@work.example"]]
    assert (_state(mia), _state(noor)) == ("ConsentGiven", "ConsentWithdrawn")


def _ask(someone: Agreed, address: Identifier) -> OutgoingMail:
    letter = letters.ask_if_written(code="123456", link="https://x.test/", written_at=clock.now(), language="en")
    [key] = make_data_keys(someone.person.pk)
    return enqueue(letter, posting=Posting(someone.person.pk, 1, address, new_id(), new_id()), key=key)


def _typed_in(someone: Agreed) -> Identifier:
    kind = Identifier.Kind.EMAIL
    return keep_identifier(person_id=someone.person.pk, kind=kind, value="mia@example.org", policy_version=1)


def test_whoever_gives_the_address_later_brings_no_mail_there(mia: Agreed, noor: Agreed, office: None) -> None:
    _stop(_address(mia, "mia@example.org"))

    _ask(noor, _typed_in(noor))
    delivery.deliver_due()

    assert post_office.taken == []


def test_nobody_who_merely_typed_the_address_in_switches_mail_to_it_on(
    mia: Agreed, noor: Agreed, office: None, client_for: Callable[..., Client]
) -> None:
    typed_in = _typed_in(noor)
    _stop(_address(mia, "mia@example.org"))

    client_for(noor).post("/consent/withdraw/mail/undo/")
    _ask(noor, Identifier.objects.get(pk=typed_in.pk))
    delivery.deliver_due()

    assert post_office.taken == []


def test_the_stop_outlives_the_row_of_the_address(mia: Agreed, noor: Agreed, office: None) -> None:
    _stop(_address(mia, "mia@example.org"))
    drop_identifiers(Identifier.objects.filter(person_id=mia.person.pk))

    _ask(noor, _typed_in(noor))
    delivery.deliver_due()

    assert post_office.taken == []


def test_asking_twice_is_one_event_and_a_look_stops_nothing(mia: Agreed, client: Client) -> None:
    address = _address(mia, "mia@example.org")
    page = client.get(f"/feedback/address/{link_token_for(address.pk)}/stop/").content.decode()
    before = ConsentEvent.objects.count()

    assert "<h1>Stop e-mails to this address</h1>" in page
    assert _state(mia) == "ConsentGiven"
    assert [_stop(address), _stop(address, pressed="yes")] == [200, 200]
    assert ConsentEvent.objects.count() == before + 1


def test_nobody_without_the_link_stops_anything(mia: Agreed) -> None:
    address = _address(mia, "mia@example.org")
    forged = link_token_for(address.pk)[:-1] + ("A" if link_token_for(address.pk)[-1] != "A" else "B")

    assert Client().post(f"/feedback/address/{forged}/stop/", ONE_CLICK).status_code == 404
    assert _state(mia) == "ConsentGiven"


def test_the_switch_turns_mail_to_it_on_again(mia: Agreed, office: None, client_for: Callable[..., Client]) -> None:
    address = _address(mia, "mia@example.org")
    _stop(address)

    client_for(mia).post("/consent/withdraw/mail/undo/")
    _write(mia, Identifier.objects.get(pk=address.pk))
    delivery.deliver_due()

    assert _state(mia) == "ConsentGiven"
    assert len(post_office.taken) == 1
