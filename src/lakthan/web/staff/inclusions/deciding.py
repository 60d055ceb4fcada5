"""Deciding about one project or many at once."""

from collections.abc import Collection, Mapping, Sequence
from itertools import count
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lakthan.apps.people.selectors import present, today
from lakthan.apps.planning import deciding as reads
from lakthan.apps.planning.services import decisions as services
from lakthan.apps.planning.services.decisions import Leave, RowsRefused, Take
from lakthan.core.errors import NotFound, UserError
from lakthan.rules.permissions import Action
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.errors import sentence
from lakthan.web.staff.inclusions.choosing import chosen_of
from lakthan.web.staff.inclusions.forms import (
    DECLINE,
    INCLUDE,
    LATER,
    CommonForm,
    RowForm,
    tell_missing_reasons,
)
from lakthan.web.staff.inclusions.places import Place, place_of


@performs(Action.DECIDE_INCLUSION)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def decide(request: ActingRequest) -> HttpResponse:
    """Decide about the chosen projects: all that is on the page is recorded, or nothing."""
    place = place_of(request, Action.DECIDE_INCLUSION)
    table = reads.decision_table(request.actor, place.district.id, place.fiscal_year, today())
    data = request.POST if request.method == "POST" else None
    chosen = chosen_of(request, table)
    rows = _rows(request, place, table, chosen.ids, data)
    is_confirmed = table.plan is not None and table.plan.is_confirmed
    common = CommonForm(today(), data, is_confirmed=is_confirmed)
    if data is not None and _are_valid(common, rows):
        choices = _choices(table, common.cleaned_data, rows)
        try:
            made = _record(request, place, common.cleaned_data, [choice for _, choice in choices])
        except RowsRefused as error:
            for at, wrong in error.rows.items():
                choices[at][0].add_error(None, sentence(wrong))
        except UserError as error:
            common.add_error(None, sentence(error))
        else:
            told = ngettext("%(count)s decision is recorded.", "%(count)s decisions are recorded.", made)
            messages.success(request, told % {"count": made})
            return HttpResponseRedirect(place.table)
    context = {
        "place": place,
        "table": table,
        "rows": rows,
        "common": common,
        "chosen": chosen,
        "wrong": [row for row in rows if row.is_bound and row.errors],
    }
    return render(request, "staff/inclusions/decide.html", context)


def _are_valid(common: CommonForm, rows: Sequence[RowForm]) -> bool:
    """Whether nothing is missing or misshaped; all that is, is told at once."""
    whole = [form.is_valid() for form in (common, *rows)]
    tell_missing_reasons(common, rows)
    return all(whole) and not any(form.errors for form in (common, *rows))


def _rows(
    request: ActingRequest, place: Place, table: reads.DecisionTable, ids: Collection[UUID], data: Any
) -> list[RowForm]:
    """A form for each chosen project, with the next free item numbers and the estimates of the communities.

    Raises:
        NotFound: one of them is no project of the district.
    """
    projects = reads.projects_named(place.district.id, ids)
    if len(projects) < len(set(ids)):
        raise _no_project()
    verdict = request.GET.get("verdict", "")
    start = {"verdict": verdict if verdict in (INCLUDE, DECLINE, LATER) else INCLUDE}
    return [
        RowForm(project, {**start, "item_number": table.next_item + at, "budget": project.estimate}, data)
        for at, project in enumerate(projects.values())
    ]


def _no_project() -> NotFound:
    return NotFound("ไม่พบโครงการที่เลือกในสำนักงานเขตนี้", "A chosen project is none of this district's.")


def _choices(
    table: reads.DecisionTable, common: Mapping[str, Any], rows: Sequence[RowForm]
) -> list[tuple[RowForm, Take | Leave]]:
    """What is decided, with its row. Free item numbers are those after all that were given, here and before."""
    typed = [number for row in rows if (number := row.cleaned_data["item_number"]) and row.verdict_given == INCLUDE]
    free = count(max([table.next_item, *(number + 1 for number in typed)]))
    return [(row, choice) for row in rows if (choice := row.choice(common, free)) is not None]


def _record(request: ActingRequest, place: Place, common: Mapping[str, Any], choices: Sequence[Take | Leave]) -> int:
    made = services.decide_projects(
        actor=request.actor,
        action_plan=reads.action_plan_row(request.actor, place.district.id, place.fiscal_year),
        choices=choices,
        effective_on=common["effective_on"],
        document=common["document"],
        correction=common.get("correction", ""),
        now=present(),
    )
    return len(made)
