"""The page of what waits for the person who is signed in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lakthan.apps.budget.keeping import rests_to_settle
from lakthan.apps.communities.alerts import alerts
from lakthan.apps.people import selectors as people
from lakthan.apps.planning.notices import not_told
from lakthan.apps.planning.waiting import waiting
from lakthan.apps.reporting import work
from lakthan.apps.reporting.appealing import waiting_appeals
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Action, refusal
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.staff.waiting import groups


@performs(Action.SEE_OWN_WORK)
@require_safe
@never_cache
def my_work(request: ActingRequest) -> HttpResponse:
    """Reports to write, send, review and certify; what the district's year asks for, appeals, and alerts."""
    today = people.today()
    found, appeals = work.my_work(request.actor, today), waiting_appeals(request.actor, today)
    context = {
        "work": found,
        "appeals": appeals,
        "untold": not_told(request.actor, today),
        "waiting": groups(waiting(request.actor, today)),
        "alerts": alerts(request.actor, today),
        "rests": rests_to_settle(request.actor, today),
        "this_year": FiscalYear.of(today),
        "today": today,
        "reports": any(not refusal(request.actor, Action.READ_REPORT, held.unit) for held in request.actor.held),
    }
    return render(request, "staff/my_work.html", context)
