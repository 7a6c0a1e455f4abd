"""What a crash between two stores leaves behind: keys and files that were written for a row that never came."""

import re
from collections.abc import Collection, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.functions import Substr

from consent.access.models import PersonalModel, UnpurposedReason
from consent.people.models import Person
from consent.sealing.actions import destroy_keys
from consent.sealing.envelopes import HEADER_BYTES, Sealed
from consent.sealing.fields import SealedField
from consent.sealing.models import Key
from feedback.intake.keeping import KEPT_FOR, let_go
from feedback.intake.models import KeptFile
from feedback.tickets.models import Attachment
from imsupport import clock
from imsupport.ids import id_at

STRAY_AFTER = timedelta(hours=24)
LOOKED_BACK = timedelta(days=8)
"""Long enough for a sweeper that stood still over a weekend; older strays open nothing and hurt nobody."""
BATCH = 500
_OUR_NAME = re.compile(r"[0-9a-f]{48}")


def destroy_stray_keys() -> int:
    """Destroy the keys that no row uses a day after they were made; return how many. Safe to repeat."""
    return sum(destroy_keys(set(keys) - _in_use(keys)) for keys in _old_keys())


def delete_stray_files() -> int:
    """Delete the sealed files that no row names a day after they were written; return how many. Safe to repeat."""
    deleted = 0
    old = _old_files()
    for start in range(0, len(old), BATCH):
        files = old[start : start + BATCH]
        rows = Attachment.objects.unpurposed(UnpurposedReason.ERASURE).filter(erased_at=None)
        named = set(rows.filter(stored_as__in=[file.name for file in files]).values_list("stored_as", flat=True))
        strays = [file for file in files if file.name not in named]
        for file in strays:
            file.unlink(missing_ok=True)
        deleted += len(strays)
    return deleted


def delete_kept_files() -> int:
    """Let go of the files that waited an hour for their message; return how many. Safe to repeat."""
    kept = KeptFile.objects.unpurposed(UnpurposedReason.ERASURE).filter(collected_at__lt=clock.now() - KEPT_FOR)
    return let_go(kept.order_by("collected_at")[:BATCH])


def sealed_columns() -> dict[type[models.Model], list[str]]:
    """Return every model that keeps sealed values, with their columns; each has a `person_id`."""
    found = {
        model: [field.name for field in model._meta.concrete_fields if isinstance(field, SealedField)]
        for model in apps.get_models()
    }
    return {model: columns for model, columns in found.items() if columns}


def _old_keys() -> Iterator[dict[int, int]]:
    """Yield batches of key ids with their persons'; ids sort by time, so the primary key finds them."""
    after, until = id_at(clock.now() - LOOKED_BACK), id_at(clock.now() - STRAY_AFTER)
    while True:
        rows = Key.objects.filter(pk__gte=after, pk__lt=until).order_by("pk")
        keys = dict(rows.values_list("pk", "person_id")[:BATCH])
        if not keys:
            return
        yield keys
        after = max(keys) + 1


def _in_use(keys: dict[int, int]) -> set[int]:
    """Return the keys of people who are there, and those that a sealed value of such a person was sealed with."""
    people = set(keys.values())
    used = set(Person.objects.filter(pk__in=people).values_list("pk", flat=True))
    for model, columns in sealed_columns().items():
        used |= _sealed_with(model, columns, people)
    return used


def _sealed_with(model: type[models.Model], columns: list[str], people: Collection[int]) -> set[int]:
    """Return the ids of the keys that rows of some people were sealed with; only the values' headers are read."""
    rows: Any = model._default_manager
    rows = rows.unpurposed(UnpurposedReason.ERASURE) if issubclass(model, PersonalModel) else rows.all()
    heads = {f"head_of_{name}": Substr(name, 1, HEADER_BYTES, output_field=models.BinaryField()) for name in columns}
    found = rows.filter(**{f"{_whose(model)}__in": people}).annotate(**heads).values_list(*heads)
    return {Sealed(head).key_id for row in found.iterator() for head in row if head is not None}


def _whose(model: type[models.Model]) -> str:
    """Return what names the person of a row; what belongs to a ticket is found through it, as an index does."""
    names = {field.name for field in model._meta.concrete_fields}
    return "ticket__person_id" if "ticket" in names else "person_id"


def _old_files() -> list[Path]:
    folder = Path(settings.MEDIA_ROOT)
    if not folder.exists():
        return []
    first = (clock.now() - LOOKED_BACK).timestamp()
    last = (clock.now() - STRAY_AFTER).timestamp()
    ours = (file for file in folder.iterdir() if _OUR_NAME.fullmatch(file.name))
    return sorted(file for file in ours if first <= file.stat().st_mtime < last)
