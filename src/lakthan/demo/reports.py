"""The draft year report of the reference indicator in our own words, so that the city has a paper to print."""

import tomllib
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import Any

from lakthan.apps.reporting.selectors import assignment_of
from lakthan.apps.reporting.services.writing import write_quarter_report, write_year_report
from lakthan.demo.stage import YEAR, Stage, moment
from lakthan.rules.permissions import Role

DAYS_AFTER_QUARTER, DAYS_AFTER_YEAR = 5, 8
"""When the reporter writes, counted from the last day of the period."""


def write(stage: Stage) -> None:
    """The four quarters and the year, each written just after its period."""
    actor = stage.actors[Role.REPORTER]
    assignment = assignment_of("2100-0001", YEAR)
    written = _read()
    for part in written["quarters"]:
        last_day = YEAR.quarter(part["quarter"]).last_day
        now = moment(_days_after(last_day, DAYS_AFTER_QUARTER))
        write_quarter_report(actor=actor, assignment=assignment, now=now, **_without_outer_lines(part))
    now = moment(_days_after(YEAR.last_day, DAYS_AFTER_YEAR))
    write_year_report(actor=actor, assignment=assignment, now=now, **_without_outer_lines(written["year"]))


def _read() -> dict[str, Any]:
    return tomllib.loads(files("lakthan.demo").joinpath("data/year_report.toml").read_text("utf-8"))


def _without_outer_lines(part: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.strip() if isinstance(value, str) else value for name, value in part.items()}


def _days_after(day: date, days: int) -> date:
    return date.fromordinal(day.toordinal() + days)
