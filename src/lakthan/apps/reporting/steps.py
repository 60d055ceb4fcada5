"""How a report takes a step of its life: checked against the table, kept as a row, entered in the ledger."""

from datetime import datetime

from django.db import transaction

from lakthan.apps.ledger.services import change, create, lock
from lakthan.apps.reporting.duties import OWED_STEPS, refuse_excused
from lakthan.apps.reporting.models import Report, ReportStep
from lakthan.rules.entry import require_text
from lakthan.rules.permissions import Actor, Held
from lakthan.rules.workflow import TRANSITIONS, State, Step, Taken, require_step


def history(report: Report) -> tuple[Taken, ...]:
    """The steps that were taken with a report, in order."""
    rows = report.steps.order_by("recorded_at", "pk").values_list("step", "person", "acting_unit")
    return tuple(Taken(Step(step), person, str(unit or "")) for step, person, unit in rows)


def take_step(actor: Actor, report: Report, step: Step, now: datetime, *, reason: str = "", **values: object) -> Report:
    """Bring a report into the state that the step leads to, with other fields that change in it.

    Raises:
        NotFound: the actor may not know of the report.
        Refused: the actor may not take the step.
        Conflict: the report is in a state from which the step does not lead, or it is not owed.
        UserError: the step needs a reason and none is given.
    """
    with transaction.atomic():
        lock(report)
        state = State(report.state)
        held = require_step(actor, step, unit=str(report.unit_id), state=state, taken=history(report))
        if step in OWED_STEPS and report.corrects_id is None:
            refuse_excused(report.assignment, report.quarter)
        transition = TRANSITIONS[step]
        if transition.needs_reason:
            reason = require_text(reason, "เหตุผล", "The reason")
        change(actor, report, act=act_of(step), now=now, state=transition.target.value, **values)
        if step is not Step.WRITE or not _writes_already(report, actor):
            note_step(actor, report, step, held, now, reason)
    return report


def note_step(actor: Actor, report: Report, step: Step, held: Held, now: datetime, reason: str = "") -> ReportStep:
    """Keep who took a step, in which role and why."""
    row = ReportStep(
        unit_id=report.unit_id,
        report=report,
        step=step.value,
        person=actor.id,
        acting_unit_id=held.unit or None,
        delegation_id=held.delegation or None,
        reason=reason,
    )
    return create(actor, row, act=act_of(step), now=now)


def act_of(step: Step) -> str:
    """How the ledger calls a step: reporting.endorse_report."""
    return f"reporting.{step}_report"


def _writes_already(report: Report, actor: Actor) -> bool:
    """Whether the person was the last to take a step, and it was writing: a round of writing is one step."""
    last = report.steps.order_by("-recorded_at", "-pk").values_list("step", "person").first()
    return last == (Step.WRITE.value, actor.id)
