"""One report as officers see it: its state, its steps, its text, and the figures beside it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from django.db.models import F

from lakthan.apps.indicators.models import Assignment
from lakthan.apps.people.models import User
from lakthan.apps.people.selectors import today
from lakthan.apps.reporting.attached import Attached, AttachedFile, Inputs, attached_to, inputs_of, kept_file
from lakthan.apps.reporting.deadlines import LAST_QUARTER, term_of, too_late, untimely
from lakthan.apps.reporting.decided import DecisionLine, decisions_of
from lakthan.apps.reporting.duties import OWED_STEPS, excused
from lakthan.apps.reporting.figures import answer, answer_all, questions
from lakthan.apps.reporting.issues import newest_report, newest_reports
from lakthan.apps.reporting.models import Report, ReportStep
from lakthan.apps.reporting.nil import nil_of
from lakthan.apps.reporting.papers import district_of, paper_for
from lakthan.apps.reporting.selectors import assignment_of, summary_of, with_owner_code
from lakthan.apps.reporting.services.writing import SECTIONS
from lakthan.apps.reporting.shapes import IndicatorSummary, QuarterFigure
from lakthan.apps.reporting.snapshots import newest_snapshot, submitted_paper
from lakthan.apps.reporting.work import last_return, taken_of
from lakthan.apps.reporting.working_texts import OtherWriter, Typed, Working, other_writers, working_text
from lakthan.core.errors import Conflict, NotFound
from lakthan.core.fiscal import FiscalYear
from lakthan.printing.paper import Paper
from lakthan.rules.permissions import Action, Actor, refusal
from lakthan.rules.workflow import State, Step, not_for_outsiders, possible_steps, require_step

FIELDS = ("progress", "printed_level", *sorted(SECTIONS))
"""What a draft holds. The level stands in a report that was read from a print, which may have lost it."""
AS_SUBMITTED = (State.SUBMITTED, State.ACCEPTED, State.CERTIFIED, State.CORRECTED)
"""States in which a report is what it was when it was submitted."""
UNSENT = (State.DRAFT, State.ENDORSED)
USER = "user:"

Texts = Mapping[str, str | int | None]


@dataclass(frozen=True, slots=True)
class ReportPlace:
    """Which report: of an indicator and a quarter, or the year where `quarter` is None.

    `unit` is the unit that reports, None for the owner of the indicator.
    """

    code: str
    fiscal_year: FiscalYear
    quarter: int | None = None
    unit: UUID | None = None


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step that was taken: by whom, for which unit, under which order, and why."""

    step: Step
    at: datetime
    person_th: str
    person_en: str
    """Both empty for whoever runs verbs on the server."""
    unit_th: str
    unit_en: str
    order_number: str
    """Of the order under which one acts for another; empty for one's own role."""
    reason: str


@dataclass(frozen=True, slots=True)
class ReportLife:
    """All that the page of one report shows to one person."""

    place: ReportPlace
    assignment: UUID
    unit: UUID
    """That answers for the assignment."""
    indicator: IndicatorSummary
    unit_th: str
    unit_en: str
    state: State
    issue: int
    token: str
    """What `token_of` gives for the text that stands here."""
    texts: Texts
    history: tuple[StepLine, ...]
    possible: tuple[Step, ...]
    """What this person may do now."""
    asked: StepLine | None
    """The return that the report has not been sent again after."""
    deadline_on: date | None
    """None without a period, and for a correction."""
    nil_at: datetime | None
    """When the unit confirmed that it has nothing to report."""
    may_confirm_nil: bool
    in_the_way: Conflict | None
    """Why nothing can be written yet, or nothing sent any more."""
    quarters: tuple[QuarterFigure, ...]
    progress: tuple[int | None, ...]
    """Work progress of the four quarters as it was reported, None where not given: the other series."""
    selected: QuarterFigure
    decisions: tuple[DecisionLine, ...]
    """About the assignment, newest first."""
    is_as_submitted: bool
    """Whether `selected` is the figure that was submitted, not what the records say now."""
    attached: Attached
    inputs: Inputs | None
    """What the unit enters by hand; None where registers feed the indicator."""
    working: Working | None
    """What this person has typed and not saved."""
    others: tuple[OtherWriter, ...]
    """Who else has typed and not saved."""

    @property
    def whole_token(self) -> str:
        """What text and attachments are: who takes a step has seen these."""
        return self.attached.digest(self.token)


def report_life(actor: Actor, place: ReportPlace) -> ReportLife:
    """The newest issue of a report, whether or not anything is written.

    Raises:
        NotFound: no such indicator, it is not assigned, or the actor may not know of its reports.
    """
    assignment = readable_assignment(actor, place)
    written = newest_reports(assignment)
    report = written.get(place.quarter)
    steps = list(_steps(report)) if report else []
    state = State(report.state) if report else State.OPEN
    term = term_of(assignment, place.quarter)
    in_the_way = too_late(report, term, today()) if report and state in UNSENT else None
    if report is None:
        in_the_way = untimely(actor, term, today())
    possible = _possible(actor, assignment, place.quarter, report, steps, in_the_way)
    nil = None if report else nil_of(assignment, place.quarter)
    quarters = _quarters(assignment)
    selected = quarters[(place.quarter or LAST_QUARTER) - 1]
    summary = summary_of(assignment)
    return ReportLife(
        place=place,
        assignment=assignment.pk,
        unit=assignment.unit_id,
        indicator=summary,
        unit_th=assignment.unit.name_th,
        unit_en=assignment.unit.name_en,
        state=state,
        issue=report.issue if report else 1,
        token=token_of(report),
        texts=texts_of(report),
        history=(lines := _lines(steps)),
        possible=possible,
        asked=_asked(state, steps, lines),
        deadline_on=None if term is None or (report and report.corrects_id) else term.due_on,
        nil_at=nil.recorded_at if nil else None,
        may_confirm_nil=report is None and nil is None and place.quarter is not None and Step.WRITE in possible,
        in_the_way=in_the_way,
        quarters=quarters,
        progress=tuple(written[n].progress if n in written else None for n in range(1, LAST_QUARTER + 1)),
        selected=_as_submitted(report, selected) if report and state in AS_SUBMITTED else selected,
        decisions=tuple(reversed(decisions_of([assignment]).get(assignment.pk, ()))),
        is_as_submitted=state in AS_SUBMITTED,
        attached=attached_to(report),
        inputs=inputs_of(assignment, summary.formula, selected.quarter.last_day),
        working=working_text(actor.id, assignment, place.quarter),
        others=other_writers(actor.id, assignment, place.quarter) if _may_write(actor, assignment) else (),
    )


def _possible(
    actor: Actor,
    assignment: Assignment,
    quarter: int | None,
    report: Report | None,
    steps: list[ReportStep],
    in_the_way: Conflict | None,
) -> tuple[Step, ...]:
    """What the person may do now.

    A report that is not owed is neither written nor sent. Nothing is begun before the period opens, and nothing sent
    once it is closed.
    """
    state = State(report.state) if report else State.OPEN
    found = possible_steps(actor, unit=str(assignment.unit_id), state=state, taken=taken_of(steps))
    if report is not None and report.corrects_id is not None:
        return found
    kept_back: frozenset[Step] = frozenset()
    if (assignment.pk, quarter) in excused([assignment]):
        kept_back = OWED_STEPS
    elif in_the_way is not None:
        kept_back = OWED_STEPS if report is None else OWED_STEPS - {Step.WRITE}
    return tuple(step for step in found if step not in kept_back)


def _may_write(actor: Actor, assignment: Assignment) -> bool:
    return refusal(actor, Action.WRITE_REPORT, str(assignment.unit_id)) is None


def _as_submitted(report: Report, selected: QuarterFigure) -> QuarterFigure:
    kept = newest_snapshot(report)
    return replace(selected, figure=kept.figure, as_of=kept.as_of, target=kept.target)


def report_paper(actor: Actor, place: ReportPlace) -> Paper:
    """The report as a paper: as it was submitted, or else as it stands.

    Raises:
        NotFound: nothing is written, or the actor may not know of it.
    """
    report = newest_report(readable_assignment(actor, place), place.quarter)
    if report is None:
        raise NotFound("รายงานนี้ยังไม่มีผู้เขียน", "Nothing is written in this report yet.")
    return submitted_paper(report) if State(report.state) in AS_SUBMITTED else paper_for(report)


def report_preview(actor: Actor, place: ReportPlace, texts: Texts) -> Paper:
    """The draft as a paper with texts that are not saved, without its annex.

    Raises:
        NotFound, Refused, Conflict: as `require_step` for writing.
    """
    assignment = readable_assignment(actor, place)
    report = newest_report(assignment, place.quarter)
    state = State(report.state) if report else State.OPEN
    require_step(actor, Step.WRITE, unit=str(assignment.unit_id), state=state, taken=())
    shown = report or Report(unit_id=assignment.unit_id, assignment=assignment, quarter=place.quarter)
    for name, text in texts.items():
        setattr(shown, name, text)
    return paper_for(shown, with_annex=False)


def report_file(actor: Actor, place: ReportPlace, file: UUID) -> tuple[AttachedFile, Path]:
    """A file of the report, with the place of its bytes.

    Raises:
        NotFound: there is none, or the actor may not know of the report.
    """
    return kept_file(readable_assignment(actor, place), place.quarter, file)


def readable_assignment(actor: Actor, place: ReportPlace) -> Assignment:
    """The assignment of a report that the actor may read.

    Raises:
        NotFound: there is none, or the actor may not know of it.
    """
    found: Assignment | None
    if place.unit is None:
        found = assignment_of(place.code, place.fiscal_year)
    else:
        of_unit = Assignment.objects.filter(
            indicator__code=place.code, fiscal_year=place.fiscal_year.be, unit=place.unit
        ).exclude(unit=F("indicator__unit"))
        found = with_owner_code(of_unit, place.fiscal_year.last_day).first()
    if found is None or refusal(actor, Action.READ_REPORT, str(found.unit_id)) is not None:
        raise not_for_outsiders()
    return found


def texts_of(report: Report | None) -> Texts:
    """What a report holds; all of it empty before anything is written."""
    return {name: getattr(report, name) if report else (None if name == "progress" else "") for name in FIELDS}


def token_of(report: Report | None) -> str:
    """A digest of the texts of a report: who gives it back has seen this text and no other."""
    seen = {"issue": report.issue if report else 1, **texts_of(report)}
    return sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()


def same_as_stored(stored: Texts, typed: Typed) -> bool:
    """Whether what stands in the fields of a form is what is stored, but for line ends and outer white space."""
    shown = {name: "" if text is None else str(text) for name, text in stored.items()}
    return all(_plain(text) == _plain(shown.get(name, "")) for name, text in typed.items())


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _steps(report: Report) -> Iterable[ReportStep]:
    rows = ReportStep.objects.filter(report=report).select_related("acting_unit", "delegation")
    return rows.order_by("recorded_at", "pk")


def _lines(steps: Iterable[ReportStep]) -> tuple[StepLine, ...]:
    steps = list(steps)
    ids = {row.person.removeprefix(USER) for row in steps if row.person.startswith(USER)}
    people = {f"{USER}{user.pk}": user for user in User.objects.filter(pk__in=ids)}
    return tuple(_step_line(row, people.get(row.person)) for row in steps)


def _step_line(row: ReportStep, person: User | None) -> StepLine:
    unit, order = row.acting_unit, row.delegation
    return StepLine(
        step=Step(row.step),
        at=row.recorded_at,
        person_th=person.name_th if person else "",
        person_en=person.name_en if person else "",
        unit_th=unit.name_th if unit else "",
        unit_en=unit.name_en if unit else "",
        order_number=order.order_number if order else "",
        reason="" if row.step == Step.SUPERSEDE.value else row.reason,
    )


def _asked(state: State, steps: list[ReportStep], lines: tuple[StepLine, ...]) -> StepLine | None:
    returned = last_return(steps) if state in (State.RETURNED, State.DRAFT) else None
    return lines[steps.index(returned)] if returned else None


def _quarters(assignment: Assignment) -> tuple[QuarterFigure, ...]:
    """The four quarters, of the whole or of the district that answers for its part."""
    here, district = today(), district_of(assignment)
    asked = questions([assignment], FiscalYear(assignment.fiscal_year), here)[assignment.pk]
    if district is None:
        return tuple(answer_all(asked, here))
    return tuple(answer(question, here, district) for question in asked)
