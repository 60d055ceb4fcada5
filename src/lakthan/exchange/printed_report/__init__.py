"""The reader of printed Part-2 reports: the text of the old system's print in, fields out, nothing lost.

Plain Python: no database, no Django. `docs/printed-report.md` says what is read, mended, doubted and refused.
"""

from lakthan.exchange.printed_report.coverage import uncovered
from lakthan.exchange.printed_report.model import (
    FIELD_NAMES,
    Doubt,
    Level,
    Measure,
    NotAReport,
    Piece,
    PlanLink,
    PlanNodeText,
    PrintedReport,
    QuarterText,
    Repair,
    RepairKind,
)
from lakthan.exchange.printed_report.reading import read_report

__all__ = [
    "FIELD_NAMES",
    "Doubt",
    "Level",
    "Measure",
    "NotAReport",
    "Piece",
    "PlanLink",
    "PlanNodeText",
    "PrintedReport",
    "QuarterText",
    "Repair",
    "RepairKind",
    "read_report",
    "uncovered",
]
