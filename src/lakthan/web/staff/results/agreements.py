"""The agreement of a unit: what stands in it, proposing it, signing it, and its print."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lakthan.apps.people.selectors import present
from lakthan.apps.reporting.agreements import AgreementPage, agreement_page, propose, sign
from lakthan.core.errors import NotFound, UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Action, Refused
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.errors import sentence
from lakthan.web.staff.results.fields import DayField


class ProposeForm(forms.Form):
    """The document under which an agreement is frozen."""

    step = "propose"
    number = forms.CharField(label=_("Number of the document"), max_length=100)
    document_date = DayField(label=_("Date of the document"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="propose-%s", use_required_attribute=False)


class SignForm(forms.Form):
    """Signing in an office."""

    step = "sign"
    office = forms.CharField(
        label=_("Your office"), max_length=200, help_text=_("As it is to stand below the agreement.")
    )
    sure = forms.BooleanField(
        label=_("I have read the agreement and sign it. I know that it cannot be changed afterwards."),
        error_messages={"required": _("Tick the box to sign.")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="sign-%s", use_required_attribute=False)


Form = ProposeForm | SignForm


@performs(Action.READ_SCORES)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def agreement(request: ActingRequest, agency: UUID, fiscal_year: FiscalYear) -> HttpResponse:
    """The agreement of a unit for a year; a POST proposes or signs it."""
    page = agreement_page(request.actor, agency, fiscal_year)
    if request.method != "POST":
        return _page(request, page)
    form: Form = SignForm(request.POST) if request.POST.get("step") == SignForm.step else ProposeForm(request.POST)
    if form.is_valid():
        try:
            _take(request, page, form)
        except (NotFound, Refused):
            raise
        except UserError as error:
            form.add_error(None, sentence(error))
        else:
            done = {"propose": gettext("The agreement is recorded, to be signed."), "sign": gettext("Signed.")}
            messages.success(request, done[form.step])
            return HttpResponseRedirect(request.get_full_path())
    return _page(request, page, form)


def _take(request: ActingRequest, page: AgreementPage, form: Form) -> None:
    given, now = form.cleaned_data, present()
    if isinstance(form, SignForm):
        sign(actor=request.actor, unit=page.unit, fiscal_year=page.fiscal_year, office=given["office"], now=now)
        return
    propose(
        actor=request.actor,
        unit=page.unit,
        fiscal_year=page.fiscal_year,
        document_number=given["number"],
        document_date=given["document_date"],
        now=now,
    )


def _page(request: ActingRequest, page: AgreementPage, refused: Form | None = None) -> HttpResponse:
    context = {
        "page": page,
        "propose": refused if isinstance(refused, ProposeForm) else ProposeForm() if page.may_propose else None,
        "sign": refused if isinstance(refused, SignForm) else SignForm() if page.may_sign else None,
        "sides": [(side, next((s for s in page.signatures if s.side == side), None)) for side in ("city", "unit")],
    }
    return render(request, "staff/results/agreement.html", context)
