"""The page of what waits for the person who is signed in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lakthan.apps.budget.keeping import rests_to_settle
from lakthan.apps.communities.alerts import alerts
from lakthan.apps.people import selectors as people
from lakthan.apps.planning.notices import waiting_for_district
from lakthan.apps.planning.plans import waiting_proposals
from lakthan.apps.reporting import work
from lakthan.apps.reporting.appealing import waiting_appeals
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Action
from lakthan.web.actions import ActingRequest, performs


@performs(Action.SEE_OWN_WORK)
@require_safe
@never_cache
def my_work(request: ActingRequest) -> HttpResponse:
    """Reports to write, to send, to review, to certify; plans of communities, appeals, and alerts of the register."""
    today = people.today()
    found, appeals = work.my_work(request.actor, today), waiting_appeals(request.actor, today)
    context = {
        "work": found,
        "appeals": appeals,
        "plans": waiting_proposals(request.actor, today),
        "waiting": waiting_for_district(request.actor, today),
        "alerts": alerts(request.actor, today),
        "rests": rests_to_settle(request.actor, today),
        "this_year": FiscalYear.of(today),
        "today": today,
    }
    return render(request, "staff/my_work.html", context)
