"""On SQLite a row is numbered by its key, and no index doubles another: a submission writes half the pages."""

import django.db.models.deletion
import imsupport.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consent', '0003_note_who_confirmed_an_address'),
    ]

    operations = [
        migrations.AlterField(
            model_name='accessevent',
            name='id',
            field=imsupport.ids.IdField(default=imsupport.ids.new_id, primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name='acknowledgement',
            name='id',
            field=imsupport.ids.IdField(default=imsupport.ids.new_id, primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name='consentevent',
            name='id',
            field=imsupport.ids.IdField(default=imsupport.ids.new_id, primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name='consentevent',
            name='person_id',
            field=models.BigIntegerField(),
        ),
        migrations.AlterField(
            model_name='consentstate',
            name='id',
            field=imsupport.ids.IdField(default=imsupport.ids.new_id, primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name='destroyedkey',
            name='id',
            field=imsupport.ids.IdField(primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name='identifier',
            name='id',
            field=imsupport.ids.IdField(default=imsupport.ids.new_id, primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name='identifier',
            name='person',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='identifiers', to='consent.person'),
        ),
        migrations.AlterField(
            model_name='key',
            name='id',
            field=imsupport.ids.IdField(primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name='person',
            name='id',
            field=imsupport.ids.IdField(default=imsupport.ids.new_id, primary_key=True, serialize=False),
        ),
    ]
