"""Who acts in the proofs of the laws."""

from consent.access.actors import Actor, ActorKind
from imsupport.accounts.models import User


def as_agent(user: User) -> Actor:
    return Actor(ActorKind.AGENT, user.pk)
