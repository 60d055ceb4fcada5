"""Which district and fiscal year an address of these pages names."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from lakthan.apps.people.directory import UnitLabel, districts_in_reach
from lakthan.apps.people.selectors import today
from lakthan.core.errors import NotFound
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Action, Actor, refusal
from lakthan.web.actions import ActingRequest
from lakthan.web.converters import FiscalYearConverter
from lakthan.web.staff.districts import district_choice, district_of


@dataclass(frozen=True, slots=True)
class Place:
    """A district and a fiscal year."""

    district: UnitLabel
    fiscal_year: FiscalYear

    @property
    def table(self) -> str:
        """The address of the table of decisions."""
        query = urlencode({"district": self.district.code, "fiscal-year": self.fiscal_year.be})
        return f"{reverse('project-decisions')}?{query}"

    @property
    def plan(self) -> str:
        """The address of the action plan."""
        return reverse("action-plan", args=(self.district.code, self.fiscal_year))


def asked_year(request: ActingRequest) -> FiscalYear:
    """The fiscal year of `?fiscal-year=`, else that of today.

    Raises:
        NotFound: it asks for something that is no year.
    """
    asked = request.GET.get("fiscal-year", "")
    if not asked:
        return FiscalYear.of(today())
    try:
        return FiscalYearConverter().to_python(asked)
    except ValueError as error:
        raise NotFound(f"“{asked}” ไม่ใช่ปีงบประมาณ", f"“{asked}” is no fiscal year.") from error


def place_of(request: ActingRequest, action: Action) -> Place:
    """The place that the query of an address names.

    Raises:
        NotFound: it names no district, or none on whose records the actor may do this.
    """
    chosen = district_choice(request, action).chosen
    if chosen is None:
        raise NotFound("ที่อยู่นี้ไม่ระบุสำนักงานเขต", "This address names no district office.")
    return Place(chosen, asked_year(request))


def place_named(request: ActingRequest, action: Action, district: str, fiscal_year: FiscalYear) -> Place:
    """The place that the path of an address names. Raises `NotFound` as `place_of`."""
    return Place(district_of(districts_in_reach(request.actor, action, today()), district), fiscal_year)


def may(actor: Actor, action: Action, unit: UUID) -> bool:
    """Whether the actor may do this in a district."""
    return refusal(actor, action, str(unit)) is None
