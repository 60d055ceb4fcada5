"""That a unit has nothing to report, confirmed in one click."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lakthan.apps.indicators.models import Assignment
from lakthan.apps.ledger.services import create, lock
from lakthan.apps.reporting.deadlines import term_of, untimely
from lakthan.apps.reporting.duties import refuse_excused
from lakthan.apps.reporting.issues import newest_report
from lakthan.apps.reporting.models import NilConfirmation
from lakthan.apps.reporting.nil import nil_of
from lakthan.core.errors import Conflict
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.deadlines import closed_refusal
from lakthan.rules.permissions import Action, Actor, require


def confirm_nil(*, actor: Actor, assignment: Assignment, quarter: int, now: datetime) -> NilConfirmation:
    """Say that the unit has nothing to report for a quarter. It counts as reported. The same again is nothing new.

    Raises:
        UserError: there is no such quarter.
        Conflict: a report is begun, none is owed, or the period is not open or closed.
    """
    require(actor, Action.WRITE_REPORT, str(assignment.unit_id))
    FiscalYear(assignment.fiscal_year).quarter(quarter)
    with transaction.atomic():
        lock(assignment)
        if (found := nil_of(assignment, quarter)) is not None:
            return found
        _refuse(actor, assignment, quarter, now)
        row = NilConfirmation(unit_id=assignment.unit_id, assignment=assignment, quarter=quarter, person=actor.id)
        return create(actor, row, act="reporting.confirm_nil", now=now)


def _refuse(actor: Actor, assignment: Assignment, quarter: int, now: datetime) -> None:
    refuse_excused(assignment, quarter)
    term, today = term_of(assignment, quarter), timezone.localdate(now)
    if (refused := untimely(actor, term, today) or closed_refusal(term, today)) is not None:
        raise refused
    if newest_report(assignment, quarter) is not None:
        raise Conflict(
            "เริ่มเขียนรายงานของไตรมาสนี้แล้ว จึงยืนยันว่าไม่มีไม่ได้ ให้เขียนไว้ในรายงาน",
            "A report of this quarter is begun, so nothing cannot be confirmed; say so in the report.",
        )
