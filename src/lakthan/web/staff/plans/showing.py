"""What the page of a plan in preparation shows: the form, what is missing in it, and another text beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from secrets import token_hex

from django.http import HttpResponse
from django.shortcuts import render

from lakthan.apps.people.selectors import today
from lakthan.apps.planning.plans import ProposalPage
from lakthan.core.errors import UserError
from lakthan.core.money import format_baht
from lakthan.rules.plan_proposals import ProposalStep, missing
from lakthan.rules.typed_projects import Finding, Typed, read_estimate
from lakthan.web.actions import ActingRequest
from lakthan.web.staff.plans.confirming import ConfirmForm, checks, confirm_form
from lakthan.web.staff.plans.forms import (
    PlanForm,
    ProjectRow,
    anchor_of,
    filled_projects,
    project_rows,
    saved_form,
)
from lakthan.web.staff.plans.wording import STATES
from lakthan.web.wording import FIELDS, WAYS, in_language


@dataclass(frozen=True, slots=True)
class Shown:
    """How the page is shown: what went wrong, the token that the form has seen (None: what is kept by now), the text
    to be shown beside that of the form, and what was typed into the answers of the district."""

    problem: str = ""
    status: int = 200
    seen: str | None = None
    beside: tuple[PlanForm, Sequence[Typed]] | None = None
    reason: str = ""
    confirming: ConfirmForm | None = None


def form_page(
    request: ActingRequest, page: ProposalPage, form: PlanForm, rows: Sequence[Typed], shown: Shown | None = None
) -> HttpResponse:
    """The page with a form and its rows of projects."""
    how = shown or Shown()
    may_write = ProposalStep.WRITE in page.steps
    is_sent_again = request.method == "POST" and how.status != 400
    findings = page.findings if is_sent_again or not may_write else _findings(page, form, rows)
    is_unsaved, beside = _unsaved(page, form, rows), how.beside
    if beside is None and is_unsaved and page.unsaved and page.unsaved.is_older and not is_sent_again:
        beside = saved_form(page)
    fields, projects = _beside(form, rows, *beside) if beside else ([], None)
    return render(
        request,
        "staff/plans/proposal.html" if may_write else "staff/plans/sent.html",
        {
            "page": page,
            "form": form,
            "rows": project_rows(list(rows) or [{}], () if is_sent_again else findings, page.became),
            "blank": ProjectRow(0, {}, {}),
            "fields": FIELDS.items(),
            "ways": WAYS.items(),
            "findings": [(anchor_of(finding.place), in_language(finding.th, finding.en)) for finding in findings],
            "problem": how.problem,
            "is_conflict": how.beside is not None,
            "beside": fields,
            "beside_projects": projects if projects is None else [_in_words(typed) for typed in projects],
            "is_unsaved": is_unsaved,
            "seen": page.token if how.seen is None else how.seen,
            "page_key": (how.beside is None and request.POST.get("page")) or token_hex(8),
            "state_words": STATES[page.state],
            "may": {step.value for step in page.steps},
            "reason": how.reason,
            "confirming": confirm_form(page, how.confirming),
            "checks": () if may_write else list(checks(page)),
            "projects": () if may_write else [_read(typed) for typed in page.content.projects],
        },
        status=how.status,
    )


def _findings(page: ProposalPage, form: PlanForm, rows: Sequence[Typed]) -> Sequence[Finding]:
    """What is missing in what stands in the form; in what is saved where a day of the form cannot be read."""
    if page.unsaved is None or not form.is_valid():
        return page.findings
    return missing(form.content(rows), today(), page.last_plan.adopted_on if page.last_plan else None)


def _unsaved(page: ProposalPage, form: PlanForm, rows: Sequence[Typed]) -> bool:
    """Whether something else is saved than what stands in the form."""
    fields, projects = _beside(form, rows, *saved_form(page))
    return bool(fields or projects is not None)


def _beside(
    form: PlanForm, rows: Sequence[Typed], there: PlanForm, there_rows: Sequence[Typed]
) -> tuple[list[tuple[object, str]], list[Typed] | None]:
    """What stands elsewhere and differs from the form: fields with their text there, and all projects or None."""
    projects = filled_projects(there_rows)
    return list(form.beside(there)), None if projects == filled_projects(rows) else projects


def _in_words(typed: Typed) -> dict[str, str]:
    """A project as it is typed, with the words of its choices."""
    words = {"field": FIELDS, "way": WAYS}
    return {name: str(words[name].get(text, text)) if name in words else text for name, text in typed.items()}


def _read(typed: Typed) -> dict[str, str]:
    """A project with the words of its choices, and with its estimate as a number once it can be read."""
    told = _in_words(typed)
    try:
        estimate = read_estimate(typed.get("estimate", ""))
    except UserError:
        return told
    return told | {"estimate": "" if estimate is None else format_baht(estimate)}
