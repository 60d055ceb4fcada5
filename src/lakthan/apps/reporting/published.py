"""Which reports anyone may read, and what they say in public: those that are certified, and no name."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from lakthan.apps.reporting.issues import certified_quarters_of, certified_report, newest_report
from lakthan.apps.reporting.selectors import assignment_of
from lakthan.apps.reporting.services.writing import PRINTED
from lakthan.apps.reporting.snapshots import submitted_paper
from lakthan.core.errors import NotFound
from lakthan.core.fiscal import FiscalYear
from lakthan.printing.paper import Paper

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


def public_reports(certified: Collection[int | None]) -> PublicReports:
    """Which reports there are to read, of an indicator that has these certified: quarters, and None for the year."""
    return PublicReports(None in certified, tuple(sorted(number for number in certified if number is not None)))


def public_report(code: str, fiscal_year: FiscalYear, quarter: int | None = None) -> PublicReport:
    """The report of an indicator for a year, or for one quarter of it.

    Raises:
        NotPublished: there is none that anyone may read.
        NotFound: no such indicator, or it is not assigned in that year.
    """
    assignment = assignment_of(code, fiscal_year)
    report = certified_report(assignment, quarter)
    if report is None:
        raise _nothing_published(code, fiscal_year, quarter)
    year = report if quarter is None else newest_report(assignment, None)
    return PublicReport(
        paper=_without_names(submitted_paper(report)),
        all_public=public_reports(certified_quarters_of(assignment)),
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
