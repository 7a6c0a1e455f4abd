"""What was left out of a ticket's lines and of files is sealed with them, so that their writer may be told."""

from django.db import migrations

from consent.sealing.fields import SealedField


class Migration(migrations.Migration):
    dependencies = [("feedback", "0011_ask_for_needs")]

    operations = [
        migrations.AddField(model_name=model, name="left_out", field=SealedField(label=f"{row}.left_out", null=True))
        for model, row in (("ticket", "ticket"), ("attachment", "attachment"), ("keptfile", "attachment"))
    ]
