"""A small district with a record of every kind, and its workbooks to send back changed."""

from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from lakthan.apps.people.models import Unit
from lakthan.apps.planning.models import Decline
from lakthan.apps.planning.services.decisions import decline_project
from lakthan.exchange.kinds import KINDS
from lakthan.exchange.results import ImportResult
from lakthan.exchange.sheets.exporting import write_today
from lakthan.exchange.sheets.kinds import Asked
from lakthan.exchange.sheets.running import Outcome, preview_import, run_import
from lakthan.rules.permissions import Actor
from tests.apps import builders
from tests.apps.builders import NOW, ROOT, TODAY, YEAR

ASKED = Asked(YEAR, TODAY)


def district() -> Unit:
    """5026 with two communities, a plan, decisions, money, and a reported value."""
    home = builders.unit("5026")
    first = builders.community(home, "ชุมชนร่มเย็น")
    builders.community(home, "ชุมชนริมคลอง")
    included, declined, _ = builders.plan(first, projects=3).projects.order_by("number")
    action_plan = builders.action_plan(home)
    builders.inclusion(included, action_plan)
    decline_project(
        actor=ROOT,
        action_plan=action_plan,
        project=declined,
        reason_code=Decline.Reason.NO_BUDGET,
        reason="งบประมาณจัดสรรครบแล้ว",
        effective_on=date(2020, 2, 10),
        document="บันทึก 3/2563",
        now=NOW,
    )
    builders.disbursement(builders.transfer(home))
    builders.transfer(home, letter="กท 2/2563")
    builders.assignment(home, builders.indicator(home, "5026-0001", builders.PAIR))
    give(filled("values", {"effective_on": "1 มี.ค. 2563", "amount": 40, "base": 50}), "values")
    return home


def export(kind: str, actor: Actor = ROOT, asked: Asked = ASKED) -> bytes:
    """The workbook of a kind with the rows of today."""
    into = BytesIO()
    write_today(into, actor=actor, kind=KINDS[kind], asked=asked, now=NOW)
    return into.getvalue()


def changed(content: bytes, change: Callable[[Any], None]) -> bytes:
    """A workbook after somebody worked on its first sheet."""
    book = load_workbook(BytesIO(content))
    change(book.worksheets[0])
    into = BytesIO()
    book.save(into)
    return into.getvalue()


def place(kind: str, key: str) -> int:
    """The number of a column in its workbook, from 1."""
    return [column.key for column in KINDS[kind].columns].index(key) + 1


def filled(kind: str, cells: Mapping[str, object], row: int = 6) -> bytes:
    """The workbook of a kind with cells of one row filled in."""

    def fill(sheet: Any) -> None:
        for key, value in cells.items():
            sheet.cell(row, place(kind, key)).value = value

    return changed(export(kind), fill)


def give(
    content: bytes, kind: str, *, actor: Actor = ROOT, name: str = "file.xlsx", dry_run: bool = False, **more: Any
) -> Outcome:
    """Send a file in; the counts add up to the rows."""
    run = preview_import if dry_run else run_import
    outcome = run(actor=actor, kind=KINDS[kind], content=content, name=name, asked=ASKED, now=NOW, **more)
    result = outcome.result
    assert result.created + result.changed + result.unchanged + len(result.refused) == result.read
    return outcome


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    """Created, changed, unchanged, refused."""
    return result.created, result.changed, result.unchanged, len(result.refused)
