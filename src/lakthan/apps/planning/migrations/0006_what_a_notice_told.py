"""What each notice told of its decision; of those that went out before, what the decision says."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import lakthan.apps.records


def copy_terms(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    """Take the words of the decisions for what was told of them: whether they were mended since is not known."""
    rows = apps.get_model("planning", "DecisionNotice").objects.select_related("inclusion", "decline")
    for row in rows.iterator(chunk_size=500):
        if row.inclusion is not None:
            row.item_number, row.budget = row.inclusion.item_number, row.inclusion.budget
        elif row.decline is not None:
            row.reason = row.decline.reason
        row.save(update_fields=["item_number", "budget", "reason"])


class Migration(migrations.Migration):
    dependencies = [("planning", "0005_notice_outcome")]

    operations = [
        migrations.RemoveConstraint("decisionnotice", "planning_told_included"),
        migrations.RemoveConstraint("decisionnotice", "planning_told_declined"),
        migrations.AddField("decisionnotice", "turn", models.PositiveSmallIntegerField(default=1)),
        migrations.AddField("decisionnotice", "item_number", models.PositiveIntegerField(null=True)),
        migrations.AddField("decisionnotice", "budget", lakthan.apps.records.MoneyField(null=True)),
        migrations.AddField("decisionnotice", "reason", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddField("decisionnotice", "is_withdrawn", models.BooleanField(default=False)),
        migrations.AddConstraint(
            "decisionnotice",
            models.UniqueConstraint(fields=["unit", "inclusion", "way", "turn"], name="planning_notice_of_inclusion"),
        ),
        migrations.AddConstraint(
            "decisionnotice",
            models.UniqueConstraint(fields=["unit", "decline", "way", "turn"], name="planning_notice_of_decline"),
        ),
        migrations.RunPython(copy_terms, migrations.RunPython.noop),
    ]
