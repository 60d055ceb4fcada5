"""The agencies of a year, the score of one with every step, and the recorded components of Part 1."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lakthan.apps.people.selectors import present
from lakthan.apps.reporting.agencies import AgencyScore, ResultBasis, agency_score, record_component
from lakthan.apps.reporting.agreements import WHOLE, AgencyRow, agency_rows
from lakthan.apps.reporting.selectors import fiscal_years
from lakthan.core.errors import NotFound, UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Action, Refused, refusal
from lakthan.rules.scoring import Source
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.errors import sentence
from lakthan.web.listing import Key, listing
from lakthan.web.staff.results.fields import NumberField, ParagraphField
from lakthan.web.staff.results.working import part_working, result_working, whole_working
from lakthan.web.wording import in_language

ROWS_PER_PAGE = 100
COLUMNS: Mapping[str, Key[AgencyRow]] = {
    "code": lambda row: row.code or None,
    "name": lambda row: in_language(row.name_th, row.name_en),
    "indicators": lambda row: row.indicators,
    "weights": lambda row: row.weights,
    "agreement": lambda row: (bool(row.document_number), row.signed),
}


class ComponentForm(forms.Form):
    """A score of one component of Part 1."""

    score = NumberField(label=_("Points, 1 to 5"))
    note = ParagraphField(label=_("What the score rests on"), rows=2)

    def __init__(self, component: str, data: Any = None) -> None:
        super().__init__(data, auto_id=f"{component}-%s", use_required_attribute=False)
        self.component = component


@performs(Action.READ_SCORES)
@require_safe
@never_cache
def agencies(request: ActingRequest) -> HttpResponse:
    """The agencies of a fiscal year with their agreements, each leading to its score."""
    years = fiscal_years()
    asked, text = request.GET.get("fiscal-year", ""), request.GET.get("text", "").strip().casefold()
    year = next((each for each in years if asked == str(each.be)), years[0] if years else None)
    rows = agency_rows(request.actor, year) if year else ()
    found = [row for row in rows if text in f"{row.code} {row.name_th} {row.name_en}".casefold()]
    context = {
        "year": year,
        "years": years,
        "total": len(rows),
        "listing": listing(request.GET, found, COLUMNS, ROWS_PER_PAGE),
        "asked": request.GET,
        "whole": WHOLE,
    }
    return render(request, "staff/results/agencies.html", context)


@performs(Action.READ_SCORES)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def score(request: ActingRequest, agency: UUID, fiscal_year: FiscalYear) -> HttpResponse:
    """The score of an agency; a POST records a component of Part 1."""
    if request.method != "POST":
        return _page(request, agency, fiscal_year)
    form = ComponentForm(request.POST.get("component", "")[:40], request.POST)
    if form.is_valid():
        try:
            record_component(
                actor=request.actor,
                unit=agency,
                fiscal_year=fiscal_year,
                component=form.component,
                score=form.cleaned_data["score"],
                note=form.cleaned_data["note"],
                now=present(),
            )
        except (NotFound, Refused):
            raise
        except UserError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, gettext("The score is recorded."))
            return HttpResponseRedirect(request.get_full_path())
    return _page(request, agency, fiscal_year, form)


def _page(
    request: ActingRequest, agency: UUID, fiscal_year: FiscalYear, refused: ComponentForm | None = None
) -> HttpResponse:
    asked = request.GET.get("results", "")
    basis = ResultBasis.LATEST if asked == ResultBasis.LATEST.value else ResultBasis.CERTIFIED
    page = agency_score(request.actor, agency, fiscal_year, basis)
    may_score = refusal(request.actor, Action.SCORE_MANAGEMENT, str(agency)) is None and not any(
        held.unit == str(agency) for held in request.actor.held
    )
    context = {
        "page": page,
        "results": [(line, result_working(line.scored, line.result)) for line in page.results],
        "components": _components(page, refused, may_score=may_score),
        "part_1_working": part_working(page.part_1),
        "part_2_working": part_working(page.part_2),
        "whole_working": whole_working(page),
        "may_appeal": refusal(request.actor, Action.APPEAL, str(agency)) is None,
    }
    return render(request, "staff/results/score.html", context)


def _components(page: AgencyScore, refused: ComponentForm | None, *, may_score: bool) -> list[tuple[Any, Any]]:
    """The components of Part 1, each with its form where it can be recorded."""
    rows: list[tuple[Any, Any]] = []
    for line in page.components:
        code = line.component.code
        form: ComponentForm | None = None
        if may_score and line.component.source is Source.RECORDED:
            form = refused if refused and refused.component == code else ComponentForm(code)
        rows.append((line, form))
    return rows
