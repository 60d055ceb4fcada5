"""The list of reports as a sheet of a workbook: values, states and progress in columns of their own."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from lakthan.apps.reporting.listed import ListedReports, ReportRow
from lakthan.exchange.workbooks import Column, Sheet, Value
from lakthan.web.staff.desk.wording import CLASSES
from lakthan.web.staff.report_filters import PLACES, YEAR, Filters, standing_of
from lakthan.web.wording import PAPER_STATES, STANDINGS, in_language


def report_sheet(listed: ListedReports, filters: Filters, rows: Sequence[ReportRow]) -> Sheet:
    """All rows that the address asks for; a cell without a value stays empty."""
    year = listed.fiscal_year.be
    lines = [_("Reports of fiscal year %(year)s") % {"year": year}]
    if filters:
        lines.append(_("%(shown)s of %(total)s rows, as chosen") % {"shown": len(rows), "total": len(listed.rows)})
    return Sheet(str(year), lines, [*_fixed(), *_of_places()], (_row(row) for row in rows), key_columns=2)


def _fixed() -> list[Column]:
    return [
        Column(_("Code"), 12),
        Column(_("Indicator"), 60),
        Column(_("Unit"), 30),
        Column(_("Class"), 14),
        Column(_("Unit of measure"), 12),
        Column(_("Target"), 10, "#,##0.00"),
    ]


def _of_places() -> Iterator[Column]:
    for place in PLACES:
        name = _("Year") if place == YEAR else _("Q%(number)s") % {"number": place}
        yield Column(f"{name} · {_('Value')}", 12, "#,##0.00")
        yield Column(f"{name} · {_('Result')}", 16)
        yield Column(f"{name} · {_('State')}", 18)
        if place != YEAR:
            yield Column(f"{name} · {_('Progress, percent')}", 10)


def _row(row: ReportRow) -> list[Value]:
    values: list[Value] = [
        row.code,
        in_language(row.name_th, row.name_en),
        in_language(row.unit_th, row.unit_en),
        str(CLASSES[row.classification]),
        in_language(row.measure_th, row.measure_en),
        row.cells[-1].figure.target,
    ]
    for place, cell in zip(PLACES, row.cells, strict=True):
        standing = str(STANDINGS[standing_of(cell)])
        values += [cell.figure.figure.value, standing, str(PAPER_STATES[cell.state])]
        if place != YEAR:
            values.append(cell.progress)
    return values
