"""Publishes the founding policy, byte for byte, as version 1."""

import hashlib
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import migrations
from django.utils import timezone

FOUNDING = Path(__file__).parent.parent / "policies" / "founding" / "v1.en.txt"
DEMO_PAST = timedelta(days=400)


def publish(apps, schema_editor):
    if schema_editor.connection.alias != "default":
        return
    # A demo tells of a past, which needs a policy in effect; a published version is never changed afterwards.
    since = timezone.now() - (DEMO_PAST if settings.DEMO else timedelta(0))
    version, is_new = apps.get_model("consent", "PolicyVersion").objects.get_or_create(
        number=1, defaults={"effective_from": since, "announced_at": since}
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
