"""Evidence files. What a file proves is a link table in the app above."""

from django.db import models

from lakthan.apps.records import UnitRecord


class Evidence(UnitRecord):
    """A file kept under `$LAKTHAN_HOME/evidence` by its SHA-256 digest; the same bytes are kept once."""

    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=255)
    stored_by = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "digest", "name"], name="evidence_once")]
