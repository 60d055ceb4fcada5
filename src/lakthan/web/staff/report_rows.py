"""The rows of the list of reports, with all words ready: five hundred cells leave a template little to do."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from lakthan.apps.reporting.listed import ReportCell, ReportRow
from lakthan.core.digits import format_number
from lakthan.core.figure import Operator
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.workflow import State
from lakthan.web.quarters import Standing
from lakthan.web.staff.report_filters import standing_of
from lakthan.web.wording import NO_VALUES, OPERATORS, PAPER_STATES, STANDINGS

SOME_CODE = "0000-0000"
"""Stands for a code in an address that is made once for all rows."""


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell in words."""

    address: str
    value: str
    """Empty where there is none."""
    standing: Standing
    standing_words: str
    """Of what has no value, why."""
    state: State
    state_words: str
    progress: int | None


@dataclass(frozen=True, slots=True)
class RowView:
    """A row with its cells in words."""

    row: ReportRow
    target: str
    """Of the year, with its operator; empty where none is set."""
    cells: tuple[CellView, ...]


def row_views(rows: Iterable[ReportRow], fiscal_year: FiscalYear) -> list[RowView]:
    """The rows of one page."""
    words = {standing: str(text) for standing, text in STANDINGS.items()}
    states = {state: str(text) for state, text in PAPER_STATES.items()}
    patterns = _addresses(fiscal_year)
    return [
        RowView(
            row,
            _target(row),
            tuple(
                CellView(
                    _address(pattern, row),
                    _value(cell),
                    (standing := standing_of(cell)),
                    _why(cell, words[standing]),
                    cell.state,
                    states[cell.state],
                    cell.progress,
                )
                for cell, pattern in zip(row.cells, patterns, strict=True)
            ),
        )
        for row in rows
    ]


def _addresses(fiscal_year: FiscalYear) -> list[str]:
    quarters = [reverse("work-quarter", args=(SOME_CODE, fiscal_year, number)) for number in (1, 2, 3, 4)]
    return [*quarters, reverse("work-year", args=(SOME_CODE, fiscal_year))]


def _address(pattern: str, row: ReportRow) -> str:
    address = pattern.replace(SOME_CODE, row.code)
    return address if row.is_owner else f"{address}?unit={row.unit}"


def _value(cell: ReportCell) -> str:
    figure = cell.figure.figure
    return "" if figure.value is None else format_number(figure.value, figure.decimals)


def _why(cell: ReportCell, words: str) -> str:
    reason = cell.figure.figure.reason
    return words if reason is None else str(NO_VALUES[reason])


def _target(row: ReportRow) -> str:
    """The target that holds for the year; thousands grouped, with as many decimals as it needs."""
    shown = row.cells[-1].figure
    if shown.target is None:
        return ""
    number = format_number(shown.target, 4).rstrip("0").rstrip(".")
    return (
        number
        if shown.operator is Operator.AT_LEAST
        else _("%(operator)s %(number)s")
        % {
            "operator": OPERATORS[shown.operator],
            "number": number,
        }
    )
