"""What was given for a time is found by an index when its time is over; what has ended has no end ahead any more."""

from django.db import migrations, models


def forget_ends_of_what_has_ended(apps, schema_editor):
    """Bring the fast table to what a replay comes to now: only what stands has an end ahead."""
    if schema_editor.connection.alias == "default":
        ended = ["ConsentWithdrawn", "ConsentExpired", "ConsentRevoked", "ConsentInvalidated"]
        states = apps.get_model("consent", "ConsentState").objects.filter(valid_until__isnull=False)
        states.filter(status__in=ended).update(valid_until=None)


class Migration(migrations.Migration):
    dependencies = [("consent", "0006_keep_mailboxes_quiet")]

    operations = [
        migrations.RunPython(forget_ends_of_what_has_ended, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="consentstate",
            index=models.Index(
                condition=models.Q(("valid_until__isnull", False)), fields=["valid_until"], name="consent_state_lapsing"
            ),
        ),
    ]
