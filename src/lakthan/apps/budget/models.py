"""Money: append-only lines. Balances are derived from them and never stored.

A wrong line is not changed: a line with the opposite amount that `reverses` it is added. A wrong transfer is taken
back from a day on, and made anew.
"""

from uuid import UUID

from django.db import models

from lakthan.apps.records import MoneyField, UnitRecord


class Transfer(UnitRecord):
    """Money transferred to a district by a letter. Issuer and approver of the letter are not the same office."""

    fiscal_year = models.PositiveIntegerField()
    amount = MoneyField()
    effective_on = models.DateField()
    purpose = models.CharField(max_length=300)
    letter_number = models.CharField(max_length=100)
    letter_date = models.DateField()
    issuer = models.CharField(max_length=200)
    approver = models.CharField(max_length=200)
    delegation = models.ForeignKey("people.Delegation", on_delete=models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField(null=True)
    """First day on which it is taken back: it was written down wrong, and nothing of it had moved."""
    end_document = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "fiscal_year", "letter_number", "purpose"],
                condition=models.Q(ended_on__isnull=True),
                name="budget_transfer_once",
            ),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="budget_transfer_positive"),
        ]


class TransferLine(UnitRecord):
    """A dated amount out of a transfer."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="%(class)ss")
    fiscal_year = models.PositiveIntegerField()
    """Of the transfer, repeated so that a figure needs no join."""
    amount = MoneyField()
    effective_on = models.DateField()
    document = models.CharField(max_length=200, blank=True)
    reverses = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="reversed_by")
    reverses_id: UUID | None

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["unit", "reverses"], name="budget_%(class)s_reversed_once")]


class Obligation(TransferLine):
    """Money bound by a contract or order (ก่อหนี้ผูกพัน)."""


class Disbursement(TransferLine):
    """Money paid out (เบิกจ่าย)."""


class Return(TransferLine):
    """Money sent back (ส่งคืน)."""


class RetentionIntention(UnitRecord):
    """A district's declared wish not to return the rest yet (ยังไม่ประสงค์คืนเงิน): a statement, not a balance."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="retention_intentions")
    effective_on = models.DateField()
    ended_on = models.DateField(null=True)
    reason = models.TextField(blank=True)
    document = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "transfer", "effective_on"], name="budget_intention_once"),
        ]


class YearEndDecision(UnitRecord):
    """What becomes of the unspent rest at year end: it lapses, or is carried over with an approval."""

    class Outcome(models.TextChoices):
        LAPSED = "lapsed"
        CARRIED_OVER = "carried-over"

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="year_end_decisions")
    outcome = models.CharField(max_length=16, choices=Outcome)
    amount = MoneyField()
    effective_on = models.DateField()
    document = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "transfer"], name="budget_year_end_decision_once")]
