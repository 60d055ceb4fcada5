"""The pages of one indicator on the desk: what it is, and the versions of its definition."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lakthan.apps.indicators import desk
from lakthan.apps.indicators.versions import DefinedIndicator, defined_indicator
from lakthan.apps.people.selectors import today
from lakthan.apps.reporting.assigned import assigned_units
from lakthan.apps.reporting.frozen import opened_years
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.formula.explain import sentence
from lakthan.rules.permissions import Action
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.listing import listing
from lakthan.web.staff.desk.overview import chosen_year
from lakthan.web.staff.desk.wording import field_words
from lakthan.web.wording import in_language

COLUMNS = {
    "unit": lambda unit: (not unit.is_owner, unit.code),
    "name": lambda unit: in_language(unit.name_th, unit.name_en),
    "target": lambda unit: unit.target,
    "value": lambda unit: unit.result and unit.result.figure.value,
    "weight": lambda unit: unit.weight,
}


@performs(Action.DEFINE_INDICATORS)
@require_safe
@never_cache
def indicator(request: ActingRequest, code: str) -> HttpResponse:
    """An indicator with the newest version of its definition and the goals that it serves."""
    defined, labels = defined_indicator(request.actor, code), desk.node_labels()
    year = _year(request, defined)
    assigned = assigned_units(request.actor, code, year)
    context = {
        "assigned": assigned,
        "listing": listing(request.GET, assigned.units, COLUMNS),
        "years": desk.desk_years(today()).all,
        "defined": defined,
        "sentences": _sentences(defined),
        "nodes": [labels[node] for node in defined.nodes],
        "saved": request.GET.get("saved", ""),
    }
    return render(request, "staff/desk/indicator.html", context)


@performs(Action.DEFINE_INDICATORS)
@require_safe
@never_cache
def versions(request: ActingRequest, code: str) -> HttpResponse:
    """Every version of the definition, newest first, with what changed."""
    defined, opened, year = defined_indicator(request.actor, code), opened_years(today()), FiscalYear.of(today())
    lines = [
        (
            version,
            [(field_words(change.field), change) for change in version.changes],
            [(used, count, used in opened) for used, count in version.years.items()],
            (sentence(version.formula, year, "th"), sentence(version.formula, year, "en")),
        )
        for version in defined.versions
    ]
    return render(request, "staff/desk/versions.html", {"defined": defined, "versions": lines})


def _year(request: ActingRequest, defined: DefinedIndicator) -> FiscalYear:
    """The year asked for, else the newest in which somebody answers for the indicator."""
    years = desk.desk_years(today())
    asked = request.GET.get("fiscal-year", "")
    return chosen_year(asked, years) if asked or not defined.years else FiscalYear(defined.years[0])


def _sentences(defined: DefinedIndicator) -> tuple[str, str] | None:
    """The newest formula in words, of the newest year in which somebody answers for it."""
    if defined.newest is None:
        return None
    year = FiscalYear(defined.years[0]) if defined.years else FiscalYear.of(today())
    return sentence(defined.newest.formula, year, "th"), sentence(defined.newest.formula, year, "en")
