import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The old table goes, now that its rows are copied."""

    dependencies = [("people", "0001_initial"), ("reporting", "0003_copy_quarter_reports")]

    operations = [
        migrations.AlterField(
            "datednote",
            "report",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="reporting.report"
            ),
        ),
        migrations.DeleteModel("QuarterReport"),
    ]
