"""A month of the demo's life, lived through the real actions with the clock running forward."""

import random
import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from consent.access.actors import Actor, ActorKind, person_actor
from consent.access.models import UnpurposedReason
from consent.centre.agreement import notice_for
from consent.ledger.actions import Shown, agree, allow, decline, refuse
from consent.ledger.models import Channel, ConsentEvent
from consent.policies.models import PolicyVersion
from consent.policies.queries import current_version
from consent.purposes import ON_CONSENT
from feedback.desk.actions import answer, note
from feedback.intake.actions import Submission, submit_feedback
from feedback.management.demo_content import DEVICES, NAMES, NOTES, STORIES, Story
from feedback.portal.actions import Reply, reply, stop_everything
from feedback.tickets.actions import assign, set_priority, set_state, set_tags
from feedback.tickets.models import Ticket
from imsupport import clock
from imsupport.accounts.models import User

DAYS = 40


@dataclass(frozen=True)
class Visit:
    """Somebody comes by at a moment: the n-th person, with a story to tell."""

    at: datetime
    person: int
    story: Story


def live(*, tickets: int, people: int, chance: random.Random) -> None:
    """Write `tickets` matters of `people` people, some refusals, choices and withdrawals, over the last 40 days."""
    start = clock.now() - timedelta(days=DAYS)
    if not ConsentEvent.objects.exists():
        PolicyVersion.objects.filter(number=1, effective_from__gt=start).update(
            effective_from=start - timedelta(days=1), announced_at=start - timedelta(days=15)
        )
    agents = list(User.objects.filter(role=User.Role.AGENT, is_active=True).order_by("pk"))
    met: dict[int, int] = {}
    for visit in _visits(start, tickets, people, chance):
        with clock.set_to(visit.at):
            if visit.person not in met:
                met[visit.person] = _meet(chance)
            ticket = _write(visit, met[visit.person], chance)
        if agents and visit.at < clock.now() - timedelta(hours=3):
            _work_on(ticket, visit, chance.choice(agents), chance)
    for person_id in list(met.values())[: max(1, people // 5)] if people >= 5 else []:
        _stop_everything(person_id)


def _visits(start: datetime, tickets: int, people: int, chance: random.Random) -> list[Visit]:
    span = timedelta(days=DAYS) - timedelta(minutes=20)
    moments = sorted(start + span * chance.random() for _ in range(tickets))
    return [
        Visit(
            at,
            number % people if number < people else chance.randrange(people),
            STORIES[number % len(STORIES)],
        )
        for number, at in enumerate(moments)
    ]


def _shown(indicated_by: str) -> Shown:
    return Shown(notice_for("en"), Channel.WEB, indicated_by)


def _meet(chance: random.Random) -> int:
    person_id = agree(_shown("button:agree")).person.pk
    if chance.random() < 0.3:
        refuse(_shown("button:refuse"))
    if chance.random() < 0.6:
        wanted = [purpose for purpose in sorted(ON_CONSENT) if chance.random() < 0.6]
        if wanted:
            allow(person_id, wanted, _shown("switch"))
            decline(person_id, sorted(ON_CONSENT - set(wanted)), _shown("switch"))
    return person_id


def _write(visit: Visit, person_id: int, chance: random.Random) -> Ticket:
    name = NAMES[visit.person % len(NAMES)]
    has_address = chance.random() < 0.7
    submission = Submission(
        message=visit.story.message,
        idempotency_key=str(uuid.UUID(int=chance.getrandbits(128))),
        name=name if chance.random() < 0.8 else "",
        email=f"{name.split()[0].lower()}{visit.person}@people.test" if has_address else "",
        topic=visit.story.topic,
        device=dict(DEVICES[visit.person % len(DEVICES)]),
        channel="webview" if visit.person % 3 == 0 else "web",
        language=visit.story.language,
        is_address_verified=has_address and visit.person % 2 == 0,
    )
    if visit.story.tags == ("captions",):
        submission = replace(submission, needs=("captions",))
    return submit_feedback(submission, person_id=person_id, policy_version=current_version()).ticket


def _work_on(ticket: Ticket, visit: Visit, agent: User, chance: random.Random) -> None:
    actor = Actor(ActorKind.AGENT, agent.pk)
    step = visit.at + timedelta(minutes=chance.randrange(20, 170))
    with clock.set_to(step):
        set_tags(ticket, visit.story.tags, actor=actor)
        if chance.random() < 0.2:
            set_priority(ticket, Ticket.Priority.HIGH, actor=actor)
        if chance.random() < 0.6:
            assign(ticket, agent.pk, actor=actor)
        if chance.random() < 0.25:
            note(ticket, chance.choice(NOTES), idempotency_key=f"note-{ticket.pk}", actor=actor)
    if not visit.story.answer:
        return
    with clock.set_to(step + timedelta(minutes=5)):
        answer(ticket, visit.story.answer, idempotency_key=f"answer-{ticket.pk}", actor=actor)
    if visit.story.reply and step + timedelta(hours=6) < clock.now():
        with clock.set_to(step + timedelta(hours=6)):
            _reply(ticket, visit.story.reply)
            set_state(ticket, Ticket.State.SOLVED, actor=actor)
    elif chance.random() < 0.5:
        with clock.set_to(step + timedelta(minutes=50)):
            set_state(ticket, Ticket.State.SOLVED, actor=actor)


def _reply(ticket: Ticket, raw: str) -> None:
    reply(ticket, Reply(raw, "demo"), actor=person_actor(ticket.person_id))


def _stop_everything(person_id: int) -> None:
    has_open = (
        Ticket.objects.unpurposed(UnpurposedReason.FIGURES)
        .filter(person_id=person_id)
        .exclude(state__in=[Ticket.State.SOLVED, Ticket.State.CLOSED])
        .exists()
    )
    if has_open:
        return
    stop_everything(person_id, _shown("button:stop-everything"))
