"""What waits for whom: the reports that a person has to write, endorse, send, review or certify."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from lakthan.apps.indicators.models import Assignment
from lakthan.apps.planning.requests import AnswerLine, asked_of
from lakthan.apps.reporting.comment_counts import open_comments
from lakthan.apps.reporting.deadlines import LAST_QUARTER, Terms, terms
from lakthan.apps.reporting.duties import Place, excused, is_excused
from lakthan.apps.reporting.models import Report, ReportStep
from lakthan.apps.reporting.nil import nil_places
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import PERMISSIONS, Action, Actor, Scope
from lakthan.rules.workflow import State, Step, Taken, possible_steps

UNDER_WAY = (State.DRAFT, State.ENDORSED, State.SUBMITTED, State.RETURNED, State.ACCEPTED)
"""States in which somebody still has to do something."""
WITH_THE_UNIT = frozenset({State.DRAFT, State.ENDORSED, State.RETURNED})
GROUP_OF: Mapping[Step, str] = {
    Step.WRITE: "owed",
    Step.ENDORSE: "to_send",
    Step.SUBMIT: "to_send",
    Step.ACCEPT: "to_review",
    Step.RETURN: "to_review",
    Step.CERTIFY: "to_certify",
}
"""Where a report stands for somebody who can take a step with it."""
FROM_THE_UNIT = frozenset({"owed", "to_send"})
"""Where a report does not stand that is not owed."""


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One report that waits for the person. `quarter` is None for the year's report."""

    code: str
    name_th: str
    name_en: str
    fiscal_year: FiscalYear
    quarter: int | None
    unit: UUID | None
    """The unit that reports, where it is not the owner of the indicator."""
    unit_th: str
    unit_en: str
    state: State
    deadline_on: date | None
    """None for a correction: what it corrects was sent already."""
    days_left: int | None
    """To the deadline; negative when late."""
    reporting_unit: UUID | None = None
    """The unit that reports, whoever owns the indicator."""
    report: UUID | None = None
    """None before anything is written."""
    since: datetime | None = None
    """When the last step was taken."""
    is_closed: bool = False
    """Whether the period is closed, and the unit has no extension: only what was sent before can be sent."""
    asked: str = ""
    """What the last return asked for, until the report is sent again."""
    asked_by_th: str = ""
    asked_by_en: str = ""
    """The division that returned it; empty where the reviewer belongs to none."""
    open_comments: int = 0
    """Comments of the reviewer that the unit has not answered."""


@dataclass(frozen=True, slots=True)
class MyWork:
    """What waits for one person, most urgent first in each group."""

    owed: tuple[WorkLine, ...]
    """To be written."""
    to_send: tuple[WorkLine, ...]
    """To be endorsed, or endorsed and to be sent."""
    to_review: tuple[WorkLine, ...]
    to_certify: tuple[WorkLine, ...]
    to_answer: tuple[AnswerLine, ...] = ()
    """Requests for data that one's units have not answered."""

    def __bool__(self) -> bool:
        """Whether anything waits."""
        return any((self.owed, self.to_send, self.to_review, self.to_certify, self.to_answer))


def my_work(actor: Actor, today: date) -> MyWork:
    """What waits for the actor on a day, in a number of queries that does not grow with the reports."""
    reports, assigned = list(_reports_under_way(actor)), _assigned(actor)
    asked = asked_of(actor, today, only_silent=True)
    if not (reports or assigned):
        return MyWork((), (), (), (), asked)
    periods = terms()
    assigned = _of_open_years(assigned, periods)
    steps = steps_of(reports)
    unanswered = open_comments(report for report in reports if State(report.state) in WITH_THE_UNIT)
    without = excused([*(report.assignment for report in reports), *assigned])
    groups: dict[str, list[WorkLine]] = defaultdict(list)
    for report in reports:
        taken = steps.get(report.pk, [])
        line = _line(report.assignment, report.quarter, periods, today, report, taken)
        line = replace(line, open_comments=unanswered.get(report.pk, 0))
        for group in _groups(actor, report, taken) - (FROM_THE_UNIT if is_excused(report, without) else frozenset()):
            groups[group].append(line)
    groups["owed"] += _not_written(assigned, without, periods, today)
    lines = {name: _by_urgency(groups[name]) for name in ("owed", "to_send", "to_review", "to_certify")}
    return MyWork(**lines, to_answer=asked)


def _reports_under_way(actor: Actor) -> Iterable[Report]:
    """The newest issues of reports that are under way in the actor's own units, or anywhere in a role for all units."""
    units = {UUID(held.unit) for held in actor.held if held.unit}
    found = Report.objects.filter(state__in=[state.value for state in UNDER_WAY], corrections=None)
    if not _reaches_any_unit(actor):
        found = found.filter(unit__in=units)
    return found.select_related("assignment__indicator", "assignment__unit")


def _reaches_any_unit(actor: Actor) -> bool:
    """Whether a role of the actor reviews or certifies the reports of any unit."""
    actions = (Action.REVIEW_REPORT, Action.CERTIFY_REPORT)
    return any(PERMISSIONS[action].get(held.role) is Scope.ANY_UNIT for action in actions for held in actor.held)


def steps_of(reports: Iterable[Report]) -> Mapping[UUID, list[ReportStep]]:
    """The steps of each report in order."""
    rows = ReportStep.objects.filter(report__in=[report.pk for report in reports]).select_related("acting_unit")
    found: dict[UUID, list[ReportStep]] = defaultdict(list)
    for row in rows.order_by("recorded_at", "pk"):
        found[row.report_id].append(row)
    return found


def taken_of(steps: Iterable[ReportStep]) -> tuple[Taken, ...]:
    """Rows of steps as the rules know them."""
    return tuple(Taken(Step(row.step), row.person, str(row.acting_unit_id or "")) for row in steps)


def _groups(actor: Actor, report: Report, taken: Iterable[ReportStep]) -> frozenset[str]:
    """The groups in which the report stands for the actor."""
    steps = possible_steps(actor, unit=str(report.unit_id), state=State(report.state), taken=taken_of(taken))
    return frozenset(GROUP_OF[step] for step in steps if step in GROUP_OF)


def _assigned(actor: Actor) -> list[Assignment]:
    """What the actor's units answer for, where the actor writes reports."""
    writers = PERMISSIONS[Action.WRITE_REPORT]
    units = [UUID(held.unit) for held in actor.held if held.unit and writers.get(held.role) is Scope.OWN_UNIT]
    return list(Assignment.objects.filter(unit__in=units).select_related("indicator", "unit"))


def _of_open_years(assignments: Iterable[Assignment], periods: Terms) -> list[Assignment]:
    """Those of years with a period: for others nothing is owed yet."""
    years = {fiscal_year for fiscal_year, _ in periods.by_kind}
    return [assignment for assignment in assignments if assignment.fiscal_year in years]


def _not_written(
    assignments: list[Assignment], without: Iterable[Place], periods: Terms, today: date
) -> list[WorkLine]:
    """What is owed for open periods and not begun."""
    begun = Report.objects.filter(assignment__in=[row.pk for row in assignments]).order_by()
    places: set[Place] = set(begun.values_list("assignment", "quarter").union(nil_places(assignments)))
    settled = places.union(without)
    return [
        _line(assignment, quarter, periods, today)
        for assignment in assignments
        for quarter in periods.due(assignment, today)
        if (assignment.pk, quarter) not in settled
    ]


def _line(
    assignment: Assignment,
    quarter: int | None,
    periods: Terms,
    today: date,
    report: Report | None = None,
    taken: Iterable[ReportStep] = (),
) -> WorkLine:
    """A report as a line; the year's report is due with its last quarter."""
    indicator, unit = assignment.indicator, assignment.unit
    term = periods.of_assignment(assignment, quarter) if report is None or report.corrects_id is None else None
    deadline = term.due_on if term else None
    state = State(report.state) if report else State.OPEN
    returned = last_return(taken) if state in (State.RETURNED, State.DRAFT) else None
    return WorkLine(
        code=indicator.code,
        name_th=indicator.name_th,
        name_en=indicator.name_en,
        fiscal_year=FiscalYear(assignment.fiscal_year),
        quarter=quarter,
        unit=None if unit.pk == indicator.unit_id else unit.pk,
        unit_th=unit.name_th,
        unit_en=unit.name_en,
        state=state,
        deadline_on=deadline,
        days_left=None if deadline is None else (deadline - today).days,
        reporting_unit=unit.pk,
        report=report.pk if report else None,
        since=max((row.recorded_at for row in taken), default=None),
        is_closed=term is not None and term.is_closed(today),
        asked=returned.reason if returned else "",
        asked_by_th=returned.acting_unit.name_th if returned and returned.acting_unit else "",
        asked_by_en=returned.acting_unit.name_en if returned and returned.acting_unit else "",
    )


def last_return(steps: Iterable[ReportStep]) -> ReportStep | None:
    """The last step that sent a report back."""
    return next((row for row in reversed(list(steps)) if row.step == Step.RETURN.value), None)


def _by_urgency(lines: Iterable[WorkLine]) -> tuple[WorkLine, ...]:
    """What was returned first, then by deadline, then in the order of the year."""
    return tuple(
        sorted(
            lines,
            key=lambda line: (
                line.state is not State.RETURNED,
                line.deadline_on or date.max,
                line.code,
                line.fiscal_year,
                line.quarter or LAST_QUARTER + 1,
            ),
        )
    )
