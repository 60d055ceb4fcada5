"""The pages of uploads: choose a file, look at what it would do, confirm it or not."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lakthan.apps.people.selectors import present
from lakthan.apps.uploads import selectors
from lakthan.apps.uploads.services import begin_upload, move_upload
from lakthan.core.errors import UserError
from lakthan.exchange import uploading
from lakthan.exchange.kinds import KINDS, kind_of
from lakthan.exchange.sheets.kinds import Kind
from lakthan.exchange.sheets.recognising import recognised
from lakthan.exchange.sheets.tables import LARGEST
from lakthan.rules.permissions import Action, reach
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.errors import sentence
from lakthan.web.staff.uploads.taking import asked_of


@performs(Action.SEND_TABLES)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def uploads(request: ActingRequest) -> HttpResponse:
    """The workbooks that one may take, the form to send one in, and what one sent before."""
    if request.method != "POST":
        return _page(request)
    user = _user(request)
    try:
        kind, name, content = _sent(request)
    except UserError as error:
        return _page(request, sentence(error), 400)
    row = begin_upload(actor=request.actor, user=user, kind=kind.code, name=name, content=content, now=present())
    uploading.hand_over(row)
    return HttpResponseRedirect(reverse("upload", args=(row.pk,)))


@performs(Action.SEND_TABLES)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def upload(request: ActingRequest, upload_id: UUID) -> HttpResponse:
    """What an upload would do or did; confirm it, or cancel it."""
    user = _user(request)
    if request.method == "POST":
        _answer(request, user, upload_id)
        return HttpResponseRedirect(request.path)
    view = selectors.own_upload(user, upload_id)
    shown = {"upload": view, "kind": kind_of(view.kind), "progress": uploading.progress_of(view.id)}
    return render(request, "staff/uploads/one.html", shown)


def _user(request: ActingRequest) -> Any:
    """Whoever is signed in, as the services take them."""
    return request.user


def _sent(request: ActingRequest) -> tuple[Kind, str, bytes]:
    """The kind that was chosen, and the file."""
    file = request.FILES.get("file")
    if file is None:
        raise UserError("เลือกไฟล์ Excel หรือ CSV ที่กรอกแล้ว", "Choose the workbook or CSV file that you filled in.")
    chosen, content = request.POST.get("kind", ""), file.read(LARGEST + 1)
    if chosen:
        kind = next((kind for kind in _own_kinds(request) if kind.code == chosen), None)
    else:
        kind = recognised(_own_kinds(request), content)
    if kind is None:
        raise UserError(
            "ดูจากไฟล์ไม่ได้ว่าเป็นข้อมูลใด เลือกข้อมูลในไฟล์ แล้วเลือกไฟล์อีกครั้ง",
            "The file does not tell what is in it: choose what it is, and choose the file again.",
        )
    return kind, file.name or "", content


def _answer(request: ActingRequest, user: Any, upload_id: UUID) -> None:
    row = selectors.own_row(user, upload_id)
    if request.POST.get("do") == "confirm":
        move_upload(actor=request.actor, upload=row, state="confirmed", now=present())
        uploading.hand_over(row)
        row = selectors.own_row(user, upload_id)
        if row.state == "done":
            messages.success(request, gettext("The file is saved."))
    elif request.POST.get("do") == "cancel" and not uploading.cancel(upload_id):
        move_upload(actor=request.actor, upload=row, state="cancelled", now=present())


def _own_kinds(request: ActingRequest) -> Iterator[Kind]:
    return (kind for kind in KINDS.values() if reach(request.actor, kind.action) != frozenset())


def _page(request: ActingRequest, problem: str = "", status: int = 200) -> HttpResponse:
    asked, kinds = asked_of(request), list(_own_kinds(request))
    shown: dict[str, Any] = {
        "kinds": kinds,
        "chosen": request.POST.get("kind") or request.GET.get("kind", ""),
        "problem": problem,
        "asked": asked,
        "years": [asked.fiscal_year.be + step for step in (-2, -1, 0, 1)],
        "sent": [(view, KINDS[view.kind]) for view in selectors.own_uploads(_user(request))],
        "megabytes": LARGEST >> 20,
    }
    return render(request, "staff/uploads/list.html", shown, status=status)
