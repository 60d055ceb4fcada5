"""Requests for data say in what form answers come, and end; answers hold values, and the day of the first."""

from typing import Any

from django.db import migrations, models


def take_first_days(apps: Any, _schema_editor: Any) -> None:
    """Until now an answer had one day."""
    answers = apps.get_model("planning", "DataRequestAnswer").objects
    answers.filter(answered_on__isnull=False).update(first_answered_on=models.F("answered_on"))


class Migration(migrations.Migration):

    dependencies = [
        ('planning', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='datarequest',
            name='closed_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='datarequest',
            name='fields',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='datarequest',
            name='form',
            field=models.CharField(choices=[('text', 'text'), ('values', 'values'), ('workbook', 'workbook')], default='text', max_length=8),
        ),
        migrations.AddField(
            model_name='datarequestanswer',
            name='first_answered_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='datarequestanswer',
            name='rows',
            field=models.JSONField(default=list),
        ),
        migrations.RunPython(take_first_days, migrations.RunPython.noop),
    ]
