"""The page of a plan that is prepared: its form for who writes it, its text and two answers for who confirms it."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lakthan.apps.people.selectors import present, today
from lakthan.apps.planning import plans as reads
from lakthan.apps.planning.plans import ProposalPage
from lakthan.apps.planning.services import proposals as services
from lakthan.core.errors import Conflict, NotFound, UserError
from lakthan.rules.permissions import Action, Refused, refusal
from lakthan.rules.plan_proposals import ProposalStep
from lakthan.rules.typed_projects import Typed, tidy_projects
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.errors import sentence
from lakthan.web.staff.plans.forms import PlanForm, ProjectRow, anchor_of, moved, project_rows, typed_projects
from lakthan.web.staff.plans.wording import DONE, STATES
from lakthan.web.wording import FIELDS, WAYS, in_language

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
        return _page(request, page, PlanForm(page), page.content.projects)
    act = request.POST.get("act", "save")
    if act.partition(" ")[0] in ROW_ACTS:
        return _page(request, page, PlanForm(page, request.POST), moved(typed_projects(request.POST), act))
    if act in ("save", "send"):
        return _write(request, page, send=act == "send")
    return _step(request, page, act)


def _write(request: ActingRequest, page: ProposalPage, *, send: bool) -> HttpResponse:
    """Save what was typed, and send it where that is asked; whatever goes wrong, all of it stands in the form again."""
    form, rows = PlanForm(page, request.POST), typed_projects(request.POST)
    if not form.is_valid():
        return _page(request, page, form, rows, problem=gettext("Nothing is saved yet: mend what is marked."))
    row = reads.proposal_row(request.actor, page.id, today())
    try:
        services.save_proposal(
            actor=request.actor,
            proposal=row,
            content=form.content(rows),
            meeting=reads.meeting_of(row.community, form.meeting_id()),
            seen=request.POST.get("seen", ""),
            now=present(),
        )
        if send:
            services.send_proposal(actor=request.actor, proposal=row, now=present())
    except services.SavedMeanwhile as meanwhile:
        now = reads.proposal_page(request.actor, page.id, today())
        beside = PlanForm(now, request.POST)
        beside.is_valid()
        return _page(request, now, beside, rows, problem=sentence(meanwhile), is_conflict=True)
    except services.NotComplete as incomplete:
        now = reads.proposal_page(request.actor, page.id, today())
        return _page(request, now, PlanForm(now), now.content.projects, problem=sentence(incomplete), status=400)
    except (NotFound, Refused, Conflict):
        raise
    except UserError as error:
        return _page(request, page, form, rows, problem=sentence(error))
    messages.success(request, str(DONE[ProposalStep.SEND if send else ProposalStep.WRITE]))
    return HttpResponseRedirect(request.path)


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
                plan = services.confirm_proposal(actor=request.actor, proposal=row, now=now)
                messages.success(request, str(DONE[ProposalStep.CONFIRM]))
                return HttpResponseRedirect(reverse("community-plan", args=(page.community.code, plan.pk)))
            case _:
                raise UserError("แบบฟอร์มไม่ระบุสิ่งที่จะทำ โหลดหน้าใหม่", "The form names no act; load the page again.")
    except (NotFound, Refused, Conflict):
        raise
    except UserError as error:
        return _page(
            request, page, PlanForm(page), page.content.projects, problem=sentence(error), status=400, reason=reason
        )
    messages.success(request, str(DONE[ProposalStep(act)]))
    return HttpResponseRedirect(request.path)


def _page(
    request: ActingRequest,
    page: ProposalPage,
    form: PlanForm,
    rows: Sequence[Typed],
    *,
    problem: str = "",
    is_conflict: bool = False,
    status: int = 200,
    reason: str = "",
) -> HttpResponse:
    may_write = ProposalStep.WRITE in page.steps
    findings = [(anchor_of(finding.place), in_language(finding.th, finding.en)) for finding in page.findings]
    shown = list(rows) or ([{}] if may_write else [])
    stored = tidy_projects(page.content.projects)
    return render(
        request,
        "staff/plans/proposal.html" if may_write else "staff/plans/sent.html",
        {
            "page": page,
            "form": form,
            "rows": project_rows(shown, page.findings if rows == page.content.projects else ()),
            "blank": ProjectRow(0, {}, {}),
            "fields": FIELDS.items(),
            "ways": WAYS.items(),
            "findings": findings,
            "problem": problem,
            "is_conflict": is_conflict,
            "beside": list(form.stored_beside()) if is_conflict else [],
            "stored_projects": stored if is_conflict and stored != tidy_projects(rows) else (),
            "is_unsaved": request.method == "POST" and not is_conflict and status == 200,
            "state_words": STATES[page.state],
            "may": {step.value for step in page.steps},
            "reason": reason,
        },
        status=409 if is_conflict else status,
    )
