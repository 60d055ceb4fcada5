"""The list of decisions, choosing what to decide on, and the form of a decision."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lakthan.apps.people.selectors import present
from lakthan.apps.reporting.appealing import open_targets, uphold_by
from lakthan.apps.reporting.decided import DecisionRow, decision_list
from lakthan.apps.reporting.deciding import MOST, Decidable, decidable, decidable_of, decide
from lakthan.apps.reporting.selectors import fiscal_years
from lakthan.core.errors import NotFound, UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Action, Refused, refusal
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.errors import sentence
from lakthan.web.listing import Key, listing
from lakthan.web.staff.results.decision_forms import DocumentForm, resolution_forms
from lakthan.web.staff.results.wording import KINDS, MEANINGS
from lakthan.web.wording import in_language

ROWS_PER_PAGE = 50
COLUMNS: Mapping[str, Key[DecisionRow]] = {
    "recorded": lambda row: row.line.recorded_at,
    "effective": lambda row: row.line.effective_on,
    "code": lambda row: (row.code, row.unit_th),
    "unit": lambda row: in_language(row.unit_th, row.unit_en),
    "kind": lambda row: str(KINDS[row.line.kind]),
    "document": lambda row: row.line.document_number,
}


@performs(Action.READ_REPORT)
@require_safe
@never_cache
def decision_rows(request: ActingRequest) -> HttpResponse:
    """What was decided, as the address asks to see it; the newest first."""
    rows = decision_list(request.actor)
    query = request.GET.copy()
    query.setdefault("sort", "-recorded")
    return render(
        request,
        "staff/results/decisions.html",
        {
            "total": len(rows),
            "listing": listing(query, [row for row in rows if _is_asked_for(row, request.GET)], COLUMNS, ROWS_PER_PAGE),
            "years": sorted({row.fiscal_year.be for row in rows}, reverse=True),
            "units": sorted({(in_language(row.unit_th, row.unit_en), str(row.unit)) for row in rows}),
            "kinds": KINDS.items(),
            "asked": request.GET,
            "asked_year": request.GET.get("fiscal-year", ""),
            "may_decide": refusal(request.actor, Action.DECIDE_ASSIGNMENT) is None,
        },
    )


def _is_asked_for(row: DecisionRow, query: QueryDict) -> bool:
    words = f"{row.code} {row.name_th} {row.name_en} {row.line.document_number} {row.line.reason}".casefold()
    return (
        query.get("text", "").strip().casefold() in words
        and query.get("fiscal-year", "") in ("", str(row.fiscal_year.be))
        and query.get("kind", "") in ("", row.line.kind.value)
        and query.get("unit", "") in ("", str(row.unit))
    )


@performs(Action.DECIDE_ASSIGNMENT)
@require_safe
@never_cache
def choose(request: ActingRequest) -> HttpResponse:
    """The assignments of a year, to tick those that one document decides on."""
    years = fiscal_years()
    year = _year(request.GET.get("fiscal-year", ""), years)
    text = request.GET.get("text", "").strip().casefold()
    rows = decidable_of(request.actor, year) if year else ()
    shown = [row for row in rows if text in _words(row)]
    context = {"rows": shown, "total": len(rows), "year": year, "years": years, "most": MOST, "asked": request.GET}
    return render(request, "staff/results/choose.html", context)


def _words(row: Decidable) -> str:
    return f"{row.code} {row.name_th} {row.name_en} {row.unit_th} {row.unit_en}".casefold()


def _year(asked: str, years: tuple[FiscalYear, ...]) -> FiscalYear | None:
    return next((year for year in years if asked == str(year.be)), years[0] if years else None)


@performs(Action.DECIDE_ASSIGNMENT)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def take(request: ActingRequest) -> HttpResponse:
    """The form of a decision about the assignments in `?assignment=`; a POST takes it."""
    about = decidable(request.actor, _chosen(request.GET))
    asked = open_targets(_ids(request.GET, "appeal"))
    if request.method != "POST":
        return _form(request, about, DocumentForm(), resolution_forms(about, asked=asked))
    document, rows = DocumentForm(request.POST, request.FILES), resolution_forms(about, request.POST)
    if all([document.is_valid(), *(row.is_valid() for row in rows)]):
        try:
            _decide(request, document, rows, [row.id for row in asked])
        except (NotFound, Refused):
            raise
        except UserError as error:
            document.add_error(None, sentence(error))
        else:
            words = ngettext("%(count)s decision is recorded.", "%(count)s decisions are recorded.", len(rows))
            messages.success(request, words % {"count": len(rows)})
            return HttpResponseRedirect(reverse("decisions"))
    return _form(request, about, document, rows)


def _chosen(query: QueryDict) -> list[UUID]:
    chosen = _ids(query, "assignment") or list(
        dict.fromkeys(row.assignment for row in open_targets(_ids(query, "appeal")) if row.assignment)
    )
    if not 0 < len(chosen) <= MOST:
        raise NotFound(
            f"เลือกตัวชี้วัดที่มีมติก่อน อย่างน้อย 1 รายการ ไม่เกิน {MOST} รายการ",
            f"Choose first what is decided on: one assignment at least, {MOST} at most.",
        )
    return chosen


def _ids(query: QueryDict, name: str) -> list[UUID]:
    try:
        return [UUID(text) for text in dict.fromkeys(query.getlist(name))]
    except ValueError as error:
        raise NotFound("ไม่พบตัวชี้วัดที่เลือก", "There is no such assignment.") from error


def _decide(request: ActingRequest, document: DocumentForm, rows: list[Any], appeals: list[UUID]) -> None:
    given, now = document.cleaned_data, present()
    decide(
        actor=request.actor,
        number=given["number"],
        document_date=given["document_date"],
        decided_by=given["decided_by"],
        attached=document.attached(),
        wishes=[row.wish(document) for row in rows],
        now=now,
        settle=lambda taken: uphold_by(actor=request.actor, appeals=appeals, decisions=taken, now=now),
    )


def _form(
    request: ActingRequest, about: tuple[Decidable, ...], document: DocumentForm, rows: list[Any]
) -> HttpResponse:
    context = {
        "document": document,
        "rows": rows,
        "meanings": [(KINDS[kind], MEANINGS[kind]) for kind in KINDS],
        "refused": document.is_bound,
        "year": about[0].fiscal_year,
    }
    return render(request, "staff/results/take.html", context)
