"""Publishes the founding policy, byte for byte, as version 1."""

import hashlib
from pathlib import Path

from django.db import migrations
from django.utils import timezone

FOUNDING = Path(__file__).parent.parent / "policies" / "founding" / "v1.en.txt"


def publish(apps, schema_editor):
    if schema_editor.connection.alias != "default":
        return
    version, is_new = apps.get_model("consent", "PolicyVersion").objects.get_or_create(
        number=1, defaults={"effective_from": timezone.now(), "announced_at": timezone.now()}
    )
    if is_new:
        raw = FOUNDING.read_bytes()
        apps.get_model("consent", "PolicyText").objects.create(
            version=version,
            language="en",
            body=raw.decode("utf-8"),
            sha256=hashlib.sha256(raw).hexdigest(),
            is_authoritative=True,
        )


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_initial")]
    operations = [migrations.RunPython(publish, migrations.RunPython.noop)]
