"""A new meeting."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lakthan.apps.people.selectors import present, today
from lakthan.apps.planning.meetings import communities_to_meet, convening_units
from lakthan.apps.planning.services import meetings as services
from lakthan.core.errors import NotFound, UserError
from lakthan.rules.meetings import purposes_of
from lakthan.rules.permissions import Action, Refused
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.errors import sentence
from lakthan.web.staff.meetings.forms import ScheduleForm


@performs(Action.KEEP_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new_meeting(request: ActingRequest) -> HttpResponse:
    """Schedule a meeting of one's unit, or of a community in its register."""
    units = {str(unit.pk): unit for unit in convening_units(request.actor, today())}
    named = request.POST.get("unit") or request.GET.get("unit") or next(iter(units), "")
    if (unit := units.get(named)) is None:
        raise NotFound("ไม่พบหน่วยงานนี้", "There is no such unit.")
    communities = {str(row.pk): row for row in communities_to_meet(request.actor, unit.pk)}
    wanted = request.GET.get("community", "")
    chosen = next((key for key, row in communities.items() if row.code == wanted), "")
    form = ScheduleForm(
        purposes_of(unit.kind),
        [(key, f"{row.name} ({row.code})") for key, row in communities.items()],
        request.POST if request.method == "POST" else None,
        {"community": chosen},
    )
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        given["community"] = communities.get(given.get("community", ""))
        try:
            made = services.schedule_meeting(actor=request.actor, unit=unit, now=present(), **given)
            messages.success(request, gettext("The meeting is scheduled."))
            return HttpResponseRedirect(reverse("meeting", args=(made.pk,)))
        except (NotFound, Refused):
            raise
        except UserError as error:
            form.add_error(None, sentence(error))
    context = {"form": form, "units": list(units.values()), "unit": unit}
    return render(request, "staff/meetings/new.html", context)
