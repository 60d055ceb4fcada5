"""Plans of communities as PDF: one that stands, one that is prepared, and the form to fill in by hand."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lakthan.apps.people.selectors import demonstration_notes, present, today
from lakthan.apps.planning import plans as reads
from lakthan.apps.planning.plan_pages import PlanProject, last_projects, plan_page
from lakthan.apps.planning.plans import CommunityLabel, ProposalPage
from lakthan.core.dates import format_date
from lakthan.core.errors import UserError
from lakthan.printing.community_plan import TO_FILL_IN, PrintedPlan, PrintedProject, plan_document, sheet_document
from lakthan.printing.document import Document
from lakthan.printing.pdf import document_pdf
from lakthan.rules.facts import PLAN_KINDS
from lakthan.rules.permissions import Action
from lakthan.rules.plan_proposals import PROPOSAL_STATE_NAMES
from lakthan.rules.typed_projects import Typed, read_estimate, read_priority
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.file_answers import pdf_answer, printing_fonts


@performs(Action.READ_PLANS)
@require_safe
@never_cache
def plan_pdf(request: ActingRequest, community: str, plan: UUID) -> HttpResponse:
    """A plan that stands."""
    page = plan_page(request.actor, community, plan, today())
    held = page.meeting
    met = f"ครั้งที่ {held.number}/{held.year} {held.title} ผู้เข้าร่วม {held.people} คน" if held else ""
    printed = PrintedPlan(
        **_where(page.community),
        kind=PLAN_KINDS[page.kind][0],
        fields=page.fields,
        projects=tuple(_project(project) for project in page.projects),
        adopted_on=page.adopted_on,
        valid_until=page.valid_until,
        resolution=page.resolution,
        meeting=met,
        printed_at=present(),
        notes=demonstration_notes(),
    )
    return _answer(plan_document(printed), f"plan-{community}-{page.adopted_on.isoformat()}.pdf")


@performs(Action.READ_PLANS)
@require_safe
@never_cache
def proposal_pdf(request: ActingRequest, proposal: UUID) -> HttpResponse:
    """A plan that is prepared, marked as what it is: the committee reads and signs it."""
    page = reads.proposal_page(request.actor, proposal, today())
    held, content = page.meeting, page.content
    printed = PrintedPlan(
        **_where(page.community),
        kind="",
        fields=tuple(content.fields.items()),
        projects=tuple(_typed_projects(page)),
        adopted_on=content.adopted_on,
        valid_until=content.valid_until,
        resolution=content.resolution,
        meeting=f"ครั้งที่ {held.number}/{held.year} วันที่ {format_date(held.held_on)}" if held else "",
        printed_at=present(),
        mark=PROPOSAL_STATE_NAMES[page.state][0].removeprefix("เป็น"),
        notes=demonstration_notes(),
    )
    return _answer(plan_document(printed), f"plan-{page.community.code}-draft.pdf")


@performs(Action.READ_PLANS)
@require_safe
@never_cache
def sheet_pdf(request: ActingRequest, community: str) -> HttpResponse:
    """The form to fill in by hand, with the projects of the last plan."""
    row = reads.community_row(request.actor, community, today())
    printed = PrintedPlan(
        **_where(reads.community_label(row, today())),
        kind="",
        fields=(),
        projects=tuple(_project(project) for project in last_projects(row.pk)),
        printed_at=present(),
        mark=TO_FILL_IN,
        notes=demonstration_notes(),
    )
    return _answer(sheet_document(printed), f"plan-{community}-sheet.pdf")


def _where(community: CommunityLabel) -> dict[str, Any]:
    """District, community and code, as the paper names them."""
    return {"district": community.district.name_th, "community": community.name, "code": community.code}


def _project(project: PlanProject) -> PrintedProject:
    return PrintedProject(
        number=project.number,
        name=project.name,
        problem=project.problem,
        aim=project.aim,
        field=project.field,
        way=project.way,
        estimate=project.estimate,
        priority=project.priority,
    )


def _typed_projects(page: ProposalPage) -> Iterable[PrintedProject]:
    """Projects as they are typed; what cannot be read as a number is none yet."""
    for number, typed in enumerate(page.content.projects, start=1):
        yield PrintedProject(
            number=number,
            name=typed.get("name") or "–",
            problem=typed.get("problem", ""),
            aim=typed.get("aim", ""),
            field=typed.get("field", ""),
            way=typed.get("way", ""),
            **_numbers(typed),
        )


def _numbers(typed: Typed) -> dict[str, Any]:
    try:
        return {
            "estimate": read_estimate(typed.get("estimate", "")),
            "priority": read_priority(typed.get("priority", "")),
        }
    except UserError:
        return {"estimate": None, "priority": None}


def _answer(document: Document, name: str) -> HttpResponse:
    """The PDF, to be shown or saved."""
    return pdf_answer(document_pdf(document, printing_fonts()), name)
