"""The register of one district's money, as a page and as a workbook."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lakthan.apps.budget.register import DistrictRegister, district_register
from lakthan.apps.people.directory import districts_in_reach
from lakthan.apps.people.selectors import present, today
from lakthan.exchange.workbooks import workbook
from lakthan.rules.permissions import Action, permitting
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.file_answers import workbook_answer
from lakthan.web.staff.districts import district_of
from lakthan.web.staff.money.asked import AskedMoney, asked_money
from lakthan.web.staff.money.sheets import register_sheet


@performs(Action.READ_DISTRICT_RECORDS)
@require_safe
@never_cache
def register(request: ActingRequest, district: str) -> HttpResponse:
    """Every row of every transfer of a district, with what may be entered."""
    found, asked = _register(request, district)
    unit = str(found.district.id)
    keeps = permitting(request.actor, Action.KEEP_BUDGET, unit)
    context = {
        "register": found,
        "asked": asked,
        "may_keep": keeps and asked.is_of_today,
        "sees_all": len(districts_in_reach(request.actor, Action.READ_DISTRICT_RECORDS, today())) > 1,
    }
    return render(request, "staff/money/register.html", context)


@performs(Action.READ_DISTRICT_RECORDS)
@require_safe
@never_cache
def register_workbook(request: ActingRequest, district: str) -> HttpResponse:
    """The same rows as a workbook."""
    found, _ = _register(request, district)
    name = f"lakthan-money-{district}-{found.fiscal_year.be}.xlsx"
    return workbook_answer(workbook([register_sheet(found)], present()), name)


def _register(request: ActingRequest, code: str) -> tuple[DistrictRegister, AskedMoney]:
    """The register as the address asks for it.

    Raises:
        NotFound: there is no such district, or the actor may not see it.
    """
    asked = asked_money(request.GET)
    district = district_of(districts_in_reach(request.actor, Action.READ_DISTRICT_RECORDS, today()), code)
    return district_register(district, asked.year, asked.on), asked
