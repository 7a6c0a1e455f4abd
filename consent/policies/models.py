"""Policy versions, the operator's facts beside them, and the exact notices that people were shown."""

from django.db import models


class PolicyVersion(models.Model):
    """A published policy, never changed. `number` is what rows are stamped with.

    A version is in effect until the next one is, so that no two windows overlap. Whoever reads `reason` with
    `confirmed_by` empty knows that no colleague stood for it.
    """

    number = models.PositiveIntegerField(primary_key=True)
    effective_from = models.DateTimeField(unique=True)
    effective_until = models.DateTimeField(null=True, blank=True)
    announced_at = models.DateTimeField()
    is_material = models.BooleanField(default=True)
    entered_by = models.CharField(max_length=80, blank=True)
    confirmed_by = models.CharField(max_length=80, blank=True)
    reason = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"policy version {self.number}"


class PolicyText(models.Model):
    """The words of a version in one language, byte for byte."""

    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(max_length=12)
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    is_authoritative = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "language"], name="policy_text_once_a_language")]

    def __str__(self) -> str:
        return f"{self.version} in {self.language}"


class PurposeInVersion(models.Model):
    """An optional use that a version offers, in its words where they are not our own. Never changed."""

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="offers")
    purpose = models.CharField(max_length=40)
    sentence = models.TextField(blank=True)
    uses = models.TextField(blank=True)
    kept = models.TextField(blank=True)
    recipients = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "purpose"], name="purpose_in_version_once")]

    def __str__(self) -> str:
        return f"{self.purpose} in {self.version}"


class PolicyDraft(models.Model):
    """A version that is being written. It stays as it was when it was published."""

    id = models.BigAutoField(primary_key=True)
    texts = models.JSONField(default=dict)
    """The words of each language, English first of all."""
    offers = models.JSONField(default=dict)
    """For each optional use that is offered its sentence, data, time and recipients; empty for our own words."""
    lead_days = models.PositiveSmallIntegerField(default=14)
    reason = models.TextField(blank=True)
    entered_by = models.CharField(max_length=80)
    entered_at = models.DateTimeField()
    published = models.OneToOneField(PolicyVersion, null=True, blank=True, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return f"policy draft {self.pk}"


class OperatorFacts(models.Model):
    """What the policy leaves unsaid and the operator adds. Each change is a new row; none is rewritten."""

    id = models.BigAutoField(primary_key=True)
    app_name = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    postal_address = models.TextField()
    contact = models.CharField(max_length=200)
    authority = models.CharField(max_length=200)
    storage_place = models.CharField(max_length=120)
    processors = models.TextField()
    retention_months = models.PositiveSmallIntegerField(default=12)
    entered_by = models.CharField(max_length=80)
    entered_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=80, blank=True)
    effective_from = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"operator facts {self.pk}"


class Notice(models.Model):
    """The bytes of a notice that somebody decided on, kept once under their hash."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT)
    language = models.CharField(max_length=12)
    body = models.BinaryField()
    first_shown_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"notice {self.sha256[:12]}"


class NoticesServed(models.Model):
    """How often a notice was shown, by day, version, language and channel: a count, nobody's row."""

    day = models.DateField()
    version = models.PositiveIntegerField()
    language = models.CharField(max_length=12)
    channel = models.CharField(max_length=12)
    served = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "version", "language", "channel"], name="notices_served_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.served} notices on {self.day}"
