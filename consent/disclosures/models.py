"""Third parties: who may be passed something, what was passed on to whom by which permission, and what still waits."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consent.access.models import PersonalModel
from consent.ledger.models import ConsentEvent
from consent.purposes import Disclosing, disclosing
from imsupport.ids import IdField, new_id


class Part(models.TextChoices):
    """What of a message may be passed on. Names and addresses are not among it."""

    MESSAGE = "message", _("the words of the message")
    DEVICE = "device", _("facts about the phone")


class Recipient(models.Model):
    """A third party by name: what it gets, what for, where. What people allowed is exactly this, so none is rewritten.

    Another fact is another recipient, about which people are asked anew. Entered by one, confirmed by another.
    """

    id = models.BigAutoField(primary_key=True)
    slug = models.SlugField(max_length=28, unique=True)
    name = models.CharField(max_length=120)
    what_for = models.TextField()
    kept = models.CharField(max_length=200)
    place = models.CharField(max_length=120)
    contact = models.CharField(max_length=200)
    parts = models.JSONField(default=list)
    url = models.URLField(max_length=500)
    entered_by = models.CharField(max_length=80)
    entered_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=80, blank=True)
    reason = models.TextField(blank=True)
    effective_from = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"recipient {self.slug}"

    @property
    def purpose(self) -> Disclosing:
        return disclosing(self.slug)

    @property
    def parts_in_words(self) -> list[str]:
        """What is passed on, in words."""
        return [str(Part(name).label) for name in self.parts]


class Disclosure(models.Model):
    """That something of a person is passed on, by which of their permissions: written before it leaves, for good."""

    id = IdField(primary_key=True)
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="disclosures")
    consent_event = models.ForeignKey(ConsentEvent, on_delete=models.PROTECT, related_name="+")
    person_id = models.BigIntegerField()
    subject_id = models.BigIntegerField()
    purpose = models.CharField(max_length=40)
    parts = models.JSONField(default=list)
    actor_kind = models.CharField(max_length=8)
    actor_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "id"], name="disclosure_of_person"),
            models.Index(fields=["subject_id", "id"], name="disclosure_of_subject"),
        ]

    def __str__(self) -> str:
        return f"disclosure {self.pk} to {self.recipient_id}"


class DisclosureAct(models.Model):
    """What was done about a disclosure, each attempt before it is made. Appended."""

    class Act(models.TextChoices):
        ATTEMPTED = "attempted", _("sent off")
        DELIVERED = "delivered", _("arrived")
        FAILED = "failed", _("did not arrive")
        RECALLED = "recalled", _("told to erase it")
        RECALL_FAILED = "recall failed", _("could not be told to erase it")

    id = IdField(primary_key=True, default=new_id)
    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="acts")
    act = models.CharField(max_length=16, choices=Act.choices)
    payload_sha256 = models.CharField(max_length=64, blank=True)
    code = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"disclosure {self.disclosure_id} {self.act}"


class Egress(PersonalModel):
    """What waits to leave to a recipient: a message, or the word that one is to be erased there. Gone when settled.

    It holds no words: they are opened when they leave. Its stamp is that of what is passed on.
    """

    class Kind(models.TextChoices):
        SHARE = "share"
        RECALL = "recall"

    id = IdField(primary_key=True, default=new_id)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="+")
    disclosure = models.ForeignKey(Disclosure, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField(db_index=True)
    actor_kind = models.CharField(max_length=8)
    actor_id = models.BigIntegerField(null=True)
    due_at = models.DateTimeField(db_index=True)
    lease = models.BigIntegerField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("what waits to be passed on")
        constraints = [
            models.UniqueConstraint(
                fields=["subject_id", "recipient"], condition=Q(kind="share"), name="egress_share_once"
            ),
            models.UniqueConstraint(fields=["disclosure"], condition=Q(kind="recall"), name="egress_recall_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.recipient_id}"
