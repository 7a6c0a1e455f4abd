"""The consent ledger: events that are only ever appended, their state replayed, and signed heads."""

from django.db import models

from imsupport.ids import IdField, new_id


class Status(models.TextChoices):
    """The ten states of ISO/IEC TS 27560 in the words of DPV 2.2."""

    UNKNOWN = "ConsentUnknown"
    REQUESTED = "ConsentRequested"
    DEFERRED = "ConsentRequestDeferred"
    REFUSED = "ConsentRefused"
    GIVEN = "ConsentGiven"
    RENEWED = "RenewedConsentGiven"
    WITHDRAWN = "ConsentWithdrawn"
    EXPIRED = "ConsentExpired"
    REVOKED = "ConsentRevoked"
    INVALIDATED = "ConsentInvalidated"


class Channel(models.TextChoices):
    WEB = "web"
    WEBVIEW = "webview"
    EMAIL = "email"
    SYSTEM = "system"


class ConsentEvent(models.Model):
    """One purpose of one act. Appended once, never changed: triggers refuse it, the chain shows it."""

    id = IdField(primary_key=True, default=new_id)
    seq = models.BigIntegerField(unique=True)
    act_id = models.BigIntegerField(db_index=True)
    person_id = models.BigIntegerField()
    purpose = models.CharField(max_length=40)
    status = models.CharField(max_length=24, choices=Status.choices)
    policy_version = models.PositiveIntegerField()
    notice_sha256 = models.CharField(max_length=64)
    language = models.CharField(max_length=12)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    indicated_by = models.CharField(max_length=60)
    expressed_by = models.CharField(max_length=12, default="subject")
    app_id = models.CharField(max_length=40, blank=True)
    gpc = models.BooleanField(default=False)
    occurred_at = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)
    prev_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        indexes = [models.Index(fields=["person_id", "purpose", "seq"], name="consent_event_of_person")]

    def __str__(self) -> str:
        return f"event {self.seq}: {self.purpose} {self.status}"


class ConsentState(models.Model):
    """What the events of a person and purpose come to: the fast table, rebuilt and compared with the replay.

    `valid_until` is set while the purpose stands. `ended_at` is the last time it ended by withdrawal, expiry,
    revocation or invalidation: rows collected before it stay dead, whatever is agreed to later. `unswept_since`
    is the earliest end of the agreement after which they may still wait to be erased.
    """

    id = IdField(primary_key=True, default=new_id)
    person_id = models.BigIntegerField()
    purpose = models.CharField(max_length=40)
    status = models.CharField(max_length=24, choices=Status.choices)
    policy_version = models.PositiveIntegerField()
    given_at = models.DateTimeField(null=True, blank=True)
    valid_until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    unswept_since = models.DateTimeField(null=True, blank=True)
    last_seq = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_id", "purpose"], name="consent_state_once_a_purpose")]
        indexes = [
            models.Index(
                fields=["unswept_since"],
                name="consent_state_unswept",
                condition=models.Q(unswept_since__isnull=False),
            ),
            models.Index(
                fields=["valid_until"],
                name="consent_state_lapsing",
                condition=models.Q(valid_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} of person {self.person_id}: {self.status}"


class EndedDisclosing(models.Model):
    """That a person ended what they had allowed a recipient: written with the event, gone once recipients are told.

    Who got something under it must hear of it (GDPR, article 19), whichever way it ended.
    """

    seq = models.BigIntegerField(primary_key=True)
    person_id = models.BigIntegerField()
    purpose = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"{self.purpose} of person {self.person_id} ended"


class LedgerHead(models.Model):
    """Size and hash of the chain; the row that appenders lock."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField(default=0)
    hash = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"head at {self.size}"


class TreeTile(models.Model):
    """The root of a whole subtree of 256 leaves (level 1), of 256 such (level 2), and so on. Appended."""

    id = models.BigAutoField(primary_key=True)
    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="tree_tile_once")]

    def __str__(self) -> str:
        return f"tile {self.index} of level {self.level}"


class StateComparison(models.Model):
    """That the fast table was compared with the replay of the events, and how many states differed."""

    id = models.BigAutoField(primary_key=True)
    compared_at = models.DateTimeField()
    events = models.BigIntegerField()
    differences = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.differences} differences at {self.compared_at}"


class SignedHead(models.Model):
    """The chain's head at an hour, its tree's root, and all access events up to it, under our signature; published.

    Heads from before there was a tree have no root.
    """

    id = models.BigAutoField(primary_key=True)
    size = models.BigIntegerField(db_index=True)
    hash = models.CharField(max_length=64)
    root = models.CharField(max_length=64, blank=True)
    access_until = models.BigIntegerField(default=0)
    access_count = models.BigIntegerField(default=0)
    access_hash = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    key_id = models.CharField(max_length=32)
    signature = models.CharField(max_length=90)

    def __str__(self) -> str:
        return f"signed head at {self.size}"
