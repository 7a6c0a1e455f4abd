import html
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from consent.access.models import AccessEvent
from consent.ledger.actions import Agreed, Shown, allow, withdraw_everything
from consent.purposes import OPTIONAL_USES, Purpose
from feedback.dashboards.allowed import SENTENCES
from feedback.intake.actions import Submission, submit_feedback
from feedback.tickets.models import Ticket
from imsupport import clock
from imsupport.accounts.models import User

PAGE = "/manage/consent/allowed/"


@pytest.fixture
def ticket(mia: Agreed) -> Ticket:
    given = Submission(message="The picture freezes.", idempotency_key="k1")
    submit_feedback(given, person_id=mia.person.pk, policy_version=1)
    return Ticket.objects.get(person_id=mia.person.pk)


def _asked(client: Client, ref: str, day: str = "") -> str:
    response = client.get(PAGE, {"ref": ref, "day": day or f"{clock.now():%Y-%m-%d}"})
    return html.unescape(response.content.decode())


def test_every_purpose_is_answered_with_its_reason_and_clause(
    ticket: Ticket, max_: User, client_for: Callable[..., Client]
) -> None:
    page = _asked(client_for(max_), f" {ticket.ref.lower()} ")

    assert page.count('<th scope="row">') == len(Purpose)
    assert page.count("It had not been allowed.") == len(OPTIONAL_USES) + 1
    assert "Agreed to version 1" in page
    assert 'href="/policy/1/#c3-9">Clause 3-9</a>' in page
    assert "freezes" not in page
    [look] = AccessEvent.objects.filter(subject_id=ticket.pk)
    assert (look.act, look.actor_id, look.purpose, look.persons) == ("opened", max_.pk, "px.proof", [ticket.person_id])


def test_a_later_stop_changes_the_answer_of_its_day_and_not_of_the_day_before(
    ticket: Ticket, shown: Shown, mia: Agreed, max_: User, client_for: Callable[..., Client]
) -> None:
    allow(mia.person.pk, [Purpose.CRASH], shown)
    today = f"{clock.now():%Y-%m-%d}"
    with clock.set_to(clock.now() + timedelta(days=2)):
        withdraw_everything(mia.person.pk, shown)

        before = _asked(client_for(max_), ticket.ref, today)
        after = _asked(client_for(max_), ticket.ref)

    assert "It had ended on" not in before
    assert after.count("It had ended on") > before.count("It had ended on")
    assert before.count("✓") > after.count("✓")


def test_before_it_came_there_was_nothing_to_use(ticket: Ticket, max_: User, client_for: Callable[..., Client]) -> None:
    page = _asked(client_for(max_), ticket.ref, f"{clock.now() - timedelta(days=3):%Y-%m-%d}")

    assert "there was nothing of it to use" in page
    assert "<table>" not in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"ref": "IM-0000", "day": "2026-01-01"}, "No ticket has this reference."),
        ({"ref": "", "day": "2026-01-01"}, "This field is required."),
        ({"ref": "IM-0000", "day": "2999-01-01"}, "That day is still to come."),
        ({"ref": "IM-0000", "day": "yesterday"}, "Enter a valid date."),
        ({"ref": "\0", "day": "2026-01-01"}, "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_answered_is_said_and_stays_typed(
    asked: dict[str, str], said: str, max_: User, client_for: Callable[..., Client]
) -> None:
    response = client_for(max_).get(PAGE, asked)

    assert response.status_code == 400
    assert said in html.unescape(response.content.decode())
    if asked["ref"].isprintable():
        assert f'value="{asked["ref"]}"' in response.content.decode() or not asked["ref"]


def test_agents_do_not_see_who_refused_what(ticket: Ticket, ada: User, client_for: Callable[..., Client]) -> None:
    assert client_for(ada).get(PAGE, {"ref": ticket.ref, "day": "2026-01-01"}).status_code == 403


def test_every_reason_has_its_sentence() -> None:
    facts = dict.fromkeys(("version", "given", "ended", "until"), "x")

    assert all(str(sentence) % facts for sentence in SENTENCES.values())
