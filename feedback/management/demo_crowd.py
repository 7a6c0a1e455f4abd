"""The demo's many: people who agree, refuse, choose and stop without writing, and doors that stay shut."""

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from consent.access.actions import count_denial
from consent.centre.agreement import notice_for
from consent.ledger.actions import Shown, agree, allow, decline, refuse
from consent.ledger.models import Channel
from consent.policies.offers import offered
from consent.purposes import Purpose
from feedback.portal.actions import stop_everything, stop_optional

DAYS = 34
_LIKED = {Purpose.IMPROVE: 0.8, Purpose.CRASH: 0.75, Purpose.DEVELOP: 0.5, Purpose.USAGE: 0.4, Purpose.PERSONALISE: 0.3}
_SHUT = (
    ("portal:form", "agreed", 4),
    ("desk:queue", "agent", 1),
    ("portal:ticket", "bearer", 1),
    ("rights:export", "known", 1),
)


def happenings(now: datetime, *, a_day: int, chance: random.Random) -> Iterator[tuple[datetime, Callable[[], object]]]:
    """Yield what the crowd does and when: about `a_day` agreements a day, fewer at the weekend."""
    met: list[int] = []
    for ago in range(DAYS, -1, -1):
        morning = (now - timedelta(days=ago)).replace(hour=0, minute=0)
        evening = min(morning + timedelta(hours=23), now - timedelta(minutes=5))
        count = chance.randint(a_day * 2 // 3, a_day) if morning.weekday() < 5 else a_day // 2
        acts: list[Callable[[], object]] = [lambda: met.append(_agree(chance))] * count
        acts += [lambda: refuse(_shown("button:refuse"))] * (count * 2 // 3)
        acts += [lambda: _stop(met, chance)] * (a_day // 2 if ago % 6 == 2 else 0)
        acts += [lambda: _unchoose(met, chance)] * (a_day // 3 if ago % 4 == 1 else 0)
        for route, reason, most in _SHUT:
            acts += [_shut(route, reason)] * chance.randint(0, most)
        for act in acts:
            yield morning + (evening - morning) * chance.random(), act


def _agree(chance: random.Random) -> int:
    """Agree; one in three goes on to the choices."""
    person_id = agree(_shown("button:agree")).person.pk
    if chance.random() < 0.35:
        wanted = [purpose for purpose in sorted(offered(1)) if chance.random() < _LIKED[purpose]]
        allow(person_id, wanted, _shown("switch"))
        decline(person_id, sorted(offered(1) - set(wanted)), _shown("switch"))
    return person_id


def _stop(met: list[int], chance: random.Random) -> None:
    if met:
        stop_everything(met.pop(chance.randrange(len(met))), _shown("button:stop-everything"))


def _unchoose(met: list[int], chance: random.Random) -> None:
    if met:
        stop_optional(chance.choice(met), _shown("button:stop-optional"))


def _shut(route: str, reason: str) -> Callable[[], object]:
    return lambda: count_denial(route=route, reason=reason)


def _shown(indicated_by: str) -> Shown:
    return Shown(notice_for("en"), Channel.WEB, indicated_by)
