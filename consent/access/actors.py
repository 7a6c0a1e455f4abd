"""Who acts: always an argument, never a thread's or a request's hidden state."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    PERSON = "person"
    AGENT = "agent"
    MANAGER = "manager"
    ADMIN = "admin"
    SYSTEM = "system"
    STRANGER = "stranger"


@dataclass(frozen=True)
class Actor:
    """One who reads or changes something. `id` is a person's or a user's id; the system has none."""

    kind: ActorKind
    id: int | None = None


SYSTEM = Actor(ActorKind.SYSTEM)
STRANGER = Actor(ActorKind.STRANGER)
"""One who came through a door that is open to anyone; no row may be used by them."""


def person_actor(person_id: int) -> Actor:
    """Return the person as the actor on their own rows."""
    return Actor(ActorKind.PERSON, person_id)
