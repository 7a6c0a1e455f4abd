"""Who a consent belongs to: a pseudonym, and the sealed identifiers by which the person is recognised."""

from datetime import timedelta

from django.db import models
from django.db.models import Q

from consent.sealing.envelopes import Stamp
from consent.sealing.fields import SealedField
from imsupport.ids import IdField, new_id

ASKED_AT_MOST_EVERY = timedelta(days=1)
"""How often an unconfirmed mailbox is asked if its owner wrote, whoever gives its address."""


class Person(models.Model):
    """A pseudonym; it says nothing by itself."""

    id = IdField(primary_key=True, default=new_id)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"person {self.pk}"


class Identifier(models.Model):
    """Something by which a person is recognised: found by a keyed hash, its value sealed under the person's key."""

    class Kind(models.TextChoices):
        COOKIE = "cookie"
        EMAIL = "email"
        APP = "app"

    id = IdField(primary_key=True, default=new_id)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="identifiers")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    lookup = models.BinaryField(max_length=32, db_index=True)
    value = SealedField(label="identifier.value", null=True)
    policy_version = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True, blank=True)
    opens_words = models.BooleanField(default=False)
    """Its writer confirmed it, where they wrote or through an app: mail to it may hold what opens their words."""
    mail_stopped_at = models.DateTimeField(null=True, blank=True)
    """Its reader stopped mail to it, from their mail program."""
    last_asked_at = models.DateTimeField(null=True, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["created_at"],
                name="identifier_unconfirmed",
                condition=Q(kind="email", verified_at__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "lookup"], name="identifier_once_a_person"),
            models.UniqueConstraint(
                fields=["kind", "lookup"],
                condition=Q(kind__in=["cookie", "app"]),
                name="identifier_of_one_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of person {self.person_id}"

    is_fresh = False
    """True on the instance that was just made: what is noted on making it needs no second write."""

    @property
    def stamp(self) -> Stamp:
        return Stamp(self.person_id, self.policy_version, self.created_at)

    @property
    def is_verified(self) -> bool:
        return self.verified_at is not None


class QuietMailbox(models.Model):
    """A mailbox that gets no automatic mail up to a day, that day included: a keyed hash, and nobody who gave it.

    The identifier that was disowned or erased is gone, and with it the memory of having asked; without this row the
    same address could be given again and again, and would get a mail each time.
    """

    lookup = models.BinaryField(max_length=32, primary_key=True)
    until = models.DateField(db_index=True)

    def __str__(self) -> str:
        return f"a mailbox, quiet until {self.until}"
