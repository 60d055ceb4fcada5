"""`lakthan figure`: an indicator computed from records."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import click

from lakthan.apps.reporting.selectors import figure_answer
from lakthan.apps.reporting.shapes import FigureAnswer
from lakthan.apps.reporting.snapshots import certified_answer
from lakthan.cli.django import require_migrated
from lakthan.cli.language import either
from lakthan.cli.options import as_of_option, fiscal_year_option, json_option, quarter_option
from lakthan.cli.output import Json, print_json
from lakthan.core.figure import Figure, Member, Number
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.eligibility import Basis
from lakthan.rules.formula.dimensions import Dimension


@click.command()
@click.argument("code")
@fiscal_year_option
@quarter_option
@as_of_option
@click.option("--district", metavar="CODE", help="Code of a district, 5001 to 5050: its part of the figure.")
@click.option("--by", type=click.Choice([item.value for item in Dimension]), help="Also the parts by this dimension.")
@click.option(
    "--basis",
    type=click.Choice([item.value for item in Basis]),
    help="Which communities are counted: all registered ones, or the eligible ones.",
)
@json_option
def command(
    code: str,
    fiscal_year: FiscalYear,
    quarter: int,
    as_of: date | None,
    district: str | None,
    by: str | None,
    basis: str | None,
    as_json: bool,
) -> None:
    """Compute indicator CODE from records, as of a quarter's cut-off or another day."""
    require_migrated()
    answer = figure_answer(
        code,
        fiscal_year.quarter(quarter),
        as_of=as_of,
        district=district,
        basis=None if basis is None else Basis(basis),
        by=by,
    )
    if not (as_of or district or basis or by):
        answer = certified_answer(answer)
    if as_json:
        print_json(document(answer, by))
    else:
        click.echo("\n".join(lines(answer)))


def document(answer: FigureAnswer, by: str | None) -> Json:
    """The answer in the shape of the contract; `by` and `parts` stand only where they were asked for."""
    selected, figure = answer.selected, answer.selected.figure
    told: dict[str, Any] = {
        "indicator": answer.indicator.code,
        "unit": answer.unit_code,
        "fiscal_year": answer.fiscal_year.be,
        "quarter": selected.quarter.number,
        "as_of": selected.as_of,
        "kind": answer.kind,
        "status": "certified" if answer.selected.certified_on else "live",
        **_values(figure),
        "target": None if selected.target is None else f"{selected.target:.2f}",
        "met": selected.met,
        "reason": None if figure.reason is None else figure.reason.value,
        "sentence_th": answer.sentence_th,
        "sentence_en": answer.sentence_en,
        "counted": _members(figure.counted),
        "not_counted": _members(figure.not_counted),
    }
    if by is not None:
        told["by"] = by
        told["parts"] = [
            {"code": part.code, "name_th": part.name_th, "name_en": part.name_en, **_values(part.figure)}
            for part in answer.parts
        ]
    return told


def _values(figure: Figure) -> dict[str, Json]:
    return {
        "numerator": _number(figure.numerator),
        "denominator": _number(figure.denominator),
        "value": None if figure.value is None else f"{figure.value:.{max(figure.decimals, 2)}f}",
    }


def _number(number: Number | None) -> int | str | None:
    """Counts are integers; money and reported values are text with two decimals."""
    return number if number is None or isinstance(number, int) else f"{number:.2f}"


def _members(members: Sequence[Member]) -> list[Json]:
    return [
        {"code": member.code, "name_th": member.name_th, "name_en": member.name_en, "facts": member.facts}
        for member in members
    ]


def lines(answer: FigureAnswer) -> list[str]:
    """The answer for a person at a terminal."""
    selected, figure = answer.selected, answer.selected.figure
    value = "-" if figure.value is None else str(figure.value)
    pair = "" if figure.denominator is None else f" ({_number(figure.numerator)} / {_number(figure.denominator)})"
    told = [
        either(
            f"{answer.indicator.code} {answer.indicator.name_th}", f"{answer.indicator.code} {answer.indicator.name_en}"
        ),
        either(
            f"ไตรมาสที่ {selected.quarter.number} ณ {selected.as_of}",
            f"Quarter {selected.quarter.number}, as of {selected.as_of}",
        ),
        f"{value}{pair}",
        either(f"เป้าหมาย {_target(selected.target)}", f"Target {_target(selected.target)}") + _met(selected.met),
        either(answer.sentence_th, answer.sentence_en),
    ]
    if figure.not_counted:
        names = ", ".join(either(member.name_th, member.name_en) for member in figure.not_counted[:20])
        told.append(
            either(f"ยังไม่นับ {len(figure.not_counted)}: {names}", f"Not counted, {len(figure.not_counted)}: {names}")
        )
    return told


def _target(target: Decimal | None) -> str:
    return "-" if target is None else f"{target:.2f}"


def _met(met: bool | None) -> str:
    match met:
        case True:
            return either(" บรรลุ", ": met")
        case False:
            return either(" ยังไม่บรรลุ", ": not met")
    return ""
