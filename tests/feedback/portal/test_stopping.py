import re
from collections.abc import Callable

import pytest
from django.test import Client

from consent.ledger.actions import Agreed
from consent.ledger.queries import has_stopped_mail
from feedback.intake.actions import Submission, submit_feedback
from feedback.outbox.models import OutgoingMail
from feedback.tickets.models import Ticket
from feedback.tickets.queries import counts_for
from feedback.tickets.references import token_for
from imsupport.accounts.models import User


def _ticket(mia: Agreed) -> Ticket:
    submission = Submission(
        message="Calls drop.", idempotency_key="k", email="mia@example.org", is_address_verified=True
    )
    return submit_feedback(submission, person_id=mia.person.pk, policy_version=1).ticket


def test_stopping_everything_takes_one_press_and_hides_the_ticket(
    mia: Agreed, ada: User, client_for: Callable[..., Client]
) -> None:
    ticket = _ticket(mia)
    assert counts_for(ada.pk)["open"] == 1

    client_for(mia).post("/consent/withdraw/everything/")

    assert client_for(ada).get(f"/desk/tickets/{ticket.ref}/").status_code == 404
    assert ticket.ref not in client_for(ada).get("/desk/").content.decode()
    assert counts_for(ada.pk)["open"] == 0
    assert OutgoingMail.objects.get().state == OutgoingMail.State.CANCELLED


def test_stopping_mail_leaves_the_ticket(mia: Agreed, ada: User, client_for: Callable[..., Client]) -> None:
    ticket = _ticket(mia)

    client_for(mia).post("/consent/withdraw/mail/")

    assert OutgoingMail.objects.get().state == OutgoingMail.State.CANCELLED
    assert client_for(ada).get(f"/desk/tickets/{ticket.ref}/").status_code == 200


def test_looking_at_the_page_stops_nothing(mia: Agreed, client_for: Callable[..., Client]) -> None:
    _ticket(mia)

    response = client_for(mia).get("/consent/withdraw/")

    assert "Answer it first" in response.content.decode()
    assert OutgoingMail.objects.get().state == OutgoingMail.State.DUE


def test_answer_first_keeps_the_ticket_until_then(mia: Agreed, client_for: Callable[..., Client]) -> None:
    ticket = _ticket(mia)

    client_for(mia).post("/consent/withdraw/after-answer/")

    ticket.refresh_from_db()
    assert ticket.stops_when_answered


@pytest.mark.parametrize(
    ("kind", "said"),
    [("mail", "E-mails stopped at"), ("optional", "The optional uses stopped at"), ("everything", "no one can open")],
)
def test_each_stop_says_what_stopped(kind: str, said: str, mia: Agreed, client_for: Callable[..., Client]) -> None:
    page = client_for(mia).post(f"/consent/withdraw/{kind}/", follow=True).content.decode()

    assert said in page


def test_the_three_stops_are_told_apart_by_words_and_by_sight(mia: Agreed, client_for: Callable[..., Client]) -> None:
    page = client_for(mia).get("/consent/withdraw/").content.decode()

    buttons = re.findall(r'<button(?P<look>[^>]*) aria-describedby="(\w+)">(Stop [^<]+)</button>', page)
    told = [re.search(f'id="{about}">([^<]+)<', page) for _look, about, _name in buttons]
    assert [name for _look, _about, name in buttons] == ["Stop e-mails", "Stop the optional uses", "Stop everything"]
    assert len({found[1] for found in told if found}) == 3
    assert ["plain" in look for look, _about, _name in buttons] == [True, True, False]


def test_without_cookies_the_link_of_a_message_stops_mail(mia: Agreed, client: Client) -> None:
    ticket = _ticket(mia)
    link = f"/feedback/{token_for(ticket.pk, ticket.token_generation)}/"

    after = client.post(re.findall(rf'action="({link}stop/mail/)"', client.get(link).content.decode())[0], follow=True)

    assert OutgoingMail.objects.get().state == OutgoingMail.State.CANCELLED
    assert "E-mails are stopped" in after.content.decode()
    assert "Calls drop." in after.content.decode()


def test_without_cookies_the_link_of_a_message_stops_everything(
    mia: Agreed, ada: User, client: Client, client_for: Callable[..., Client]
) -> None:
    ticket = _ticket(mia)
    link = f"/feedback/{token_for(ticket.pk, ticket.token_generation)}/"

    page = client.get(link).content.decode()
    stopped = client.post(re.findall(rf'action="({link}stop/everything/)"', page)[0])

    assert "Everything is stopped" in stopped.content.decode()
    assert client_for(ada).get(f"/desk/tickets/{ticket.ref}/").status_code == 404
    assert client.get(link).status_code == 404


def test_who_has_the_cookie_stops_on_the_page_for_it_and_others_are_told_where(
    mia: Agreed, noor: Agreed, client: Client, client_for: Callable[..., Client]
) -> None:
    ticket = _ticket(mia)
    link = f"/feedback/{token_for(ticket.pk, ticket.token_generation)}/"

    assert "Stop everything" not in client_for(mia).get(link).content.decode()
    assert "Stop everything" in client_for(noor).get(link).content.decode()
    assert client.get(f"{link}stop/everything/").status_code == 405
    assert "Open your message by its link" in client.get("/consent/withdraw/").content.decode()


def _agree_again(client: Client) -> None:
    evidence = client.get("/consent/").context["notice"].evidence
    client.post("/consent/", {"decision": "agree", "evidence": evidence})


def test_e_mails_that_were_stopped_alone_come_back_by_their_own_switch_only(
    mia: Agreed, client_for: Callable[..., Client]
) -> None:
    client = client_for(mia)
    client.post("/consent/withdraw/mail/")

    _agree_again(client)
    assert has_stopped_mail(mia.person.pk)
    client.post("/consent/withdraw/everything/")
    _agree_again(client)
    assert has_stopped_mail(mia.person.pk)
    page = client.post("/consent/withdraw/mail/undo/", follow=True).content.decode()

    assert not has_stopped_mail(mia.person.pk)
    assert "E-mails are on again" in page
    assert "Stop e-mails" in page
    assert "Send me e-mails again" not in page


def test_who_stopped_everything_and_agrees_again_is_mailed_as_before(
    mia: Agreed, client_for: Callable[..., Client]
) -> None:
    client = client_for(mia)
    client.post("/consent/withdraw/everything/")

    _agree_again(client)

    assert not has_stopped_mail(mia.person.pk)


def test_stopped_e_mails_stay_stopped_for_what_is_handed_in_again(
    mia: Agreed, client_for: Callable[..., Client]
) -> None:
    _ticket(mia)
    client = client_for(mia)
    client.post("/consent/withdraw/mail/")
    client.post("/consent/withdraw/everything/")
    evidence = client.get("/consent/withdraw/").context["notice"].evidence

    client.post("/consent/withdraw/again/", {"evidence": evidence})

    assert Ticket.objects.filter(erased_at=None).count() == 1
    assert has_stopped_mail(mia.person.pk)


def test_e_mails_are_not_switched_on_without_the_agreement(mia: Agreed, client_for: Callable[..., Client]) -> None:
    client = client_for(mia)
    client.post("/consent/withdraw/everything/")

    client.post("/consent/withdraw/mail/undo/")

    assert has_stopped_mail(mia.person.pk)
    assert "Send me e-mails again" not in client.get("/consent/withdraw/").content.decode()


def test_refusing_after_agreeing_says_what_still_stands_and_where_to_stop(
    mia: Agreed, client: Client, client_for: Callable[..., Client]
) -> None:
    def refuse(by: Client) -> str:
        evidence = by.get("/consent/").context["notice"].evidence
        return by.post("/consent/", {"decision": "refuse", "evidence": evidence}).content.decode()

    known, stranger = refuse(client_for(mia)), refuse(client)

    assert "still stands" in known
    assert "/consent/withdraw/" in known
    assert "still stands" not in stranger
    assert "We kept nothing you wrote" in stranger
