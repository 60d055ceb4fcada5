"""Correcting a decision, and withdrawing one."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lakthan.apps.people.directory import districts_in_reach
from lakthan.apps.people.selectors import present, today
from lakthan.apps.planning import deciding as reads
from lakthan.apps.planning.deciding import DecisionLine
from lakthan.apps.planning.services import decisions as services
from lakthan.apps.planning.services import mending
from lakthan.apps.planning.services.decisions import RowsRefused
from lakthan.core.errors import NotFound, UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Action
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.errors import sentence
from lakthan.web.staff.inclusions.forms import DECLINE, INCLUDE, CommonForm, RowForm, WithdrawalForm
from lakthan.web.staff.inclusions.places import Place


@performs(Action.DECIDE_INCLUSION)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def correct(request: ActingRequest, decision: UUID) -> HttpResponse:
    """Write a decision of a draft differently; in a confirmed list, decide anew in its place and keep what was."""
    row, place = _decision(request, decision)
    line, plan = reads.decision_line(row), reads.plan_state(row.unit_id, place.fiscal_year)
    is_confirmed = plan is not None and plan.is_confirmed
    data = request.POST if request.method == "POST" else None
    form = RowForm(row.project, _start(line), data, is_alone=True)
    common = CommonForm(today(), data, is_confirmed=True, is_alone=True) if is_confirmed else None
    if data is not None and _are_valid(form, common):
        try:
            if common is None:
                _mend(request, row, form.cleaned_data)
            else:
                _replace(request, row, form, common.cleaned_data)
        except RowsRefused as error:
            form.add_error(None, sentence(error.rows[0]))
        except UserError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, gettext("The decision is corrected."))
            return HttpResponseRedirect(place.table)
    context = {"place": place, "form": form, "common": common, "line": line, "project": row.project}
    return render(request, "staff/inclusions/correct.html", context)


def _are_valid(form: RowForm, common: CommonForm | None) -> bool:
    """Whether nothing is missing or misshaped; all that is, is told at once."""
    whole = [one.is_valid() for one in (form, common) if one is not None]
    return all(whole)


def _start(line: DecisionLine) -> Mapping[str, Any]:
    """A decision as the form says it."""
    if line.is_inclusion:
        given = {"item_number": line.item_number, "name": line.name, "budget": line.budget}
        return {"verdict": INCLUDE, **given}
    return {"verdict": DECLINE, "reason_code": line.reason_code, "reason": line.reason}


def _replace(request: ActingRequest, row: services.Decision, form: RowForm, common: Mapping[str, Any]) -> None:
    choice = form.choice({"reason_code": "", "reason": ""}, iter(()), instead_of=row)
    services.decide_projects(
        actor=request.actor,
        action_plan=row.action_plan,
        choices=[choice] if choice is not None else [],
        effective_on=common["effective_on"],
        document=common["document"],
        correction=common["correction"],
        now=present(),
    )


def _mend(request: ActingRequest, row: services.Decision, given: Mapping[str, Any]) -> None:
    if isinstance(row, services.Inclusion):
        mending.mend_inclusion(
            actor=request.actor,
            inclusion=row,
            item_number=given["item_number"],
            name=given["name"] or row.project.name,
            budget=given["budget"],
            now=present(),
        )
    else:
        mending.mend_decline(
            actor=request.actor,
            decline=row,
            reason_code=given["reason_code"],
            reason=given["reason"],
            now=present(),
        )


@performs(Action.DECIDE_INCLUSION)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def withdraw(request: ActingRequest, decision: UUID) -> HttpResponse:
    """Withdraw a decision from a day on, with a reason."""
    row, place = _decision(request, decision)
    form = WithdrawalForm(today(), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            services.withdraw_decision(
                actor=request.actor, decision=row, ended_on=given["ended_on"], reason=given["reason"], now=present()
            )
        except UserError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, gettext("The decision is withdrawn."))
            return HttpResponseRedirect(place.table)
    context = {
        "place": place,
        "form": form,
        "project": row.project,
        "line": reads.decision_line(row),
        "plan": reads.plan_state(row.unit_id, place.fiscal_year),
    }
    return render(request, "staff/inclusions/withdraw.html", context)


def _decision(request: ActingRequest, decision: UUID) -> tuple[services.Decision, Place]:
    """A decision with its district and year. Raises `NotFound` where the actor may not decide there."""
    row = reads.decision_named(request.actor, decision)
    districts = districts_in_reach(request.actor, Action.DECIDE_INCLUSION, today())
    district = next((unit for unit in districts if unit.id == row.unit_id), None)
    if district is None:
        raise NotFound("ไม่พบมตินี้", "There is no such decision.")
    return row, Place(district, FiscalYear(row.fiscal_year))
