"""Who opened a person's words, what waits to be erased and who never confirmed are found by an index, at any size."""

from django.db import migrations, models
from django.db.models.fields.json import KT
from django.db.models.functions import Cast


def note_who_waits(apps, schema_editor):
    """Let the clock look once at everybody who ever stopped and is not erased; it notes what it is done with."""
    if schema_editor.connection.alias != "default":
        return
    ended = ["ConsentWithdrawn", "ConsentExpired", "ConsentRevoked", "ConsentInvalidated"]
    events = apps.get_model("consent", "ConsentEvent").objects.filter(
        person_id=models.OuterRef("person_id"), purpose="agreement", status__in=ended
    )
    erased = apps.get_model("consent", "Person").objects.filter(erased_at__isnull=False).values("pk")
    states = apps.get_model("consent", "ConsentState").objects.filter(purpose="agreement", ended_at__isnull=False)
    first = events.order_by("occurred_at").values("occurred_at")[:1]
    states.exclude(person_id__in=erased).update(unswept_since=models.Subquery(first))


class Migration(migrations.Migration):
    dependencies = [("consent", "0004_number_rows_by_their_key")]

    operations = [
        migrations.AddField(
            model_name="accessevent",
            name="person_id",
            field=models.GeneratedField(
                db_persist=True,
                expression=Cast(KT("persons__0"), models.BigIntegerField()),
                output_field=models.BigIntegerField(null=True),
            ),
        ),
        migrations.AddIndex(
            model_name="accessevent",
            index=models.Index(fields=["person_id", "at"], name="access_event_of_person"),
        ),
        migrations.AlterField(model_name="accessevent", name="at", field=models.DateTimeField()),
        migrations.AddIndex(
            model_name="accessevent", index=models.Index(fields=["act", "at"], name="access_event_by_act")
        ),
        migrations.AddField(
            model_name="consentstate", name="unswept_since", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.RunPython(note_who_waits, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="consentstate",
            index=models.Index(
                condition=models.Q(("unswept_since__isnull", False)),
                fields=["unswept_since"],
                name="consent_state_unswept",
            ),
        ),
        migrations.AddIndex(
            model_name="identifier",
            index=models.Index(
                condition=models.Q(("kind", "email"), ("verified_at__isnull", True)),
                fields=["created_at"],
                name="identifier_unconfirmed",
            ),
        ),
    ]
