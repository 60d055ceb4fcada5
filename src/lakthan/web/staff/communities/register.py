"""The list of communities, and a new one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lakthan.apps.communities.directory import IN_REGISTER, CommunityRow, found_by, register_of, type_of
from lakthan.apps.communities.services import NewCommunity, register_communities
from lakthan.apps.people.directory import UnitLabel, districts_in_reach
from lakthan.apps.people.selectors import present, today, unit_by_code
from lakthan.apps.planning.community_records import Planned, PlanState, planned
from lakthan.core.errors import UserError
from lakthan.rules.eligibility import Status
from lakthan.rules.facts import COMMUNITY_TYPES
from lakthan.rules.permissions import Action, refusal
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.errors import sentence
from lakthan.web.listing import ROWS_PER_PAGE, Key, listing
from lakthan.web.staff.communities.forms import DayForm, NewCommunityForm
from lakthan.web.staff.communities.wording import PLAN_STATES, STATUSES
from lakthan.web.staff.districts import DistrictChoice, district_choice, district_of
from lakthan.web.wording import in_language

WHOLE_DISTRICT = 1000
"""Rows of one district stand on one page, which is then its printed register."""
ALL, PREPARED = "all", "prepared"
ELIGIBLE = {"yes": True, "no": False}
NOTHING = Planned()


@dataclass(frozen=True, slots=True)
class Line:
    """A community of the list, with its district and its plan."""

    row: CommunityRow
    district: UnitLabel
    plan: Planned


COLUMNS: Mapping[str, Key[Line]] = {
    "code": lambda line: line.row.code,
    "name": lambda line: line.row.name,
    "sub-district": lambda line: line.row.sub_district or None,
    "type": lambda line: list(COMMUNITY_TYPES).index(line.row.type),
    "status": lambda line: list(Status).index(line.row.status) if line.row.status else None,
    "eligible": lambda line: not line.row.is_eligible,
    "plan": lambda line: line.plan.valid_until,
}


@performs(Action.READ_DISTRICT_RECORDS)
@require_safe
@never_cache
def communities(request: ActingRequest) -> HttpResponse:
    """The communities that the address asks for, on a day."""
    choice, here = district_choice(request), today()
    asked = DayForm(here, request.GET)
    on = asked.day(here)
    standing = _standing(request, choice, on)
    found = _asked_for(standing, request.GET)
    per_page = WHOLE_DISTRICT if choice.chosen else ROWS_PER_PAGE
    return render(
        request,
        "staff/communities/list.html",
        {
            "choice": choice,
            "day": asked["on"],
            "on": on,
            "is_today": on == here,
            "listing": listing(request.GET, found, COLUMNS, per_page),
            "has_sub_districts": any(line.row.sub_district for line in found),
            "total": len(standing),
            "eligible": sum(line.row.is_eligible for line in found),
            "with_plan": sum(line.plan.state is PlanState.CURRENT for line in found),
            "asked": request.GET,
            "is_narrowed": any(request.GET.get(name) for name in ("text", "type", "status", "eligible", "plan")),
            "types": [(code, in_language(*words)) for code, words in COMMUNITY_TYPES.items()],
            "statuses": [(status.value, words) for status, words in STATUSES.items()],
            "plans": [(state.value, words) for state, words in PLAN_STATES.items()],
            "may_register": any(
                not refusal(request.actor, Action.KEEP_REGISTER, held.unit) for held in request.actor.held
            ),
        },
    )


def _standing(request: ActingRequest, choice: DistrictChoice, on: date) -> Sequence[Line]:
    """What the register of the day holds, narrowed by the text and the district alone."""
    unit = choice.chosen.id if choice.chosen else None
    districts = {district.id: district for district in choice.districts}
    rows = found_by(register_of(request.actor, on, unit), request.GET.get("text", ""), choice.districts)
    plans = planned(request.actor, on, unit)
    return [
        Line(row, districts[row.unit], plans.get(row.id, NOTHING))
        for row in rows
        if row.unit in districts and row.status is not None
    ]


def _asked_for(lines: Sequence[Line], query: QueryDict) -> list[Line]:
    """Those that the filters leave; the address is read once, and not for each of thousands of lines."""
    kind, plan, eligible = query.get("type", ""), query.get("plan", ""), ELIGIBLE.get(query.get("eligible", ""))
    status = query.get("status", "")
    statuses = set(Status) if status == ALL else IN_REGISTER if not status else {status}
    return [
        line
        for line in lines
        if line.row.status in statuses
        and (not kind or kind == line.row.type)
        and (eligible is None or eligible is line.row.is_eligible)
        and (not plan or plan == line.plan.state or (plan == PREPARED and line.plan.is_prepared))
    ]


@performs(Action.KEEP_REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new_community(request: ActingRequest) -> HttpResponse:
    """Enter a community in the register of one's district."""
    here = today()
    districts = districts_in_reach(request.actor, Action.KEEP_REGISTER, here)
    names = [(district.code, in_language(district.name_th, district.name_en)) for district in districts]
    form = NewCommunityForm(names, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        try:
            made = register_communities(
                actor=request.actor,
                unit=unit_by_code(district_of(districts, typed.get("district") or districts[0].code).code, here),
                communities=[NewCommunity(typed["name"], type_of(typed["type"]), typed["sub_district"])],
                effective_on=typed["effective_on"],
                document=typed["document"],
                now=present(),
            )
            messages.success(request, gettext("The community is entered in the register. Record its committee next."))
            return HttpResponseRedirect(reverse("community", args=(made[0].code,)))
        except UserError as error:
            form.add_error(None, sentence(error))
    return render(request, "staff/communities/new.html", {"form": form, "districts": districts})
