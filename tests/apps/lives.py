"""Reports brought to a state of their life, each step by another person."""

from collections.abc import Callable, Mapping
from datetime import date

from lakthan.apps.identifiers import new_id
from lakthan.apps.indicators.models import Assignment
from lakthan.apps.people.models import Unit
from lakthan.apps.reporting.models import Period, Report, ReportEvidence, ReviewComment
from lakthan.apps.reporting.services import workflow
from lakthan.apps.reporting.services.attachments import attach_evidence
from lakthan.apps.reporting.services.periods import open_period
from lakthan.apps.reporting.services.reviews import comment_on_section
from lakthan.apps.reporting.services.writing import write_quarter_report
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Actor, Held, Role
from lakthan.rules.review import Section
from lakthan.rules.workflow import State
from tests.apps import builders
from tests.apps.builders import NOW, TODAY, YEAR

Take = Callable[[Report], Report]


def person(role: Role, unit: Unit | None = None) -> Actor:
    """Somebody new with a role, in a unit of their own where none is given."""
    return Actor(f"user:{new_id()}", (Held(role, "" if unit is None else str(unit.pk)),))


def endorse(report: Report) -> Report:
    """By the head of the unit."""
    return workflow.endorse_report(actor=person(Role.UNIT_HEAD, report.unit), report=report, now=NOW)


def submit(report: Report) -> Report:
    """By the head of the unit."""
    return workflow.submit_report(actor=person(Role.UNIT_HEAD, report.unit), report=report, now=NOW)


def give_back(report: Report) -> Report:
    """By a reviewer of no unit."""
    return workflow.return_report(actor=person(Role.REVIEWER), report=report, reason="ขาดหลักฐาน", now=NOW)


def accept(report: Report) -> Report:
    """By a reviewer of no unit."""
    return workflow.accept_report(actor=person(Role.REVIEWER), report=report, now=NOW)


def certify(report: Report) -> Report:
    """By a certifier."""
    return workflow.certify_report(actor=person(Role.CERTIFIER), report=report, now=NOW)


WAYS: Mapping[State, tuple[Take, ...]] = {
    State.DRAFT: (),
    State.ENDORSED: (endorse,),
    State.SUBMITTED: (endorse, submit),
    State.RETURNED: (endorse, submit, give_back),
    State.ACCEPTED: (endorse, submit, accept),
    State.CERTIFIED: (endorse, submit, accept, certify),
}


def open_for_writing(quarter: int = 2, year: FiscalYear = YEAR) -> None:
    """The period of a quarter, open since the quarter began, where the test has not opened it."""
    of = year.quarter(quarter)
    if not Period.objects.filter(fiscal_year=year.be, quarter=quarter).exists():
        opens_on, deadline_on = min(of.first_day, TODAY), max(of.last_day, date(2020, 10, 10))
        open_period(actor=builders.ROOT, quarter=of, opens_on=opens_on, deadline_on=deadline_on, now=NOW)


def report_in(home: Unit, state: State, of: Assignment | None = None) -> Report:
    """The report of the second quarter on an assignment of the unit, brought to a state."""
    assignment = of or builders.assignment(home)
    open_for_writing()
    report = write_quarter_report(
        actor=person(Role.REPORTER, home), assignment=assignment, quarter=2, narrative="ประชุมแล้ว", now=NOW
    )
    return bring_to(report, state)


def bring_to(report: Report, state: State) -> Report:
    """A draft, brought to a state."""
    for take in WAYS[state]:
        take(report)
    return report


def correct(report: Report) -> Report:
    """A correction of a certified report, as a draft."""
    return workflow.correct_report(actor=person(Role.REPORTER, report.unit), report=report, reason="นับซ้ำ", now=NOW)


def comment(report: Report, section: Section = Section.NARRATIVE, text: str = "ระบุจำนวนชุมชน") -> ReviewComment:
    """What a reviewer of no unit asks for at one place of a submitted report."""
    return comment_on_section(actor=person(Role.REVIEWER), report=report, section=section, text=text, now=NOW)


def rewrite(report: Report, narrative: str = "ประชุมแล้ว 43 เขต") -> Report:
    """Written anew by a reporter."""
    return write_quarter_report(
        actor=person(Role.REPORTER, report.unit),
        assignment=report.assignment,
        quarter=2,
        narrative=narrative,
        now=NOW,
    )


def attached(report: Report, content: bytes = "บันทึกการประชุม".encode()) -> ReportEvidence:
    """A file that a reporter of the unit attached to the draft."""
    return attach_evidence(
        actor=person(Role.REPORTER, report.unit),
        report=report,
        evidence=builders.evidence(report.unit, content),
        proves="ประชุมแล้ว",
        now=NOW,
    )
