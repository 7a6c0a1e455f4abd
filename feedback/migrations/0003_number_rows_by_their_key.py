"""On SQLite a row is numbered by its key, and no index doubles another: a submission writes half the pages."""

import django.db.models.deletion
import imsupport.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consent', '0004_number_rows_by_their_key'),
        ('feedback', '0002_find_failed_mail'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='attachment',
            name='id',
            field=imsupport.ids.IdField(default=imsupport.ids.new_id, primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name='attachment',
            name='person',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consent.person'),
        ),
        migrations.AlterField(
            model_name='attachment',
            name='ticket',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='feedback.ticket'),
        ),
        migrations.AlterField(
            model_name='event',
            name='actor',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='event',
            name='id',
            field=imsupport.ids.IdField(default=imsupport.ids.new_id, primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name='event',
            name='ticket',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='feedback.ticket'),
        ),
        migrations.AlterField(
            model_name='message',
            name='author',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='message',
            name='id',
            field=imsupport.ids.IdField(default=imsupport.ids.new_id, primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name='message',
            name='person',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consent.person'),
        ),
        migrations.AlterField(
            model_name='message',
            name='ticket',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='feedback.ticket'),
        ),
        migrations.AlterField(
            model_name='outgoingmail',
            name='address',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='consent.identifier'),
        ),
        migrations.AlterField(
            model_name='outgoingmail',
            name='id',
            field=imsupport.ids.IdField(default=imsupport.ids.new_id, primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name='outgoingmail',
            name='person',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consent.person'),
        ),
        migrations.AlterField(
            model_name='ticket',
            name='assignee',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='ticket',
            name='id',
            field=imsupport.ids.IdField(default=imsupport.ids.new_id, primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name='ticket',
            name='person',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consent.person'),
        ),
        migrations.AddIndex(
            model_name='outgoingmail',
            index=models.Index(fields=['person'], name='outgoing_mail_of_person'),
        ),
    ]
