"""Keys that are spent are noted with what sealed their words anew."""

from django.db import migrations

import imsupport.ids


class Migration(migrations.Migration):
    dependencies = [("feedback", "0009_count_released_and_by_hand")]

    operations = [
        migrations.CreateModel(
            name="SpentKey",
            fields=[("id", imsupport.ids.IdField(primary_key=True, serialize=False))],
        ),
    ]
