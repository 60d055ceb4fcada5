"""The page of a project's path for officers: all that became of it, and what comes next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lakthan.apps.people.selectors import present, today
from lakthan.apps.planning import after_decision as rows
from lakthan.apps.planning.proving import attach_proof
from lakthan.apps.planning.services import reconsiderations, work
from lakthan.apps.reporting.path_shapes import Decided, ProjectPath
from lakthan.apps.reporting.paths import project_path
from lakthan.core.errors import Conflict, NotFound, UserError
from lakthan.rules.after_decision import Turn
from lakthan.rules.permissions import Action, Refused, refusal
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.errors import sentence
from lakthan.web.staff.paths.forms import (
    DONE,
    UPHELD,
    ActForm,
    AnswerForm,
    PaperAskForm,
    PaperConfirmForm,
    ProofForm,
    WorkForm,
)
from lakthan.web.staff.paths.wording import DUES

Forms = Mapping[str, type[ActForm]]
BY_OFFICER: Forms = {form.act: form for form in (WorkForm, ProofForm, AnswerForm, PaperAskForm, PaperConfirmForm)}
TITLES = {
    "work": _("Report the work"),
    "proof": _("Attach a photograph or document"),
    "answer": _("Answer the request for another look"),
    "ask": _("Record a request that came on paper"),
    "confirm": _("Record the community's word that came on paper"),
}


@dataclass(frozen=True, slots=True)
class Act:
    """A form that stands on the page, for one decision."""

    title: str
    year: int
    form: ActForm
    is_open: bool
    """Whether it is shown unfolded: what was typed into it has an error, or it is what waits."""


@performs(Action.READ_DISTRICT_RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def path_page(request: ActingRequest, project: UUID) -> HttpResponse:
    """A project's path; a POST reports work, attaches a file, answers, or records what came on paper."""
    path = _readable(request, project)
    typed = None
    if request.method == "POST":
        typed = typed_form(request, path, BY_OFFICER)
        if typed.is_valid() and carried_out(request, typed, lambda: _carry_out(request, path, typed)):
            return HttpResponseRedirect(request.path)
    context = {
        "path": path,
        "acts": list(_acts(request, path, typed)),
        "may_tell": refusal(request.actor, Action.DECIDE_INCLUSION, str(path.district)) is None,
        "to_tell": [(one, DUES[one.due]) for one in path.decisions if one.due is not None],
        "upheld": [one for one in path.decisions if one.ended_on is None and one.asked and one.asked[-1].is_upheld],
    }
    return render(request, "staff/paths/path.html", context)


def _readable(request: ActingRequest, project: UUID) -> ProjectPath:
    path = project_path(project)
    if refusal(request.actor, Action.READ_DISTRICT_RECORDS, str(path.district)) is not None:
        raise NotFound("ไม่พบโครงการนี้ในเขตของท่าน", "Your district has no such project.")
    return path


def typed_form(request: ActingRequest, path: ProjectPath, forms: Forms) -> ActForm:
    """The form that was sent, for the decision that it names.

    Raises:
        UserError: the page knows no such form.
        NotFound: the project has no such decision.
    """
    form = forms.get(request.POST.get("act", ""))
    if form is None:
        raise UserError("แบบฟอร์มไม่ระบุสิ่งที่จะทำ โหลดหน้าใหม่", "The form names no act; load the page again.")
    key = request.POST.get("decision", "")
    if key not in {str(decided.id) for decided in path.decisions}:
        raise NotFound("ไม่พบมตินี้ของโครงการ", "The project has no such decision.")
    return form(key, today(), request.POST, request.FILES)


def carried_out(request: ActingRequest, form: ActForm, carry_out: Any) -> bool:
    """Do it, and say so; a mistake stands at the form, with all that was typed."""
    try:
        messages.success(request, carry_out())
    except (NotFound, Refused, Conflict):
        raise
    except UserError as error:
        form.add_error(None, sentence(error))
        return False
    return True


def _carry_out(request: ActingRequest, path: ProjectPath, form: ActForm) -> str:
    """What was done, in words."""
    actor, now, given, decision = request.actor, present(), form.cleaned_data, UUID(form.key)
    match form:
        case WorkForm():
            item = rows.inclusion_of(path.id, decision)
            work.report_work(
                actor=actor,
                inclusion=item,
                effective_on=given["effective_on"],
                state=form.work(),
                note=given["note"],
                now=now,
            )
            return gettext("The progress of the work is recorded.")
        case ProofForm():
            item, upload = rows.inclusion_of(path.id, decision), given["file"]
            attach_proof(
                actor=actor, inclusion=item, name=upload.name, content=upload.read(), proves=given["proves"], now=now
            )
            return gettext("The file is attached.")
        case PaperConfirmForm():
            item = rows.inclusion_of(path.id, decision)
            work.confirm_work(
                actor=actor,
                inclusion=item,
                effective_on=given["effective_on"],
                is_done=given["word"] == DONE,
                note=given["note"],
                now=now,
            )
            return gettext("The community's word is recorded.")
        case PaperAskForm():
            reconsiderations.ask_reconsideration(
                actor=actor,
                decline=rows.decline_of(path.id, decision),
                reasons=given["reasons"],
                document=given["document"],
                effective_on=given["effective_on"],
                now=now,
            )
            return gettext("The request is recorded.")
        case _:
            return _answer(request, path, form)


def _answer(request: ActingRequest, path: ProjectPath, form: ActForm) -> str:
    given = form.cleaned_data
    decided = next(one for one in path.decisions if str(one.id) == form.key)
    if decided.open_request is None:
        raise Conflict("ไม่มีคำขอที่รอคำตอบ", "No request waits for an answer.")
    reconsiderations.answer_reconsideration(
        actor=request.actor,
        reconsideration=rows.reconsideration_of(path.id, decided.open_request.id),
        is_upheld=given["outcome"] == UPHELD,
        answer=given["answer"],
        answered_on=given["answered_on"],
        document=given["document"],
        now=present(),
    )
    return gettext("The answer is recorded.")


def _acts(request: ActingRequest, path: ProjectPath, typed: ActForm | None) -> Iterator[Act]:
    """The forms of what the actor may do next, newest decision first."""
    unit = str(path.district)
    may = {action: refusal(request.actor, action, unit) is None for action in Action}
    for decided in reversed(path.decisions):
        for name in _possible(decided, may):
            is_typed = typed is not None and typed.act == name and typed.key == str(decided.id)
            form = typed if is_typed and typed is not None else BY_OFFICER[name](str(decided.id), today())
            waits = name == "answer" or (name == "work" and decided.turn is Turn.DISTRICT_AGAIN)
            yield Act(str(TITLES[name]), decided.fiscal_year, form, is_typed or waits)


def _possible(decided: Decided, may: Mapping[Action, bool]) -> Iterator[str]:
    if decided.open_request and may[Action.DECIDE_INCLUSION]:
        yield "answer"
    if decided.may_report and may[Action.REPORT_WORK]:
        yield "work"
    if decided.included and may[Action.REPORT_WORK]:
        yield "proof"
    if decided.may_confirm and may[Action.REPORT_WORK]:
        yield "confirm"
    if decided.may_ask(today()) and may[Action.KEEP_PLANS]:
        yield "ask"


@performs(Action.READ_DISTRICT_RECORDS)
@require_safe
@never_cache
def path_file(request: ActingRequest, project: UUID, file: UUID) -> FileResponse:
    """A file that proves the work, to be saved: it is somebody else's content."""
    return served_proof(_readable(request, project), file)


def served_proof(path: ProjectPath, file: UUID) -> FileResponse:
    """The bytes of a file that proves the work."""
    kept, place = rows.proof_file(path.id, file)
    answer = FileResponse(place.open("rb"), as_attachment=True, filename=kept.name, content_type=kept.media_type)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
