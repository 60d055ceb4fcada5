"""The rows of a workbook as they are written beside openpyxl: two readers find in them what was given."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from lakthan.exchange.kinds.plans import PLANS
from lakthan.exchange.sheets.cells import Value
from lakthan.exchange.sheets.tables import read_tables
from lakthan.exchange.sheets.writing import ABOVE, write_workbook
from tests.apps.builders import NOW

FIT = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
TEXTS = st.text(FIT, min_size=1, max_size=30).filter(lambda text: text.strip() and "_x" not in text)
ROWS = st.lists(
    st.fixed_dictionaries(
        {"name": TEXTS},
        optional={
            "community": st.none() | TEXTS,
            "problem": st.sampled_from(["=1+1", "+66", "<a&b>\"'", "]]>", " สองบรรทัด\nและเว้นวรรค  ", "-"]),
            "adopted_on": st.dates(date(1950, 1, 1), date(2600, 12, 31)),
            "estimate": st.integers(0, 10**11).map(lambda satang: Decimal(satang) / 100),
            "priority": st.integers(1, 999),
        },
    ),
    min_size=1,
    max_size=5,
)


def written(rows: Sequence[Mapping[str, Value]]) -> bytes:
    into = BytesIO()
    assert write_workbook(into, PLANS, rows, "", NOW) == len(rows)
    return into.getvalue()


def first_row(content: bytes) -> dict[str, Any]:
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    return {column.key: cell for column, cell in zip(PLANS.columns, sheet[ABOVE + 2], strict=True)}


@settings(max_examples=25, deadline=None)
@given(ROWS)
def test_both_readers_find_each_value_in_its_row_and_column(rows: list[dict[str, Value]]) -> None:
    content = written(rows)
    given_cells = [[row.get(column.key) for column in PLANS.columns] for row in rows]
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    by_openpyxl = [
        [cell.date() if isinstance(cell, datetime) else cell for cell in row]
        for row in sheet.iter_rows(min_row=ABOVE + 2, values_only=True)
    ]
    assert [[None if cell is None else str(cell) for cell in row] for row in by_openpyxl] == [
        [None if cell is None else _as_number(cell) for cell in row] for row in given_cells
    ]
    by_calamine = read_tables(content, "file.xlsx")[0].rows[ABOVE:]
    assert [number for number, _ in by_calamine] == list(range(ABOVE + 2, ABOVE + 2 + len(rows)))
    for (_, found), cells in zip(by_calamine, given_cells, strict=True):
        wanted = [Decimal(cell) if isinstance(cell, int) else cell for cell in cells]
        assert [*found, *[None] * (len(cells) - len(found))] == wanted


def _as_number(cell: Value) -> str:
    """As openpyxl gives it back: whole numbers without a fraction."""
    if isinstance(cell, Decimal):
        return str(int(cell)) if "." not in str(cell) else str(float(cell))
    return str(cell)


def test_what_no_workbook_can_hold_is_left_out_and_all_else_stays() -> None:
    cells = first_row(written([{"name": "ก\x00ข\x0b\ud800\uffffค\r\nง"}]))
    assert cells["name"].value == "กขค\r\nง"
    assert first_row(written([{"name": "ก" * 40_000}]))["name"].value == "ก" * 32_767


def test_a_list_shows_its_thai_words_and_days_their_year_of_the_buddhist_era() -> None:
    cells = first_row(written([{"field": "economy", "adopted_on": date(2019, 10, 1), "estimate": Decimal("12.50")}]))
    assert cells["field"].value == "เศรษฐกิจ"
    assert cells["adopted_on"].number_format.startswith("[$-107041E]")
    assert cells["estimate"].number_format == "#,##0.00"
    assert not cells["name"].protection.locked, "an empty cell is free too"


def test_lists_and_filter_reach_to_the_last_row() -> None:
    sheet = load_workbook(BytesIO(written([{"name": "ก"}] * 30))).worksheets[0]
    assert sheet.max_row == ABOVE + 1 + 30
    assert str(sheet.auto_filter.ref).endswith(str(ABOVE + 1 + 30))
    for rule in sheet.data_validations.dataValidation:
        assert str(rule.sqref).endswith(str(ABOVE + 1 + 30 + 1000))


def test_a_workbook_without_rows_is_whole() -> None:
    content = written([])
    assert len(read_tables(content, "file.xlsx")[0].rows) == ABOVE
    assert ZipFile(BytesIO(content)).testzip() is None
