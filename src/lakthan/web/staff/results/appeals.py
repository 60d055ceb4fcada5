"""The list of appeals, asking for another look, and one appeal with its answer."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lakthan.apps.people.selectors import present, today
from lakthan.apps.reporting import appealing
from lakthan.apps.reporting.appealing import AppealRow, Subject, appeal_list, appeal_of, subject_of
from lakthan.apps.reporting.deciding import Attached
from lakthan.core.errors import NotFound, UserError
from lakthan.rules.appeals import DAYS_TO_ANSWER, DAYS_TO_ASK, AppealKind, AppealOutcome
from lakthan.rules.permissions import Action, Refused, refusal, require
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.errors import sentence
from lakthan.web.listing import listing
from lakthan.web.staff.results.fields import NumberField, ParagraphField
from lakthan.web.staff.results.wording import APPEALS, OUTCOMES
from lakthan.web.wording import in_language

ROWS_PER_PAGE = 50
COLUMNS = {
    "due": lambda row: (not row.is_open, row.due_on),
    "kind": lambda row: str(APPEALS[row.kind]),
    "about": lambda row: (row.code, row.name_th),
    "unit": lambda row: in_language(row.unit_th, row.unit_en),
}


class AskForm(forms.Form):
    """The reasons of an appeal, the target that is asked for, and a file."""

    target = NumberField(label=_("Target that is asked for"))
    reasons = ParagraphField(label=_("Reasons"), rows=6)
    evidence = forms.FileField(
        label=_("Evidence"), required=False, help_text=_("PDF or picture, at most 20 MB. May be left out.")
    )

    def __init__(self, subject: Subject, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, auto_id="ask-%s", use_required_attribute=False)
        if subject.kind is not AppealKind.TARGET:
            del self.fields["target"]

    def attached(self) -> Attached | None:
        """The file, where one was given."""
        upload = self.cleaned_data["evidence"]
        return None if upload is None else Attached(upload.name, upload.read())


class AnswerForm(forms.Form):
    """Upholding or rejecting with reasons."""

    outcome = forms.ChoiceField(label=_("Answer"), widget=forms.Select(attrs={"class": "form-select"}))
    answer = ParagraphField(label=_("Reasons of the answer"), rows=4)

    def __init__(self, row: AppealRow, data: Any = None) -> None:
        super().__init__(data, auto_id="answer-%s", use_required_attribute=False)
        offered = [AppealOutcome.UPHELD, AppealOutcome.REJECTED]
        if row.kind is AppealKind.TARGET:
            offered.remove(AppealOutcome.UPHELD)
        field = self.fields["outcome"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "–"), *((each.value, OUTCOMES[each]) for each in offered)]


@performs(Action.READ_SCORES)
@require_safe
@never_cache
def appeal_rows(request: ActingRequest) -> HttpResponse:
    """Open appeals first; the strategy bureau gathers those for targets into one decision from here."""
    rows, asked = appeal_list(request.actor), request.GET
    found = [
        row
        for row in rows
        if asked.get("kind", "") in ("", row.kind.value)
        and asked.get("show", "") in ("", "open" if row.is_open else "answered")
        and asked.get("text", "").strip().casefold() in _words(row)
    ]
    context = {
        "total": len(rows),
        "listing": listing(asked, found, COLUMNS, ROWS_PER_PAGE),
        "kinds": APPEALS.items(),
        "asked": asked,
        "today": today(),
        "may_decide": refusal(request.actor, Action.DECIDE_ASSIGNMENT) is None,
        "targets": [row for row in found if row.is_open and row.kind is AppealKind.TARGET],
    }
    return render(request, "staff/results/appeals.html", context)


def _words(row: AppealRow) -> str:
    return f"{row.code} {row.name_th} {row.name_en} {row.unit_th} {row.unit_en}".casefold()


@performs(Action.APPEAL)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def ask_for(request: ActingRequest) -> HttpResponse:
    """The form of an appeal about what the address names."""
    subject = subject_of(request.actor, request.GET.dict())
    form = AskForm(subject)
    if request.method == "POST":
        form = AskForm(subject, request.POST, request.FILES)
        if form.is_valid() and _ask(request, subject, form):
            messages.success(request, gettext("The appeal is recorded."))
            return HttpResponseRedirect(reverse("appeals"))
    context = {"subject": subject, "form": form, "to_ask": DAYS_TO_ASK, "to_answer": DAYS_TO_ANSWER}
    return render(request, "staff/results/ask.html", context)


def _ask(request: ActingRequest, subject: Subject, form: AskForm) -> bool:
    given = form.cleaned_data
    try:
        appealing.ask(
            actor=request.actor,
            subject=subject,
            reasons=given["reasons"],
            target=given.get("target"),
            attached=form.attached(),
            now=present(),
        )
    except (NotFound, Refused):
        raise
    except UserError as error:
        form.add_error(None, sentence(error))
        return False
    return True


@performs(Action.READ_SCORES)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def one(request: ActingRequest, appeal: UUID) -> HttpResponse:
    """One appeal; a POST answers or withdraws it."""
    row = appeal_of(request.actor, appeal)
    form = AnswerForm(row) if row.may_answer else None
    if request.method == "POST" and request.POST.get("step") == "withdraw":
        appealing.withdraw(actor=request.actor, appeal=appeal, now=present())
        messages.success(request, gettext("The appeal is withdrawn."))
        return HttpResponseRedirect(request.get_full_path())
    if request.method == "POST":
        require(request.actor, Action.ANSWER_APPEAL, str(row.unit))
        form = AnswerForm(row, request.POST)
        if form.is_valid() and _answer(request, appeal, form):
            messages.success(request, gettext("The answer is recorded."))
            return HttpResponseRedirect(request.get_full_path())
    may_decide = refusal(request.actor, Action.DECIDE_ASSIGNMENT) is None
    context = {"row": row, "form": form, "may_decide": may_decide, "today": today()}
    return render(request, "staff/results/appeal.html", context)


def _answer(request: ActingRequest, appeal: UUID, form: AnswerForm) -> bool:
    outcome, reasons = AppealOutcome(form.cleaned_data["outcome"]), form.cleaned_data["answer"]
    try:
        appealing.answer(actor=request.actor, appeal=appeal, outcome=outcome, reasons=reasons, now=present())
    except (NotFound, Refused):
        raise
    except UserError as error:
        form.add_error(None, sentence(error))
        return False
    return True
