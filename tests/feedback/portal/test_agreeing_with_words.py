from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from consent.centre.agreement import notice_for
from consent.ledger.actions import Agreed, Shown, agree
from consent.ledger.models import ConsentEvent
from consent.people.models import Person
from feedback.intake.actions import Submission
from feedback.portal.actions import agree_and_submit
from feedback.tickets.models import Ticket

WORDS = {"message": "The ring tone is too loud.", "idempotency_key": "k1"}


def _decide(client: Client, decision: str, **more: str) -> Any:
    return client.post(
        "/feedback/agree/", {**WORDS, "decision": decision, "evidence": notice_for("en").evidence, **more}
    )


def test_refusing_below_the_words_offers_its_receipt_once(client: Client) -> None:
    page = _decide(client, "refuse").content.decode()

    assert "Your receipt, shown only now" in page
    assert "ring tone" not in page
    assert ConsentEvent.objects.get().indicated_by == "button:refuse with words"
    assert not Ticket.objects.exists()


def test_agreement_and_words_are_kept_together_or_not_at_all(shown: Shown) -> None:
    class Broken(Exception):
        pass

    def agree_and_break() -> Agreed:
        agree(shown)
        raise Broken

    with pytest.raises(Broken):
        agree_and_submit(Submission(message="Louder.", idempotency_key="k"), agree_and_break)

    assert ConsentEvent.objects.count() == Person.objects.count() == Ticket.objects.count() == 0


def test_words_that_cannot_be_kept_leave_no_agreement_behind(shown: Shown) -> None:
    unkeepable = Submission(message="Louder.", idempotency_key="k", files=("not a file",))  # type: ignore[arg-type]

    with pytest.raises(AttributeError):
        agree_and_submit(unkeepable, lambda: agree(shown))

    assert ConsentEvent.objects.count() == Person.objects.count() == Ticket.objects.count() == 0


def test_words_that_are_not_right_yet_keep_the_agreement_alone(client: Client) -> None:
    response = _decide(client, "agree", message="")

    assert response.status_code == 400
    assert ConsentEvent.objects.count() == 2
    assert not Ticket.objects.exists()


def test_who_agreed_before_agrees_again_with_words(mia: Agreed, client_for: Callable[..., Client]) -> None:
    response = _decide(client_for(mia), "agree")

    assert response.status_code == 302
    assert Ticket.objects.get().person_id == mia.person.pk
    assert Person.objects.count() == 1
