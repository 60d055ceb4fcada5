"""Which reports anyone may read, and what they say in public: those that are certified, and no name."""

from dataclasses import dataclass, replace

from django.db.models import F

from lakthan.apps.reporting.issues import certified_report, newest_report
from lakthan.apps.reporting.models import Report
from lakthan.apps.reporting.selectors import assignment_of
from lakthan.apps.reporting.services.writing import PRINTED
from lakthan.apps.reporting.snapshots import submitted_paper
from lakthan.core.errors import NotFound
from lakthan.core.fiscal import FiscalYear
from lakthan.printing.paper import Paper
from lakthan.rules.workflow import State

PUBLIC_STATE = State.CERTIFIED
"""The state of a report that anyone may read, as it was submitted."""
SECTIONS_1_TO_5 = tuple(sorted(field for field in PRINTED if field.startswith("printed_")))
"""Fields of a year report that an imported print fills, and nothing else."""


class NotPublished(NotFound):
    """The indicator exists in that year, but no public report of it."""


@dataclass(frozen=True, slots=True)
class PublicReports:
    """Which reports of an indicator and fiscal year anyone may read."""

    year: bool
    quarters: tuple[int, ...]

    def __bool__(self) -> bool:
        """Whether there is any."""
        return self.year or bool(self.quarters)


@dataclass(frozen=True, slots=True)
class PublicReport:
    """A report as anyone may read it."""

    paper: Paper
    """As it was submitted, without the name of a person."""
    all_public: PublicReports
    """This one and the others of the indicator and year."""
    from_print: bool
    """Whether name, level, plan linkage, definitions, method and target are those of an imported print."""


def public_reports(code: str, fiscal_year: FiscalYear) -> PublicReports:
    """Which reports of an indicator there are to read; none of an indicator that does not exist. One query."""
    of_the_owner = {
        "assignment__indicator__code": code,
        "assignment__fiscal_year": fiscal_year.be,
        "assignment__unit": F("assignment__indicator__unit"),
        "state": PUBLIC_STATE.value,
    }
    found = set(Report.objects.filter(**of_the_owner).values_list("quarter", flat=True))
    return PublicReports(year=None in found, quarters=tuple(sorted(number for number in found if number)))


def public_report(code: str, fiscal_year: FiscalYear, quarter: int | None = None) -> PublicReport:
    """The report of an indicator for a year, or for one quarter of it.

    Raises:
        NotPublished: there is none that anyone may read.
        NotFound: no such indicator, or it is not assigned in that year.
    """
    assignment = assignment_of(code, fiscal_year)
    reports = public_reports(code, fiscal_year)
    report = certified_report(assignment, quarter)
    if report is None:
        raise _nothing_published(code, fiscal_year, quarter)
    year = report if quarter is None else newest_report(assignment, None)
    return PublicReport(
        paper=_without_names(submitted_paper(report)),
        all_public=reports,
        from_print=year is not None and any(getattr(year, field) for field in SECTIONS_1_TO_5),
    )


def _nothing_published(code: str, fiscal_year: FiscalYear, quarter: int | None) -> NotPublished:
    period = fiscal_year if quarter is None else fiscal_year.quarter(quarter)
    return NotPublished(
        f"ยังไม่มีรายงานของตัวชี้วัด {code} {period.label_th} ที่เผยแพร่ ดูค่าที่คำนวณจากระเบียนได้ที่หน้าของตัวชี้วัด",
        f"No report of indicator {code} for {period.label_en} is published yet. "
        "The page of the indicator shows what is computed from the records.",
    )


def _without_names(paper: Paper) -> Paper:
    """A paper that names nobody: dots stand in the place of the signature's name, beside the office.

    The lines of an imported print may hold a name anywhere, so all of them go.
    """
    return replace(paper, signature=replace(paper.signature, name="", as_printed=()))
