import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Year reports become reports, which may be of a quarter too."""

    dependencies = [("reporting", "0001_initial")]

    operations = [
        migrations.RemoveConstraint("quarterreport", "reporting_quarter_report_once"),
        migrations.RemoveConstraint("quarterreport", "reporting_quarter_progress"),
        migrations.RemoveConstraint("yearreport", "reporting_year_report_once"),
        migrations.RenameModel("YearReport", "Report"),
        migrations.AddField("report", "quarter", models.PositiveIntegerField(null=True)),
        migrations.AddField("report", "issue", models.PositiveIntegerField(default=1)),
        migrations.AddField("report", "progress", models.PositiveIntegerField(null=True)),
        migrations.AddField(
            "report",
            "corrects",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="reporting.report",
            ),
        ),
    ]
