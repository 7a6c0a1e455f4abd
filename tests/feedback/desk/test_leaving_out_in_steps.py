from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from consent.access.actors import SYSTEM, Actor
from consent.ledger.actions import Agreed
from consent.sealing.models import Key
from feedback.desk import actions
from feedback.desk.actions import answer
from feedback.retention.tasks import sweep, sweep_strays
from feedback.stripping import Category
from feedback.tickets.erasing import erase_ticket
from feedback.tickets.leaving_out import ChangedSince, Passage
from feedback.tickets.locking import TicketGone
from feedback.tickets.models import Message, SpentKey, StripCount, Ticket
from imsupport import clock
from imsupport.accounts.models import User
from tests.feedback.desk.leaving import SAID, VERIFIED, key_of, opened, post, words_of


def test_the_same_press_twice_leaves_out_once(
    mia: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket, client = write(mia, SAID), client_for(ada)
    drawn = {"drawn_with": key_of(ticket)}

    first, second = (post(client, ticket, words_of(ticket).pk, **drawn) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 409)
    assert Message.objects.filter(kind=Message.Kind.NOTE).count() == 1
    assert StripCount.objects.get(language="").by_hand == 1


def test_a_page_drawn_before_another_change_does_not_say_done_of_words_that_are_not_there(
    mia: Agreed, ada: User, grace: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket = write(mia, SAID, subject="My qanary call")
    place, drawn = words_of(ticket).pk, key_of(ticket)
    post(client_for(grace), ticket, "subject", drawn_with=drawn)

    response = post(client_for(ada), ticket, place, "my qanery", drawn_with=drawn)

    page = response.content.decode()
    assert response.status_code == 409
    assert "yours are not there now: nothing more was left out. Look again." in page
    assert f'id="e_words_{place}"' in page
    assert ">my qanery</textarea>" in page
    assert 'value="health" selected' in page
    assert f'name="drawn_with" value="{key_of(ticket)}"' in page
    assert opened(words_of(ticket).text) == [SAID]
    assert Message.objects.filter(kind=Message.Kind.NOTE).count() == 1


def test_two_agents_at_once_leave_out_both_passages(
    mia: Agreed, ada: User, grace: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket, drawn = write(mia, SAID), {}
    place, drawn["drawn_with"] = words_of(ticket).pk, key_of(ticket)

    first = post(client_for(ada), ticket, place, "My qanary is back", **drawn)
    second = post(client_for(grace), ticket, place, "the Qanary hurts", **drawn)

    assert first.status_code == second.status_code == 302
    assert opened(words_of(ticket).text) == ["Calls drop. , and . Please help."]


def test_an_agent_with_an_old_copy_of_the_ticket_brings_nothing_back(
    mia: Agreed, agent: Actor, write: Callable[..., Ticket]
) -> None:
    one = write(mia, SAID, subject="My qanary")
    two = Ticket.objects.select_related("address").get(pk=one.pk)
    place = str(words_of(one).pk)

    actions.leave_out(one, Passage(place, "qanary", Category.HEALTH), actor=agent)
    actions.leave_out(two, Passage("subject", "qanary", Category.HEALTH), actor=agent)
    answer(two, "Restart.", idempotency_key="a", actor=agent)

    fresh = Ticket.objects.get()
    found = opened(fresh.subject, fresh.opening, words_of(fresh).text)
    assert found[0] == "My […]"
    assert "qanary" not in " ".join(filter(None, found)).casefold()
    assert Key.objects.filter(pk=words_of(fresh).text.sealed.key_id).exists()


def test_killed_before_the_rows_are_written_all_is_as_it_was(
    mia: Agreed, agent: Actor, write: Callable[..., Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = write(mia, SAID, **VERIFIED)
    monkeypatch.setattr("feedback.tickets.actions.record_event", _killed)

    with pytest.raises(KeyboardInterrupt):
        actions.leave_out(ticket, Passage(str(words_of(ticket).pk), "qanary", Category.HEALTH), actor=agent)

    assert opened(words_of(ticket).text) == [SAID]
    assert not SpentKey.objects.exists()
    with clock.set_to(clock.now() + timedelta(hours=25)):
        sweep_strays()
    assert opened(words_of(ticket).text) == [SAID]


@pytest.mark.parametrize("again", ["the sweep", "the next press"])
def test_killed_before_the_old_key_is_destroyed_it_is_destroyed_next(
    again: str, mia: Agreed, agent: Actor, write: Callable[..., Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = write(mia, SAID)
    old, passage = words_of(ticket), Passage(str(words_of(ticket).pk), "qanary", Category.HEALTH, key_of(ticket))
    with monkeypatch.context() as patched:
        patched.setattr("feedback.tickets.keys.destroy_keys", _killed)
        with pytest.raises(KeyboardInterrupt):
            actions.leave_out(ticket, passage, actor=agent)
    assert opened(old.text) == [SAID]

    if again == "the sweep":
        sweep()
    else:
        with pytest.raises(ChangedSince):
            actions.leave_out(ticket, passage, actor=agent)

    assert opened(old.text) == [None]
    assert "qanary" not in (opened(words_of(ticket).text)[0] or "qanary").casefold()
    assert not SpentKey.objects.exists()


def test_erasing_by_a_page_drawn_before_destroys_the_new_keys(
    mia: Agreed, agent: Actor, write: Callable[..., Ticket]
) -> None:
    ticket = write(mia, SAID, subject="My qanary", needs=("captions",))
    drawn = Ticket.objects.get(pk=ticket.pk)
    actions.leave_out(ticket, Passage("subject", "qanary", Category.HEALTH), actor=agent)
    kept = Ticket.objects.get()

    erase_ticket(drawn, actor=SYSTEM)

    assert opened(kept.subject, kept.opening, kept.needs) == [None] * 3


def test_nothing_is_left_out_of_what_was_erased(mia: Agreed, agent: Actor, write: Callable[..., Ticket]) -> None:
    ticket = write(mia, SAID)
    place = str(words_of(ticket).pk)
    erase_ticket(Ticket.objects.get(), actor=SYSTEM)

    with pytest.raises(TicketGone):
        actions.leave_out(ticket, Passage(place, "qanary", Category.HEALTH), actor=agent)


def _killed(*_args: object, **_kwargs: object) -> None:
    raise KeyboardInterrupt
