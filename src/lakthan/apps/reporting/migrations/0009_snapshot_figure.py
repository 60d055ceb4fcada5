import json
from typing import Any

from django.db import migrations, models

FIGURE = ("as_of", "target")


def take_figures(apps: Any, _: object) -> None:
    """Put the figure of each snapshot, without its members, beside the content it was taken from."""
    snapshots = apps.get_model("reporting", "Snapshot").objects
    for row in snapshots.only("pk", "content").iterator(chunk_size=20):
        content = json.loads(row.content)
        row.figure = {name: content[name] for name in FIGURE}
        row.figure["figure"] = {**content["figure"], "counted": [], "not_counted": []}
        row.save(update_fields=["figure"])


class Migration(migrations.Migration):
    """The figure of a snapshot stands in a column of its own."""

    dependencies = [("reporting", "0008_contents")]

    operations = [
        migrations.AddField("snapshot", "figure", models.JSONField(default=dict), preserve_default=False),
        migrations.RunPython(take_figures, migrations.RunPython.noop),
    ]
