import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from consent.access.actors import Actor, ActorKind, person_actor
from consent.access.predicates import may_use, states_of
from consent.centre.agreement import notice_for
from consent.ledger.actions import Agreed, Shown
from consent.ledger.models import Channel, ConsentEvent
from consent.people.models import Identifier
from consent.purposes import Purpose
from consent.sealing.models import Key
from feedback.outbox.models import OutgoingMail
from feedback.portal.handing_in import NothingToHandIn, hand_in_again
from feedback.portal.queries import own_conversation
from feedback.retention.actions import erase_people_who_stopped
from feedback.retention.tasks import sweep
from feedback.tickets.actions import set_priority, set_team
from feedback.tickets.models import Attachment, StripCount, Team, Ticket
from feedback.tickets.queries import counts_for
from imsupport import clock
from imsupport.accounts.models import User

WORDS = {"message": "I have diabetes. The ring tone is too loud.", "idempotency_key": "k1", "name": "Mia"}
ASKED_AGAIN_AFTER = timedelta(days=2)
"""A mailbox that was just asked stays quiet for its day, whatever is stopped and begun again."""


@pytest.fixture
def stopped(mia: Agreed, client_for: Callable[..., Client]) -> Client:
    drawn = io.BytesIO()
    Image.new("RGB", (30, 20)).save(drawn, "PNG")
    picture = SimpleUploadedFile("screen.png", drawn.getvalue())
    client = client_for(mia)
    client.post("/feedback/", {**WORDS, "email": "mia@example.org", "attachments": [picture]})
    client.post("/consent/withdraw/everything/")
    return client


def _hand_in(client: Client) -> int:
    evidence = client.get("/consent/withdraw/").context["notice"].evidence
    status: int = client.post("/consent/withdraw/again/", {"evidence": evidence}).status_code
    return status


def test_the_page_after_stopping_offers_it_with_the_day_it_ends(stopped: Client) -> None:
    page = stopped.get("/consent/withdraw/?done=everything").content.decode()

    assert "Undo" in page
    assert (clock.now() + timedelta(days=30)).strftime("%-d %B") in page
    assert "Before you write to us" in page


def test_it_is_collected_anew_and_the_old_rows_are_erased(stopped: Client, ada: User) -> None:
    old = Ticket.objects.get()
    old_keys = set(Key.objects.exclude(pk=old.person_id).values_list("pk", flat=True))

    assert _hand_in(stopped) == 302

    old.refresh_from_db()
    new = Ticket.objects.exclude(pk=old.pk).get()
    assert old.erased_at
    assert not Key.objects.filter(pk__in=old_keys).exists()
    assert new.collected_at > old.collected_at
    assert Attachment.objects.filter(ticket=new, erased_at=None).count() == 1
    mine = stopped.get("/feedback/mine/").content.decode()
    assert new.ref in mine
    assert old.ref not in mine
    assert counts_for(ada.pk)["open"] == 1
    assert stopped.get("/consent/withdraw/").context.get("stopped") is None


def test_its_words_and_address_can_be_used_again(stopped: Client, ada: User, client_for: Callable[..., Client]) -> None:
    with clock.set_to(clock.now() + ASKED_AGAIN_AFTER):
        _hand_in(stopped)

        ticket = Ticket.objects.get(erased_at=None)
        page = client_for(ada).get(f"/desk/tickets/{ticket.ref}/").content.decode()
        assert "The ring tone is too loud." in page
        assert "diabetes" not in page
        states = states_of([ticket.person_id], Purpose.MAIL)
        assert may_use(Identifier.objects.get(kind="email").stamp, Purpose.MAIL, states)
        assert OutgoingMail.objects.filter(state=OutgoingMail.State.DUE).count() == 1


@pytest.mark.parametrize(("topic", "is_given"), [("other", True), ("safety", False)])
def test_it_comes_back_to_whom_staff_gave_it(
    topic: str, is_given: bool, mia: Agreed, ada: User, grace: User, client_for: Callable[..., Client]
) -> None:
    team, client = Team.objects.create(name="safety"), client_for(mia)
    team.members.add(ada)
    client.post("/feedback/", {**WORDS, "topic": topic})
    staff = Actor(ActorKind.AGENT, ada.pk)
    set_team(Ticket.objects.get(), team.pk if is_given else None, actor=staff)
    set_priority(Ticket.objects.get(), Ticket.Priority.HIGH, actor=staff)
    client.post("/consent/withdraw/everything/")

    _hand_in(client)

    new = Ticket.objects.get(erased_at=None)
    assert (new.team, new.priority) == (team if is_given else None, Ticket.Priority.HIGH)
    assert (counts_for(ada.pk)["open"], counts_for(grace.pk)["open"]) == (1, 0 if is_given else 1)


def test_what_its_lines_and_files_lost_is_told_again_and_counted_once(
    mia: Agreed, client_for: Callable[..., Client]
) -> None:
    client, report = client_for(mia), SimpleUploadedFile("report.txt", b"My son has diabetes. The call drops.")
    words = {"message": "I am blind. Too loud.", "subject": "I have diabetes", "released": "health:blind"}
    client.post("/feedback/", {**WORDS, **words, "attachments": [report]})
    counted = list(StripCount.objects.filter(language="").values_list("category", "statements", "released"))
    before = own_conversation(Ticket.objects.get(), person_actor(mia.person.pk)).left_out
    client.post("/consent/withdraw/everything/")

    _hand_in(client)

    after = own_conversation(Ticket.objects.get(erased_at=None), person_actor(mia.person.pk)).left_out
    assert after == before == ["health", "health"]
    assert (
        list(StripCount.objects.filter(language="").values_list("category", "statements", "released"))
        == counted
        == [("health", 2, 1)]
    )


def test_handing_in_twice_makes_one(stopped: Client) -> None:
    _hand_in(stopped)
    evidence = stopped.get("/consent/").context["notice"].evidence

    stopped.post("/consent/withdraw/again/", {"evidence": evidence})

    assert Ticket.objects.filter(erased_at=None).count() == 1


def test_without_the_notice_nothing_is_handed_in(stopped: Client) -> None:
    response = stopped.post("/consent/withdraw/again/")

    assert response.status_code == 400
    assert Ticket.objects.filter(erased_at=None).count() == 1
    assert stopped.get("/feedback/").status_code == 302


def _agree_again(client: Client) -> None:
    evidence = client.get("/consent/").context["notice"].evidence
    client.post("/consent/", {"decision": "agree", "evidence": evidence})


@pytest.mark.parametrize("came_back", [False, True])
def test_after_thirty_days_nothing_is_handed_in_any_more(stopped: Client, came_back: bool) -> None:
    evidence = stopped.get("/consent/withdraw/").context["notice"].evidence
    if came_back:
        _agree_again(stopped)
    events = ConsentEvent.objects.count()

    with clock.set_to(clock.now() + timedelta(days=30, minutes=1)):
        response = stopped.post("/consent/withdraw/again/", {"evidence": evidence}, follow=True)

    assert "30 days are over" in response.content.decode()
    assert "hand in again" not in response.content.decode()
    assert Ticket.objects.count() == 1
    assert ConsentEvent.objects.count() == events


def test_stopping_once_more_gives_no_more_time_to_what_was_stopped_before(stopped: Client, mia: Agreed) -> None:
    _agree_again(stopped)
    with clock.set_to(clock.now() + timedelta(days=29)):
        stopped.post("/consent/withdraw/everything/")

    with clock.set_to(clock.now() + timedelta(days=31)):
        with pytest.raises(NothingToHandIn):
            hand_in_again(mia.person.pk, _shown(), actor=person_actor(mia.person.pk))
        sweep()

    assert Ticket.objects.get().erased_at
    assert not Identifier.objects.filter(kind="email").exists()


def test_the_page_names_the_day_on_which_the_first_of_it_goes(stopped: Client) -> None:
    until = (clock.now() + timedelta(days=30)).strftime("%-d %B")
    with clock.set_to(clock.now() + timedelta(days=10)):
        _agree_again(stopped)
        stopped.post("/feedback/", {**WORDS, "idempotency_key": "k2"})
        stopped.post("/consent/withdraw/everything/")

        page = stopped.get("/consent/withdraw/").content.decode()

    assert "2 messages are closed" in page
    assert f"Until {until} you can" in page


def _shown() -> Shown:
    return Shown(notice_for("en"), Channel.WEB, "button:hand-in-again")


def test_an_address_given_again_after_stopping_gets_mail_again(stopped: Client) -> None:
    with clock.set_to(clock.now() + ASKED_AGAIN_AFTER):
        evidence = stopped.get("/consent/").context["notice"].evidence
        stopped.post("/consent/", {"decision": "agree", "evidence": evidence})

        stopped.post("/feedback/", {**WORDS, "idempotency_key": "k2", "email": "mia@example.org"})

        mail = OutgoingMail.objects.select_related("address").get(state=OutgoingMail.State.DUE)
        assert may_use(mail.address.stamp, Purpose.MAIL, states_of([mail.person_id], Purpose.MAIL))


def test_what_stopped_leaves_the_counts_once_also_when_it_is_erased(stopped: Client, ada: User) -> None:
    assert counts_for(ada.pk)["open"] == 0

    with clock.set_to(clock.now() + timedelta(days=31)):
        assert erase_people_who_stopped() == 1

    assert counts_for(ada.pk)["open"] == 0
