"""What the form of a report asks of the server beside saving: files, notes and values, and what is not saved yet."""

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from django.http import FileResponse, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lakthan.apps.people.selectors import present, today
from lakthan.apps.reporting.contents import attach_files, carry_out
from lakthan.apps.reporting.desk import drop_typed, keep_typed, require_possible
from lakthan.apps.reporting.kept_papers import undated
from lakthan.apps.reporting.life import FIELDS, ReportPlace, report_file, report_life, report_preview
from lakthan.apps.reporting.services.writing import SECTIONS
from lakthan.core.digits import to_arabic
from lakthan.core.errors import Conflict, NotFound, UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Action, Refused
from lakthan.rules.workflow import Step
from lakthan.web.actions import ActingRequest, from_script, performs
from lakthan.web.errors import sentence
from lakthan.web.reports import set_anew
from lakthan.web.staff.comment_fields import changed_answers
from lakthan.web.staff.parts import OUT, WORKING, NewFiles, Parts, chosen_files, take_out
from lakthan.web.staff.places import address_of, place_of
from lakthan.web.staff.report_page import report_page

ANCHORS = {"note": "notes", "withdraw-note": "notes"} | dict.fromkeys(
    ("value", "withdraw-value", "step", "untick"), "inputs"
)
"""Where the page is looked at after a button; all others are about files."""


@performs(Action.WRITE_REPORT)
@require_POST
@never_cache
def contents(request: ActingRequest, code: str, fiscal_year: FiscalYear, quarter: int | None = None) -> HttpResponse:
    """Do what one button of the form says; the text stands in the form again, and is not saved by it."""
    place = place_of(request, code, fiscal_year, quarter)
    act, _, which = request.POST.get("act", "").partition(" ")
    try:
        require_possible(request.actor, place, Step.WRITE)
        _keep(request, place, without=act)
        if act == "attach":
            return _attach(request, place)
        if act in OUT:
            take_out(act, which, request.actor, place, present())
            return HttpResponseRedirect(address_of(place, ANCHORS.get(act, "files")))
        return _carry_out(request, place, act)
    except Conflict as conflict:
        now = report_life(request.actor, place)
        return report_page(request, now, parts=Parts(now, today(), request.POST), conflict=conflict)


def _attach(request: ActingRequest, place: ReportPlace) -> HttpResponse:
    """Keep the files that are in order. A script sends them one by one and is told in its own way."""
    chosen = chosen_files(request.POST, request.FILES)
    refused = attach_files(actor=request.actor, place=place, files=chosen.files, now=present())
    if from_script(request):
        return JsonResponse({"refused": [sentence(one.error) for one in refused]}, status=400 if refused else 200)
    if chosen.files and not refused:
        return HttpResponseRedirect(address_of(place, "files"))
    now = report_life(request.actor, place)
    problem = "" if refused else gettext("Choose at least one file.")
    return report_page(request, now, parts=Parts(now, today(), new=NewFiles(refused=refused)), problem=problem)


def _carry_out(request: ActingRequest, place: ReportPlace, act: str) -> HttpResponse:
    """Do what was typed into the parts of a button."""
    stored = report_life(request.actor, place)
    parts = Parts(stored, today(), request.POST, act=act)
    chosen = parts.of(act)
    if not chosen:
        return report_page(request, stored, parts=parts, problem=gettext("Fill in what the button is for."))
    if all(part.is_valid() for part in chosen):
        now = present()
        try:
            carry_out(parts=[partial(part.carry_out, request.actor, place, now) for part in chosen])
        except (NotFound, Refused, Conflict):
            raise
        except UserError:
            return report_page(request, stored, parts=parts)
        return HttpResponseRedirect(address_of(place, ANCHORS.get(act, "files")))
    return report_page(request, stored, parts=parts)


def _keep(request: ActingRequest, place: ReportPlace, without: str = "") -> bool:
    """Keep what stands in the fields of the text, where the form sent them; whether another text is stored by now."""
    typed = {name: request.POST[name] for name in (*FIELDS, *sorted(WORKING)) if name in request.POST}
    if "narrative" not in typed:
        return False
    for name in [name for name in typed if without and name.startswith(f"{without}-")]:
        del typed[name]
    typed |= changed_answers(request.POST)
    return keep_typed(actor=request.actor, place=place, seen=request.POST.get("seen", ""), typed=typed, now=present())


@performs(Action.WRITE_REPORT)
@require_POST
@never_cache
def working_text(
    request: ActingRequest, code: str, fiscal_year: FiscalYear, quarter: int | None = None
) -> HttpResponse:
    """Keep what is typed, for the person alone; or throw it away, which a button does."""
    place = place_of(request, code, fiscal_year, quarter)
    if "discard" in request.POST:
        drop_typed(actor=request.actor, place=place)
        return HttpResponseRedirect(address_of(place))
    return JsonResponse({"moved": _keep(request, place)})


@performs(Action.WRITE_REPORT)
@require_POST
@never_cache
def preview(request: ActingRequest, code: str, fiscal_year: FiscalYear, quarter: int | None = None) -> HttpResponse:
    """The paper with what stands in the form now. A number that is none leaves what is stored."""
    place = place_of(request, code, fiscal_year, quarter)
    paper = report_preview(request.actor, place, _typed_texts(request.POST))
    article, _ = set_anew(undated(paper))
    template = "staff/preview.html" if from_script(request) else "staff/paper.html"
    return render(request, template, {"place": place, "paper": paper, "form": article, "is_unsaved": True})


def _typed_texts(typed: Mapping[str, str]) -> dict[str, str | int | None]:
    """The texts as they would be stored; without a progress that is no number from 0 to 100."""
    texts: dict[str, str | int | None] = {
        name: typed[name].replace("\r\n", "\n") for name in sorted(SECTIONS) if name in typed
    }
    progress = to_arabic(typed.get("progress", "")).strip()
    if progress.isdecimal() and int(progress) <= 100:
        texts["progress"] = int(progress)
    return texts


@performs(Action.READ_REPORT)
@require_safe
@never_cache
def file(
    request: ActingRequest, code: str, fiscal_year: FiscalYear, file: UUID, quarter: int | None = None
) -> FileResponse:
    """A file of the report, to be saved and not opened within the site: it is somebody else's content."""
    kept, path = report_file(request.actor, place_of(request, code, fiscal_year, quarter), file)
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=kept.name, content_type=kept.media_type)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
