"""Options that several verbs share, read by the rules of `core`."""

from datetime import date

import click

from lakthan.cli.language import current
from lakthan.cli.output import note
from lakthan.core.dates import parse_date
from lakthan.core.digits import to_arabic
from lakthan.core.errors import UserError
from lakthan.core.fiscal import FiscalYear


def _whole_number(text: str, what_th: str, what_en: str, example: str) -> int:
    digits = to_arabic(text.strip())
    if not (digits.isascii() and digits.isdigit()):
        raise UserError(
            f"“{text}” ไม่ใช่{what_th} ให้พิมพ์เป็นตัวเลข เช่น {example}",
            f"“{text}” is not a {what_en}; write a number, for example {example}",
        )
    return int(digits)


class FiscalYearType(click.ParamType[FiscalYear]):
    """A fiscal year by its B.E. number, in Thai or Arabic digits."""

    name = "B.E. year"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> FiscalYear:
        """Read it. Raises `UserError`."""
        if isinstance(value, FiscalYear):
            return value
        return FiscalYear(_whole_number(str(value), "ปีงบประมาณ", "fiscal year", "2563"))


class QuarterNumberType(click.ParamType[int]):
    """The number of a quarter, 1 to 4."""

    name = "1-4"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read it. Raises `UserError`."""
        number = _whole_number(str(value), "ไตรมาส", "quarter", "3")
        if not 1 <= number <= 4:
            raise UserError(
                f"ไม่มีไตรมาสที่ {number} ไตรมาสมีตั้งแต่ 1 ถึง 4", f"There is no quarter {number}; quarters are 1 to 4."
            )
        return number


class DateType(click.ParamType[date]):
    """A date in any form that `core.dates` reads; what had to be understood is told on stderr."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read it. Raises `UserError`."""
        if isinstance(value, date):
            return value
        parsed = parse_date(str(value))
        for told in parsed.notes:
            note(told.th if current() == "th" else told.en)
        return parsed.date


fiscal_year_option = click.option(
    "--fiscal-year", type=FiscalYearType(), required=True, help="Fiscal year of the Buddhist Era: 2563."
)
quarter_option = click.option("--quarter", type=QuarterNumberType(), required=True, help="Quarter of the fiscal year.")
as_of_option = click.option(
    "--as-of", type=DateType(), help="Day the figure is as of: 2020-06-30 or 30 มิ.ย. 2563. Default: the cut-off."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON alone on stdout.")
