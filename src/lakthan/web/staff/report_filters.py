"""Which reports the address of the list asks for."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from lakthan.apps.reporting.listed import ReportCell, ReportRow
from lakthan.core.thai import fold
from lakthan.web.quarters import QuarterView, Standing

YEAR = "year"
PLACES = ("1", "2", "3", "4", YEAR)
"""The cells of a row as the address names them."""
LONGEST_TEXT = 100


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks to see; empty texts ask for nothing. State and result are those of one cell of a row."""

    text: str
    unit: str
    kind: str
    branch: str
    class_: str
    state: str
    result: str
    place: str
    """One of `PLACES`."""

    @classmethod
    def of(cls, query: QueryDict, rows: Sequence[ReportRow]) -> "Filters":
        """From the query of the address; where it names no quarter, the last that has begun."""
        named = query.get("quarter", "")
        return cls(
            text=query.get("text", "").strip()[:LONGEST_TEXT],
            unit=query.get("unit", ""),
            kind=query.get("kind", ""),
            branch=query.get("branch", ""),
            class_=query.get("class", ""),
            state=query.get("state", ""),
            result=query.get("result", ""),
            place=named if named in PLACES else _begun(rows),
        )

    def __bool__(self) -> bool:
        """Whether anything is left out."""
        return any((self.text, self.unit, self.kind, self.branch, self.class_, self.state, self.result))

    def found(self, rows: Sequence[ReportRow]) -> list[ReportRow]:
        """The rows that are asked for, whatever their state and result."""
        wanted = fold(self.text)
        return [
            row
            for row in rows
            if self.unit in ("", str(row.unit))
            and self.kind in ("", row.unit_kind)
            and self.class_ in ("", row.classification)
            and (not self.branch or any(self.branch == branch.id for branch in row.branches))
            and (not wanted or wanted in _words(row))
        ]

    def shown(self, rows: Sequence[ReportRow]) -> list[ReportRow]:
        """Of found rows those whose state and result are asked for too."""
        if not self.state and not self.result:
            return list(rows)
        return [row for row in rows if self._has_state_and_result(self.cell(row))]

    def _has_state_and_result(self, cell: ReportCell) -> bool:
        return self.state in ("", cell.state) and self.result in ("", standing_of(cell))

    def cell(self, row: ReportRow) -> ReportCell:
        """The cell of the chosen quarter, or of the year."""
        return row.cells[PLACES.index(self.place)]


def standing_of(cell: ReportCell) -> Standing:
    """Met, not met, no value ..."""
    return QuarterView(cell.figure).standing


def _words(row: ReportRow) -> str:
    return fold(f"{row.code} {row.name_th} {row.name_en} {row.unit_th} {row.unit_en} {row.unit_code}")


def _begun(rows: Sequence[ReportRow]) -> str:
    """The last quarter that has begun; the first before the year itself."""
    for row in rows[:1]:
        for place, cell in reversed([*zip(PLACES[:4], row.cells[:4], strict=True)]):
            if standing_of(cell) is not Standing.NOT_DUE:
                return place
    return PLACES[0]
