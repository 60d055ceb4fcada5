"""Which reports are not owed, because it was decided not to measure the indicator."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from lakthan.apps.indicators.models import Assignment
from lakthan.apps.reporting.deadlines import LAST_QUARTER, cut_offs
from lakthan.apps.reporting.decided import DecisionLine, decisions_of
from lakthan.apps.reporting.models import Report
from lakthan.core.dates import format_date
from lakthan.core.errors import Conflict
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.decisions import CHANGES, KIND_NAMES, UNMEASURED, duty_decision
from lakthan.rules.workflow import Step

OWED_STEPS = frozenset({Step.WRITE, Step.ENDORSE, Step.SUBMIT})
"""Steps of a report that is not owed that cannot be taken."""

Place = tuple[UUID, int | None]
"""Assignment, and quarter or None for the year."""


def excused(assignments: Iterable[Assignment]) -> dict[Place, DecisionLine]:
    """The reports that are not owed, each with the decision that says so.

    A decision holds for a quarter when it is in effect at the quarter's cut-off, and for the year when it is at the
    cut-off of the last quarter. One statement, and one for each fiscal year about which something was decided.
    """
    assignments = list(assignments)
    taken = decisions_of(assignments)
    decided = [row for row in assignments if row.pk in taken]
    kinds = {row.unit.kind for row in decided}
    days = {year: cut_offs(FiscalYear(year), kinds) for year in {row.fiscal_year for row in decided}}
    found: dict[Place, DecisionLine] = {}
    for row in decided:
        for quarter in (1, 2, 3, 4, None):
            held = duty_decision(taken[row.pk], days[row.fiscal_year][row.unit.kind][quarter or LAST_QUARTER])
            if held is not None and CHANGES[held.kind].target in UNMEASURED:
                found[row.pk, quarter] = held
    return found


def is_excused(report: Report, without: Mapping[Place, DecisionLine]) -> bool:
    """Whether a report is not owed; the correction of a certified one always is."""
    return report.corrects_id is None and (report.assignment_id, report.quarter) in without


def refuse_excused(assignment: Assignment, quarter: int | None) -> None:
    """Refuse to write or send a report that is not owed.

    Raises:
        Conflict: a decision says that nothing is measured; it is named.
    """
    held = excused([assignment]).get((assignment.pk, quarter))
    if held is None:
        return
    (name_th, name_en), on_th, on_en = (
        KIND_NAMES[held.kind],
        format_date(held.effective_on),
        format_date(held.effective_on, lang="en"),
    )
    raise Conflict(
        f"ไม่ต้องรายงาน เพราะมีมติให้ตัวชี้วัดนี้{name_th}ตั้งแต่วันที่ {on_th} ตามเอกสารเลขที่ {held.document_number}",
        f"No report is owed: since {on_en} the indicator is {name_en}, by decision {held.document_number}.",
    )
