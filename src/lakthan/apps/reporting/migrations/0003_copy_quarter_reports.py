from typing import Any

from django.db import migrations

COPIED = (
    "id",
    "recorded_at",
    "unit_id",
    "assignment_id",
    "quarter",
    "state",
    "progress",
    "narrative",
    "supporting_factors",
    "obstacles",
    "evidence_list",
)


def copy_quarter_reports(apps: Any, _: object) -> None:
    """Copy every report of a quarter with its identifier."""
    report, quarter_report = apps.get_model("reporting", "Report"), apps.get_model("reporting", "QuarterReport")
    report.objects.bulk_create(report(**row) for row in quarter_report.objects.values(*COPIED))


class Migration(migrations.Migration):
    """Reports of quarters go into the table of reports. Apart from changes of tables, which wait for no rows."""

    dependencies = [("reporting", "0002_one_report")]

    operations = [migrations.RunPython(copy_quarter_reports)]
