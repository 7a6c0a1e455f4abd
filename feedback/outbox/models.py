"""Mail that must leave: rows written with their cause, sealed, claimed and delivered at least once."""

from django.db import models

from consent.access.models import PersonalModel
from consent.sealing.fields import SealedField
from imsupport.ids import IdField, new_id


class OutgoingMail(PersonalModel):
    """One mail. Its words are sealed under its message's key, its Message-ID fixed when the row is written.

    It holds its letter until it has left or is cancelled: by that an index knows what still waits. A failed one
    keeps it for 30 days after `due_at`, and its lease until the ticket's history tells of it.
    """

    class State(models.TextChoices):
        DUE = "due"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"
        CANCELLED = "cancelled"

    id = IdField(primary_key=True, default=new_id)
    kind = models.CharField(max_length=24)
    purpose = models.CharField(max_length=40)
    ticket_id = models.BigIntegerField(null=True, db_index=True)
    source_id = models.BigIntegerField(null=True)
    address = models.ForeignKey(
        "consent.Identifier", null=True, on_delete=models.SET_NULL, db_index=False, related_name="+"
    )
    message_id = models.CharField(max_length=120, unique=True)
    letter = SealedField(label="outgoing_mail.letter", null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DUE)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    lease = models.BigIntegerField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=60, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            # Small however many have left; SQLite does not see that a list of states is the one of an index.
            models.Index(
                fields=["state", "due_at"], name="outgoing_mail_with_letter", condition=models.Q(letter__isnull=False)
            ),
            models.Index(fields=["address", "-id"], name="outgoing_mail_of_address"),
            models.Index(fields=["person"], name="outgoing_mail_of_person"),
        ]

    def __str__(self) -> str:
        return f"mail {self.pk}: {self.kind}"
