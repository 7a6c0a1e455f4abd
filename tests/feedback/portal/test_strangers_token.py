"""Eve has an account with the app too, and a page that posts her own token from whatever browser opens it."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from consent.ledger.actions import Agreed
from consent.ledger.models import ConsentEvent
from consent.people.models import Identifier, Person
from feedback.outbox.models import OutgoingMail
from feedback.outbox.tasks import dispatch_due
from feedback.portal.models import HostApp
from feedback.tickets.models import Ticket
from tests.feedback.portal.test_entering import _token, host_app  # noqa: F401 - a fixture

EVE = {"name": "Eve", "email": "eve@evil.test"}
FROM_ELSEWHERE = {"origin": "https://evil.test", "sec-fetch-site": "cross-site"}


@pytest.fixture
def tricked(host_app: HostApp, mia: Agreed, client_for: Callable[..., Client]) -> Client:  # noqa: F811
    """Mia's browser, who wrote to us before, after Eve's page posted Eve's token in it."""
    client = client_for(mia)
    client.post("/feedback/", {"message": "Calls drop.", "idempotency_key": "before"})
    client.post("/app/enter/", {"token": _token(host_app, **EVE)}, headers=FROM_ELSEWHERE)
    return client


def test_the_page_says_as_whom_one_writes_where_answers_go_and_how_to_get_out(tricked: Client) -> None:
    page = tricked.get("/feedback/").content.decode()

    assert "You write as Eve." in page
    assert "Answers go to eve@evil.test." in page
    assert "Not you?" in page
    tricked.post("/feedback/not-me/")
    assert "evil.test" not in tricked.get("/feedback/").content.decode()


def test_a_token_makes_nobody_and_changes_no_consent(
    host_app: HostApp,  # noqa: F811
    mia: Agreed,
    client_for: Callable[..., Client],
) -> None:
    before = list(ConsentEvent.objects.values_list("pk")), list(Person.objects.values_list("pk"))
    client, stranger = client_for(mia), client_for()

    for each in (client, stranger):
        each.post("/app/enter/", {"token": _token(host_app, **EVE)}, headers=FROM_ELSEWHERE)

    assert (list(ConsentEvent.objects.values_list("pk")), list(Person.objects.values_list("pk"))) == before
    assert client.cookies[settings.CONSENT_COOKIE].value == mia.signed_token
    assert settings.CONSENT_COOKIE not in stranger.cookies
    assert stranger.get("/feedback/")["Location"].startswith("/consent/")
    assert not Identifier.objects.filter(kind__in=["email", "app"]).exists()


def test_what_is_sent_stays_with_its_person_and_no_link_to_it_leaves(tricked: Client, mia: Agreed) -> None:
    tricked.post("/feedback/", {"message": "My own words.", "email": EVE["email"], "idempotency_key": "k"})
    dispatch_due()

    assert set(Ticket.objects.values_list("person_id", flat=True)) == {mia.person.pk}
    eves = Identifier.objects.get(kind="email")
    assert (eves.is_verified, eves.opens_words) == (False, False)
    [asked] = [letter.body for letter in mail.outbox if EVE["email"] in letter.to]
    assert "/feedback/address/" in asked
    assert "own words" not in asked
    assert not any(ticket.ref in asked for ticket in Ticket.objects.all())
    assert OutgoingMail.objects.count() == 1


def test_who_writes_for_the_first_time_is_taken_at_the_apps_word_and_stays_so(
    host_app: HostApp,  # noqa: F811
    mia: Agreed,
    client_for: Callable[..., Client],
) -> None:
    client = client_for(mia)
    for key in ("first", "second"):
        client.post("/app/enter/", {"token": _token(host_app)})
        client.post("/feedback/", {"message": f"The {key}.", "email": "amal@people.test", "idempotency_key": key})

    assert Identifier.objects.get(kind="email").opens_words
    assert Ticket.objects.count() == 2


def test_her_token_a_second_time_in_another_browser_opens_the_plain_form(
    host_app: HostApp,  # noqa: F811
    mia: Agreed,
    client_for: Callable[..., Client],
) -> None:
    token, client = _token(host_app, **EVE), client_for(mia)
    client_for().post("/app/enter/", {"token": token})

    client.post("/app/enter/", {"token": token}, headers=FROM_ELSEWHERE)

    assert "You write as" not in client.get("/feedback/").content.decode()
