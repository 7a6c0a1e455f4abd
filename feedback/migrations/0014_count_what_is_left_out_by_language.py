"""What is left out is also counted by the language of the text; no category stands beside it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("feedback", "0013_put_urgent_tickets_first")]

    operations = [
        migrations.AddField(
            model_name="stripcount",
            name="language",
            field=models.CharField(db_default="", default="", max_length=8),
        ),
        migrations.RemoveConstraint(model_name="stripcount", name="strip_count_once_a_day"),
        migrations.AddConstraint(
            model_name="stripcount",
            constraint=models.UniqueConstraint(
                fields=("day", "category", "channel", "language"), name="strip_count_of_a_day"
            ),
        ),
    ]
