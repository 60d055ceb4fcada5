"""The page on which an indicator is made and its definition changed: words, formula, sentence and preview."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lakthan.apps.indicators import desk
from lakthan.apps.indicators.services import create_indicator
from lakthan.apps.indicators.versions import DefinedIndicator, defined_indicator
from lakthan.apps.people.directory import units_to_choose
from lakthan.apps.people.selectors import present, today
from lakthan.apps.reporting.frozen import opened_years
from lakthan.apps.reporting.preview import Preview, preview, preview_years
from lakthan.apps.reporting.services.definitions import revise_indicator
from lakthan.core.errors import Conflict, NotFound, UserError
from lakthan.core.figure import Operator
from lakthan.core.fiscal import Quarter
from lakthan.rules.formula.fields import formula_fields, steps_given
from lakthan.rules.permissions import Action, Refused
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.errors import sentence
from lakthan.web.staff.desk.definition_form import DefinitionForm, PreviewChoice, PreviewForm, stored_values
from lakthan.web.staff.desk.formula_form import FormulaForm, values_of

SAVE, ADD_STEP = "save", "add-step"
LISTS = ("nodes", "years")
"""Fields with any number of values."""


@performs(Action.DEFINE_INDICATORS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def create(request: ActingRequest) -> HttpResponse:
    """A new indicator; `?node=` begins with a node of the plan chosen."""
    return _answer(request, None)


@performs(Action.DEFINE_INDICATORS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit(request: ActingRequest, code: str) -> HttpResponse:
    """The newest version of an indicator's definition, to be followed by another."""
    return _answer(request, defined_indicator(request.actor, code))


@dataclass(frozen=True, slots=True)
class Typed:
    """The parts of the page, with what was typed in or what is stored."""

    form: DefinitionForm
    formula: FormulaForm
    preview: PreviewForm


def _answer(request: ActingRequest, defined: DefinedIndicator | None) -> HttpResponse:
    """Save what the button says is to be saved; in all other cases show the page with all that was typed."""
    typed = _typed(request, defined)
    if request.method != "POST" or request.POST.get("do") != SAVE:
        return _page(request, defined, typed)
    conflict = None
    if typed.form.is_valid() & (typed.formula.formula is not None):
        try:
            return _saved(request, defined, typed)
        except (NotFound, Refused):
            raise
        except Conflict as error:
            conflict = error
        except UserError as error:
            typed.form.add_error(None, sentence(error))
    return _page(request, defined, typed, conflict)


def _typed(request: ActingRequest, defined: DefinedIndicator | None) -> Typed:
    posted = request.POST if request.method == "POST" else None
    is_final = posted is not None and posted.get("do") == SAVE
    here, units = today(), units_to_choose(today())
    labels = desk.node_labels().values()
    opened = opened_years(here) if defined else frozenset()
    form = DefinitionForm(
        units=units,
        nodes=[node for node in labels if node.is_in_use or (defined and node.id in defined.nodes)],
        defined=defined,
        open_years=[year for year in (defined.years if defined else ()) if year not in opened],
        data=posted if is_final else None,
        initial=_begin(request, posted, defined),
    )
    begin, districts = Quarter.of(here).previous, [unit for unit in units if unit.kind == "district"]
    chosen = PreviewForm(preview_years(here), districts, PreviewChoice(begin.fiscal_year, begin.number, ""), posted)
    return Typed(form, FormulaForm(_values(posted, defined), is_final=is_final), chosen)


def _begin(request: ActingRequest, posted: QueryDict | None, defined: DefinedIndicator | None) -> dict[str, Any]:
    """What stands in the form: what was typed, what is stored, or the node that the address names."""
    if posted is not None:
        return {name: posted.getlist(name) if name in LISTS else posted[name] for name in posted}
    return stored_values(defined) if defined else {"decimals": 2, "nodes": request.GET.getlist("node")}


def _values(posted: QueryDict | None, defined: DefinedIndicator | None) -> dict[str, list[str]]:
    """The fields of the formula: typed or stored; with one row of steps more where it is asked for."""
    if posted is None:
        return formula_fields(defined.newest.formula) if defined and defined.newest else {}
    values = values_of(posted)
    if posted.get("do") == ADD_STEP:
        values[f"steps[{steps_given(values)}].code"] = [""]
    return values


def _saved(request: ActingRequest, defined: DefinedIndicator | None, typed: Typed) -> HttpResponse:
    """Store it, and lead to the page of the indicator."""
    form, data = typed.form, typed.formula.data_shown
    if defined is None:
        row = create_indicator(
            actor=request.actor,
            owner=UUID(form.cleaned_data["owner"]),
            code=form.cleaned_data["code"],
            identity=form.identity(),
            defined=form.defined(data),
            now=present(),
        )
        code = row.code
        messages.success(request, _("Indicator %(code)s is made.") % {"code": code})
    else:
        code = defined.code
        version = revise_indicator(
            actor=request.actor,
            code=code,
            seen=_number(request.POST.get("seen", "")),
            identity=form.identity(),
            defined=form.defined(data),
            reason=form.cleaned_data["reason"],
            years=form.cleaned_data.get("years", ()),
            now=present(),
        )
        messages.success(request, _("Saved. Version %(number)s is the newest.") % {"number": version.number})
    return HttpResponseRedirect(f"{reverse('desk-indicator', args=(code,))}?saved={'new' if defined is None else code}")


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _page(
    request: ActingRequest, defined: DefinedIndicator | None, typed: Typed, conflict: Conflict | None = None
) -> HttpResponse:
    """The page; after a conflict the newest version stands beside what was typed, and saving again follows it."""
    shown, problem = _preview(request, defined, typed)
    data = typed.formula.data_shown
    context = {
        "defined": defined,
        "typed": typed,
        "formula_json": json.dumps(data, ensure_ascii=False, indent=2),
        "shown": shown,
        "preview_problem": problem,
        "is_refused": request.POST.get("do") == SAVE,
        "conflict": sentence(conflict) if conflict else "",
        "is_steps": data.get("kind") == "steps",
        "frozen": sorted(set(defined.years) & opened_years(today())) if defined else (),
    }
    return render(request, "staff/desk/definition.html", context, status=409 if conflict else 200)


def _preview(request: ActingRequest, defined: DefinedIndicator | None, typed: Typed) -> tuple[Preview | None, str]:
    """The formula on live records, once it can be read; or why it cannot be shown."""
    if typed.formula.formula is None:
        return None, ""
    choice = typed.preview.choice()
    operator, decimals = typed.form["operator"].value(), str(typed.form["decimals"].value())
    try:
        shown = preview(
            actor=request.actor,
            formula=typed.formula.formula,
            quarter=choice.fiscal_year.quarter(choice.quarter),
            code=defined.code if defined else "",
            decimals=int(decimals) if decimals in "01234" and decimals else 2,
            operator=Operator(operator) if operator in set(Operator) else Operator.AT_LEAST,
            district=choice.district,
        )
    except UserError as error:
        return None, sentence(error)
    return shown, ""
