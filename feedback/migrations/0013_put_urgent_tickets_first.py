"""Who is harmed or threatened may say so; the urgent tickets of a queue are found by themselves, to stand on top."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("feedback", "0012_say_what_lines_and_files_lost")]

    operations = [
        migrations.AlterField(
            model_name="ticket",
            name="topic",
            field=models.CharField(
                choices=[
                    ("problem", "Something does not work"),
                    ("question", "A question"),
                    ("idea", "An idea"),
                    ("account", "My account or payment"),
                    ("privacy", "Privacy"),
                    ("safety", "Someone harms or threatens me"),
                    ("other", "Something else"),
                ],
                default="other",
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("priority", 4)), fields=["queue", "-activity_at", "-id"], name="ticket_urgent"
            ),
        ),
    ]
