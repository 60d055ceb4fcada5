"""The pages of a unit that is asked: its answer, in words, as values, or as a workbook."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lakthan.apps.people.selectors import present, today
from lakthan.apps.planning import requests as reads
from lakthan.apps.planning.requests import AnswerLine
from lakthan.apps.planning.services.requests import answer_request
from lakthan.core.errors import NotFound, UserError
from lakthan.exchange.request_workbooks import WrongCell, WrongWorkbook, read_answer, template
from lakthan.rules.data_requests import AnswerForm, Row
from lakthan.rules.permissions import Action, Refused, refusal
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.errors import sentence
from lakthan.web.file_answers import workbook_answer
from lakthan.web.staff.requests.forms import AnswerTyped, table_of
from lakthan.web.wording import in_language

MOST_ERRORS = 30
"""How many wrong cells of a workbook are listed."""


@performs(Action.READ_DATA_REQUEST)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def answer(request: ActingRequest, request_id: UUID, unit_id: UUID) -> HttpResponse:
    """A unit's answer, to be written by the unit and read by the one that asked."""
    line = reads.answer_line(request.actor, request_id, unit_id, today())
    if request.method != "POST":
        return _page(request, line, AnswerTyped(line))
    typed = AnswerTyped(line, request.POST)
    try:
        if _take(request, line, typed):
            messages.success(request, gettext("The answer is sent."))
            return HttpResponseRedirect(request.path)
    except (NotFound, Refused):
        raise
    except WrongWorkbook as wrong:
        return _page(request, line, typed, sentence(wrong), wrong.cells)
    except UserError as error:
        return _page(request, line, typed, sentence(error))
    return _page(request, line, typed, gettext("Nothing is sent yet: mend what is marked."))


def _take(request: ActingRequest, line: AnswerLine, typed: AnswerTyped) -> bool:
    """Send what was typed or uploaded; False where a value is not of its field's type."""
    is_nil = request.POST.get("act") == "nil"
    rows: list[Row] = []
    text = typed.text
    if not is_nil and line.asked.form is AnswerForm.WORKBOOK:
        upload = request.FILES.get("workbook")
        if upload is None:
            raise UserError("กรุณาเลือกแฟ้ม Excel ที่กรอกแล้ว", "Choose the workbook that you filled in.")
        rows = list(read_answer(upload.read(), line.asked.fields))
    elif not is_nil and line.asked.form is AnswerForm.VALUES:
        if not typed.is_right:
            return False
        rows = [typed.values]
    answer_request(
        actor=request.actor,
        answer=reads.answer_row(request.actor, line.asked.id, line.unit),
        text=text,
        rows=rows,
        is_nil=is_nil,
        answered_on=today(),
        now=present(),
    )
    return True


def _page(
    request: ActingRequest,
    line: AnswerLine,
    typed: AnswerTyped,
    error: str = "",
    wrong: tuple[WrongCell, ...] = (),
) -> HttpResponse:
    may_answer = refusal(request.actor, Action.ANSWER_DATA_REQUEST, str(line.unit)) is None
    return render(
        request,
        "staff/requests/answer.html",
        {
            "line": line,
            "typed": typed,
            "error": error,
            "wrong": [(cell.cell, in_language(cell.th, cell.en)) for cell in wrong[:MOST_ERRORS]],
            "more_wrong": max(0, len(wrong) - MOST_ERRORS),
            "may_write": may_answer and line.is_open,
            "sees_all": refusal(request.actor, Action.READ_DATA_REQUEST, str(line.asked.asked_by)) is None,
            "table": list(table_of(line)),
        },
    )


@performs(Action.READ_DATA_REQUEST)
@require_safe
@never_cache
def template_workbook(request: ActingRequest, request_id: UUID, unit_id: UUID) -> HttpResponse:
    """The workbook to fill in."""
    line = reads.answer_line(request.actor, request_id, unit_id, today())
    if line.asked.form is not AnswerForm.WORKBOOK:
        raise NotFound("คำขอนี้ไม่ได้ขอเป็นแฟ้ม Excel", "This request does not ask for a workbook.")
    return workbook_answer(template(line.asked, line.unit_th, present()), "lakthan-answer.xlsx")
