"""The rows of a kind as they stand today, as a file that can come back."""

from datetime import datetime
from typing import IO

from lakthan.apps.people.selectors import unit_by_code
from lakthan.exchange.sheets.kinds import Asked, Kind
from lakthan.exchange.sheets.writing import write_csv, write_workbook
from lakthan.rules.permissions import Actor, reach, require


def write_today(into: IO[bytes], *, actor: Actor, kind: Kind, asked: Asked, now: datetime, as_csv: bool = False) -> int:
    """Write the rows that the actor may change, and give how many they were.

    Raises:
        Refused: the actor may not change records of this kind, or not those of the district asked for.
        NotFound: there is no such district.
    """
    subject = []
    if asked.district:
        unit = unit_by_code(asked.district, asked.today)
        require(actor, kind.action, str(unit.pk))
        subject.append(unit.name_th)
    elif reach(actor, kind.action) == frozenset():
        require(actor, kind.action)
    if kind.by_year:
        subject.append(asked.fiscal_year.label_th)
    rows = kind.today(actor, asked)
    if as_csv:
        return write_csv(into, kind, rows)
    return write_workbook(into, kind, rows, " · ".join(subject), now)
