"""Action plans of districts: all of them, the register of one, opening and confirming it."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lakthan.apps.people.selectors import present, today, unit_by_code
from lakthan.apps.planning import action_plans as reads
from lakthan.apps.planning.action_plans import DistrictPlans
from lakthan.apps.planning.deciding import Standing, action_plan_row, decision_table
from lakthan.apps.planning.services import decisions as services
from lakthan.apps.reporting.counted_facts import inclusion_figure
from lakthan.core.errors import UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.exchange.action_plans import register_workbook as workbook_of
from lakthan.rules.permissions import Action
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.errors import sentence
from lakthan.web.file_answers import workbook_answer
from lakthan.web.listing import Key, listing
from lakthan.web.staff.inclusions.forms import DocumentForm
from lakthan.web.staff.inclusions.places import may, place_named, place_of
from lakthan.web.wording import in_language


def _of_year(at: int) -> Key[DistrictPlans]:
    return lambda line: line.cells[at].inclusions if at < len(line.cells) else None


SORTED_YEARS = 3
COLUMNS: Mapping[str, Key[DistrictPlans]] = {
    "code": lambda line: line.district.code,
    "name": lambda line: in_language(line.district.name_th, line.district.name_en),
    **{f"year-{at}": _of_year(at) for at in range(SORTED_YEARS)},
}


@performs(Action.READ_DISTRICT_RECORDS)
@require_safe
@never_cache
def overview(request: ActingRequest) -> HttpResponse:
    """The action plans of all districts by year."""
    plans = reads.plan_overview(request.actor, today())
    context = {
        "plans": plans,
        "listing": listing(request.GET, plans.districts, COLUMNS),
        "years": [(f"year-{at}", year) for at, year in enumerate(plans.fiscal_years)],
    }
    return render(request, "staff/inclusions/action_plans.html", context)


@performs(Action.READ_DISTRICT_RECORDS)
@require_safe
@never_cache
def action_plan(request: ActingRequest, district: str, fiscal_year: FiscalYear) -> HttpResponse:
    """The register of the projects in a district's action plan."""
    place = place_named(request, Action.READ_DISTRICT_RECORDS, district, fiscal_year)
    context = {
        "place": place,
        "figure": inclusion_figure(fiscal_year, today()),
        "register": reads.register(request.actor, place.district.id, fiscal_year),
        "may_decide": may(request.actor, Action.DECIDE_INCLUSION, place.district.id),
        "may_confirm": may(request.actor, Action.CONFIRM_ACTION_PLAN, place.district.id),
    }
    return render(request, "staff/inclusions/action_plan.html", context)


@performs(Action.READ_DISTRICT_RECORDS)
@require_safe
@never_cache
def register_workbook(request: ActingRequest, district: str, fiscal_year: FiscalYear) -> HttpResponse:
    """The register as a workbook."""
    place = place_named(request, Action.READ_DISTRICT_RECORDS, district, fiscal_year)
    register = reads.register(request.actor, place.district.id, fiscal_year)
    return workbook_answer(
        workbook_of(register, place.district, present()),
        f"lakthan-action-plan-{district}-{fiscal_year.be}.xlsx",
    )


@performs(Action.DECIDE_INCLUSION)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def open_plan(request: ActingRequest) -> HttpResponse:
    """Open the action plan of a year, so that it can be decided for."""
    place = place_of(request, Action.DECIDE_INCLUSION)
    data = request.POST if request.method == "POST" else None
    form = DocumentForm(today(), data, document=_("Order or memo that the action plan stands on"))
    if data is not None and form.is_valid():
        try:
            services.open_action_plan(
                actor=request.actor,
                unit=unit_by_code(place.district.code, today()),
                fiscal_year=place.fiscal_year,
                now=present(),
                **form.cleaned_data,
            )
        except UserError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, gettext("The action plan is open."))
            return HttpResponseRedirect(place.table)
    return render(request, "staff/inclusions/open.html", {"place": place, "form": form})


@performs(Action.CONFIRM_ACTION_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def confirm(request: ActingRequest, district: str, fiscal_year: FiscalYear) -> HttpResponse:
    """Confirm the list: from then on what is decided is a correction."""
    place = place_named(request, Action.CONFIRM_ACTION_PLAN, district, fiscal_year)
    plan = action_plan_row(request.actor, place.district.id, fiscal_year)
    data = request.POST if request.method == "POST" else None
    form = DocumentForm(today(), data, document=_("Memo or order by which the list is confirmed"))
    if data is not None and form.is_valid():
        try:
            services.confirm_action_plan(actor=request.actor, action_plan=plan, now=present(), **form.cleaned_data)
        except UserError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, gettext("The list is confirmed."))
            return HttpResponseRedirect(place.plan)
    table = decision_table(request.actor, place.district.id, fiscal_year, today())
    context = {
        "place": place,
        "form": form,
        "table": table,
        "declined": table.count(Standing.DECLINED),
        "undecided": table.count(Standing.UNDECIDED),
    }
    return render(request, "staff/inclusions/confirm.html", context)
