"""Who looked at what, who was turned away, and the base of every row that belongs to a person."""

from typing import Self, TypeVar

from django.db import models
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from consent.access.actors import Actor
from consent.access.predicates import usable
from consent.purposes import AnyPurpose
from consent.sealing.envelopes import Stamp
from imsupport.ids import IdField, new_id


class AccessEvent(models.Model):
    """That an actor was shown somebody's words or addresses, for a purpose. One per act, folded by `fold`."""

    class Act(models.TextChoices):
        LISTED = "listed"
        OPENED = "opened"
        MATCHED = "matched"
        DELIVERED = "delivered"
        EXPORTED = "exported"

    id = IdField(primary_key=True, default=new_id)
    act = models.CharField(max_length=10, choices=Act.choices)
    actor_kind = models.CharField(max_length=8)
    actor_id = models.BigIntegerField(null=True)
    purpose = models.CharField(max_length=40)
    place = models.CharField(max_length=40)
    subject_id = models.BigIntegerField(null=True, db_index=True)
    persons = models.JSONField(default=list)
    person_id = models.GeneratedField(
        expression=Cast(KT("persons__0"), models.BigIntegerField()),
        output_field=models.BigIntegerField(null=True),
        db_persist=True,
    )
    """Whom it is about, or the first of several, so that an index finds who opened somebody's words."""
    at = models.DateTimeField()
    fold = models.BinaryField(max_length=16, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "at"], name="access_event_of_person"),
            models.Index(fields=["act", "at"], name="access_event_by_act"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_kind} {self.actor_id} {self.act} {self.place}"


class GateDenial(models.Model):
    """How often a door stayed shut: by day, route and reason; nobody's row."""

    day = models.DateField()
    route = models.CharField(max_length=80)
    reason = models.CharField(max_length=24)
    denied = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "route", "reason"], name="gate_denial_once_a_day")]

    def __str__(self) -> str:
        return f"{self.denied} at {self.route} on {self.day}"


class Acknowledgement(models.Model):
    """That a member of staff acknowledged a version of the undertaking. Appended, never changed."""

    id = IdField(primary_key=True, default=new_id)
    user_id = models.BigIntegerField(db_index=True)
    undertaking = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    acknowledged_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"user {self.user_id} acknowledged undertaking {self.undertaking}"


class UnpurposedReason(models.TextChoices):
    """The closed list of reasons for which personal rows may be fetched without a purpose; still sealed."""

    MAINTENANCE = "maintenance"
    VERIFICATION = "verification"
    ERASURE = "erasure"
    DELIVERY_CLAIM = "delivery claim"
    FIGURES = "figures"
    OWN_WITHDRAWN = "own withdrawn rows"
    NAMED = "named by a purposed query in the same statement"


Row = TypeVar("Row", bound=models.Model, covariant=True)


class PersonalQuerySet(models.QuerySet[Row]):
    """Rows that belong to persons, fetched for a purpose by an actor."""

    def for_purpose(self, purpose: AnyPurpose, *, actor: Actor) -> Self:
        """Return only the rows that may be used for `purpose` now; the ledger is asked inside the query."""
        return self.filter(usable(purpose, actor))

    def unpurposed(self, reason: UnpurposedReason) -> Self:
        """Return rows for one of the closed list of reasons; what they hold stays sealed."""
        UnpurposedReason(reason)
        return self.all()


class PersonalModel(models.Model):
    """A row about a person, stamped for good with the policy version it was collected under."""

    person_id: int
    person = models.ForeignKey("consent.Person", on_delete=models.PROTECT, db_index=False, related_name="+")
    """Without an index: a kind of row that is looked up by its person declares the one it needs."""
    policy_version = models.PositiveIntegerField()
    collected_at = models.DateTimeField()

    objects = PersonalQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def stamp(self) -> Stamp:
        return Stamp(self.person_id, self.policy_version, self.collected_at)
