"""The page on which the assignments of a fiscal year are copied to another."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lakthan.apps.indicators import desk
from lakthan.apps.indicators.desk import DeskYears
from lakthan.apps.people.selectors import present, today
from lakthan.apps.reporting.assigned import copy_lines
from lakthan.apps.reporting.services.copying import copy_year
from lakthan.core.errors import UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Action
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.errors import sentence
from lakthan.web.staff.desk.overview import chosen_year

KEEP, EMPTY = "keep", "empty"


@performs(Action.DEFINE_INDICATORS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def copy(request: ActingRequest) -> HttpResponse:
    """Look at what would be added, choose which indicators, and copy."""
    years = desk.desk_years(today())
    source = chosen_year(request.GET.get("from", ""), years)
    into = _into(request.GET.get("into", ""), source, years)
    lines = copy_lines(request.actor, source, into)
    chosen = set(request.POST.getlist("code")) if request.method == "POST" else {line.code for line in lines}
    targets, problem = request.POST.get("targets", KEEP), ""
    if request.method == "POST":
        codes = [line.code for line in lines if line.code in chosen]
        try:
            added = copy_year(
                actor=request.actor,
                source=source,
                into=into,
                codes=codes,
                keep_targets=targets != EMPTY,
                now=present(),
            )
        except UserError as error:
            problem = sentence(error)
        else:
            said = ngettext("%(count)s assignment was added.", "%(count)s assignments were added.", added)
            messages.success(request, said % {"count": added})
            return HttpResponseRedirect(f"{reverse('indicator-desk')}?fiscal-year={into.be}")
    context = {
        "source": source,
        "into": into,
        "years": years.all,
        "later": sorted({year for year in years.all if year > source} | {source + 1}),
        "lines": lines,
        "chosen": chosen,
        "targets": targets,
        "problem": problem,
        "to_add": sum(line.units - line.there for line in lines),
    }
    return render(request, "staff/desk/copy.html", context)


def _into(asked: str, source: FiscalYear, years: DeskYears) -> FiscalYear:
    """The year to copy into: the one after the source unless another year of the desk is asked for."""
    return chosen_year(asked, years) if asked and asked != str((source + 1).be) else source + 1
