"""The calendar of a person's deadlines: read by its secret address, and the page that makes the address."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lakthan.apps.people.selectors import present, today
from lakthan.apps.reporting.calendars import Deadline, deadlines_behind, end_own_key, key_since, renew_own_key
from lakthan.exchange.icalendar import MEDIA_TYPE, Event, calendar
from lakthan.rules.permissions import Action
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.wording import in_language


@performs(Action.READ_CALENDAR)
@require_safe
@never_cache
def feed(request: ActingRequest, secret: str) -> HttpResponse:
    """The deadlines of whoever has the address."""
    events = [_event(deadline) for deadline in deadlines_behind(secret, today())]
    return HttpResponse(calendar(gettext("Lakthan: deadlines"), events, present()), content_type=MEDIA_TYPE)


def _event(deadline: Deadline) -> Event:
    """One day of one unit and period, with the reports that are due."""
    lines = [f"{line.code} {in_language(line.name_th, line.name_en)}" for line in deadline.lines]
    words = {"number": deadline.quarter, "year": deadline.fiscal_year.be, "count": len(deadline.lines)}
    summary = gettext("Reports of quarter %(number)s of %(year)s are due (%(count)s)") % words
    unit = in_language(deadline.unit_th, deadline.unit_en)
    return Event(
        uid=f"due-{deadline.fiscal_year.be}-{deadline.quarter}-{deadline.unit}@lakthan",
        on=deadline.due_on,
        summary=f"{summary} · {unit}",
        description="\n".join(lines),
        url=f"{settings.ADDRESS}{reverse('my-work')}" if settings.ADDRESS else "",
    )


@performs(Action.USE_CALENDAR)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def address(request: ActingRequest) -> HttpResponse:
    """Make, renew or end the address; a new one is shown this once."""
    secret = ""
    if request.method == "POST":
        if request.POST.get("act") == "end":
            end_own_key(actor=request.actor, now=present())
        else:
            secret = renew_own_key(actor=request.actor, now=present())
    shown = request.build_absolute_uri(reverse("calendar-feed", args=(secret,))) if secret else ""
    return render(request, "staff/calendar.html", {"since": key_since(request.actor), "address": shown})
