"""The list of plans of communities, and the page of those who speak for one."""

from collections import Counter
from collections.abc import Mapping, Sequence

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lakthan.apps.people.selectors import today
from lakthan.apps.planning import plans as reads
from lakthan.apps.planning.plans import PlanLine
from lakthan.apps.planning.waiting import Wait, waiting
from lakthan.core.thai import fold
from lakthan.rules.permissions import Action, refusal
from lakthan.rules.plan_proposals import ProposalState
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.listing import listing
from lakthan.web.staff.districts import district_choice
from lakthan.web.staff.plans.wording import MEANINGS, STANDINGS, STATES

COLUMNS = {
    "code": lambda line: line.community.code,
    "name": lambda line: line.community.name,
    "standing": lambda line: list(STANDINGS).index(line.standing),
    "adopted": lambda line: line.adopted_on,
    "until": lambda line: line.valid_until,
    "prepared": lambda line: line.state and list(ProposalState).index(line.state),
    "sent": lambda line: line.sent_on,
}
PREPARED: Mapping[str, Promise] = {
    "any": _("One is being prepared"),
    **{state.value: STATES[state] for state in reads.OPEN_STATES},
    "none": _("None is being prepared"),
}


@performs(Action.READ_DISTRICT_RECORDS)
@require_safe
@never_cache
def community_plans(request: ActingRequest) -> HttpResponse:
    """Every registered community with its plan, and the plan that is being prepared."""
    choice = district_choice(request)
    asked = _asked(request.GET)
    lines = [line for line in reads.plan_lines(request.actor, today(), choice.chosen) if _fits(line, asked)]
    counts = Counter(line.standing for line in lines)
    found = [line for line in lines if asked["standing"] in ("", line.standing)]
    return render(
        request,
        "staff/plans/list.html",
        {
            "choice": choice,
            "asked": asked,
            "filters": any(asked.values()),
            "standings": [(standing, words, counts[standing]) for standing, words in STANDINGS.items()],
            "all": len(lines),
            "prepared": PREPARED.items(),
            "listing": listing(request.GET, found, COLUMNS),
            "found": len(found),
            "may_prepare": any(
                not refusal(request.actor, Action.PREPARE_PLAN, held.unit) for held in request.actor.held
            ),
        },
    )


def _asked(query: QueryDict) -> dict[str, str]:
    standing, prepared = query.get("standing", ""), query.get("prepared", "")
    return {
        "name": query.get("name", "").strip(),
        "standing": standing if standing in STANDINGS else "",
        "prepared": prepared if prepared in PREPARED else "",
    }


def _fits(line: PlanLine, asked: Mapping[str, str]) -> bool:
    name = fold(asked["name"])
    if name and name not in fold(f"{line.community.code} {line.community.name} {line.community.sub_district}"):
        return False
    match asked["prepared"]:
        case "":
            return True
        case "any":
            return line.state is not None
        case "none":
            return line.state is None
        case state:
            return line.state == state


@performs(Action.SPEAK_FOR_COMMUNITY)
@require_safe
@never_cache
def my_community(request: ActingRequest) -> HttpResponse:
    """The communities that one speaks for: how their plans stand, and what is to be done next."""
    lines: Sequence[PlanLine] = reads.my_communities(request.actor, today())
    returned = {row.of: row.note for row in waiting(request.actor, today()) if row.wait is Wait.PLAN_RETURNED}
    cards = [
        (
            line,
            MEANINGS[line.standing],
            line.state and STATES[line.state],
            line.proposal and returned.get(line.proposal),
        )
        for line in lines
    ]
    return render(request, "staff/plans/mine.html", {"cards": cards})
