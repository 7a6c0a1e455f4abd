"""Each queue lies in an index in its order, so that a page of it costs the same however many tickets there are."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consent', '0004_number_rows_by_their_key'),
        ('feedback', '0004_keep_files_of_unsent_messages'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='ticket',
            name='ticket_by_state',
        ),
        migrations.RemoveIndex(
            model_name='ticket',
            name='ticket_by_assignee',
        ),
        migrations.AddField(
            model_name='ticket',
            name='queue',
            field=models.GeneratedField(db_persist=True, expression=models.Case(models.When(state__in=['new', 'open'], then=models.Value('open')), default=models.F('state')), output_field=models.CharField(max_length=8)),
        ),
        migrations.AlterField(
            model_name='ticket',
            name='team',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='feedback.team'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['queue', '-activity_at', '-id'], name='ticket_by_queue'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['assignee', 'queue', '-activity_at', '-id'], name='ticket_by_assignee'),
        ),
    ]
