"""Weeks of the demo's life, lived through the real actions with the clock running forward."""

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from consent.access.actors import Actor, ActorKind, person_actor
from consent.centre.agreement import notice_for
from consent.ledger.actions import Shown, agree, allow, decline
from consent.ledger.models import Channel
from consent.policies.offers import offered
from consent.policies.queries import current_version
from feedback.desk.actions import answer, note
from feedback.intake.actions import Submission, submit_feedback
from feedback.intake.uploads import check_file
from feedback.management import demo_crowd
from feedback.management.demo_content import DEVICES, NAMES, NOTES, PICTURE_NAME, STORIES, Story, picture
from feedback.portal.actions import Reply, reply
from feedback.tickets.actions import assign, set_priority, set_state, set_tags, set_team
from feedback.tickets.models import Team, Ticket
from imsupport import clock
from imsupport.accounts.models import User

DAYS = 40
STEEPNESS = 2.5
"""How much the newest crowd together: of 40 matters, some nine came in the last day, half in the last week."""


@dataclass(frozen=True)
class Happening:
    """Something that somebody does at a moment."""

    at: datetime
    act: Callable[[], object]


@dataclass(frozen=True)
class Staff:
    """The agents, all of them and by team."""

    everyone: list[User]
    of_team: dict[str, list[User]]
    team_ids: dict[str, int]

    def somebody(self, team: str, chance: random.Random) -> Actor:
        found = chance.choice(self.of_team.get(team) or self.everyone)
        return Actor(ActorKind.AGENT, found.pk)


def live(*, tickets: int, people: int, chance: random.Random) -> None:
    """Write `tickets` matters of `people` people, and the decisions of many who never write, over the last 40 days."""
    now = clock.now()
    staff = _staff()
    happenings: list[Happening] = []
    met: dict[int, int] = {}
    stories = _stories(tickets)
    for number, story in enumerate(stories):
        at = now - timedelta(days=DAYS) * (1 - (number + 0.5) / tickets) ** STEEPNESS - timedelta(minutes=4)
        who = number % people if number < people else chance.randrange(people)
        happenings += _matter(story, at, who, met, staff, chance)
    for at, act in demo_crowd.happenings(now, a_day=min(11, tickets // 3), chance=chance):
        happenings.append(Happening(at, act))
    for happening in sorted(happenings, key=lambda happening: happening.at):
        with clock.set_to(happening.at):
            happening.act()


def _stories(count: int) -> list[Story]:
    """Return so many stories, spread over all that there are, in the order in which they began."""
    if count <= len(STORIES):
        return [STORIES[number * len(STORIES) // count] for number in range(count)]
    return sorted((STORIES * (count // len(STORIES) + 1))[:count], key=STORIES.index)


def _staff() -> Staff:
    agents = list(User.objects.filter(role=User.Role.AGENT, is_active=True).order_by("pk"))
    teams = list(Team.objects.prefetch_related("members"))
    of_team = {team.name: [agent for agent in agents if agent in team.members.all()] for team in teams}
    return Staff(agents, of_team, {team.name: team.pk for team in teams})


def _matter(
    story: Story, at: datetime, who: int, met: dict[int, int], staff: Staff, chance: random.Random
) -> list[Happening]:
    """Return everything that happens in one matter, from the first message to where it stands now."""
    written: list[Ticket] = []

    def write() -> None:
        if who not in met:
            met[who] = _meet(chance)
        written.append(_write(story, who, met[who], chance))

    happenings = [Happening(at, write)]
    if staff.everyone and story.ends != Ticket.State.NEW:
        actor = staff.somebody(story.team, chance)
        step = (clock.now() - at) / 4
        pace = min(step, timedelta(minutes=chance.randrange(20, 170)))
        happenings.append(Happening(at + pace, lambda: _take_up(written[0], story, staff, actor, chance)))
        happenings += _ending(story, written, at + pace, pace, actor)
    return happenings


def _ending(story: Story, written: list[Ticket], taken_at: datetime, pace: timedelta, actor: Actor) -> list[Happening]:
    """Return the steps by which a matter comes to where it stands."""

    def say() -> None:
        answer(written[0], story.answer, idempotency_key=f"answer-{written[0].pk}", actor=actor)

    def say_back() -> None:
        reply(written[0], Reply(story.reply, "demo"), actor=person_actor(written[0].person_id))

    def end() -> None:
        until = clock.now() + timedelta(days=45) if story.ends == Ticket.State.SNOOZED else None
        set_state(written[0], story.ends, actor=actor, snoozed_until=until)

    steps = [*([say] if story.answer else []), *([say_back] if story.reply else [])]
    if story.ends != Ticket.State.WAITING:
        steps.append(end)
    return [Happening(taken_at + pace * (place + 1) / 1.5, act) for place, act in enumerate(steps)]


def _shown(indicated_by: str) -> Shown:
    return Shown(notice_for("en"), Channel.WEB, indicated_by)


def _meet(chance: random.Random) -> int:
    person_id = agree(_shown("button:agree")).person.pk
    wanted = [purpose for purpose in sorted(offered(1)) if chance.random() < 0.5]
    if wanted:
        allow(person_id, wanted, _shown("switch"))
        decline(person_id, sorted(offered(1) - set(wanted)), _shown("switch"))
    return person_id


def _write(story: Story, who: int, person_id: int, chance: random.Random) -> Ticket:
    name = NAMES[who % len(NAMES)]
    has_address = bool(story.answer) or chance.random() < 0.6
    files = (SimpleUploadedFile(PICTURE_NAME, picture(), "image/png"),) if story.has_picture else ()
    submission = Submission(
        message=story.message,
        idempotency_key=str(uuid.UUID(int=chance.getrandbits(128))),
        name=name if chance.random() < 0.85 else "",
        email=f"{name.split()[0].lower()}{who}@people.test" if has_address else "",
        subject=story.subject,
        topic=story.topic,
        needs=story.needs,
        device=dict(DEVICES[who % len(DEVICES)]),
        files=tuple(check_file(file) for file in files),
        channel="webview" if who % 3 == 0 else "web",
        language=story.language,
        is_address_verified=has_address and who % 4 != 0,
    )
    return submit_feedback(submission, person_id=person_id, policy_version=current_version()).ticket


def _take_up(ticket: Ticket, story: Story, staff: Staff, actor: Actor, chance: random.Random) -> None:
    """Let an agent look at a matter for the first time: sort it, take it, perhaps note something."""
    if story.ends == Ticket.State.SPAM:
        return
    if story.tags:
        set_tags(ticket, story.tags, actor=actor)
    if story.team in staff.team_ids:
        set_team(ticket, staff.team_ids[story.team], actor=actor)
    if story.priority != Ticket.Priority.NORMAL.name:
        set_priority(ticket, Ticket.Priority[story.priority], actor=actor)
    assign(ticket, actor.id, actor=actor)
    if chance.random() < 0.3:
        note(ticket, chance.choice(NOTES), idempotency_key=f"note-{ticket.pk}", actor=actor)
