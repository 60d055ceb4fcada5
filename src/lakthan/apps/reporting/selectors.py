"""Reads of this app that pages, papers and verbs call. All of them are public."""

from uuid import UUID

from lakthan.apps.reporting.shapes import DistrictTrace, IndicatorPage, IndicatorRow, ProjectPage
from lakthan.core.fiscal import FiscalYear


def fiscal_years() -> tuple[FiscalYear, ...]:
    """Fiscal years that have an assignment, newest first."""
    raise NotImplementedError


def indicator_list(fiscal_year: FiscalYear) -> tuple[IndicatorRow, ...]:
    """The city's indicators of a fiscal year with their four quarters, in order of code."""
    raise NotImplementedError


def indicator_page(code: str, fiscal_year: FiscalYear, quarter: int | None = None) -> IndicatorPage:
    """One indicator with definition, quarters, and who counted in `quarter` (default: the last that has begun).

    Raises:
        NotFound: no such indicator, or none assigned in that year.
    """
    raise NotImplementedError


def district_trace(code: str, fiscal_year: FiscalYear, quarter: int, district: str) -> DistrictTrace:
    """The records behind one district's part of a figure. Raises `NotFound`."""
    raise NotImplementedError


def project_page(project: UUID) -> ProjectPage:
    """A community project down to its decisions. Raises `NotFound`."""
    raise NotImplementedError
