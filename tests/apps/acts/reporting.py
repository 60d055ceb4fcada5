"""The services of `reporting`."""

from datetime import date
from decimal import Decimal

from lakthan.apps.people.models import Unit
from lakthan.apps.reporting import services
from lakthan.rules.permissions import Role
from tests.apps import builders
from tests.apps.acts.table import Call, act
from tests.apps.builders import NOW, YEAR

WRITERS = [Role.REPORTER, Role.DISTRICT_OFFICER]
DAY = date(2020, 3, 2)


@act(services.open_period, ("reporting.open_period", "reporting.period"), anywhere=[Role.STRATEGY_ADMINISTRATOR])
def _open_period(home: Unit) -> Call:
    return lambda actor: services.open_period(
        actor=actor, quarter=YEAR.quarter(2), opens_on=DAY, deadline_on=date(2020, 4, 10), now=NOW
    )


@act(
    services.write_quarter_report,
    ("reporting.write_quarter_report", "reporting.quarterreport"),
    own=WRITERS,
)
def _write_quarter_report(home: Unit) -> Call:
    assignment = builders.assignment(home)
    return lambda actor: services.write_quarter_report(
        actor=actor, assignment=assignment, quarter=2, progress=35, narrative="ประชุมแล้ว", now=NOW
    )


@act(services.write_year_report, ("reporting.write_year_report", "reporting.yearreport"), own=WRITERS)
def _write_year_report(home: Unit) -> Call:
    assignment = builders.assignment(home)
    return lambda actor: services.write_year_report(
        actor=actor, assignment=assignment, narrative="สรุป", printed_plan_links=[{"label": "ด้าน"}], now=NOW
    )


@act(services.add_note, ("reporting.add_note", "reporting.datednote"), own=WRITERS)
def _add_note(home: Unit) -> Call:
    report = services.write_quarter_report(
        actor=builders.ROOT, assignment=builders.assignment(home), quarter=2, now=NOW
    )
    return lambda actor: services.add_note(actor=actor, report=report, effective_on=DAY, text="ประชุม", now=NOW)


@act(services.attach_evidence, ("reporting.attach_evidence", "reporting.reportevidence"), own=WRITERS)
def _attach_evidence(home: Unit) -> Call:
    report = services.write_year_report(actor=builders.ROOT, assignment=builders.assignment(home), now=NOW)
    evidence = builders.evidence(home)
    return lambda actor: services.attach_evidence(
        actor=actor, report=report, evidence=evidence, proves="รายงานการประชุม", now=NOW
    )


@act(services.report_value, ("reporting.report_value", "reporting.reportedvalue"), own=WRITERS)
def _report_value(home: Unit) -> Call:
    indicator = builders.indicator(home, formula=builders.PAIR)
    return lambda actor: services.report_value(
        actor=actor,
        indicator=indicator,
        unit=home,
        fiscal_year=YEAR,
        effective_on=DAY,
        amount=Decimal(40),
        base=Decimal(50),
        now=NOW,
    )


@act(services.complete_step, ("reporting.complete_step", "reporting.stepcompletion"), own=WRITERS)
def _complete_step(home: Unit) -> Call:
    indicator = builders.indicator(home, formula=builders.STEPS)
    return lambda actor: services.complete_step(
        actor=actor, indicator=indicator, unit=home, step="1", effective_on=DAY, now=NOW
    )


@act(
    services.link_project,
    ("reporting.link_project", "reporting.indicatorproject"),
    own=[Role.REPORTER, Role.STRATEGY_ADMINISTRATOR],
)
def _link_project(home: Unit) -> Call:
    indicator, project = builders.indicator(home), builders.bureau_project(home)
    return lambda actor: services.link_project(actor=actor, indicator=indicator, project=project, now=NOW)
