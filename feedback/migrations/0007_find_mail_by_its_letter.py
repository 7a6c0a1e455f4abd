"""Mail that still holds its letter is found by an index of both engines; SQLite used none that named its states."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("feedback", "0006_name_new_links")]

    operations = [
        migrations.RemoveIndex(model_name="outgoingmail", name="outgoing_mail_due"),
        migrations.RemoveIndex(model_name="outgoingmail", name="outgoing_mail_failed"),
        migrations.AddIndex(
            model_name="outgoingmail",
            index=models.Index(
                condition=models.Q(("letter__isnull", False)),
                fields=["state", "due_at"],
                name="outgoing_mail_with_letter",
            ),
        ),
    ]
