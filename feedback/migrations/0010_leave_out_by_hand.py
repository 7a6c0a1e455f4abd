"""Keys that are spent are noted with what sealed their words anew; a history says that something was left out."""

from django.db import migrations, models

import imsupport.ids


class Migration(migrations.Migration):
    dependencies = [("feedback", "0009_count_released_and_by_hand")]

    operations = [
        migrations.CreateModel(
            name="SpentKey",
            fields=[("id", imsupport.ids.IdField(primary_key=True, serialize=False))],
        ),
        migrations.AlterField(
            model_name="event",
            name="kind",
            field=models.CharField(
                choices=[
                    ("opened", "Opened"),
                    ("state", "State"),
                    ("priority", "Priority"),
                    ("assigned", "Assigned"),
                    ("team", "Team"),
                    ("tags", "Tags"),
                    ("answered", "Answered"),
                    ("noted", "Noted"),
                    ("replied", "Replied"),
                    ("read", "Read"),
                    ("erased", "Erased"),
                    ("handed in", "Handed In"),
                    ("mail failed", "Mail Failed"),
                    ("mail again", "Mail Again"),
                    ("new link", "New Link"),
                    ("left out", "Left out by hand"),
                ],
                max_length=12,
            ),
        ),
    ]
