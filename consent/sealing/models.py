"""The key store: a database of its own, so that no dump of the other one opens anything."""

from django.db import models

from imsupport.ids import IdField


class Key(models.Model):
    """A wrapped 256-bit key. A person's key is wrapped by the ring, a data key by its person's key.

    `id` of a person's key is the person's id; `person_id` is then the same number.
    """

    stored_in_keys = True

    id = IdField(primary_key=True)
    person_id = models.BigIntegerField(db_index=True)
    ring_key = models.CharField(max_length=32, blank=True)
    wrapped = models.BinaryField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"key {self.pk}"


class DestroyedKey(models.Model):
    """That a key was destroyed, so that an older copy of the store can be made to forget it again."""

    stored_in_keys = True

    id = IdField(primary_key=True)
    destroyed_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"destroyed key {self.pk}"


class LedgerMark(models.Model):
    """The ledger's head as last seen by a second witness: size and hash."""

    stored_in_keys = True

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"mark at {self.size}"
