"""How a person who comes with a token stands towards the agreement, by one query.

It runs before every page of a person, so it is written out: compiling it anew by the ORM took longer than the query.
"""

from dataclasses import dataclass

from django.db import connection

from consent.ledger.states import GIVEN
from consent.people.tokens import signed, token_lookup
from imsupport import clock

_QUERY = """
SELECT i.person_id, s.status, s.policy_version, s.valid_until IS NULL OR s.valid_until > %s,
       (SELECT number FROM consent_policyversion
        WHERE effective_from <= %s AND (effective_until IS NULL OR effective_until > %s)
        ORDER BY effective_from DESC LIMIT 1)
FROM consent_identifier i
LEFT JOIN consent_consentstate s ON s.person_id = i.person_id AND s.purpose = 'agreement'
WHERE i.kind = 'cookie' AND i.lookup = %s
"""


@dataclass(frozen=True)
class Standing:
    """A known person and their agreement, at one instant."""

    person_id: int
    status: str | None
    agreed_version: int | None
    is_in_time: bool
    current_version: int | None
    signed_token: str = ""

    @property
    def is_agreed(self) -> bool:
        """The agreement to some version stands."""
        return self.status in GIVEN and self.is_in_time

    @property
    def is_agreed_to_current(self) -> bool:
        """The agreement to the version in effect stands, so new words may be collected under it."""
        return self.is_agreed and self.current_version is not None and self.agreed_version == self.current_version


def standing_of(token: bytes) -> Standing | None:
    """Return the standing of the person bound by a genuine token, or None when nobody is."""
    now = connection.ops.adapt_datetimefield_value(clock.now())
    with connection.cursor() as cursor:
        cursor.execute(_QUERY, [now, now, now, token_lookup(token)])
        row = cursor.fetchone()
    if row is None:
        return None
    person_id, status, agreed_version, is_in_time, current_version = row
    return Standing(person_id, status, agreed_version, bool(is_in_time), current_version, signed(token))
