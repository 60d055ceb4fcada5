"""Confirmations that a unit has nothing to report for a quarter: which stand, and how writing withdraws one."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from lakthan.apps.indicators.models import Assignment
from lakthan.apps.ledger.services import change
from lakthan.apps.reporting.duties import Place
from lakthan.apps.reporting.models import NilConfirmation
from lakthan.rules.permissions import Actor


def nils(assignments: Iterable[Assignment]) -> set[Place]:
    """The quarters of some assignments for which nothing was confirmed, in one statement."""
    return set(nil_places(assignments))


def nil_places(assignments: Iterable[Assignment]) -> "QuerySet[NilConfirmation, Place]":
    """The same as rows that can be joined to others."""
    rows = NilConfirmation.objects.filter(assignment__in=[row.pk for row in assignments], withdrawn_at=None)
    return rows.order_by().values_list("assignment", "quarter")


def nil_of(assignment: Assignment, quarter: int | None) -> NilConfirmation | None:
    """The confirmation that stands; None where there is none, and for the year."""
    if quarter is None:
        return None
    return NilConfirmation.objects.filter(assignment=assignment, quarter=quarter, withdrawn_at=None).first()


def end_nil(actor: Actor, assignment: Assignment, quarter: int | None, now: datetime) -> None:
    """Withdraw the confirmation, because a report is written after all."""
    if (found := nil_of(assignment, quarter)) is not None:
        change(actor, found, act="reporting.withdraw_nil", now=now, withdrawn_at=now)
