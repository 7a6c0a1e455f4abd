"""The day's counts also say what writers kept, and what staff left out later."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("feedback", "0008_find_what_must_go")]

    operations = [
        migrations.AddField(model_name="stripcount", name="released", field=models.PositiveIntegerField(db_default=0)),
        migrations.AddField(model_name="stripcount", name="by_hand", field=models.PositiveIntegerField(db_default=0)),
    ]
