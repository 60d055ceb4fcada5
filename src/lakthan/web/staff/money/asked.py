"""What the address of a page of money asks for: the fiscal year and the day as of which it is shown."""

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from lakthan.apps.people.selectors import today
from lakthan.core.dates import parse_date
from lakthan.core.errors import NotFound, UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.entry import refuse_future
from lakthan.web.errors import sentence


@dataclass(frozen=True, slots=True)
class AskedMoney:
    """A year, where one is asked for; a day, today where none is asked for or it cannot be."""

    year: FiscalYear | None
    on: date
    typed: str
    """The day as it was typed; empty where none was."""
    wrong: str
    """Why what was typed is no day that can be shown."""

    @property
    def is_of_today(self) -> bool:
        """Whether the page shows the present."""
        return not self.typed or bool(self.wrong)


def asked_money(query: QueryDict) -> AskedMoney:
    """Read `?fiscal-year=2563&as-of=30/6/2563`.

    Raises:
        NotFound: there is no such fiscal year.
    """
    here, typed = today(), query.get("as-of", "").strip()
    year = query.get("fiscal-year", "")
    try:
        on = parse_date(typed, century="be").date if typed else here
        refuse_future(on, here)
    except UserError as error:
        return AskedMoney(_year(year), here, typed, sentence(error))
    return AskedMoney(_year(year), on, typed, "")


def _year(typed: str) -> FiscalYear | None:
    if not typed:
        return None
    try:
        return FiscalYear(int(typed))
    except ValueError as error:
        raise NotFound(
            f"ไม่มีปีงบประมาณ “{typed[:20]}” ใช้ปี พ.ศ. สี่หลัก เช่น 2563",
            f"There is no fiscal year “{typed[:20]}”; write four digits of a B.E. year, such as 2563.",
        ) from error
