"""Several reports and words of one day, of which the last counts."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("planning", "0006_working_plan")]

    operations = [
        migrations.RemoveConstraint("workprogress", "planning_work_progress_once"),
        migrations.RemoveConstraint("workconfirmation", "planning_work_confirmation_once"),
    ]
