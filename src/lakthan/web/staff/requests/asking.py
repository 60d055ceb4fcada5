"""The pages of whoever asks: the list of requests, a new one, and what became of it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lakthan.apps.people.selectors import present, today
from lakthan.apps.planning import requests as reads
from lakthan.apps.planning.services import requests as services
from lakthan.core.errors import UserError
from lakthan.exchange.request_workbooks import all_answers
from lakthan.rules.data_requests import AnswerForm, Standing
from lakthan.rules.permissions import Action, refusal
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.errors import sentence
from lakthan.web.file_answers import workbook_answer
from lakthan.web.listing import listing
from lakthan.web.staff.requests.forms import RequestForm, choosing, field_data_of, field_rows, table_of
from lakthan.web.staff.requests.wording import STANDINGS, TYPES
from lakthan.web.wording import in_language

COLUMNS = {
    "code": lambda line: (line.code or "~", line.unit_th),
    "unit": lambda line: in_language(line.unit_th, line.unit_en),
    "standing": lambda line: list(Standing).index(line.standing),
    "answered": lambda line: line.answered_on,
    "reminders": lambda line: line.reminders,
}


@performs(Action.READ_DATA_REQUEST)
@require_safe
@never_cache
def requests(request: ActingRequest) -> HttpResponse:
    """What one's units are asked, and what they asked others."""
    return render(
        request,
        "staff/requests/list.html",
        {
            "asked": reads.asked_of(request.actor, today()),
            "sent": reads.sent_requests(request.actor),
            "may_ask": any(not refusal(request.actor, Action.REQUEST_DATA, held.unit) for held in request.actor.held),
        },
    )


@performs(Action.REQUEST_DATA)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new_request(request: ActingRequest) -> HttpResponse:
    """Ask many units."""
    here = today()
    asking = {str(unit.pk): unit for unit in reads.asking_units(request.actor)}
    data = request.POST if request.method == "POST" else None
    form = RequestForm([(unit.pk, unit.name_th, unit.name_en) for unit in asking.values()], here, data)
    rows, chosen = field_rows(data), choosing(reads.askable_units(here), data)
    if data is not None and form.is_valid():
        given = form.cleaned_data
        try:
            sent = services.request_data(
                actor=request.actor,
                asked_by=asking[given["asked_by"]],
                units=reads.units_named(chosen.units()),
                subject=given["subject"],
                question=given["question"],
                document=given["document"],
                sent_on=here,
                deadline_on=given["deadline_on"],
                form=(kind := AnswerForm(given["form"])),
                fields=[] if kind is AnswerForm.TEXT else field_data_of(rows),
                now=present(),
            )
            messages.success(request, gettext("The request is sent."))
            return HttpResponseRedirect(reverse("data-request", args=(sent.pk,)))
        except UserError as error:
            form.add_error(None, sentence(error))
    context = {"form": form, "rows": rows, "types": TYPES.items(), "choosing": chosen}
    return render(request, "staff/requests/new.html", context)


@performs(Action.READ_DATA_REQUEST)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def one_request(request: ActingRequest, request_id: UUID) -> HttpResponse:
    """What became of a request at each unit; a POST chases the silent or closes it."""
    if request.method == "POST":
        return _act(request, request_id)
    page = reads.request_page(request.actor, request_id, today())
    wanted = request.GET.get("standing", "")
    lines = [line for line in page.answers if wanted in ("", line.standing)]
    counts = [(item, STANDINGS[item], page.count(item)) for item in Standing if page.count(item)]
    return render(
        request,
        "staff/requests/one.html",
        {
            "page": page,
            "listing": (shown := listing(request.GET, lines, COLUMNS)),
            "lines": [(line, next(table_of(line), [])) for line in shown.rows],
            "standing": wanted,
            "counts": counts,
            "silent": page.count(*reads.SILENT),
            "may_act": not refusal(request.actor, Action.REQUEST_DATA, str(page.asked.asked_by)),
        },
    )


def _act(request: ActingRequest, request_id: UUID) -> HttpResponse:
    asked = reads.request_to_read(request.actor, request_id)
    match request.POST.get("act", ""):
        case "remind":
            note = request.POST.get("note", "").strip()
            sent = services.remind_silent(
                actor=request.actor, request=asked, effective_on=today(), note=note, now=present()
            )
            told = ngettext("%(count)s reminder is recorded.", "%(count)s reminders are recorded.", len(sent))
            messages.success(request, told % {"count": len(sent)})
        case "close":
            services.close_request(actor=request.actor, request=asked, now=present())
            messages.success(request, gettext("The request is closed."))
        case _:
            raise UserError("แบบฟอร์มไม่ระบุสิ่งที่จะทำ โหลดหน้าใหม่", "The form names no act; load the page again.")
    return HttpResponseRedirect(reverse("data-request", args=(request_id,)))


@performs(Action.READ_DATA_REQUEST)
@require_safe
@never_cache
def answers_workbook(request: ActingRequest, request_id: UUID) -> HttpResponse:
    """All answers in one workbook."""
    page = reads.request_page(request.actor, request_id, today())
    return workbook_answer(all_answers(page, present()), "lakthan-answers.xlsx")
