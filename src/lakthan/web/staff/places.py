"""Which report the address of an officer's page names."""

from uuid import UUID

from django.http import HttpRequest

from lakthan.apps.reporting.life import ReportPlace
from lakthan.core.errors import NotFound
from lakthan.core.fiscal import FiscalYear
from lakthan.web.templatetags.staff import work_address


def place_of(request: HttpRequest, code: str, fiscal_year: FiscalYear, quarter: int | None) -> ReportPlace:
    """The report; `?unit=` names a unit that is not the owner of the indicator.

    Raises:
        NotFound: that is no identifier.
    """
    unit = request.GET.get("unit")
    try:
        return ReportPlace(code, fiscal_year, quarter, UUID(unit) if unit else None)
    except ValueError as error:
        raise NotFound("ไม่พบหน่วยงานนี้", "There is no such unit.") from error


def address_of(place: ReportPlace, anchor: str = "") -> str:
    """The page of the report, at one of its places."""
    address = work_address(place.code, place.fiscal_year, place.quarter, place.unit)
    return f"{address}#{anchor}" if anchor else address
