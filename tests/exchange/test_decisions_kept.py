"""Decisions that come in as a file are decided as in the table: together, and corrected once the list is confirmed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lakthan.apps.ledger.models import Entry
from lakthan.apps.people.models import Unit
from lakthan.apps.planning.models import ActionPlan, Decline, Inclusion
from lakthan.apps.planning.services.decisions import confirm_action_plan
from lakthan.apps.reporting.recount import differences
from lakthan.exchange.sheets.kinds import Verdict
from lakthan.rules.permissions import Role
from tests.apps import builders
from tests.apps.builders import NOW, TODAY
from tests.exchange.keeping import changed, counts, district, export, filled, give, place

pytestmark = pytest.mark.django_db

CONFIRMED_ON = date(2020, 4, 1)
CORRECTION = {"decided_on": "5 พ.ค. 2563", "document": "บันทึก 21/2563", "correction": "ปรับวงเงินตามผลสืบราคา"}


@pytest.fixture
def home() -> Unit:
    return district()


@pytest.fixture
def confirmed(home: Unit) -> ActionPlan:
    plan = ActionPlan.objects.get()
    director = builders.somebody(Role.DISTRICT_DIRECTOR, home)
    confirm_action_plan(actor=director, action_plan=plan, effective_on=CONFIRMED_ON, document="บันทึก 9", now=NOW)
    return plan


def told(outcome: Any) -> str:
    return " ".join(refusal.reason_th for refusal in outcome.result.refused)


def test_a_confirmed_list_is_not_changed_without_a_reason_a_day_and_a_document(confirmed: ActionPlan) -> None:
    before = list(Inclusion.objects.values())
    for given in ({}, {"correction": "ปรับวงเงิน"}, {"decided_on": "5 พ.ค. 2563", "document": "บันทึก 21"}):
        outcome = give(filled("decisions", {"budget": 99000, **given}), "decisions")
        assert counts(outcome.result) == (0, 0, 2, 1)
        assert "กรอกเหตุผลที่แก้ไข วันที่ และเลขที่หนังสือของการแก้ไข" in told(outcome)
    early = {**CORRECTION, "decided_on": "5 มี.ค. 2563"}
    assert "ยืนยันบัญชีเมื่อ" in told(give(filled("decisions", {"budget": 99000, **early}), "decisions"))
    assert list(Inclusion.objects.values()) == before


def test_a_change_after_the_confirmation_is_a_correction_that_keeps_what_was(confirmed: ActionPlan) -> None:
    content = filled("decisions", {"budget": 99000, **CORRECTION})
    outcome = give(content, "decisions")
    assert counts(outcome.result) == (0, 1, 2, 0)
    [line] = outcome.of(Verdict.CHANGED)
    assert [change.column for change in line.changes] == ["budget", "decided_on", "document", "correction"]
    old, new = Inclusion.objects.order_by("effective_on")
    assert (old.budget, old.ended_on, old.end_is_correction) == (None, date(2020, 5, 5), True)
    assert old.end_reason == new.correction == CORRECTION["correction"]
    assert (new.budget, new.ended_on, new.document) == (Decimal(99000), None, "บันทึก 21/2563")
    assert (new.item_number, new.name, new.project_id) == (old.item_number, old.name, old.project_id)
    acts = Entry.objects.filter(subject_id__in=[old.pk, new.pk]).order_by("id").values_list("act", flat=True)
    assert list(acts)[-2:] == ["planning.withdraw_decision", "planning.include_project"]
    assert differences(TODAY) == ()
    assert counts(give(content, "decisions").result) == (0, 0, 3, 0)
    assert counts(give(export("decisions"), "decisions").result) == (0, 0, 3, 0)


def test_an_inclusion_becomes_a_decline_by_a_correction_and_not_without(confirmed: ActionPlan) -> None:
    other = {"decision": "ไม่บรรจุ", "item_number": None, "item_name": None, "reason_code": "อื่น ๆ", "reason": "ที่ดิน"}
    assert "มีมติอีกแบบไว้แล้ว" in told(give(filled("decisions", other), "decisions"))
    assert counts(give(filled("decisions", {**other, **CORRECTION}), "decisions").result) == (0, 1, 2, 0)
    assert Inclusion.objects.get().end_is_correction
    assert Decline.objects.get(reason="ที่ดิน").correction == CORRECTION["correction"]
    assert differences(TODAY) == ()


def test_what_is_new_in_a_confirmed_list_says_why(confirmed: ActionPlan) -> None:
    new = {"decision": "บรรจุ", "item_number": 7, "decided_on": "5 พ.ค. 2563", "document": "บันทึก 21"}
    outcome = give(filled("decisions", new, row=8), "decisions")
    assert counts(outcome.result) == (0, 0, 2, 1)
    assert "เหตุผลที่แก้ไขบัญชี" in told(outcome)
    assert counts(give(filled("decisions", {**new, **CORRECTION}, row=8), "decisions").result) == (1, 0, 2, 0)
    assert Inclusion.objects.get(item_number=7).correction == CORRECTION["correction"]


def test_rows_are_decided_together_and_each_is_told_what_is_wrong_with_it(home: Unit) -> None:
    late = builders.plan(builders.community(home, "ชุมชนสายน้ำ"), on=date(2020, 3, 2), projects=2)

    def decide(sheet: Any) -> None:
        for row in (8, 9, 10):
            cells = {"decision": "บรรจุ", "item_number": row, "decided_on": "10 ก.พ. 2563", "document": "บันทึก"}
            for key, value in cells.items():
                sheet.cell(row, place("decisions", key)).value = value

    outcome = give(changed(export("decisions"), decide), "decisions")
    assert [refusal.row for refusal in outcome.result.refused] == [9, 10]
    assert "รับรองเมื่อ" in told(outcome)
    assert not Inclusion.objects.filter(project__plan=late).exists()
    assert Inclusion.objects.count() == 1


def test_a_file_of_many_rows_asks_no_more_than_one_of_few(home: Unit) -> None:
    def asked(count: int, name: str) -> int:
        builders.plan(builders.community(home, name), projects=count)
        first = Inclusion.objects.count() + 1

        def decide(sheet: Any) -> None:
            column = place("decisions", "community")
            rows = [row for row in range(6, sheet.max_row + 1) if sheet.cell(row, column).value == name]
            for at, row in enumerate(rows):
                cells = {"decision": "บรรจุ", "item_number": first + at, "decided_on": "10 ก.พ. 2563", "document": "บ"}
                for key, value in cells.items():
                    sheet.cell(row, place("decisions", key)).value = value

        content = changed(export("decisions"), decide)
        with CaptureQueriesContext(connection) as queries:
            outcome = give(content, "decisions")
        assert outcome.result.created == count, told(outcome)
        return len(queries)

    asked(1, "ชุมชนแรก")
    assert asked(2, "ชุมชนสอง") == asked(5, "ชุมชนสาม")
