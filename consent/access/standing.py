"""How a person who comes with a token stands towards the agreement, by one query."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery

from consent.access.predicates import VALID
from consent.ledger.models import ConsentState
from consent.people.models import Identifier
from consent.people.tokens import token_lookup
from consent.policies.queries import in_effect
from consent.purposes import Purpose
from imsupport import clock


@dataclass(frozen=True)
class Standing:
    """A known person and their agreement, at one instant."""

    person_id: int
    status: str | None
    agreed_version: int | None
    valid_until: datetime | None
    current_version: int | None
    signed_token: str = ""

    @property
    def is_agreed(self) -> bool:
        """The agreement to some version stands."""
        in_time = self.valid_until is None or clock.now() < self.valid_until
        return self.status in VALID and in_time

    @property
    def is_agreed_to_current(self) -> bool:
        """The agreement to the version in effect stands, so new words may be collected under it."""
        return self.is_agreed and self.current_version is not None and self.agreed_version == self.current_version


def standing_of(token: bytes) -> Standing | None:
    """Return the standing of the person bound by a genuine token, or None when nobody is."""
    state = ConsentState.objects.filter(person_id=OuterRef("person_id"), purpose=Purpose.AGREEMENT)
    row = (
        Identifier.objects.filter(kind=Identifier.Kind.COOKIE, lookup=token_lookup(token))
        .values_list(
            "person_id",
            Subquery(state.values("status")),
            Subquery(state.values("policy_version")),
            Subquery(state.values("valid_until")),
            Subquery(in_effect(clock.now()).values("number")),
        )
        .first()
    )
    return None if row is None else Standing(*row)
