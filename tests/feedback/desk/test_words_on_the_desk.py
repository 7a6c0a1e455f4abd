from collections.abc import Callable

import pytest
from django.test import Client

from consent.ledger.actions import Agreed, Shown, allow
from consent.ledger.models import Status
from consent.ledger.states import said
from consent.purposes import Purpose, title_of
from feedback.tickets.models import Ticket
from imsupport.accounts.models import User


@pytest.mark.parametrize("purpose", list(Purpose))
def test_every_purpose_has_words(purpose: Purpose) -> None:
    assert title_of(purpose) != str(purpose)
    assert "." not in title_of(purpose)


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_words_for_the_agreement_and_for_an_option(status: Status) -> None:
    assert "Consent" not in said(Purpose.AGREEMENT, status)
    assert "Consent" not in said(Purpose.IMPROVE, status)


def test_the_facts_of_a_ticket_are_words_not_codes(
    mia: Agreed, ada: User, shown: Shown, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    allow(mia.person.pk, [Purpose.CRASH], shown)
    ticket = write(mia, needs=("captions",), device={"app_version": "4.2.1", "network": "wifi"})

    page = client_for(ada).get(f"/desk/tickets/{ticket.ref}/").content.decode()

    for words in ("I need captions", "App version", "Wi-Fi", "The agreement"):
        assert words in page
    for code in ("app_version", "p1.provide", "p7.crash", "ConsentGiven", ">captions<"):
        assert code not in page


def test_people_read_what_they_said_in_words(mia: Agreed, shown: Shown, client_for: Callable[..., Client]) -> None:
    allow(mia.person.pk, [Purpose.CRASH], shown)

    page = client_for(mia).get("/privacy/").content.decode()

    assert "The agreement: agreed" in page
    assert "Find the causes of crashes: switched on" in page
    assert "p7.crash" not in page
