"""The certified reports of the reference indicator in our own words, so that the city has papers to show."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any

from lakthan.apps.reporting.models import Report
from lakthan.apps.reporting.selectors import assignment_of
from lakthan.apps.reporting.services.workflow import accept_report, certify_report, endorse_report, submit_report
from lakthan.apps.reporting.services.writing import write_quarter_report, write_year_report
from lakthan.demo.stage import YEAR, Stage, moment
from lakthan.rules.permissions import Role

DAYS_AFTER_QUARTER, DAYS_AFTER_YEAR = 5, 8
"""When the reporter writes, counted from the last day of the period."""
LIFE: Sequence[tuple[Role, Callable[..., Report]]] = (
    (Role.UNIT_HEAD, endorse_report),
    (Role.UNIT_HEAD, submit_report),
    (Role.REVIEWER, accept_report),
    (Role.CERTIFIER, certify_report),
)
"""Who takes which step after the reporter, an hour after the one before."""


def write(stage: Stage) -> None:
    """The four quarters and the year, each written and certified just after its period."""
    actor = stage.actors[Role.REPORTER]
    assignment = assignment_of("2100-0001", YEAR)
    written = _read()
    for part in written["quarters"]:
        last_day = YEAR.quarter(part["quarter"]).last_day
        now = moment(_days_after(last_day, DAYS_AFTER_QUARTER))
        report = write_quarter_report(actor=actor, assignment=assignment, now=now, **_without_outer_lines(part))
        _certify(stage, report, now)
    now = moment(_days_after(YEAR.last_day, DAYS_AFTER_YEAR))
    report = write_year_report(actor=actor, assignment=assignment, now=now, **_without_outer_lines(written["year"]))
    _certify(stage, report, now)


def _certify(stage: Stage, report: Report, written: datetime) -> None:
    """Bring a report from its draft to its certification, on the day on which it was written."""
    for hours, (role, take) in enumerate(LIFE, start=1):
        take(actor=stage.actors[role], report=report, now=written + timedelta(hours=hours))


def _read() -> dict[str, Any]:
    return tomllib.loads(files("lakthan.demo").joinpath("data/year_report.toml").read_text("utf-8"))


def _without_outer_lines(part: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.strip() if isinstance(value, str) else value for name, value in part.items()}


def _days_after(day: date, days: int) -> date:
    return date.fromordinal(day.toordinal() + days)
