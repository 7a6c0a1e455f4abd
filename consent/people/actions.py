"""Meeting a person, and keeping what they can be recognised by."""

from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce

from consent.people import tokens
from consent.people.models import ASKED_AT_MOST_EVERY, Identifier, Person, QuietMailbox
from consent.sealing.actions import make_person_key, open_person_key
from consent.sealing.envelopes import DataKey
from consent.sealing.lookups import lookup
from imsupport import clock
from imsupport.ids import new_id
from imsupport.rows import insert

_QUIET_AFTER_STOP = timedelta(days=365)
_KEEP_QUIET = """
INSERT INTO consent_quietmailbox (lookup, until) VALUES (%s, %s)
ON CONFLICT (lookup) DO UPDATE SET until = excluded.until WHERE excluded.until > consent_quietmailbox.until
"""


class TokenTaken(Exception):
    """Somebody was met under this token already: the same page was pressed twice."""

    def __init__(self, person_id: int) -> None:
        super().__init__()
        self.person_id = person_id


def meet_person(*, policy_version: int, token: bytes) -> Person:
    """Make a pseudonym, its key and the identifier of its token; the key is committed first. Raises TokenTaken."""
    now = clock.now()
    person = Person(id=new_id(), created_at=now)
    cookie = Identifier(
        person=person,
        kind=Identifier.Kind.COOKIE,
        lookup=tokens.token_lookup(token),
        policy_version=policy_version,
        created_at=now,
    )
    make_person_key(person.pk)
    try:
        with transaction.atomic():
            person.save(force_insert=True)
            cookie.save(force_insert=True)
    except IntegrityError:
        taken = Identifier.objects.get(kind=Identifier.Kind.COOKIE, lookup=cookie.lookup)
        raise TokenTaken(taken.person_id) from None
    return person


def keep_identifier(
    *,
    person_id: int,
    kind: Identifier.Kind,
    value: str,
    policy_version: int,
    verified_at: datetime | None = None,
    opens_words: bool = False,
    asked_at: datetime | None = None,
    person_key: DataKey | None = None,
) -> Identifier:
    """Keep an identifier of a person, sealed; one that was kept before is returned, verified if it now is.

    `asked_at` is noted on a new one: the mail that asks to confirm it goes out with it.
    Raises `sealing.KeyGone` when the person's key was destroyed.
    """
    key = person_key or open_person_key(person_id)
    fresh_id, hashed = new_id(), lookup(kind, value)
    fresh = Identifier(
        id=fresh_id,
        person_id=person_id,
        kind=kind,
        lookup=hashed,
        value=key.seal("identifier.value", fresh_id, value),
        policy_version=policy_version,
        created_at=clock.now(),
        verified_at=verified_at,
        opens_words=opens_words,
        last_asked_at=asked_at,
    )
    if insert(fresh, unless_there=True):
        fresh.is_fresh = True
        if verified_at:
            _lift_quiet(hashed)
        return fresh
    kept = Identifier.objects.get(person_id=person_id, kind=kind, lookup=hashed)
    if verified_at:
        verify_identifier(kept, opens_words=opens_words)
    return kept


def verify_identifier(identifier: Identifier, *, opens_words: bool) -> None:
    """Note that answers may go to this address; `opens_words` when the writer is known to be who confirmed it."""
    _lift_quiet(bytes(identifier.lookup))
    if identifier.is_verified and identifier.opens_words >= opens_words:
        return
    identifier.verified_at = identifier.verified_at or clock.now()
    identifier.opens_words = identifier.opens_words or opens_words
    # Only ever more: what another request confirmed meanwhile stays.
    more = {"opens_words": True} if opens_words else {}
    since = Coalesce("verified_at", Value(identifier.verified_at))
    Identifier.objects.filter(pk=identifier.pk).update(verified_at=since, **more)


def drop_identifier(identifier: Identifier, *, quiet_for: timedelta | None = None) -> None:
    """Forget an address for good; no automatic mail goes there for `quiet_for`, nor within a day of the last one."""
    now, asked_at = clock.now(), identifier.last_asked_at
    ends = [now + quiet_for] if quiet_for else []
    if identifier.mail_stopped_at is not None:
        ends.append(now + _QUIET_AFTER_STOP)
    if asked_at is not None and asked_at > now - ASKED_AT_MOST_EVERY:
        ends.append(asked_at + ASKED_AT_MOST_EVERY)
    if ends:
        _keep_quiet(bytes(identifier.lookup), max(ends))
    identifier.delete()


def drop_identifiers(rows: QuerySet[Identifier]) -> None:
    """Forget what people are recognised by, for good; a mailbox that was just asked stays quiet for its day."""
    asked = Q(last_asked_at__gt=clock.now() - ASKED_AT_MOST_EVERY) | Q(mail_stopped_at__isnull=False)
    for identifier in rows.filter(asked, kind=Identifier.Kind.EMAIL):
        drop_identifier(identifier)
    rows.delete()


def forget_quiet_mailboxes() -> None:
    """Forget the mailboxes whose time of quiet is over."""
    past = QuietMailbox.objects.filter(until__lt=clock.now().date())
    if past.exists():
        past.delete()


def _keep_quiet(hashed: bytes, end: datetime) -> None:
    """Let no automatic mail go to a mailbox up to the day of `end`; a longer quiet is not shortened."""
    with connection.cursor() as cursor:
        cursor.execute(_KEEP_QUIET, [hashed, connection.ops.adapt_datefield_value(end.date())])


def _lift_quiet(hashed: bytes) -> None:
    QuietMailbox.objects.filter(lookup=hashed).delete()
