"""What waits for review and for certification, for one person: what is theirs to do, and what another has to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, Q

from lakthan.apps.reporting.models import Report
from lakthan.apps.reporting.scores import ReportingScore, scores_of
from lakthan.apps.reporting.work import steps_of, taken_of
from lakthan.core.errors import UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Action, Actor, Refused, permitting, require
from lakthan.rules.workflow import State, Step, Taken, separation_refusal

IN_QUEUE = (State.SUBMITTED, State.ACCEPTED)
NEXT_STEP: Mapping[State, Step] = {State.SUBMITTED: Step.ACCEPT, State.ACCEPTED: Step.CERTIFY}
"""What a report of a state waits for."""
ACTION_OF: Mapping[Step, Action] = {Step.ACCEPT: Action.REVIEW_REPORT, Step.CERTIFY: Action.CERTIFY_REPORT}


class Turn(StrEnum):
    """Whose turn it is, as one person sees it."""

    MINE = "mine"
    OTHERS = "others"
    """The person has the role, but duties are separate: another person or division does it."""
    FOLLOWED = "followed"
    """The person has another role, and reads."""


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One report in the queue. `quarter` is None for the year's report."""

    code: str
    name_th: str
    name_en: str
    fiscal_year: FiscalYear
    quarter: int | None
    unit: UUID | None
    """The unit that reports, where it is not the owner of the indicator."""
    unit_id: UUID
    unit_th: str
    unit_en: str
    state: State
    submission: int
    submitted_on: date
    waiting_days: int
    """Since the submission that is in the queue."""
    days_late: int | None
    """Of the first submission against the deadline; None without one."""
    turn: Turn
    kept_away: UserError | None
    """Why it is not the person's turn although the role is theirs."""
    comments: int
    """Written in the review under way."""
    score: ReportingScore

    @property
    def is_late(self) -> bool:
        """Whether it was submitted after its deadline."""
        return self.days_late is not None and self.days_late > 0


def review_queue(actor: Actor, today: date) -> tuple[QueueLine, ...]:
    """Every report that waits, in a number of queries that does not grow with them.

    Raises:
        Refused: the actor follows no reviews.
    """
    require(actor, Action.SEE_REVIEW_QUEUE)
    found = Report.objects.filter(state__in=[state.value for state in IN_QUEUE], corrections=None)
    unsent = Count("reviews__comments", filter=Q(reviews__outcome="", reviews__comments__withdrawn_at=None))
    reports = (
        found.select_related("assignment__indicator", "assignment__unit")
        .annotate(unsent=unsent)
        .order_by("assignment__indicator__code", "pk")  # rows that a list finds alike keep this order
    )
    counted = [(report, report.unsent) for report in reports]
    steps, scores = steps_of(reports), scores_of(reports)
    return tuple(
        _line(actor, today, report, taken_of(steps.get(report.pk, ())), scores[report.pk], comments)
        for report, comments in counted
    )


def _line(
    actor: Actor,
    today: date,
    report: Report,
    taken: Iterable[Taken],
    score: ReportingScore,
    comments: int,
) -> QueueLine:
    assignment, submitted_on = report.assignment, score.submitted_on[-1]
    turn, kept_away = _turn(actor, report, taken)
    return QueueLine(
        code=assignment.indicator.code,
        name_th=assignment.indicator.name_th,
        name_en=assignment.indicator.name_en,
        fiscal_year=FiscalYear(assignment.fiscal_year),
        quarter=report.quarter,
        unit=None if assignment.unit_id == assignment.indicator.unit_id else assignment.unit_id,
        unit_id=assignment.unit_id,
        unit_th=assignment.unit.name_th,
        unit_en=assignment.unit.name_en,
        state=State(report.state),
        submission=len(score.submitted_on),
        submitted_on=submitted_on,
        waiting_days=(today - submitted_on).days,
        days_late=score.days_late,
        turn=turn,
        kept_away=kept_away,
        comments=comments,
        score=score,
    )


def _turn(actor: Actor, report: Report, taken: Iterable[Taken]) -> tuple[Turn, Refused | None]:
    step = NEXT_STEP[State(report.state)]
    held = permitting(actor, ACTION_OF[step], str(report.unit_id))
    if held is None:
        return Turn.FOLLOWED, None
    kept_away = separation_refusal(actor, held, step, taken)
    return (Turn.MINE, None) if kept_away is None else (Turn.OTHERS, kept_away)
