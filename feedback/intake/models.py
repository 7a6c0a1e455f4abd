"""What waits for its message."""

from django.db import models

from consent.access.models import PersonalModel
from consent.sealing.fields import SealedField
from imsupport.ids import IdField, new_id


class KeptFile(PersonalModel):
    """A file that passed while its message did not, sealed as the attachment of the same id that it becomes."""

    id = IdField(primary_key=True, default=new_id)
    form = models.BinaryField(max_length=32, db_index=True)
    name = SealedField(label="attachment.name")
    left_out = SealedField(label="attachment.left_out", null=True)
    content_type = models.CharField(max_length=60)
    size_bytes = models.PositiveIntegerField()
    stored_as = models.CharField(max_length=64)
    key_id = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["collected_at"], name="kept_file_by_time")]

    def __str__(self) -> str:
        return f"kept file {self.pk}"
