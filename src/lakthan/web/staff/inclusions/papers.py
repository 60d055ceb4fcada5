"""The papers of an action plan: register and memo, as PDF and as a Word file."""

from datetime import date

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lakthan.apps.people.selectors import present, today
from lakthan.apps.planning.action_plans import register
from lakthan.apps.planning.deciding import decision_table
from lakthan.apps.planning.plan_papers import memo_paper, register_paper
from lakthan.core.dates import parse_date
from lakthan.core.fiscal import FiscalYear
from lakthan.printing.office import OfficePaper
from lakthan.printing.pdf import render_office_pdf
from lakthan.printing.thai_font import built_fonts
from lakthan.printing.word import render_office_docx
from lakthan.rules.entry import refuse_longer
from lakthan.rules.permissions import Action
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.staff.inclusions.places import place_named

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
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
    content = render_office_docx(_memo(request, district, fiscal_year))
    return _file(content, DOCX, f"memo-{district}-{fiscal_year.be}.docx", as_attachment=True)


def _memo(request: ActingRequest, district: str, fiscal_year: FiscalYear) -> OfficePaper:
    place = place_named(request, Action.READ_DISTRICT_RECORDS, district, fiscal_year)
    here = today()
    number = refuse_longer(request.GET.get("number", "").strip(), LONGEST_NUMBER, "เลขที่บันทึก", "The memo's number")
    table = decision_table(request.actor, place.district.id, fiscal_year, here)
    included = register(request.actor, place.district.id, fiscal_year)
    return memo_paper(table, included, place.district, number, _day(request.GET.get("on", ""), here), present())


def _day(typed: str, here: date) -> date:
    """The day of the memo. Raises `UserError` for what is no day."""
    return parse_date(typed, century="be").date if typed.strip() else here


def _as_pdf(paper: OfficePaper, name: str) -> HttpResponse:
    content = render_office_pdf(paper, built_fonts(settings.HOME / "cache"))
    return _file(content, PDF, f"{name}.pdf", as_attachment=False)


def _file(content: bytes, media_type: str, name: str, *, as_attachment: bool) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=as_attachment, filename=name) or ""
    return answer
