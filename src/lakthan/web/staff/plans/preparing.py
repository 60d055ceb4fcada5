"""The page of a plan that is prepared: its form for who writes it, its text and two answers for who confirms it."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lakthan.apps.people.selectors import present, today
from lakthan.apps.planning import plans as reads
from lakthan.apps.planning.plans import ProposalPage
from lakthan.apps.planning.services import proposals as services
from lakthan.apps.planning.working_plans import SavedMeanwhile, drop_working_plan, keep_working_plan
from lakthan.core.errors import Conflict, NotFound, UserError
from lakthan.rules.permissions import Action, Refused, refusal
from lakthan.rules.plan_proposals import ProposalContent, ProposalStep
from lakthan.rules.typed_projects import Typed
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.errors import sentence
from lakthan.web.staff.plans.confirming import ConfirmForm
from lakthan.web.staff.plans.forms import PlanForm, kept_form, moved, saved_form, typed_projects, typed_texts
from lakthan.web.staff.plans.showing import Shown, form_page
from lakthan.web.staff.plans.wording import DONE

ROW_ACTS = frozenset({"add", "remove", "up", "down"})


@performs(Action.PREPARE_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def begin(request: ActingRequest, community: str) -> HttpResponse:
    """Begin a plan, empty or copied from the last one; where one is being prepared, that one is shown."""
    row = reads.community_row(request.actor, community, today())
    if request.method != "POST":
        context = {
            "community": reads.community_label(row, today()),
            "last": reads.last_plan(row),
            "sees_list": refusal(request.actor, Action.READ_DISTRICT_RECORDS, str(row.unit_id)) is None,
        }
        return render(request, "staff/plans/beginning.html", context)
    copied = request.POST.get("copied") == "yes"
    try:
        begun = services.begin_proposal(actor=request.actor, community=row, now=present(), copied=copied)
    except Conflict:
        open_one = reads.open_proposal(row)
        if open_one is None:
            raise
        return HttpResponseRedirect(reverse("plan-proposal", args=(open_one,)))
    return HttpResponseRedirect(reverse("plan-proposal", args=(begun.pk,)))


@performs(Action.READ_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def proposal(request: ActingRequest, proposal: UUID) -> HttpResponse:
    """A plan in preparation; a POST is one button of it."""
    page = reads.proposal_page(request.actor, proposal, today())
    if request.method != "POST":
        return form_page(request, page, *kept_form(page))
    act = request.POST.get("act", "save")
    if act.partition(" ")[0] in ROW_ACTS:
        return _stand_again(request, page, moved(typed_projects(request.POST), act))
    if act in ("save", "send"):
        return _write(request, page, send=act == "send")
    return _step(request, page, act)


@performs(Action.PREPARE_PLAN)
@require_POST
@never_cache
def working_text(request: ActingRequest, proposal: UUID) -> HttpResponse:
    """Keep what stands in the form, which a script sends; or throw it away, which a button does."""
    page = reads.proposal_page(request.actor, proposal, today())
    if "discard" in request.POST:
        row = reads.proposal_row(request.actor, page.id, today())
        try:
            drop_working_plan(actor=request.actor, proposal=row, seen=request.POST.get("seen", ""), now=present())
        except SavedMeanwhile:
            messages.warning(request, gettext("Nothing was thrown away: somebody typed on meanwhile."))
        return HttpResponseRedirect(reverse("plan-proposal", args=(page.id,)))
    try:
        return JsonResponse({"seen": _keep(request, page, typed_projects(request.POST))})
    except Conflict as conflict:
        return JsonResponse({"moved": isinstance(conflict, SavedMeanwhile)}, status=409)


def _keep(request: ActingRequest, page: ProposalPage, rows: Sequence[Typed]) -> str:
    """Keep what was sent without saving it; gives the token that it is seen by."""
    return keep_working_plan(
        actor=request.actor,
        proposal=reads.proposal_row(request.actor, page.id, today()),
        texts=typed_texts(request.POST, rows),
        seen=request.POST.get("seen", ""),
        page=request.POST.get("page", ""),
        now=present(),
    )


def _stand_again(request: ActingRequest, page: ProposalPage, rows: Sequence[Typed], problem: str = "") -> HttpResponse:
    """What was sent, in the form again and kept; where somebody else changed the plan, beside theirs."""
    try:
        seen = _keep(request, page, rows)
    except Conflict as conflict:
        return _both(request, page, rows, conflict)
    return form_page(request, page, PlanForm(page, request.POST), rows, Shown(problem, seen=seen))


def _both(request: ActingRequest, page: ProposalPage, rows: Sequence[Typed], conflict: Conflict) -> HttpResponse:
    """What was sent beside what is kept by now; a plan that is no longer written is shown, with what was sent."""
    now = reads.proposal_page(request.actor, page.id, today())
    sent, kept = (PlanForm(now, request.POST), rows), kept_form(now)
    if ProposalStep.WRITE not in now.steps:
        return form_page(request, now, *kept, Shown(sentence(conflict), status=409, beside=sent))
    return form_page(request, now, *sent, Shown(sentence(conflict), status=409, beside=kept))


def _write(request: ActingRequest, page: ProposalPage, *, send: bool) -> HttpResponse:
    """Save what was typed, and send it where that is asked; whatever goes wrong, all of it stands in the form again."""
    form, rows = PlanForm(page, request.POST), typed_projects(request.POST)
    if not form.is_valid() or ProposalStep.WRITE not in page.steps:
        return _stand_again(request, page, rows, gettext("Not saved yet: mend what is marked."))
    try:
        _save(request, page, form.content(rows), form.meeting_id(), send=send)
    except services.NotComplete as incomplete:
        now = reads.proposal_page(request.actor, page.id, today())
        return form_page(request, now, *saved_form(now), Shown(sentence(incomplete), status=400))
    except Conflict as conflict:
        return _both(request, page, rows, conflict)
    except (NotFound, Refused):
        raise
    except UserError as error:
        return form_page(request, page, form, rows, Shown(sentence(error), seen=request.POST.get("seen", "")))
    messages.success(request, str(DONE[ProposalStep.SEND if send else ProposalStep.WRITE]))
    return HttpResponseRedirect(request.path)


def _save(
    request: ActingRequest, page: ProposalPage, content: ProposalContent, meeting: UUID | None, *, send: bool
) -> None:
    row, now = reads.proposal_row(request.actor, page.id, today()), present()
    services.save_proposal(
        actor=request.actor,
        proposal=row,
        content=content,
        meeting=reads.meeting_of(row.community, meeting),
        seen=request.POST.get("seen", ""),
        page=request.POST.get("page", ""),
        now=now,
    )
    if send:
        services.send_proposal(actor=request.actor, proposal=row, now=now)


def _step(request: ActingRequest, page: ProposalPage, act: str) -> HttpResponse:
    """A step without the form."""
    row, now = reads.proposal_row(request.actor, page.id, today()), present()
    reason = request.POST.get("reason", "").replace("\r\n", "\n")
    try:
        match act:
            case ProposalStep.WITHDRAW:
                services.withdraw_proposal(actor=request.actor, proposal=row, now=now)
            case ProposalStep.DROP:
                services.drop_proposal(actor=request.actor, proposal=row, now=now)
            case ProposalStep.RETURN:
                services.return_proposal(actor=request.actor, proposal=row, reason=reason, now=now)
            case ProposalStep.CONFIRM:
                return _confirm(request, page)
            case _:
                raise UserError("แบบฟอร์มไม่ระบุสิ่งที่จะทำ โหลดหน้าใหม่", "The form names no act; load the page again.")
    except (NotFound, Refused, Conflict):
        raise
    except UserError as error:
        return form_page(request, page, *saved_form(page), Shown(sentence(error), status=400, reason=reason))
    messages.success(request, str(DONE[ProposalStep(act)]))
    return HttpResponseRedirect(request.path)


def _confirm(request: ActingRequest, page: ProposalPage) -> HttpResponse:
    """Confirm the plan with the meeting that was chosen or recorded."""
    row, form = reads.proposal_row(request.actor, page.id, today()), ConfirmForm(page, request.POST)
    if ProposalStep.CONFIRM in page.steps and not form.is_valid():
        problem = gettext("The plan is not confirmed yet: mend what is marked.")
        return form_page(request, page, *saved_form(page), Shown(problem, status=400, confirming=form))
    chosen = form.chosen() if form.is_valid() else None
    meeting = reads.meeting_of(row.community, chosen) if isinstance(chosen, UUID) else chosen
    try:
        plan = services.confirm_proposal(actor=request.actor, proposal=row, meeting=meeting, now=present())
    except (NotFound, Refused, Conflict):
        raise
    except UserError as error:
        return form_page(request, page, *saved_form(page), Shown(sentence(error), status=400, confirming=form))
    messages.success(request, str(DONE[ProposalStep.CONFIRM]))
    return HttpResponseRedirect(reverse("community-plan", args=(page.community.code, plan.pk)))
