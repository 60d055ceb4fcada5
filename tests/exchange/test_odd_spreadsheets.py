"""Officials' habits: the same rows are read however a sheet is decorated, and each cell however it is typed."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from lakthan.core.dates import format_date
from lakthan.core.digits import to_thai
from lakthan.core.errors import UserError
from lakthan.exchange.kinds.plans import PLANS
from lakthan.exchange.sheets import cells
from lakthan.exchange.sheets.cells import Value, clean, same
from lakthan.exchange.sheets.records import read_records
from lakthan.exchange.sheets.tables import read_tables

Rows = list[dict[str, Value]]
WORDS = st.text("กขคงชมนรสอ าิีุู่้ABCxyz()/", min_size=1, max_size=20).map(clean).filter(bool)
DAYS = st.dates(date(2010, 1, 1), date(2030, 12, 31))
PROJECT = st.fixed_dictionaries(
    {
        "community_code": st.integers(1, 9999).map(lambda number: f"5026-{number:04}"),
        "adopted_on": DAYS,
        "valid_until": st.none() | DAYS,
        "number": st.none() | st.integers(1, 9999),
        "name": st.none() | WORDS,
        "field": st.none() | st.sampled_from(["physical", "economy", "mind"]),
        "way": st.none() | st.sampled_from(["itself", "with-support", "by-district"]),
        "problem": st.none() | WORDS,
        "estimate": st.none()
        | st.integers(0, 10**9).map(lambda satang: (Decimal(satang) / 100).quantize(Decimal("0.01"))),
        "priority": st.none() | st.integers(1, 999),
    }
)


def _typed_day(draw: Any, day: date) -> object:
    ways = ["long", "short", "numeric"]
    thai = format_date(day, "th", draw(st.sampled_from(ways)))  # type: ignore[arg-type]
    choices: list[object] = [thai, to_thai(thai), f" {thai}  ", day, day.isoformat()]
    if not (day.month == 2 and day.day == 29):
        choices.append(day.replace(year=day.year + 543))
    return draw(st.sampled_from(choices))


def _typed(draw: Any, key: str, value: Value) -> object:
    """A value in one of the ways in which people type it."""
    if value is None:
        return draw(st.sampled_from([None, "", "  ", "-", " – ", "\u200b"]))
    if isinstance(value, date):
        return _typed_day(draw, value)
    if isinstance(value, Decimal):
        grouped = f"{value:,.2f}"
        return draw(st.sampled_from([float(value), str(value), grouped, to_thai(grouped), f"{grouped} บาท"]))
    if isinstance(value, int):
        return draw(st.sampled_from([value, str(value), to_thai(str(value)), f" {value} ", float(value)]))
    words = {"field": PLANS.column("field").names, "way": PLANS.column("way").names}.get(key)
    if words:
        return draw(st.sampled_from([value, *words[value], f" {words[value][0]} "]))
    return draw(st.sampled_from([value, f"  {value} ", f"{value}\u00a0", value.replace(" ", "  ")]))


def _heading(draw: Any, key: str) -> str:
    column = PLANS.column(key)
    names = [column.key, column.th, column.en, column.heading, f"{column.th}\n{column.en}", f" {column.th} * "]
    return str(draw(st.sampled_from(names)))


@st.composite
def decorated(draw: Any) -> tuple[Rows, bytes]:
    """Rows, and a workbook that says the same with titles, blank lines, merged cells, totals and other sheets."""
    rows = draw(st.lists(PROJECT, min_size=1, max_size=5))
    keys = draw(st.permutations(list(rows[0])))
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    left = draw(st.integers(0, 2))
    for number in range(draw(st.integers(0, 3))):
        sheet.append([f"แผนพัฒนาชุมชน ปี 256{number}"])
        sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=5)
    top = sheet.max_row + 1 + draw(st.integers(0, 1)) if sheet.max_row > 1 or sheet["A1"].value else 1
    last = top + _write_headings(draw, sheet, keys, top, left)
    for row in rows:
        last += 1 + draw(st.integers(0, 2))
        for place, key in enumerate(keys, start=left + 1):
            sheet.cell(last, place).value = _typed(draw, key, row[key])
    if draw(st.booleans()):
        sheet.cell(last + 2, 1).value = draw(st.sampled_from(["รวม", "รวมทั้งสิ้น :", "Total"]))
        sheet.cell(last + 2, left + len(keys) + 2).value = 123
    if draw(st.booleans()):
        book.create_sheet("บันทึก").append(["อย่าลืมส่งภายในวันศุกร์"])
    if draw(st.booleans()):
        _hidden_copy(book, keys)
    into = BytesIO()
    book.save(into)
    return rows, into.getvalue()


def _write_headings(draw: Any, sheet: Any, keys: Sequence[str], top: int, left: int) -> int:
    """Headings on one row, or on two with merged cells; gives how many rows more than one."""
    grouped = draw(st.booleans())
    for place, key in enumerate(keys, start=left + 1):
        merged = grouped and draw(st.booleans())
        sheet.cell(top if merged or not grouped else top + 1, place).value = _heading(draw, key)
        if merged:
            sheet.merge_cells(start_row=top, end_row=top + 1, start_column=place, end_column=place)
    return int(grouped)


def _hidden_copy(book: Workbook, keys: Sequence[str]) -> None:
    sheet = book.create_sheet("สำเนา")
    sheet.append(list(keys))
    sheet.sheet_state = "hidden"


@settings(max_examples=120, deadline=None)
@given(decorated())
def test_the_same_rows_are_read_whatever_the_decoration(case: tuple[Rows, bytes]) -> None:
    _hold(case)


@pytest.mark.soak
@settings(max_examples=3_000, deadline=None)
@given(decorated())
def test_the_same_rows_are_read_of_thousands_of_spreadsheets(case: tuple[Rows, bytes]) -> None:
    _hold(case)


def _hold(case: tuple[Rows, bytes]) -> None:
    rows, content = case
    read = read_records(PLANS, read_tables(content, "file.xlsx"))
    assert read.refused == []
    assert [dict(record.values) for record in read.records] == rows


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1 ต.ค. 2562", date(2019, 10, 1)),
        ("01/10/2562", date(2019, 10, 1)),
        ("๑ ตุลาคม ๒๕๖๒", date(2019, 10, 1)),
        ("วันอังคารที่ 1 ตุลาคม พ.ศ. 2562", date(2019, 10, 1)),
        (date(2019, 10, 1), date(2019, 10, 1)),
        (date(2562, 10, 1), date(2019, 10, 1)),
        ("-", None),
        (None, None),
    ],
)
def test_a_day_is_read_as_officials_write_it(typed: Any, day: date | None) -> None:
    assert cells.day(typed).value == day


@pytest.mark.parametrize("typed", [Decimal(43739), "31 ก.พ. 2563", "เร็ว ๆ นี้", True])
def test_what_is_no_day_is_refused(typed: Any) -> None:
    with pytest.raises(UserError):
        cells.day(typed)


def test_a_wrong_weekday_is_doubted_and_the_day_taken() -> None:
    reading = cells.day("วันจันทร์ที่ 1 ตุลาคม 2562")
    assert reading.value == date(2019, 10, 1)
    assert "Tuesday" in reading.doubts[0][1]


@pytest.mark.parametrize(("typed", "year"), [("ปีงบประมาณ ๒๕๖๓", 2563), (Decimal(2563), 2563), ("พ.ศ. 2563", 2563)])
def test_a_fiscal_year_is_read_with_words_before_it(typed: Any, year: int) -> None:
    assert cells.fiscal_year(typed).value == year


@given(st.text(max_size=40))
def test_spaces_and_marks_of_none_are_no_change(text: str) -> None:
    assert same(text, f"  {text} \u00a0")
    assert same(None, "-")
    assert same("", None)
