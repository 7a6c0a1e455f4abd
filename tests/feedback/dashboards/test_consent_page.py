import csv
import io
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consent.access.models import GateDenial
from consent.ledger.actions import Agreed, Shown, agree, allow, refuse
from consent.ledger.models import LedgerHead
from consent.ledger.tasks import sign_head
from consent.purposes import Purpose
from feedback.dashboards.queries import mail
from feedback.dashboards.views import CHARTS
from feedback.dashboards.windows import Window
from feedback.intake.actions import Submission, submit_feedback
from feedback.outbox.models import OutgoingMail
from feedback.tickets.models import StripCount
from imsupport import clock
from imsupport.accounts.models import User

PAGE = "/manage/consent/"
NAMES = sorted(CHARTS)


def _text(response: Any) -> str:
    return response.content.decode()


def _write(who: Agreed, number: int) -> None:
    given = Submission(
        message="I have diabetes. The picture freezes.",
        idempotency_key=f"k{number}",
        email="mia@people.test",
        is_address_verified=True,
    )
    submit_feedback(given, person_id=who.person.pk, policy_version=1)


def _live(shown: Shown, times: int) -> None:
    for number in range(times):
        person = agree(shown)
        allow(person.person.pk, [Purpose.CRASH], shown)
        refuse(shown)
        _write(person, number)
    GateDenial.objects.create(day=clock.now().date(), route="portal:form", reason="agreed", denied=times)


def _tomorrow() -> AbstractContextManager[None]:
    """Look a day later: what is told of people is told of days that are over."""
    return clock.set_to(clock.now() + timedelta(days=1))


def _rows(client: Client, key: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(_text(client.get(f"{PAGE}{key}.csv")))))


@pytest.mark.parametrize("times", [0, 1, 12])
def test_every_chart_draws_with_none_one_and_many(
    times: int, max_: User, shown: Shown, client_for: Callable[..., Client]
) -> None:
    _live(shown, times)

    page = _text(client_for(max_).get(PAGE))

    assert page.count("<figure") == len(NAMES)
    assert page.count("<details") == len(NAMES)
    assert all(f'id="{key}"' in page and f"{PAGE}{key}.csv" in page for key in NAMES)
    assert "style=" not in page
    assert not re.search(r' (?:x|y|width|height)="(?:nan|None|-)', page)


def test_a_page_of_twelve_says_so_in_words(max_: User, shown: Shown, client_for: Callable[..., Client]) -> None:
    _live(shown, 12)

    with _tomorrow():
        page = _text(client_for(max_).get(PAGE))

    for words in ("About 10 agreed and 10 refused", "12 tickets wait for us", "Left out most: health, about 10 times"):
        assert words in page
    for words in ("“Find the causes of crashes” is switched on most", "The form (no agreement)"):
        assert words in page
    for code in ("ConsentGiven", "p7.crash", "portal:form", "sex_life"):
        assert code not in page


def test_the_page_asks_as_often_for_few_as_for_many(
    max_: User, shown: Shown, client_for: Callable[..., Client]
) -> None:
    client, asked = client_for(max_), []
    for times in (1, 9):
        _live_again(shown, times)
        with CaptureQueriesContext(connections["default"]) as rows, CaptureQueriesContext(connections["keys"]) as keys:
            client.get(PAGE)
        asked.append(len(rows) + len(keys))

    assert asked[0] == asked[1] <= 22


def _live_again(shown: Shown, times: int) -> None:
    for number in range(times):
        _write(agree(shown), number)


def test_no_question_reads_the_tables_of_tickets(max_: User, client_for: Callable[..., Client]) -> None:
    client = client_for(max_)

    with CaptureQueriesContext(connections["default"]) as rows:
        client.get(PAGE)

    asked = " ".join(query["sql"] for query in rows.captured_queries)
    assert not any(f'"{table}"' in asked for table in ("feedback_ticket", "feedback_message", "feedback_event"))


@pytest.mark.parametrize(("who", "status"), [("ada", 403), ("root", 403), ("max_", 200), ("mia", 302), ("noor", 302)])
def test_only_managers_enter(
    who: str, status: int, request: pytest.FixtureRequest, client_for: Callable[..., Client]
) -> None:
    client = client_for(request.getfixturevalue(who))

    assert {client.get(path).status_code for path in (PAGE, *(f"{PAGE}{key}.csv" for key in NAMES))} == {status}


def test_the_numbers_of_each_chart_can_be_taken_away(
    max_: User, shown: Shown, client_for: Callable[..., Client]
) -> None:
    _live(shown, 7)
    client, day = client_for(max_), clock.now().date().isoformat()

    with _tomorrow():
        assert [day, "1", "5", "5", "< 5"] in _rows(client, "agreement")
        assert ["Find the causes of crashes", "5", "< 5", "< 5"] in [
            [row[0], *row[3:]] for row in _rows(client, "purposes")
        ]
        assert ["health", "5", "< 5", "", "< 5"] in _rows(client, "left-out")
    assert ["New", "7"] in _rows(client, "tickets")
    assert ["Waiting to leave", "7"] in _rows(client, "mail")
    assert ["The form (no agreement)", "7"] in _rows(client, "denials")
    assert client.get(f"{PAGE}people.csv").status_code == 404


@pytest.mark.parametrize("key", ["agreement", "purposes", "left-out"])
def test_what_happens_today_moves_no_figure_about_people(
    key: str, max_: User, shown: Shown, client_for: Callable[..., Client]
) -> None:
    client = client_for(max_)
    before = _rows(client, key)

    _live(shown, 12)

    assert _rows(client, key) == before


def test_all_is_well_on_a_fresh_day(max_: User, shown: Shown, client_for: Callable[..., Client]) -> None:
    agree(shown)

    page = _text(client_for(max_).get(PAGE))

    assert "<h1>All is well</h1>" in page
    assert "The first head is signed within the hour." in page
    assert "Have a look" not in page


def test_a_signed_head_says_when(max_: User, shown: Shown, client_for: Callable[..., Client]) -> None:
    agree(shown)
    sign_head()

    page = _text(client_for(max_).get(PAGE))

    assert "head was signed." in page
    assert f"<b>{clock.now():%H}:" in page


def test_a_head_that_is_late_wants_a_look(max_: User, shown: Shown, client_for: Callable[..., Client]) -> None:
    agree(shown)
    sign_head()
    client = client_for(max_)

    with clock.set_to(clock.now() + timedelta(hours=3)):
        page = _text(client.get(PAGE))

    assert "1 thing wants a look" in page


def test_mail_that_is_held_up_is_told_with_its_time(max_: User, mia: Agreed, client_for: Callable[..., Client]) -> None:
    _write(mia, 1)
    since = OutgoingMail.objects.get().collected_at
    client = client_for(max_)

    with clock.set_to(clock.now() + timedelta(minutes=30)):
        page = _text(client.get(PAGE))

    assert f"mail is held up, since {since:%H:%M}" in page or f"mail is held up, since {since.day}" in page


def test_mail_that_failed_wants_a_look(max_: User, mia: Agreed, client_for: Callable[..., Client]) -> None:
    _write(mia, 1)
    OutgoingMail.objects.update(state=OutgoingMail.State.FAILED)

    page = _text(client_for(max_).get(PAGE))

    assert "mail failed for good in the last seven days" in page
    assert "1 thing wants a look" in page


def test_a_tail_that_was_cut_wants_a_look(max_: User, shown: Shown, client_for: Callable[..., Client]) -> None:
    agree(shown)
    LedgerHead.objects.update(size=1)

    assert "Run verify_ledger" in _text(client_for(max_).get(PAGE))


def test_far_more_denials_than_usual_want_a_look(max_: User, client_for: Callable[..., Client]) -> None:
    today = clock.now().date()
    GateDenial.objects.create(day=today, route="portal:form", reason="agreed", denied=90)
    GateDenial.objects.create(day=today - timedelta(days=1), route="portal:form", reason="agreed", denied=30)

    assert "far more than on other days" in _text(client_for(max_).get(PAGE))


def test_the_page_says_what_writers_kept_and_staff_took_out(max_: User, client_for: Callable[..., Client]) -> None:
    yesterday = clock.now().date() - timedelta(days=1)
    for channel in ("web", "webview"):
        counts = {"statements": 15, "released": 5, "by_hand": 3}
        StripCount.objects.create(day=yesterday, category="belief", channel=channel, **counts)

    page = _text(client_for(max_).get(PAGE))

    assert "belief (25 % kept by their writers, 5 by hand)" in page
    assert ["belief", "30", "10", "25 %", "5"] in _rows(client_for(max_), "left-out")


def test_the_page_says_in_which_language_and_by_which_way_most_was_left_out(
    max_: User, client_for: Callable[..., Client]
) -> None:
    yesterday = clock.now().date() - timedelta(days=1)
    for language, statements in (("ar", 30), ("en", 10), ("?", 1)):
        StripCount.objects.create(day=yesterday, category="", channel="", language=language, statements=statements)
    StripCount.objects.create(day=yesterday, category="health", channel="webview", statements=41, by_hand=6)

    assert "Most is left out of texts in Arabic" in _text(client_for(max_).get(PAGE))
    rows = _rows(client_for(max_), "left-out-where")
    assert ["Arabic", "30", "< 5", "", "< 5"] in rows
    assert ["from an app", "40", "< 5", "", "5"] in rows
    assert ["a language that few words tell", "< 5", "< 5", "", "< 5"] in rows


def test_what_was_left_out_once_is_not_named_with_a_number(max_: User, client_for: Callable[..., Client]) -> None:
    StripCount.objects.create(day=clock.now().date(), category="belief", channel="web", statements=4)

    page = _text(client_for(max_).get(PAGE))

    assert "Nothing was left out five times yet" in page
    assert re.search(r"Fewer than five or none: [^.]*belief", page)


def test_less_than_five_reads_the_same_from_right_to_left(max_: User, client_for: Callable[..., Client]) -> None:
    assert "<td><bdi>&lt; 5</bdi></td>" in _text(client_for(max_).get(PAGE))


def test_mail_that_a_decision_held_back_is_told_once_its_day_is_over(mia: Agreed) -> None:
    _write(mia, 0)
    _write(mia, 1)
    [first, _second] = OutgoingMail.objects.order_by("pk")
    OutgoingMail.objects.filter(pk=first.pk).update(state=OutgoingMail.State.CANCELLED)
    today = clock.now().date()

    assert mail(Window(today)) == {"due": 1}
    assert mail(Window(today + timedelta(days=1))) == {"due": 1, "cancelled": 1}
