"""Taking the total of a request for data over into a report."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from lakthan.apps.people.selectors import present, today
from lakthan.apps.reporting.feeding import take_over_total
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Action
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.staff.places import address_of, place_of


@performs(Action.WRITE_REPORT)
@require_POST
def take_over(
    request: ActingRequest, code: str, fiscal_year: FiscalYear, quarter: int, request_id: UUID
) -> HttpResponse:
    """The total of a field becomes the value that the unit reports."""
    place = place_of(request, code, fiscal_year, quarter)
    take_over_total(
        actor=request.actor,
        place=place,
        request=request_id,
        field=request.POST.get("field", ""),
        base=request.POST.get("base", ""),
        now=present(),
        today=today(),
    )
    messages.success(request, gettext("The total is taken over as the value, with the request as its source."))
    return HttpResponseRedirect(address_of(place, "inputs"))
