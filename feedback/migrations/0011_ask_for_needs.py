"""A ticket knows since when its person is asked what they need."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("feedback", "0010_leave_out_by_hand")]

    operations = [
        migrations.AddField(
            model_name="ticket", name="needs_asked_at", field=models.DateTimeField(blank=True, null=True)
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
                    ("needs asked", "Asked what they need"),
                    ("needs said", "Said what they need"),
                ],
                max_length=12,
            ),
        ),
    ]
