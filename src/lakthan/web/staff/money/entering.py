"""What a district officer enters: contracts, payments, returns, reversals, and wishes not to return yet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lakthan.apps.budget import keeping
from lakthan.apps.budget.balances import rest_of
from lakthan.apps.budget.booking import AlreadySent
from lakthan.apps.budget.register import LineKind
from lakthan.apps.budget.services import lines, rests
from lakthan.apps.people.directory import UnitLabel, districts_in_reach
from lakthan.apps.people.selectors import present, today
from lakthan.core.errors import Conflict, UserError
from lakthan.core.money import format_baht
from lakthan.rules.permissions import Action, require
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.errors import sentence
from lakthan.web.staff.districts import district_of
from lakthan.web.staff.money.forms import EndForm, IntentionForm, LineForm, MoneyForm, ReversalForm


@dataclass(frozen=True, slots=True)
class Entering:
    """A kind of line as its form is called, and the service that writes it."""

    title: Promise
    button: Promise
    told: Promise
    service: Callable[..., Any]
    of_unbound: bool
    """Whether it can be at most what is not bound; else what is left."""


ENTERINGS: Mapping[LineKind, Entering] = {
    LineKind.OBLIGATION: Entering(
        title=_("Bind money by a contract or order"),
        button=_("Record the contract"),
        told=_("Bound:"),
        service=lines.obligate,
        of_unbound=True,
    ),
    LineKind.DISBURSEMENT: Entering(
        title=_("Pay out money"),
        button=_("Record the payment"),
        told=_("Paid out:"),
        service=lines.disburse,
        of_unbound=False,
    ),
    LineKind.RETURN: Entering(
        title=_("Send money back"),
        button=_("Record the return"),
        told=_("Sent back:"),
        service=lines.give_back,
        of_unbound=True,
    ),
}


def own_district(request: ActingRequest, code: str) -> UnitLabel:
    """The district whose money the actor may keep.

    Raises:
        NotFound: there is no such district, or the actor may not see it.
        Refused: the actor may see its money and not keep it.
    """
    found = district_of(districts_in_reach(request.actor, Action.READ_DISTRICT_RECORDS, today()), code)
    require(request.actor, Action.KEEP_BUDGET, str(found.id))
    return found


def to_register(code: str, transfer: Any) -> HttpResponseRedirect:
    """Back to the transfer in the register."""
    address = reverse("district-money", args=(code,))
    return HttpResponseRedirect(f"{address}?fiscal-year={transfer.fiscal_year}#transfer-{transfer.pk}")


def status_of(error: UserError) -> HTTPStatus:
    """A form with a mistake is a page; one that does not fit what is stored says so in its status too."""
    return HTTPStatus.CONFLICT if isinstance(error, Conflict) else HTTPStatus.OK


@performs(Action.KEEP_BUDGET)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new_line(request: ActingRequest, district: str, transfer: UUID, kind: LineKind) -> HttpResponse:
    """Bind, pay out or send back money of a transfer."""
    unit, entering, status = own_district(request, district), ENTERINGS[kind], HTTPStatus.OK
    row = keeping.transfer_of(unit, transfer)
    rest, unbound = keeping.left_of(row, today())
    form = LineForm(request.POST if request.method == "POST" else None, {"effective_on": today()})
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            line = entering.service(
                actor=request.actor,
                transfer=row,
                amount=given["amount"],
                effective_on=given["effective_on"],
                document=given["document"],
                form_key=form.key(),
                is_another=given["is_another"],
                now=present(),
            )
            _tell(request, entering, line.amount, rest, rest_of(row))
            return to_register(district, row)
        except AlreadySent as error:
            messages.success(request, sentence(error))
            return to_register(district, row)
        except lines.LooksAlike as error:
            status = status_of(error)
            form.ask_again(sentence(error))
        except UserError as error:
            status = status_of(error)
            form.add_error(None, sentence(error))
    most = unbound if entering.of_unbound else rest
    context = {"rest": rest, "unbound": unbound, "most": most, "entering": entering, "kind": kind}
    return _page(request, "line", unit, row, form, status, **context)


def _tell(request: ActingRequest, entering: Entering, amount: Decimal, before: Decimal, after: Decimal) -> None:
    told = gettext("%(what)s %(amount)s baht. Rest before %(before)s, now %(after)s baht.")
    parts = {"amount": amount, "before": before, "after": after}
    said = {name: format_baht(part) for name, part in parts.items()}
    messages.success(request, told % {"what": entering.told, **said})


@performs(Action.KEEP_BUDGET)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def reverse_line(request: ActingRequest, district: str, line: UUID, kind: LineKind) -> HttpResponse:
    """Take a wrong line back."""
    unit, status = own_district(request, district), HTTPStatus.OK
    wrong = keeping.line_of(unit, kind, line)
    form = ReversalForm(request.POST if request.method == "POST" else None, {"effective_on": today()})
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            lines.reverse(
                actor=request.actor,
                line=wrong,
                effective_on=given["effective_on"],
                document=given["document"],
                now=present(),
            )
            messages.success(request, gettext("The wrong line is taken back."))
            return to_register(district, wrong.transfer)
        except UserError as error:
            status = status_of(error)
            form.add_error(None, sentence(error))
    rest = rest_of(wrong.transfer)
    after = rest if kind is LineKind.OBLIGATION else rest + wrong.amount
    context = {"line": wrong, "kind": kind, "rest": rest, "after": after}
    return _page(request, "reversal", unit, wrong.transfer, form, status, **context)


@performs(Action.KEEP_BUDGET)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new_intention(request: ActingRequest, district: str, transfer: UUID) -> HttpResponse:
    """Declare a wish not to return the rest yet."""
    unit, status = own_district(request, district), HTTPStatus.OK
    row = keeping.transfer_of(unit, transfer)
    form = IntentionForm(request.POST if request.method == "POST" else None, {"effective_on": today()})
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            rests.declare_retention(
                actor=request.actor,
                transfer=row,
                effective_on=given["effective_on"],
                reason=given["reason"],
                document=given["document"],
                now=present(),
            )
            messages.success(request, gettext("The declaration is recorded."))
            return to_register(district, row)
        except UserError as error:
            status = status_of(error)
            form.add_error(None, sentence(error))
    return _page(request, "intention", unit, row, form, status, rest=rest_of(row))


@performs(Action.KEEP_BUDGET)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def end_intention(request: ActingRequest, district: str, intention: UUID) -> HttpResponse:
    """End a declared wish."""
    unit, status = own_district(request, district), HTTPStatus.OK
    wish = keeping.intention_of(unit, intention)
    form = EndForm(request.POST if request.method == "POST" else None, {"ended_on": today()})
    if form.is_bound and form.is_valid():
        try:
            rests.end_retention(
                actor=request.actor, intention=wish, ended_on=form.cleaned_data["ended_on"], now=present()
            )
            messages.success(request, gettext("The declaration is ended."))
            return to_register(district, wish.transfer)
        except UserError as error:
            status = status_of(error)
            form.add_error(None, sentence(error))
    return _page(request, "intention_end", unit, wish.transfer, form, status, wish=wish)


def _page(
    request: ActingRequest,
    name: str,
    unit: UnitLabel,
    transfer: Any,
    form: MoneyForm,
    status: HTTPStatus,
    **more: Any,
) -> HttpResponse:
    context = {"district": unit, "transfer": transfer, "form": form, **more}
    return render(request, f"staff/money/{name}.html", context, status=status)
