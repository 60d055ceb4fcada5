"""Whose records a page of districts shows: `?district=5026`, or all that one may see."""

from dataclasses import dataclass

from lakthan.apps.people.directory import UnitLabel, districts_in_reach
from lakthan.apps.people.selectors import today
from lakthan.core.errors import NotFound
from lakthan.rules.permissions import Action
from lakthan.web.actions import ActingRequest


@dataclass(frozen=True, slots=True)
class DistrictChoice:
    """The districts that can be chosen, and the one that is; None for all of them."""

    districts: tuple[UnitLabel, ...]
    chosen: UnitLabel | None


def district_choice(request: ActingRequest, action: Action = Action.READ_DISTRICT_RECORDS) -> DistrictChoice:
    """What the address asks for; whoever belongs to one district has no choice.

    Raises:
        NotFound: there is no such district, or the actor may not see it.
    """
    districts = districts_in_reach(request.actor, action, today())
    code = request.GET.get("district", "")
    if len(districts) == 1 and not code:
        return DistrictChoice(districts, districts[0])
    return DistrictChoice(districts, district_of(districts, code) if code else None)


def district_of(districts: tuple[UnitLabel, ...], code: str) -> UnitLabel:
    """The district of a code among these.

    Raises:
        NotFound: none has it.
    """
    for district in districts:
        if district.code == code:
            return district
    raise NotFound(f"ไม่พบสำนักงานเขตรหัส {code}", f"There is no district office {code} that you may see.")
