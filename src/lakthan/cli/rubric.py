"""`lakthan rubric`: what the reporting of a fiscal year is scored by, and adopting another."""

import getpass
import json
from pathlib import Path
from typing import Any

import click

from lakthan.apps.people.selectors import operator, present
from lakthan.apps.reporting.rubrics import rubric_data
from lakthan.apps.reporting.services.reviews import adopt_rubric
from lakthan.cli.django import require_migrated
from lakthan.cli.language import current, either
from lakthan.cli.options import fiscal_year_option, json_option
from lakthan.cli.output import note, print_json
from lakthan.core.errors import UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.rubric import Criterion, Rubric, parse_rubric


@click.command()
@fiscal_year_option
@click.option("--adopt", type=click.Path(path_type=Path), help="A rubric as JSON, for this and the later years.")
@json_option
def command(fiscal_year: FiscalYear, adopt: Path | None, as_json: bool) -> None:
    """Show the rubric of a fiscal year, or adopt another from that year on."""
    require_migrated()
    if adopt is not None:
        adopt_rubric(actor=operator(getpass.getuser()), rubric=_read(adopt), first_year=fiscal_year, now=present())
        note(either("บันทึกเกณฑ์แล้ว การตรวจที่เริ่มไปแล้วใช้เกณฑ์เดิม", "Adopted. Reviews that have begun keep the one they had."))
    data = rubric_data(fiscal_year)
    if as_json:
        print_json(data)
    else:
        _tell(parse_rubric(data))


def _read(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(f"อ่านไฟล์ {path} ไม่ได้: {error}", f"The file {path} cannot be read: {error}") from error
    return data if isinstance(data, dict) else {}


def _tell(rubric: Rubric) -> None:
    click.echo(f"{either(rubric.name_th, rubric.name_en)} · {rubric.number}")
    click.echo(either(rubric.remark_th, rubric.remark_en))
    for criterion in rubric.criteria:
        _tell_criterion(criterion)


def _tell_criterion(criterion: Criterion) -> None:
    name = either(criterion.name_th, criterion.name_en)
    click.echo(f"- {name} ({either('น้ำหนัก', 'weight')} {criterion.weight})")
    for step in criterion.steps:
        click.echo(f"  {step.score:>6} {step.name_th if current() == 'th' else step.name_en}")
