"""The public pages of reports: a paper as a page, and its PDF."""

from functools import lru_cache
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from lakthan.apps.reporting.kept_papers import kept_pdf, report_name, undated
from lakthan.apps.reporting.published import public_report
from lakthan.core.fiscal import FiscalYear
from lakthan.printing.html import paper_article
from lakthan.printing.paper import Paper
from lakthan.rules.permissions import Action
from lakthan.web.actions import performs
from lakthan.web.file_answers import pdf_answer

ANNEX = '<article class="annex">'
TABLE = "<table "
# A wide table scrolls in a place of its own, which the keyboard must reach.
SCROLLING = '<div class="wide-table" tabindex="0" role="group" aria-label="ตาราง เลื่อนไปทางขวาเพื่อดูต่อ">'
PAPERS_REMEMBERED = 16
"""An annex of 600 projects takes a fifth of a second to set, and 200 kB to remember."""


@performs(Action.READ_PUBLIC)
@require_safe
def report(request: HttpRequest, code: str, fiscal_year: FiscalYear, quarter: int | None = None) -> HttpResponse:
    """A report of an indicator: the whole paper, for a screen."""
    published = public_report(code, fiscal_year, quarter)
    form, annex = form_and_annex(undated(published.paper))
    return render(
        request,
        "web/report.html",
        {
            "paper": published.paper,
            "from_print": published.from_print,
            "form": form,
            "annex": annex,
            "reports": published.all_public,
        },
    )


@lru_cache(maxsize=PAPERS_REMEMBERED)
def form_and_annex(paper: Paper) -> tuple[SafeString, SafeString]:
    """The paper up to its annex, and the annex, which may be long or empty; the last papers are remembered."""
    return set_anew(paper)


def set_anew(paper: Paper) -> tuple[SafeString, SafeString]:
    """The paper up to its annex, and the annex.

    All texts in it are escaped, so that no text can look like the marks looked for here.
    """
    article = paper_article(paper).replace(TABLE, SCROLLING + TABLE).replace("</table>", "</table></div>")
    form, start, rest = article.partition(ANNEX)
    return mark_safe(form), mark_safe(start + rest)  # noqa: S308 - parts of safe text at the edge of an element


@performs(Action.READ_PUBLIC)
@require_safe
def report_pdf(request: HttpRequest, code: str, fiscal_year: FiscalYear, quarter: int | None = None) -> HttpResponse:
    """The same report as PDF; who has these bytes is told so instead (`ConditionalGetMiddleware`)."""
    paper = public_report(code, fiscal_year, quarter).paper
    pdf = kept_pdf(paper)
    answer = pdf_answer(pdf, f"{report_name(paper)}.pdf")
    answer["ETag"] = f'"{sha256(pdf).hexdigest()}"'
    return answer
