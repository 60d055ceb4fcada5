"""Ledger entries, the personal values beside them, and the running tallies of facts.

Identifiers of actors, subjects and units are opaque here: the ledger points to no table above it.
"""

from django.db import models

from lakthan.apps.identifiers import new_id
from lakthan.apps.records import MoneyField


class Entry(models.Model):
    """One act. Never updated, deleted, replaced or truncated: triggers of the database refuse it.

    `body` is the canonical JSON (RFC 8785) that `leaf_hash` is the hash of; the other columns repeat it for look-up.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    recorded_at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    act = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=80)
    subject_id = models.UUIDField()
    unit_id = models.UUIDField(null=True)
    body = models.TextField()
    leaf_hash = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_id", "recorded_at"], name="ledger_entry_subject"),
            models.Index(fields=["unit_id", "recorded_at"], name="ledger_entry_unit"),
        ]


class PersonalValue(models.Model):
    """The plain value and salt of a personal field of an entry. May be erased; the entry's digest stays."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="personal_values")
    side = models.CharField(max_length=6, choices=[("before", "before"), ("after", "after")])
    name = models.CharField(max_length=80)
    value = models.TextField()
    salt = models.BinaryField(max_length=16)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "side", "name"], name="ledger_personal_value_once"),
        ]


class Tally(models.Model):
    """How many facts of a kind, and for how much, took effect and ended in which quarters, by unit.

    Kept by services in the transaction of the fact itself. Quarters are keys such as 25633 (`Quarter.key`);
    0 stands for "not booked" and "not ended", because a unique key does not compare nulls.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit_id = models.UUIDField()
    kind = models.CharField(max_length=32)
    label = models.CharField(max_length=32)
    fiscal_year = models.PositiveIntegerField()
    effective_quarter = models.PositiveIntegerField()
    ended_quarter = models.PositiveIntegerField(default=0)
    count = models.IntegerField(default=0)
    amount = MoneyField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit_id", "kind", "label", "fiscal_year", "effective_quarter", "ended_quarter"],
                name="ledger_tally_once",
            ),
        ]
        indexes = [models.Index(fields=["kind", "label", "fiscal_year"], name="ledger_tally_kind")]
