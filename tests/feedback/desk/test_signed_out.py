"""A session that ended takes nobody's words, and a plain visit before the sign-in is no alarm."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from consent.access.models import GateDenial
from consent.ledger.actions import Agreed
from feedback.tickets.models import Message, Ticket

OURS = "http://testserver"


def _send(ticket: Ticket, origin: str) -> Any:
    page = f"/desk/tickets/{ticket.ref}/"
    given = {"words": "Half an hour's </textarea><b>words", "idempotency_key": "one"}
    return Client().post(f"{page}answer/", given, headers={"Origin": origin, "Referer": OURS + page})


def test_words_sent_after_the_session_ended_go_back_to_their_writer(mia: Agreed, write: Callable[..., Ticket]) -> None:
    ticket = write(mia)

    response = _send(ticket, OURS)

    page = response.content.decode()
    assert response.status_code == 403
    assert "You were signed out; nothing was sent" in page
    assert "Half an hour&#x27;s &lt;/textarea&gt;&lt;b&gt;words</textarea>" in page
    assert f"/accounts/login/?next=%2Fdesk%2Ftickets%2F{ticket.ref}%2F" in page
    assert Message.objects.filter(kind="answer").count() == 0


def test_words_of_a_page_elsewhere_are_not_shown(mia: Agreed, write: Callable[..., Ticket]) -> None:
    response = _send(write(mia), "https://elsewhere.test")

    assert response.status_code == 403
    assert b"Half an hour" not in response.content


@pytest.mark.parametrize("path", ["/desk/", "/desk/changes/", "/manage/operator/"])
def test_a_visit_that_is_answered_by_the_sign_in_is_no_denial(db: None, path: str) -> None:
    assert Client().get(path).status_code == 302
    assert GateDenial.objects.count() == 0


def test_a_form_sent_by_nobody_signed_in_is_a_denial(db: None) -> None:
    Client().post("/desk/tickets/IM-AAAAAAA/answer/", {"words": "x"})

    assert GateDenial.objects.count() == 1
