import random
import re
from collections.abc import Callable

from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consent.access.actors import person_actor
from consent.access.models import AccessEvent
from consent.ledger.actions import Agreed
from feedback.intake.actions import Submission, submit_feedback
from feedback.management import demo_bulk
from feedback.outbox.models import OutgoingMail
from feedback.tickets.actions import set_team
from feedback.tickets.counts import fold_counts
from feedback.tickets.models import Message, QueueChange, Team, Ticket
from feedback.tickets.queries import counts_for
from imsupport.accounts.models import User


def _ticket(mia: Agreed, **more: object) -> Ticket:
    submission = Submission(message="I am deaf, I need captions.", idempotency_key="k", **more)  # type: ignore[arg-type]
    return submit_feedback(submission, person_id=mia.person.pk, policy_version=1).ticket


def _statements(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connections["default"]) as one, CaptureQueriesContext(connections["keys"]) as other:
        act()
    queries = [query["sql"] for query in [*one.captured_queries, *other.captured_queries]]
    return sum(not re.match(r"(SAVEPOINT|RELEASE|BEGIN|COMMIT|ROLLBACK)", sql) for sql in queries)


def test_an_answer_moves_the_ticket_and_writes_its_mail(
    mia: Agreed, ada: User, client_for: Callable[..., Client]
) -> None:
    ticket = _ticket(mia, email="mia@example.org", is_address_verified=True)
    answer = {"words": "Press the dots.", "idempotency_key": "a1"}
    client = client_for(ada)

    client.post(f"/desk/tickets/{ticket.ref}/answer/", answer)
    client.post(f"/desk/tickets/{ticket.ref}/answer/", answer)

    ticket.refresh_from_db()
    assert (ticket.state, ticket.assignee_id) == (Ticket.State.WAITING, ada.pk)
    assert Message.objects.filter(kind="answer").count() == 1
    assert OutgoingMail.objects.filter(kind="answer").count() == 1


def test_an_unconfirmed_address_hears_of_an_answer_once(
    mia: Agreed, ada: User, client_for: Callable[..., Client]
) -> None:
    ticket = _ticket(mia, email="mia@example.org")

    for number in range(3):
        client_for(ada).post(f"/desk/tickets/{ticket.ref}/answer/", {"words": "Yes.", "idempotency_key": f"a{number}"})

    assert list(OutgoingMail.objects.order_by("id").values_list("kind", flat=True)) == [
        "ask_if_written",
        "answer_waits",
    ]


def test_a_note_sends_nothing(mia: Agreed, ada: User, client_for: Callable[..., Client]) -> None:
    ticket = _ticket(mia, email="mia@example.org", is_address_verified=True)
    before = OutgoingMail.objects.count()

    client_for(ada).post(f"/desk/tickets/{ticket.ref}/note/", {"words": "Known.", "idempotency_key": "n1"})

    assert OutgoingMail.objects.count() == before


def test_the_ticket_names_what_was_left_out_and_the_queue_does_not(
    mia: Agreed, ada: User, client_for: Callable[..., Client]
) -> None:
    ticket = _ticket(mia)

    page = client_for(ada).get(f"/desk/tickets/{ticket.ref}/").content.decode()
    queue = client_for(ada).get("/desk/").content.decode()

    assert "left out" in page
    assert "deaf" not in page + queue
    assert "health" not in queue
    assert "[…]" in queue


def test_looking_leaves_one_event_for_the_list_and_one_for_the_ticket(
    mia: Agreed, ada: User, client_for: Callable[..., Client]
) -> None:
    ticket = _ticket(mia)
    client = client_for(ada)

    for _ in range(3):
        client.get("/desk/")
        client.get(f"/desk/tickets/{ticket.ref}/")

    assert sorted(AccessEvent.objects.values_list("act", flat=True)) == ["listed", "opened"]


def test_another_teams_ticket_is_not_there(
    mia: Agreed, ada: User, grace: User, client_for: Callable[..., Client]
) -> None:
    ticket = _ticket(mia)
    set_team(ticket, Team.objects.get(name="Calls").pk, actor=person_actor(mia.person.pk))

    assert client_for(grace).get(f"/desk/tickets/{ticket.ref}/").status_code == 404
    assert client_for(ada).get(f"/desk/tickets/{ticket.ref}/").status_code == 200


def test_the_queue_costs_the_same_for_few_and_for_many(ada: User, client_for: Callable[..., Client]) -> None:
    chance, client = random.Random(1), client_for(ada)
    demo_bulk.write(tickets=60, people=20, chance=chance, say=str)
    fold_counts()
    client.get("/desk/")

    few = _statements(lambda: client.get("/desk/"))
    demo_bulk.write(tickets=2000, people=500, chance=chance, say=str)
    fold_counts()
    many = _statements(lambda: client.get("/desk/"))

    assert few == many
    assert many <= 7


def test_pages_do_not_repeat_or_lose_a_ticket(ada: User, client_for: Callable[..., Client]) -> None:
    demo_bulk.write(tickets=240, people=60, chance=random.Random(2), say=str)
    client, seen, onward = client_for(ada), [], "/desk/?view=waiting"

    while onward:
        page = client.get(onward).content.decode()
        seen += re.findall(r"/desk/tickets/(IM-\w+)/", page)
        found = re.search(r'href="(\?view=waiting&amp;after=[^"]+)"', page)
        onward = "/desk/" + found[1].replace("&amp;", "&") if found else ""

    assert len(seen) == len(set(seen)) == Ticket.objects.filter(state="waiting").count()


def test_folding_changes_no_count_and_may_be_repeated(mia: Agreed, ada: User) -> None:
    _ticket(mia)
    before = counts_for(ada.pk)

    fold_counts()
    fold_counts()

    assert counts_for(ada.pk) == before
    assert QueueChange.objects.count() == 0


def test_the_poll_is_quiet_until_something_changes(mia: Agreed, ada: User, client_for: Callable[..., Client]) -> None:
    _ticket(mia)
    client = client_for(ada)

    assert client.get("/desk/changes/?since=0").status_code == 200
    assert client.get("/desk/changes/?since=99999999999").status_code == 204
    assert client.get("/desk/changes/?since=nonsense").status_code == 400


def test_a_ticket_takes_nine_statements(mia: Agreed, ada: User, client_for: Callable[..., Client]) -> None:
    client, url = client_for(ada), f"/desk/tickets/{_ticket(mia).ref}/"
    client.get(url)

    assert _statements(lambda: client.get(url)) <= 9
