"""Meeting a person, and keeping what they can be recognised by."""

from datetime import datetime

from django.db import transaction

from consent.people import tokens
from consent.people.models import Identifier, Person
from consent.sealing.actions import make_person_key, open_person_key
from consent.sealing.envelopes import DataKey
from consent.sealing.lookups import lookup
from imsupport import clock
from imsupport.ids import new_id
from imsupport.rows import insert


def meet_person(*, policy_version: int, token: bytes) -> Person:
    """Make a pseudonym, its key and the identifier of its token; the key is committed first."""
    now = clock.now()
    person = Person(id=new_id(), created_at=now)
    make_person_key(person.pk)
    with transaction.atomic():
        person.save(force_insert=True)
        Identifier.objects.create(
            person=person,
            kind=Identifier.Kind.COOKIE,
            lookup=tokens.token_lookup(token),
            policy_version=policy_version,
            created_at=now,
        )
    return person


def find_address(person_id: int, address: str) -> Identifier | None:
    """Return this person's e-mail identifier for the address, if they gave it before."""
    return Identifier.objects.filter(
        person_id=person_id, kind=Identifier.Kind.EMAIL, lookup=lookup("email", address)
    ).first()


def keep_identifier(
    *,
    person_id: int,
    kind: Identifier.Kind,
    value: str,
    policy_version: int,
    verified_at: datetime | None = None,
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
        last_asked_at=asked_at,
    )
    if insert(fresh, unless_there=True):
        fresh.is_fresh = True
        return fresh
    kept = Identifier.objects.get(person_id=person_id, kind=kind, lookup=hashed)
    if verified_at and not kept.is_verified:
        kept.verified_at = verified_at
        kept.save(update_fields=["verified_at"])
    return kept


def verify_identifier(identifier: Identifier) -> None:
    """Note that the person holds this address."""
    Identifier.objects.filter(pk=identifier.pk, verified_at=None).update(verified_at=clock.now())


def drop_identifier(identifier: Identifier) -> None:
    """Forget an address for good."""
    identifier.delete()
