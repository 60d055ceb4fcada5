"""Letters of transfer as PDF: one to each district, or one to all with the list behind it."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lakthan.apps.budget.letters import transfer_notice
from lakthan.apps.people.selectors import today
from lakthan.printing.letters import print_letters
from lakthan.printing.transfer_letters import letter_to_all, letters_to_each, notice_title
from lakthan.rules.permissions import Action
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.file_answers import pdf_answer, printing_fonts


@performs(Action.READ_DISTRICT_RECORDS)
@require_safe
@never_cache
def letters_to_districts(request: ActingRequest, letter: UUID) -> HttpResponse:
    """A letter to each district that one may see, each on a page of its own; `?district=5026` for one alone."""
    notice = transfer_notice(request.actor, letter, today()).to(request.GET.get("district", ""))
    pdf = print_letters(letters_to_each(notice), notice_title(notice), printing_fonts())
    return pdf_answer(pdf, f"transfer-letters-{notice.fiscal_year}.pdf")


@performs(Action.READ_DISTRICT_RECORDS)
@require_safe
@never_cache
def letter_with_list(request: ActingRequest, letter: UUID) -> HttpResponse:
    """One letter to all districts that one may see, with the list of their amounts behind it."""
    notice = transfer_notice(request.actor, letter, today())
    pdf = print_letters([letter_to_all(notice)], notice_title(notice), printing_fonts())
    return pdf_answer(pdf, f"transfer-letter-{notice.fiscal_year}.pdf")
