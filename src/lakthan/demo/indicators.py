"""Six indicators, one for each way of computing, and what units report for those that no register holds."""

from datetime import date
from decimal import Decimal

from lakthan.apps.indicators.models import Assignment, Indicator
from lakthan.apps.indicators.services import Goal, Words, add_definition, assign, define_indicator
from lakthan.apps.planning.models import Project
from lakthan.apps.reporting.services.periods import open_period
from lakthan.apps.reporting.services.values import complete_step, link_project, report_value
from lakthan.demo.stage import YEAR, Stage, moment
from lakthan.demo.texts import INDICATORS, IndicatorText
from lakthan.rules.permissions import Role

DEFINED_ON = date(2019, 9, 16)
CLASSES = {
    "2100-0001": Assignment.Class_.STRATEGIC,
    "2100-0002": Assignment.Class_.STRATEGIC,
    "2100-0003": Assignment.Class_.ROUTINE,
    "2100-0004": Assignment.Class_.ROUTINE,
    "2100-0005": Assignment.Class_.NEGOTIATED,
    "2100-0006": Assignment.Class_.NEGOTIATED,
}
STEPS_DONE = [
    ("1", date(2019, 11, 12)),
    ("2", date(2020, 1, 20)),
    ("3", date(2020, 6, 26)),
    ("4", date(2020, 9, 25)),
]


def define(stage: Stage) -> dict[str, Indicator]:
    """Define and assign the indicators before the fiscal year begins, and open its four periods."""
    indicators = {text.code: _define(stage, text) for text in INDICATORS}
    for quarter in YEAR.quarters:
        open_period(
            actor=stage.actors[Role.STRATEGY_ADMINISTRATOR],
            quarter=quarter,
            opens_on=quarter.last_day.replace(day=10),
            deadline_on=date.fromordinal(quarter.last_day.toordinal() + 10),
            now=moment(DEFINED_ON),
        )
    return indicators


def _define(stage: Stage, text: IndicatorText) -> Indicator:
    actor, now = stage.actors[Role.STRATEGY_ADMINISTRATOR], moment(DEFINED_ON)
    indicator = define_indicator(
        actor=actor,
        code=text.code,
        unit=stage.bureau,
        name_th=text.name_th,
        name_en=text.name_en,
        level=Indicator.Level(text.level),
        nodes=[stage.nodes["phase2_2561-2565", "5.2.1"]],
        now=now,
    )
    definition = add_definition(
        actor=actor,
        indicator=indicator,
        formula=text.formula,
        words=Words(text.terms_th, text.terms_en, text.method_th, text.method_en, text.unit_th, text.unit_en),
        now=now,
    )
    goal = Goal(target=Decimal(text.target), classification=CLASSES[text.code], weight=Decimal(text.weight))
    assign(
        actor=actor,
        indicator=indicator,
        definition=definition,
        unit=stage.bureau,
        fiscal_year=YEAR,
        goal=goal,
        collector=stage.bureau,
        now=now,
    )
    return indicator


def feed(stage: Stage, indicators: dict[str, Indicator], project: Project) -> None:
    """Link the project, complete the steps, and let the districts report."""
    reporter = stage.actors[Role.REPORTER]
    for indicator in indicators.values():
        link_project(actor=reporter, indicator=indicator, project=project, now=moment(date(2019, 11, 15)))
    for step, day in STEPS_DONE:
        complete_step(
            actor=reporter,
            indicator=indicators["2100-0005"],
            unit=stage.bureau,
            step=step,
            effective_on=day,
            document=f"บันทึกขั้นตอนที่ {step} (สาธิต)",
            now=moment(day),
        )
    _report_satisfaction(stage, indicators["2100-0006"])


def _report_satisfaction(stage: Stage, indicator: Indicator) -> None:
    """Twelve districts report in the second quarter, more in each later one, and six never do."""
    for number, (code, unit) in enumerate(stage.districts.items()):
        if number % 8 == 7:
            continue
        first = 2 if number < 14 else 3 if number < 32 else 4
        for quarter in range(first, 5):
            day = YEAR.quarter(quarter).last_day.replace(day=20)
            asked = len(stage.communities[code]) * quarter * 4
            report_value(
                actor=stage.actors[code],
                indicator=indicator,
                unit=unit,
                fiscal_year=YEAR,
                effective_on=day,
                amount=Decimal(asked - stage.dice.randint(0, asked // 4)),
                base=Decimal(asked),
                now=moment(day),
            )
