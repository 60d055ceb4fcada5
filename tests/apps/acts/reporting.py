"""The services of `reporting`."""

from datetime import date
from decimal import Decimal
from typing import Any

from lakthan.apps.people.models import Unit
from lakthan.apps.reporting.models import Period, ReportedValue
from lakthan.apps.reporting.services import (
    attachments,
    calendars,
    decisions,
    nil,
    periods,
    reminders,
    values,
    workflow,
    writing,
)
from lakthan.rules.decisions import DecisionKind
from lakthan.rules.permissions import Role
from lakthan.rules.workflow import State
from tests.apps import builders, lives
from tests.apps.acts.table import Call, act
from tests.apps.builders import NOW, YEAR

WRITERS = [Role.REPORTER, Role.DISTRICT_OFFICER]
DAY = date(2020, 3, 2)


@act(periods.open_period, ("reporting.open_period", "reporting.period"), anywhere=[Role.STRATEGY_ADMINISTRATOR])
def _open_period(home: Unit) -> Call:
    return lambda actor: periods.open_period(
        actor=actor, quarter=YEAR.quarter(2), opens_on=DAY, deadline_on=date(2020, 4, 10), now=NOW
    )


@act(
    writing.write_quarter_report,
    ("reporting.write_report", "reporting.report"),
    ("reporting.write_report", "reporting.reportstep"),
    own=WRITERS,
)
def _write_quarter_report(home: Unit) -> Call:
    assignment = builders.assignment(home)
    lives.open_for_writing()
    return lambda actor: writing.write_quarter_report(
        actor=actor, assignment=assignment, quarter=2, progress=35, narrative="ประชุมแล้ว", now=NOW
    )


@act(
    writing.write_year_report,
    ("reporting.write_report", "reporting.report"),
    ("reporting.write_report", "reporting.reportstep"),
    own=WRITERS,
)
def _write_year_report(home: Unit) -> Call:
    assignment = builders.assignment(home)
    lives.open_for_writing(4)
    return lambda actor: writing.write_year_report(
        actor=actor, assignment=assignment, narrative="สรุป", printed_plan_links=[{"label": "ด้าน"}], now=NOW
    )


WRITING = ("reporting.write_report", "reporting.reportstep")
"""Whoever attaches something has written."""


@act(attachments.add_note, WRITING, ("reporting.add_note", "reporting.datednote"), own=WRITERS)
def _add_note(home: Unit) -> Call:
    report = lives.report_in(home, State.DRAFT)
    return lambda actor: attachments.add_note(actor=actor, report=report, effective_on=DAY, text="ประชุม", now=NOW)


@act(attachments.withdraw_note, WRITING, ("reporting.withdraw_note", "reporting.datednote"), own=WRITERS)
def _withdraw_note(home: Unit) -> Call:
    note = attachments.add_note(
        actor=lives.person(Role.REPORTER, home),
        report=lives.report_in(home, State.DRAFT),
        effective_on=DAY,
        text="ประชุม",
        now=NOW,
    )
    return lambda actor: attachments.withdraw_note(actor=actor, note=note, now=NOW)


@act(attachments.attach_evidence, WRITING, ("reporting.attach_evidence", "reporting.reportevidence"), own=WRITERS)
def _attach_evidence(home: Unit) -> Call:
    report, evidence = lives.report_in(home, State.DRAFT), builders.evidence(home)
    return lambda actor: attachments.attach_evidence(
        actor=actor, report=report, evidence=evidence, proves="รายงานการประชุม", now=NOW
    )


@act(attachments.describe_evidence, WRITING, ("reporting.describe_evidence", "reporting.reportevidence"), own=WRITERS)
def _describe_evidence(home: Unit) -> Call:
    attached = lives.attached(lives.report_in(home, State.DRAFT))
    return lambda actor: attachments.describe_evidence(
        actor=actor, attached=attached, proves="มติที่ประชุม", section="narrative", now=NOW
    )


@act(attachments.detach_evidence, WRITING, ("reporting.detach_evidence", "reporting.reportevidence"), own=WRITERS)
def _detach_evidence(home: Unit) -> Call:
    attached = lives.attached(lives.report_in(home, State.DRAFT))
    return lambda actor: attachments.detach_evidence(actor=actor, attached=attached, now=NOW)


@act(values.report_value, ("reporting.report_value", "reporting.reportedvalue"), own=WRITERS)
def _report_value(home: Unit) -> Call:
    indicator = builders.indicator(home, formula=builders.PAIR)
    return lambda actor: values.report_value(
        actor=actor,
        indicator=indicator,
        unit=home,
        fiscal_year=YEAR,
        effective_on=DAY,
        amount=Decimal(40),
        base=Decimal(50),
        now=NOW,
    )


def _reported(home: Unit) -> ReportedValue:
    return values.report_value(
        actor=builders.ROOT,
        indicator=builders.indicator(home, formula=builders.VALUE),
        unit=home,
        fiscal_year=YEAR,
        effective_on=DAY,
        amount=Decimal(40),
        now=NOW,
    )


@act(values.mend_value, ("reporting.mend_value", "reporting.reportedvalue"), own=WRITERS)
def _mend_value(home: Unit) -> Call:
    value = _reported(home)
    return lambda actor: values.mend_value(actor=actor, value=value, amount=Decimal(41), now=NOW)


@act(values.withdraw_value, ("reporting.withdraw_value", "reporting.reportedvalue"), own=WRITERS)
def _withdraw_value(home: Unit) -> Call:
    value = _reported(home)
    return lambda actor: values.withdraw_value(actor=actor, value=value, now=NOW)


@act(values.take_back_step, ("reporting.take_back_step", "reporting.stepcompletion"), own=WRITERS)
def _take_back_step(home: Unit) -> Call:
    indicator = builders.indicator(home, formula=builders.STEPS)
    done = values.complete_step(
        actor=builders.ROOT, indicator=indicator, unit=home, step="1", effective_on=DAY, now=NOW
    )
    return lambda actor: values.take_back_step(actor=actor, completion=done, now=NOW)


@act(values.complete_step, ("reporting.complete_step", "reporting.stepcompletion"), own=WRITERS)
def _complete_step(home: Unit) -> Call:
    indicator = builders.indicator(home, formula=builders.STEPS)
    return lambda actor: values.complete_step(
        actor=actor, indicator=indicator, unit=home, step="1", effective_on=DAY, now=NOW
    )


@act(
    values.link_project,
    ("reporting.link_project", "reporting.indicatorproject"),
    own=[Role.REPORTER, Role.STRATEGY_ADMINISTRATOR],
)
def _link_project(home: Unit) -> Call:
    indicator, project = builders.indicator(home), builders.bureau_project(home)
    return lambda actor: values.link_project(actor=actor, indicator=indicator, project=project, now=NOW)


def _period(**more: Any) -> Period:
    usual = {"quarter": YEAR.quarter(2), "opens_on": DAY, "deadline_on": date(2020, 4, 10)}
    return periods.open_period(actor=builders.ROOT, now=NOW, **{**usual, **more})


@act(
    periods.change_period,
    ("reporting.change_period", "reporting.period"),
    ("reporting.change_period", "reporting.periodterm"),
    ("reporting.note_period_change", "reporting.periodchange"),
    anywhere=[Role.STRATEGY_ADMINISTRATOR],
)
def _change_period(home: Unit) -> Call:
    period = _period()
    districts = {Unit.Kind.DISTRICT: periods.OtherDates(deadline_on=date(2020, 4, 5))}
    dates = periods.PeriodDates(opens_on=DAY, deadline_on=date(2020, 4, 20), of_kinds=districts)
    return lambda actor: periods.change_period(actor=actor, period=period, dates=dates, reason="โรคระบาด", now=NOW)


@act(
    periods.close_period,
    ("reporting.close_period", "reporting.period"),
    ("reporting.note_period_change", "reporting.periodchange"),
    anywhere=[Role.STRATEGY_ADMINISTRATOR],
)
def _close_period(home: Unit) -> Call:
    period = _period()
    return lambda actor: periods.close_period(actor=actor, period=period, reason="ครบกำหนด", now=NOW)


@act(
    periods.reopen_period,
    ("reporting.reopen_period", "reporting.period"),
    ("reporting.note_period_change", "reporting.periodchange"),
    anywhere=[Role.STRATEGY_ADMINISTRATOR],
)
def _reopen_period(home: Unit) -> Call:
    period = _period()
    periods.close_period(actor=builders.ROOT, period=period, reason="ครบกำหนด", now=NOW)
    return lambda actor: periods.reopen_period(actor=actor, period=period, reason="ขอเพิ่ม", now=NOW)


@act(
    periods.extend_deadline,
    ("reporting.extend_deadline", "reporting.extension"),
    anywhere=[Role.STRATEGY_ADMINISTRATOR],
)
def _extend_deadline(home: Unit) -> Call:
    period = _period()
    return lambda actor: periods.extend_deadline(
        actor=actor,
        period=period,
        unit=home,
        deadline_on=date(2020, 6, 10),
        reason="โรคระบาด",
        document="กท 1901/5",
        now=NOW,
    )


@act(nil.confirm_nil, ("reporting.confirm_nil", "reporting.nilconfirmation"), own=WRITERS)
def _confirm_nil(home: Unit) -> Call:
    assignment = builders.assignment(home)
    lives.open_for_writing()
    return lambda actor: nil.confirm_nil(actor=actor, assignment=assignment, quarter=2, now=NOW)


@act(reminders.claim_reminders, ("reporting.claim_reminder", "reporting.reminder"))
def _claim_reminders(home: Unit) -> Call:
    user = builders.user()
    return lambda actor: reminders.claim_reminders(actor=actor, user=user, occasions=["due:1"], now=NOW)


@act(reminders.settle_reminders, ("reporting.settle_reminder", "reporting.reminder"))
def _settle_reminders(home: Unit) -> Call:
    rows = reminders.claim_reminders(actor=builders.ROOT, user=builders.user(), occasions=["due:1"], now=NOW)
    return lambda actor: reminders.settle_reminders(actor=actor, reminders=rows, outcome="sent", now=NOW)


PEOPLE = [role for role in Role if role is not Role.OPERATOR]


@act(
    calendars.renew_calendar_key,
    ("reporting.end_calendar_key", "reporting.calendarkey"),
    ("reporting.renew_calendar_key", "reporting.calendarkey"),
    anywhere=PEOPLE,
    by_operator=False,
)
def _renew_calendar_key(home: Unit) -> Call:
    user = builders.user()
    calendars.renew_calendar_key(actor=lives.person(Role.AUDITOR), user=user, now=NOW)
    return lambda actor: calendars.renew_calendar_key(actor=actor, user=user, now=NOW)


@act(
    calendars.end_calendar_key,
    ("reporting.end_calendar_key", "reporting.calendarkey"),
    anywhere=PEOPLE,
    by_operator=False,
)
def _end_calendar_key(home: Unit) -> Call:
    user = builders.user()
    calendars.renew_calendar_key(actor=lives.person(Role.AUDITOR), user=user, now=NOW)
    return lambda actor: calendars.end_calendar_key(actor=actor, user=user, now=NOW)


HEADS = [Role.UNIT_HEAD, Role.DISTRICT_DIRECTOR]


def _steps(act_name: str) -> tuple[tuple[str, str], ...]:
    return ((act_name, "reporting.report"), (act_name, "reporting.reportstep"))


@act(workflow.endorse_report, *_steps("reporting.endorse_report"), own=HEADS, by_operator=False)
def _endorse_report(home: Unit) -> Call:
    report = lives.report_in(home, State.DRAFT)
    return lambda actor: workflow.endorse_report(actor=actor, report=report, now=NOW)


@act(
    workflow.submit_report,
    *_steps("reporting.submit_report"),
    ("reporting.submit_report", "reporting.snapshot"),
    own=HEADS,
    by_operator=False,
)
def _submit_report(home: Unit) -> Call:
    report = lives.report_in(home, State.ENDORSED)
    return lambda actor: workflow.submit_report(actor=actor, report=report, now=NOW)


@act(
    workflow.return_report,
    *_steps("reporting.return_report"),
    ("reporting.return_report", "reporting.review"),
    anywhere=[Role.REVIEWER],
    by_operator=False,
    elsewhere=True,
)
def _return_report(home: Unit) -> Call:
    report = lives.report_in(home, State.SUBMITTED)
    return lambda actor: workflow.return_report(actor=actor, report=report, reason="ขาดหลักฐาน", now=NOW)


@act(
    workflow.accept_report,
    *_steps("reporting.accept_report"),
    ("reporting.accept_report", "reporting.review"),
    anywhere=[Role.REVIEWER],
    by_operator=False,
    elsewhere=True,
)
def _accept_report(home: Unit) -> Call:
    report = lives.report_in(home, State.SUBMITTED)
    return lambda actor: workflow.accept_report(actor=actor, report=report, now=NOW)


@act(
    workflow.certify_report,
    *_steps("reporting.certify_report"),
    ("reporting.certify_report", "reporting.reviewscore"),
    anywhere=[Role.CERTIFIER],
    by_operator=False,
)
def _certify_report(home: Unit) -> Call:
    report = lives.report_in(home, State.ACCEPTED)
    return lambda actor: workflow.certify_report(actor=actor, report=report, now=NOW)


@act(
    workflow.correct_report,
    ("reporting.correct_report", "reporting.reportstep"),
    ("reporting.write_report", "reporting.report"),
    ("reporting.write_report", "reporting.reportstep"),
    own=WRITERS,
)
def _correct_report(home: Unit) -> Call:
    report = lives.report_in(home, State.CERTIFIED)
    return lambda actor: workflow.correct_report(actor=actor, report=report, reason="นับซ้ำ", now=NOW)


@act(
    decisions.decide_assignments,
    ("reporting.decide_assignments", "reporting.decisiondocument"),
    ("reporting.decide_assignments", "reporting.decision"),
    anywhere=[Role.STRATEGY_ADMINISTRATOR],
    by_operator=False,
)
def _decide_assignments(home: Unit) -> Call:
    resolution = decisions.Resolution(builders.assignment(home), DecisionKind.SLOWED, DAY, "สถานการณ์โรคระบาด")
    return lambda actor: decisions.decide_assignments(
        actor=actor,
        document=decisions.Document("กท 1906/12", DAY, "คณะกรรมการพิจารณาตัวชี้วัด"),
        resolutions=[resolution],
        now=NOW,
    )
