"""The table of all projects that a district decides about."""

from collections import Counter

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lakthan.apps.people.selectors import today
from lakthan.apps.planning import deciding as reads
from lakthan.apps.planning.deciding import Standing
from lakthan.apps.reporting.counted_facts import inclusion_figure
from lakthan.rules.permissions import Action
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.listing import listing
from lakthan.web.staff.districts import district_choice
from lakthan.web.staff.inclusions.choosing import MOST_AT_ONCE, Filters
from lakthan.web.staff.inclusions.places import Place, asked_year, may
from lakthan.web.staff.inclusions.wording import STANDINGS
from lakthan.web.wording import FIELDS

PER_PAGE = 50
COLUMNS = {
    "community": lambda row: (row.community_code, row.priority is None, row.priority or 0, row.name),
    "name": lambda row: row.name,
    "estimate": lambda row: row.estimate,
    "standing": lambda row: (list(Standing).index(row.standing), [line.item_number or 0 for line in row.here]),
}


@performs(Action.READ_DISTRICT_RECORDS)
@require_safe
@never_cache
def project_decisions(request: ActingRequest) -> HttpResponse:
    """What the communities of a district ask of it, and what it decided for a fiscal year."""
    choice, year = district_choice(request), asked_year(request)
    years = reads.years_to_choose(choice.chosen.id if choice.chosen else None, today())
    context: dict[str, object] = {"choice": choice, "fiscal_year": year, "fiscal_years": years}
    if choice.chosen is not None:
        table = reads.decision_table(request.actor, choice.chosen.id, year, today())
        filters = Filters.of(request.GET)
        found = filters.found(table.projects)
        shown = [row for row in found if filters.standing in ("", row.standing)]
        counts = Counter(row.standing for row in found)
        rows = listing(request.GET, shown, COLUMNS, PER_PAGE)
        context |= {
            "place": Place(choice.chosen, year),
            "figure": inclusion_figure(year, today()),
            "table": table,
            "filters": filters,
            "listing": rows,
            "undecided_here": sum(row.standing is Standing.UNDECIDED for row in rows.rows),
            "undecided": sum(row.standing is Standing.UNDECIDED for row in shown),
            "most_at_once": MOST_AT_ONCE,
            "counts": [(standing, STANDINGS[standing], counts[standing]) for standing in Standing],
            "found": len(found),
            "communities": sorted({(row.community_code, row.community_name) for row in table.projects}),
            "fields": FIELDS.items(),
            "may_decide": may(request.actor, Action.DECIDE_INCLUSION, choice.chosen.id),
            "may_confirm": may(request.actor, Action.CONFIRM_ACTION_PLAN, choice.chosen.id),
        }
    return render(request, "staff/inclusions/table.html", context)
