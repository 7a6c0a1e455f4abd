"""Whether a mailbox may be asked if its owner wrote: by one query, because every submission asks this."""

from typing import Any

from django.db import connection

from consent.ledger.states import GIVEN
from consent.people.models import ASKED_AT_MOST_EVERY, Identifier
from consent.purposes import Purpose
from imsupport import clock

_MAY_NOT = """
SELECT 1 WHERE EXISTS (
    SELECT 1 FROM consent_identifier WHERE kind = %s AND lookup = %s AND id <> %s AND last_asked_at > %s
) OR EXISTS (
    SELECT 1 FROM consent_quietmailbox WHERE lookup = %s AND until >= %s
) OR EXISTS (
    SELECT 1 FROM consent_consentstate WHERE person_id = %s AND purpose = %s AND status NOT IN (%s, %s)
)
"""


def may_ask(identifier: Identifier) -> bool:
    """Say whether an automatic mail may go to this unconfirmed address: one a day, whoever gives the address.

    None goes to a mailbox that is quiet, and none for a person who stopped e-mails.
    """
    # What is noted on making a fresh one is the mail in question.
    besides = identifier.pk if identifier.is_fresh else 0
    now, hashed = clock.now(), bytes(identifier.lookup)
    since = connection.ops.adapt_datetimefield_value(now - ASKED_AT_MOST_EVERY)
    asked: list[Any] = [str(identifier.kind), hashed, besides, since]
    quiet: list[Any] = [hashed, connection.ops.adapt_datefield_value(now.date())]
    stopped: list[Any] = [identifier.person_id, str(Purpose.MAIL), *map(str, GIVEN)]
    with connection.cursor() as cursor:
        cursor.execute(_MAY_NOT, [*asked, *quiet, *stopped])
        return cursor.fetchone() is None
