"""Every kind goes out as a workbook and comes back: nothing changed is no change, one cell changed is one change."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from lakthan.apps.budget.models import Disbursement
from lakthan.apps.communities.models import Community
from lakthan.apps.ledger.models import Entry
from lakthan.apps.planning.models import CommunityPlan, CommunityProject, Decline, Inclusion
from lakthan.apps.reporting.models import ReportedValue
from lakthan.core.errors import Conflict
from lakthan.exchange.kinds import KINDS
from lakthan.exchange.sheets.exporting import write_today
from lakthan.exchange.sheets.kinds import Asked
from lakthan.rules.permissions import PERMISSIONS, Refused, Role, Scope
from tests.apps import builders
from tests.apps.builders import NOW, ROOT, TODAY, YEAR
from tests.exchange.keeping import ASKED, changed, counts, district, export, filled, give, place

pytestmark = pytest.mark.django_db

ROWS = {"communities": 2, "plans": 3, "decisions": 3, "budget": 2, "values": 1}
CHANGES = {
    "communities": ("sub_district", "แขวงใหม่", "แขวงตัวอย่าง", "แขวงใหม่"),
    "plans": ("estimate", "๑,๒๕๐.๕๐", Decimal("1000.00"), Decimal("1250.50")),
    "decisions": ("budget", 99000, None, Decimal("99000.00")),
    "budget": ("amount", 41.25, Decimal("40.00"), Decimal("41.25")),
    "values": ("amount", 44, Decimal("40.0000"), Decimal(44)),
}
"""Column of the first row, what is typed, and what the change is from and to."""
NEW = {
    "communities": {"bma_agency_code": "ดินแดง 5026", "community": "ชุมชนใหม่", "type": "เคหะชุมชน"},
    "plans": {
        "community_code": "5026-0002",
        "adopted_on": "1/4/2563",
        "valid_until": date(2021, 12, 31),
        "name": "ทางเดินริมคลอง",
        "field": "กายภาพและสิ่งแวดล้อม",
        "way": "by the district",
        "estimate": "-",
    },
    "decisions": {
        "fiscal_year": "ปีงบประมาณ ๒๕๖๓",
        "community_code": "5026-0001",
        "adopted_on": "15 ม.ค. 2563",
        "number": 3,
        "decision": "บรรจุ",
        "item_number": 7,
        "budget": "12,000.-",
        "decided_on": "๑๐ มีนาคม ๒๕๖๓",
        "document": "บันทึก 9/2563",
    },
    "budget": {
        "district_code": "5026",
        "fiscal_year": 2563,
        "letter_number": "กท 1/2563",
        "line": "ส่งคืน",
        "effective_on": "2 มี.ค. 63",
        "amount": "10.-",
        "document": "กท 5/2563",
    },
    "values": {
        "indicator": "5026-0001",
        "unit": 5026,
        "fiscal_year": 2563,
        "effective_on": date(2563, 4, 1),
        "amount": 45,
        "base": 50,
    },
}
NEW["communities"]["bma_agency_code"] = "สำนักงานเขตตัวอย่าง 5026"
"""A new row of each kind, as an official might type it; the last date was typed in B.E. into a cell of days."""


@pytest.fixture(autouse=True)
def home() -> None:
    district()


@pytest.mark.parametrize("kind", KINDS)
def test_a_workbook_that_comes_back_untouched_changes_nothing(kind: str) -> None:
    entries = Entry.objects.count()
    assert counts(give(export(kind), kind).result) == (0, 0, ROWS[kind], 0)
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("kind", KINDS)
def test_it_may_be_saved_by_another_program(kind: str) -> None:
    assert counts(give(changed(export(kind), lambda sheet: None), kind).result) == (0, 0, ROWS[kind], 0)


@pytest.mark.parametrize("kind", KINDS)
def test_as_csv_it_comes_back_too(kind: str) -> None:
    into = BytesIO()
    write_today(into, actor=ROOT, kind=KINDS[kind], asked=ASKED, now=NOW, as_csv=True)
    assert counts(give(into.getvalue(), kind, name="file.CSV").result) == (0, 0, ROWS[kind], 0)


@pytest.mark.parametrize("kind", KINDS)
def test_one_changed_cell_is_one_change_with_before_and_after(kind: str) -> None:
    column, typed, before, after = CHANGES[kind]
    content = filled(kind, {column: typed})
    trial = give(content, kind, dry_run=True)
    assert counts(give(export(kind), kind).result)[1] == 0, "a trial changes nothing"
    outcome = give(content, kind, seen=trial.token)
    assert counts(outcome.result) == (0, 1, ROWS[kind] - 1, 0)
    [line] = [line for line in outcome.lines if line.changes]
    assert [(change.column, change.before, change.after) for change in line.changes] == [(column, before, after)]
    again = give(content, kind)
    assert counts(again.result) == (0, 0, ROWS[kind], 0), "sent again it changes nothing"
    assert counts(give(export(kind), kind).result) == (0, 0, ROWS[kind], 0)


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_row_is_added_once_however_often_it_is_sent(kind: str) -> None:
    content = filled(kind, NEW[kind], row=6 + ROWS[kind])
    if kind == "decisions":  # the project that is not decided yet has its row already
        content = filled(kind, NEW[kind], row=8)
    rows = ROWS[kind] + (kind != "decisions")
    assert counts(give(content, kind).result) == (1, 0, rows - 1, 0)
    assert counts(give(content, kind).result) == (0, 0, rows, 0)
    assert len(rows_of(export(kind, asked=Asked(YEAR, TODAY)))) >= rows - 1


def rows_of(content: bytes) -> list[tuple[object, ...]]:
    """The rows below the headings."""
    return list(load_workbook(BytesIO(content)).worksheets[0].iter_rows(min_row=6, values_only=True))


def test_what_is_read_stands_in_the_records() -> None:
    for kind, cells in NEW.items():
        row = 8 if kind == "decisions" else 6 + ROWS[kind]
        give(filled(kind, cells, row=row), kind)
    assert Community.objects.get(name="ชุมชนใหม่").code == "5026-0003"
    plan = CommunityPlan.objects.get(community__code="5026-0002")
    project = plan.projects.get()
    assert (plan.effective_on, plan.valid_until, project.estimate) == (date(2020, 4, 1), date(2021, 12, 31), None)
    inclusion = Inclusion.objects.get(item_number=7)
    assert (inclusion.budget, inclusion.effective_on) == (Decimal(12000), date(2020, 3, 10))
    assert ReportedValue.objects.get(effective_on=date(2020, 4, 1)).amount == 45


def test_a_name_is_corrected_beside_the_code() -> None:
    outcome = give(filled("communities", {"community": "ชุมชนร่มรื่น"}), "communities")
    assert counts(outcome.result) == (0, 1, 1, 0)
    assert Community.objects.get(code="5026-0001").name == "ชุมชนร่มรื่น"


def test_the_reason_of_a_decline_is_mended() -> None:
    assert counts(give(filled("decisions", {"reason_code": "อื่น ๆ"}, row=7), "decisions").result) == (0, 1, 2, 0)
    assert Decline.objects.get().reason_code == "other"


def test_a_wrong_line_of_money_is_reversed_and_written_anew() -> None:
    give(filled("budget", {"amount": 41.25}), "budget")
    amounts = sorted(Disbursement.objects.values_list("amount", flat=True))
    assert amounts == [Decimal(-40), Decimal(40), Decimal("41.25")]


def test_what_was_shown_and_is_another_by_now_is_not_carried_out() -> None:
    content = filled("communities", {"sub_district": "แขวงใหม่"})
    seen = give(content, "communities", dry_run=True).token
    give(filled("communities", {"sub_district": "แขวงอื่น"}), "communities")
    with pytest.raises(Conflict):
        give(content, "communities", seen=seen)


def test_a_column_that_is_left_out_changes_nothing() -> None:
    content = changed(export("plans"), lambda sheet: sheet.delete_cols(place("plans", "aim"), 3))
    assert counts(give(content, "plans").result) == (0, 0, 3, 0)
    assert CommunityProject.objects.filter(estimate=1000).count() == 3


@pytest.mark.parametrize("kind", KINDS)
def test_the_workbook_has_lists_notes_and_protected_headings(kind: str) -> None:
    book = load_workbook(BytesIO(export(kind)))
    sheet, notes, lists = book.worksheets
    assert sheet.protection.sheet
    assert sheet.cell(5, 1).protection.locked
    assert not sheet.cell(6, 1).protection.locked
    assert all(cell.comment is not None for cell in sheet[5])
    assert notes.max_row == len(KINDS[kind].columns) + 1
    listed = [column for column in KINDS[kind].columns if column.names]
    assert len(sheet.data_validations.dataValidation) == len(listed)
    assert lists.max_column == max(1, len(listed))


# Who may


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", list(Role))
def test_each_kind_needs_its_own_action_and_the_own_unit(kind: str, role: Role) -> None:
    scope = PERMISSIONS[KINDS[kind].action].get(role)
    other = builders.somebody(role, builders.unit("5001"))
    content = filled(kind, {CHANGES[kind][0]: CHANGES[kind][1]})
    if scope is None:
        with pytest.raises(Refused):
            give(content, kind, actor=other)
        with pytest.raises(Refused):
            export(kind, actor=other)
    elif scope is Scope.OWN_UNIT:
        assert counts(give(content, kind, actor=other).result)[3] == ROWS[kind]
        assert rows_of(export(kind, actor=other)) == []
