"""Writes of a report's texts."""

from datetime import datetime
from enum import Enum
from typing import Any

from django.db import transaction
from django.utils import timezone

from lakthan.apps.indicators.models import Assignment
from lakthan.apps.ledger.services import create
from lakthan.apps.reporting.deadlines import term_of, untimely
from lakthan.apps.reporting.duties import refuse_excused
from lakthan.apps.reporting.issues import newest_report
from lakthan.apps.reporting.models import Report
from lakthan.apps.reporting.nil import end_nil
from lakthan.apps.reporting.steps import act_of, note_step, take_step
from lakthan.core.errors import UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Action, Actor, require
from lakthan.rules.workflow import State, Step, require_step

SECTIONS = frozenset({"narrative", "supporting_factors", "obstacles", "evidence_list"})
"""Text fields of every report."""
PRINTED = frozenset(
    {
        "printed_name",
        "printed_level",
        "printed_plan_links",
        "printed_terms",
        "printed_method",
        "printed_target",
        "printed_result",
        "certification",
        "footer",
        "signature",
        "unplaced",
    }
)
"""Further text fields of a year report."""


class Unchanged(Enum):
    """That a field stays as it is, where None is a value of its own."""

    UNCHANGED = "unchanged"


UNCHANGED = Unchanged.UNCHANGED


def write_quarter_report(
    *,
    actor: Actor,
    assignment: Assignment,
    quarter: int,
    now: datetime,
    progress: int | Unchanged | None = UNCHANGED,
    **texts: object,
) -> Report:
    """Write the draft of a quarter: make it, or change the sections given in `texts` (`SECTIONS`).

    `progress` that is None is taken back: from then on it is not given.

    Raises:
        TypeError: a text is no section of a quarter's report.
        UserError: there is no such quarter, or `progress` is not from 0 to 100.
        Conflict: the report of the quarter is past writing, or not owed, or its period is not open yet.
    """
    require(actor, Action.WRITE_REPORT, str(assignment.unit_id))
    FiscalYear(assignment.fiscal_year).quarter(quarter)
    values = _checked(texts, SECTIONS)
    if progress is not UNCHANGED:
        values["progress"] = None if progress is None else _percent(progress)
    return _write(actor, assignment, quarter, values, now)


def write_year_report(*, actor: Actor, assignment: Assignment, now: datetime, **texts: object) -> Report:
    """Write the draft of the year: make it, or change the fields given in `texts` (`SECTIONS` and `PRINTED`).

    Raises:
        TypeError: a text is no field of a year's report.
        Conflict: the report of the year is past writing, or not owed, or its last quarter's period is not open.
    """
    require(actor, Action.WRITE_REPORT, str(assignment.unit_id))
    return _write(actor, assignment, None, _checked(texts, SECTIONS | PRINTED), now)


def _write(actor: Actor, assignment: Assignment, quarter: int | None, values: dict[str, Any], now: datetime) -> Report:
    """Change the newest issue, or make the first. What stands there already is not written again."""
    unit = assignment.unit_id
    with transaction.atomic():
        report = newest_report(assignment, quarter)
        if report is not None:
            differs = any(getattr(report, name) != value for name, value in values.items())
            return take_step(actor, report, Step.WRITE, now, **values) if differs else report
        report = Report(unit_id=unit, assignment=assignment, quarter=quarter, **values)
        held = require_step(actor, Step.WRITE, unit=str(unit), state=State.OPEN, taken=())
        refuse_excused(assignment, quarter)
        if (refused := untimely(actor, term_of(assignment, quarter), timezone.localdate(now))) is not None:
            raise refused
        end_nil(actor, assignment, quarter, now)
        create(actor, report, act=act_of(Step.WRITE), now=now)
        note_step(actor, report, Step.WRITE, held, now)
    return report


def _percent(progress: int) -> int:
    if not 0 <= progress <= 100:
        raise UserError(
            f"ความก้าวหน้า {progress} ต้องอยู่ระหว่าง 0 ถึง 100", f"Progress is {progress}; it must be from 0 to 100."
        )
    return progress


def _checked(texts: dict[str, Any], allowed: frozenset[str]) -> dict[str, Any]:
    if unknown := texts.keys() - allowed:
        raise TypeError(f"not a section of this report: {', '.join(sorted(unknown))}")
    return texts
