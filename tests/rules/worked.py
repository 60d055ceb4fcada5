"""The worked examples of docs/formulas.md, read from the page itself."""

import json
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from lakthan.core.figure import Figure
from lakthan.rules.eligibility import CommitteeJudgement, CommunityHistory, Status, StatusChange
from lakthan.rules.facts import CommunityMember, District, DistrictGroup, Fact, FactBook, FactKind

PAGE = Path(__file__).resolve().parents[2] / "docs" / "formulas.md"

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class WorkedFormula:
    """One formula of the page: its data, its two sentences, and its figures."""

    name: str
    indicator: str
    data: dict[str, Any]
    sentences: tuple[str, ...]
    figures: tuple[Row, ...]


@cache
def sections() -> dict[str, str]:
    """Heading -> the text under it, up to the next heading of any level."""
    parts = re.split(r"^#+ (.+)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def table(heading: str) -> list[Row]:
    """The rows of the first table under a heading, by the names of their columns."""
    lines = [line for line in sections()[heading].splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [dict(zip(cells[0], row, strict=True)) for row in cells[2:]]


def worked_formulas() -> list[WorkedFormula]:
    """All formulas of the page, in order."""
    return [_formula(heading, text) for heading, text in sections().items() if "```json" in text]


def _formula(heading: str, text: str) -> WorkedFormula:
    name, _, indicator = heading.partition(" (")
    data = re.search(r"```json\n(.+?)\n```", text, re.DOTALL)
    assert data is not None
    sentences = tuple(re.findall(r"^> (.+)$", text, re.MULTILINE))
    return WorkedFormula(name, indicator.rstrip(")"), json.loads(data[1]), sentences, tuple(table(heading)))


@cache
def worked_book() -> FactBook:
    """The worked city."""
    return FactBook(
        tuple(District(**row) for row in table("Worked districts")),
        tuple(_community(row) for row in table("Worked communities")),
        tuple(_fact(row) for row in table("Worked facts")),
        tuple(DistrictGroup(**row) for row in table("Worked groups")),
    )


def _community(row: Row) -> CommunityMember:
    code = row["code"]
    statuses = tuple(StatusChange(day, Status(word)) for day, word in _dated(row["statuses"]))
    judgements = tuple(CommitteeJudgement(day, word == "able") for day, word in _dated(row["judgements"]))
    return CommunityMember(
        code, f"ชุมชน {code}", f"Community {code}", row["unit"], row["type"], CommunityHistory(statuses, judgements)
    )


def _dated(cell: str) -> list[tuple[date, str]]:
    """`2018-01-01 registered, 2020-03-01 dissolved` as pairs."""
    pairs = [entry.split() for entry in cell.split(",") if entry.strip()]
    return [(date.fromisoformat(day), word) for day, word in pairs]


def _fact(row: Row) -> Fact:
    return Fact(
        id=row["id"],
        kind=FactKind(row["kind"]),
        unit=row["unit"],
        effective_on=date.fromisoformat(row["effective_on"]),
        ended_on=date.fromisoformat(row["ended_on"]) if row["ended_on"] else None,
        community=row["community"] or None,
        fiscal_year=int(row["booked to"]) if row["booked to"] else None,
        amount=number(row["amount"]),
        base=number(row["base"]),
        indicator=row["indicator"] or None,
        attributes=dict(pair.split("=") for pair in row["attributes"].split()),
    )


def number(cell: str) -> Decimal | None:
    """A number of a table; None where the cell is empty."""
    return Decimal(cell) if cell else None


def shown_value(figure: Figure) -> str:
    """A figure's value as the tables show it."""
    return f"no value: {figure.reason}" if figure.reason else str(figure.value)
