"""The form for a telephone at a meeting. With its script it works without connection and is sent later, once."""

from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lakthan.apps.evidence.services import refuse_large
from lakthan.apps.identifiers import new_id
from lakthan.apps.people.selectors import present, today
from lakthan.apps.planning.meetings import FieldPlace, field_place, recorded_form
from lakthan.apps.planning.services.field_forms import NotedFile, NotedMeeting, NotedProject, record_field_form
from lakthan.core.errors import Conflict, NotFound, UserError
from lakthan.rules.permissions import Action, Refused
from lakthan.web.actions import ActingRequest, from_script, performs
from lakthan.web.errors import sentence
from lakthan.web.staff.meetings.field_forms import FieldForms

MOST_FILES = 30
WORKER = Path(__file__).with_name("field-worker.js")
"""Not among the static files: it reaches only pages below the address that it comes from."""


@performs(Action.KEEP_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def field_meeting(request: ActingRequest) -> HttpResponse:
    """The empty form, or one that is sent: what is sent twice is recorded once."""
    if request.POST.get("person", request.actor.id) != request.actor.id:
        return _of_another(request)
    place = field_place(request.actor, request.POST.get("unit") or request.GET.get("unit", ""), today())
    if request.method != "POST":
        return _shown(request, place, FieldForms(place, initial={"held_on": today()}))
    try:
        key = _key(request)
        if (known := recorded_form(request.actor, key)) is not None:
            return _done(request, known)
        form = FieldForms(place, request.POST)
        if not form.is_valid():
            return _refused(request, place, form, 400)
        made = record_field_form(
            actor=request.actor, unit=place.unit, key=key, noted=_noted(request, place, form), now=present()
        )
    except (NotFound, Refused):
        raise
    except UserError as error:
        form = FieldForms(place, request.POST)
        form.meeting.add_error(None, sentence(error))
        return _refused(request, place, form, 409 if isinstance(error, Conflict) else 400)
    return _done(request, made.meeting_id)


def _of_another(request: ActingRequest) -> HttpResponse:
    """A form that somebody else filled in is not recorded as one's own; a device keeps it."""
    if from_script(request):
        return JsonResponse({"error": "other-person"}, status=412)
    raise Conflict(
        "ผู้กรอกแบบนี้เป็นอีกคนหนึ่ง เข้าสู่ระบบด้วยชื่อผู้กรอกแล้วส่งใหม่",
        "Somebody else filled in this form; sign in as that person and send it again.",
    )


def _key(request: ActingRequest) -> UUID:
    """The key of the form that is sent."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError as error:
        raise UserError("แบบนี้ไม่มีรหัส โหลดหน้าใหม่", "This form has no key; load the page again.") from error


def _noted(request: ActingRequest, place: FieldPlace, form: FieldForms) -> NotedMeeting:
    given = form.meeting.cleaned_data
    return NotedMeeting(
        purpose=given.get("purpose", ""),
        title=given["title"],
        held_on=given["held_on"],
        attendance=form.counted or {},
        place=given["place"],
        notes=given["notes"],
        community=place.communities.get(given.get("community", "")),
        meeting=place.meetings.get(given["meeting"]),
        projects=[_project(project.cleaned_data) for project in form.filled_projects()],
        files=_files(request),
    )


def _project(given: dict[str, Any]) -> NotedProject:
    estimate: Decimal | None = given["estimate"]
    return NotedProject(
        given["name"], given["field"], given["way"], given["problem"], "" if estimate is None else str(estimate)
    )


def _files(request: ActingRequest) -> list[NotedFile]:
    files = request.FILES.getlist("files")
    if len(files) > MOST_FILES:
        raise UserError(f"แนบได้ไม่เกิน {MOST_FILES} ไฟล์", f"At most {MOST_FILES} files can be attached.")
    for file in files:
        refuse_large(file.name or "", file.size or 0)
    return [NotedFile(file.name or "", file.read(), gettext("Photograph of the meeting")) for file in files]


def _done(request: ActingRequest, meeting: UUID) -> HttpResponse:
    address = reverse("meeting", args=(meeting,))
    if from_script(request):
        return JsonResponse({"meeting": address})
    messages.success(request, gettext("The meeting is recorded."))
    return HttpResponseRedirect(address)


def _refused(request: ActingRequest, place: FieldPlace, form: FieldForms, status: int) -> HttpResponse:
    if from_script(request):
        return JsonResponse({"errors": form.mistakes()}, status=status)
    return _shown(request, place, form, status)


def _shown(request: ActingRequest, place: FieldPlace, form: FieldForms, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "place": place,
        "key": request.POST.get("key") or new_id(),
        "person": request.actor.id,
        "chosen_by_camera": MOST_FILES,
    }
    return render(request, "staff/meetings/field_form.html", context, status=status)


@performs(Action.READ_PUBLIC)
@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """The script that keeps the form available without connection; it stands where it reaches that page alone."""
    return HttpResponse(WORKER.read_text("utf-8"), content_type="text/javascript; charset=utf-8")
