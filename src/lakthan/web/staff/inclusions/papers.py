"""The papers of an action plan: register and memo, as PDF and as a Word file."""

from datetime import date

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lakthan.apps.people.selectors import present, today
from lakthan.apps.planning.action_plans import register
from lakthan.apps.planning.deciding import decision_table
from lakthan.apps.planning.plan_papers import memo_paper, register_paper
from lakthan.core.dates import parse_date
from lakthan.core.fiscal import FiscalYear
from lakthan.printing.document import Document
from lakthan.printing.pdf import document_pdf
from lakthan.printing.word import document_docx
from lakthan.rules.entry import refuse_longer
from lakthan.rules.permissions import Action
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.file_answers import pdf_answer, printing_fonts, word_answer
from lakthan.web.staff.inclusions.places import place_named

LONGEST_NUMBER = 100


@performs(Action.READ_DISTRICT_RECORDS)
@require_safe
@never_cache
def register_pdf(request: ActingRequest, district: str, fiscal_year: FiscalYear) -> HttpResponse:
    """The register of included projects as PDF."""
    place = place_named(request, Action.READ_DISTRICT_RECORDS, district, fiscal_year)
    paper = register_paper(register(request.actor, place.district.id, fiscal_year), place.district, present())
    return _as_pdf(paper, f"action-plan-{district}-{fiscal_year.be}")


@performs(Action.READ_DISTRICT_RECORDS)
@require_safe
@never_cache
def memo_pdf(request: ActingRequest, district: str, fiscal_year: FiscalYear) -> HttpResponse:
    """The memo to the director as PDF, with the number and the day that the address names."""
    return _as_pdf(_memo(request, district, fiscal_year), f"memo-{district}-{fiscal_year.be}")


@performs(Action.READ_DISTRICT_RECORDS)
@require_safe
@never_cache
def memo_docx(request: ActingRequest, district: str, fiscal_year: FiscalYear) -> HttpResponse:
    """The memo to the director as a Word file, to be edited."""
    content = document_docx(_memo(request, district, fiscal_year))
    return word_answer(content, f"memo-{district}-{fiscal_year.be}.docx")


def _memo(request: ActingRequest, district: str, fiscal_year: FiscalYear) -> Document:
    place = place_named(request, Action.READ_DISTRICT_RECORDS, district, fiscal_year)
    here = today()
    number = refuse_longer(request.GET.get("number", "").strip(), LONGEST_NUMBER, "เลขที่บันทึก", "The memo's number")
    table = decision_table(request.actor, place.district.id, fiscal_year, here)
    included = register(request.actor, place.district.id, fiscal_year)
    return memo_paper(table, included, place.district, number, _day(request.GET.get("on", ""), here), present())


def _day(typed: str, here: date) -> date:
    """The day of the memo. Raises `UserError` for what is no day."""
    return parse_date(typed, century="be").date if typed.strip() else here


def _as_pdf(document: Document, name: str) -> HttpResponse:
    return pdf_answer(document_pdf(document, printing_fonts()), f"{name}.pdf")
