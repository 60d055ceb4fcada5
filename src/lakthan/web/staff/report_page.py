"""What the page of one report shows."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import render

from lakthan.apps.people.selectors import today
from lakthan.apps.reporting.comments import comments_at
from lakthan.apps.reporting.deadlines import LAST_QUARTER
from lakthan.apps.reporting.desk import SERVICES
from lakthan.apps.reporting.feeding import offers
from lakthan.apps.reporting.life import ReportLife
from lakthan.core.errors import Conflict
from lakthan.rules.permissions import Action, refusal
from lakthan.rules.workflow import Step
from lakthan.web.actions import ActingRequest
from lakthan.web.errors import sentence
from lakthan.web.quarters import QuarterView, quarter_chart, quarter_views
from lakthan.web.staff.comment_fields import by_section, comment_fields
from lakthan.web.staff.forms import LABELS, DraftForm, StepForm
from lakthan.web.staff.parts import SECTIONS, Parts
from lakthan.web.staff.wording import BUTTONS, MEANINGS


def report_page(
    request: ActingRequest,
    stored: ReportLife,
    form: DraftForm | StepForm | None = None,
    parts: Parts | None = None,
    conflict: Conflict | None = None,
    problem: str = "",
) -> HttpResponse:
    """The page. `form` and `parts` are what could not be carried out, and stand in the place of the empty ones."""
    quarters = quarter_views(stored.quarters)
    steps = [step for step in stored.possible if step in SERVICES]
    draft = form if isinstance(form, DraftForm) else DraftForm(stored) if Step.WRITE in stored.possible else None
    refused = form if isinstance(form, StepForm) else None
    asked = comment_fields(comments_at(request.actor, stored.place), _answers_typed(request, stored, draft is form))
    context = {
        "life": stored,
        "late": stored.deadline_on is not None and stored.deadline_on < today(),
        "quarters": quarters,
        "selected": QuarterView(stored.selected),
        "selected_number": stored.place.quarter or LAST_QUARTER,
        "chart": quarter_chart(quarters),
        "series": list(zip(quarters, stored.progress, strict=True)),
        "draft": draft,
        "comments": by_section(asked),
        "has_review": _has_review(request, stored),
        "unanswered": sum(field.comment.is_open for field in asked),
        "parts": parts or Parts(stored, today()),
        "problem": problem,
        "sections": SECTIONS,
        "texts": [(name, LABELS[name], stored.texts[name]) for name in LABELS if name != "printed_level"],
        "may_write": Step.WRITE in stored.possible,
        "write": BUTTONS[Step.WRITE],
        "steps": [
            (BUTTONS[step], MEANINGS[step], refused if refused and refused.step is step else StepForm(step))
            for step in steps
        ],
        "typed": refused.data.get("reason", "") if refused and refused.step not in steps else "",
        "may_appeal": refusal(request.actor, Action.APPEAL, str(stored.unit)) is None,
        "may_decide": refusal(request.actor, Action.DECIDE_ASSIGNMENT) is None,
        "conflict": sentence(conflict) if conflict else "",
        "feeding": offers(request.actor, stored.place, today()),
        "in_the_way": sentence(stored.in_the_way) if stored.in_the_way else "",
    }
    return render(request, "staff/report_life.html", context, status=409 if conflict else 200)


def _answers_typed(request: ActingRequest, stored: ReportLife, is_sent: bool) -> Mapping[str, str] | None:
    """What was typed as answers to comments: sent now with the draft, or kept without being saved."""
    if is_sent:
        return request.POST
    return stored.working.typed if stored.working else None


def _has_review(request: ActingRequest, stored: ReportLife) -> bool:
    """Whether there is a page of a review, and the person may open it."""
    was_sent = any(line.step is Step.SUBMIT for line in stored.history)
    return was_sent and any(
        refusal(request.actor, Action.READ_REVIEW, held.unit) is None for held in request.actor.held
    )
