"""What must be erased or stopped, and the row of a file, are found by an index: the clock's work reads no table."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("feedback", "0007_find_mail_by_its_letter")]

    operations = [
        migrations.RemoveIndex(model_name="ticket", name="ticket_solved"),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("erased_at__isnull", True), ("solved_at__isnull", False)),
                fields=["solved_at"],
                name="ticket_to_erase",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("stops_when_answered", True)), fields=["person"], name="ticket_to_stop"
            ),
        ),
        migrations.AddIndex(
            model_name="attachment", index=models.Index(fields=["stored_as"], name="attachment_stored_as")
        ),
    ]
