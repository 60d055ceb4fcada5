"""A meeting's page: all that is recorded of it, and what can be done."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lakthan.apps.evidence.services import refuse_large
from lakthan.apps.people.selectors import present, today
from lakthan.apps.planning.meetings import MeetingPage, meeting_file, meeting_page
from lakthan.apps.planning.services import meetings as services
from lakthan.core.errors import Conflict, NotFound, UserError
from lakthan.rules.meetings import MeetingState
from lakthan.rules.permissions import Action, Refused, refusal, require
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.errors import sentence
from lakthan.web.staff.meetings.forms import (
    AttendanceRows,
    CancelForm,
    CorrectForm,
    FileForm,
    HoldForm,
    PostponeForm,
)
from lakthan.web.staff.meetings.lists import unit_labels

FORMS: Mapping[str, type[forms.Form]] = {
    "hold": HoldForm,
    "postpone": PostponeForm,
    "cancel": CancelForm,
    "correct": CorrectForm,
    "attach": FileForm,
}
DONE: Mapping[str, Any] = {
    "hold": _("It is recorded that the meeting was held."),
    "postpone": _("The meeting is put off."),
    "cancel": _("The meeting is cancelled."),
    "correct": _("The record is corrected."),
    "attach": _("The files are kept."),
}
MOST_FILES = 20


@performs(Action.READ_DISTRICT_RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def one_meeting(request: ActingRequest, meeting: UUID) -> HttpResponse:
    """Everything of a meeting; a POST says what became of it."""
    page = meeting_page(request.actor, meeting, unit_labels(today()), today())
    if request.method != "POST":
        return _shown(request, page)
    require(request.actor, Action.KEEP_MEETINGS, str(page.line.unit))
    act = request.POST.get("act", "")
    if act not in FORMS:
        raise UserError("แบบฟอร์มไม่ระบุสิ่งที่จะทำ โหลดหน้าใหม่", "The form names no act; load the page again.")
    form, came = FORMS[act](request.POST, auto_id=f"{act}-%s"), _rows(page, act, request.POST)
    counted = came.counted()
    if not form.is_valid() or (counted is None and act in ("hold", "correct")):
        return _shown(request, page, act, form, came)
    try:
        _carry_out(request, page, act, form.cleaned_data, counted or {})
    except (NotFound, Refused):
        raise
    except UserError as error:
        form.add_error(None, sentence(error))
        status = 409 if isinstance(error, Conflict) else 200
        fresh = meeting_page(request.actor, meeting, unit_labels(today()), today())
        return _shown(request, fresh, act, form, came, status)
    messages.success(request, str(DONE[act]))
    return HttpResponseRedirect(reverse("meeting", args=(meeting,)))


def _carry_out(
    request: ActingRequest, page: MeetingPage, act: str, given: Mapping[str, Any], counted: Mapping[str, int]
) -> None:
    if act == "attach":
        return _attach(request, page, given["proves"])
    doing: Mapping[str, Callable[..., object]] = {
        "hold": services.hold_meeting,
        "postpone": services.postpone_meeting,
        "cancel": services.cancel_meeting,
        "correct": services.correct_meeting,
    }
    came = {"attendance": counted} if act in ("hold", "correct") else {}
    doing[act](actor=request.actor, meeting=page.row, now=present(), **given, **came)
    return None


def _attach(request: ActingRequest, page: MeetingPage, proves: str) -> None:
    files = request.FILES.getlist("files")
    if not files:
        raise UserError("เลือกไฟล์อย่างน้อยหนึ่งไฟล์", "Choose at least one file.")
    for file in files:
        refuse_large(file.name or "", file.size or 0)
    services.keep_meeting_files(
        actor=request.actor,
        meeting=page.row,
        files=[(file.name or "", file.read()) for file in files[:MOST_FILES]],
        proves=proves,
        now=present(),
    )


def _rows(page: MeetingPage, act: str, data: Any = None) -> AttendanceRows:
    return AttendanceRows(page.line.purpose, page.attendance if act == "correct" else (), data)


def _shown(
    request: ActingRequest,
    page: MeetingPage,
    act: str = "",
    form: forms.Form | None = None,
    came: AttendanceRows | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page with the forms of what can be done now; the one that was sent stands open with what was typed."""
    may_keep = refusal(request.actor, Action.KEEP_MEETINGS, str(page.line.unit)) is None
    held, cancelled = page.line.state is MeetingState.HELD, page.line.state is MeetingState.CANCELLED
    possible = (
        [] if not may_keep or cancelled else ["attach", "correct"] if held else ["hold", "postpone", "cancel", "attach"]
    )
    if form is not None and act not in possible:
        possible = [act, *possible]  # what was typed is shown though the act came too late
    here = today()
    initial: Mapping[str, Mapping[str, Any]] = {
        "hold": {"held_on": min(page.row.scheduled_on, here)},
        "postpone": {"effective_on": here},
        "cancel": {"cancelled_on": here},
        "correct": {"title": page.row.title, "place": page.row.place, "held_on": page.row.held_on},
    }
    acts = [
        (
            name,
            form
            if form is not None and name == act
            else FORMS[name](initial=dict(initial.get(name, {})), auto_id=f"{name}-%s"),
            came if came is not None and name == act else _rows(page, name),
        )
        for name in possible
    ]
    context = {"page": page, "line": page.line, "acts": acts, "sent": act, "may_keep": may_keep}
    return render(request, "staff/meetings/one.html", context, status=status)


@performs(Action.READ_DISTRICT_RECORDS)
@require_safe
@never_cache
def file(request: ActingRequest, meeting: UUID, file: UUID) -> FileResponse:
    """A file of a meeting, to be saved and not opened within the site: it is somebody else's content."""
    kept, path = meeting_file(request.actor, meeting, file)
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=kept.name, content_type=kept.media_type)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
