"""Which report an address of an officer's page names."""

from uuid import UUID

from lakthan.apps.reporting.life import ReportPlace
from lakthan.core.errors import NotFound
from lakthan.core.fiscal import FiscalYear
from lakthan.web.actions import ActingRequest


def place_of(request: ActingRequest, code: str, fiscal_year: FiscalYear, quarter: int | None) -> ReportPlace:
    """Which report the address names; `?unit=` names a unit that is not the owner of the indicator.

    Raises:
        NotFound: that is no unit's identifier.
    """
    unit = request.GET.get("unit")
    try:
        return ReportPlace(code, fiscal_year, quarter, UUID(unit) if unit else None)
    except ValueError as error:
        raise NotFound("ไม่พบหน่วยงานนี้", "There is no such unit.") from error
