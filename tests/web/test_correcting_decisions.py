"""Correcting a decision on its page: written anew in a draft, decided anew in its place once the list is confirmed."""

from datetime import date
from decimal import Decimal
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lakthan.apps.ledger.models import Entry
from lakthan.apps.people.models import Unit
from lakthan.apps.planning.models import ActionPlan, CommunityProject, Decline, Inclusion
from lakthan.apps.reporting.recount import differences
from lakthan.rules.permissions import Role
from tests.apps import builders
from tests.apps.builders import TODAY
from tests.web.test_project_decisions import LEFT, chosen, confirmation, home, of_role, plan, projects, typed

__all__ = ["home", "plan", "projects"]
pytestmark = pytest.mark.django_db

GROUND = {"effective_on": "4 พ.ค. 2563", "document": "บันทึก 12/2563", "correction": "ปรับวงเงินตามผลสืบราคา"}


def send(client: Client, row: Inclusion | Decline, cells: dict[str, str], **common: str) -> Any:
    whole = {"verdict": "include", "item_number": "1", "name": "", "budget": "", "reason_code": "", "reason": ""}
    data = {f"p-{row.project_id}-{name}": value for name, value in {**whole, **cells}.items()}
    return client.post(reverse("correct-decision", args=(row.pk,)), {**data, **common})


def test_in_a_draft_the_words_are_written_anew(home: Unit, plan: ActionPlan, projects: list[CommunityProject]) -> None:
    row, client = builders.inclusion(projects[0], plan), of_role(Role.DISTRICT_OFFICER, home)
    page = client.get(reverse("correct-decision", args=(row.pk,))).content.decode()
    assert 'value="1"' in page
    assert 'name="correction"' not in page
    answer = send(client, row, {"item_number": "4", "name": "ทางเท้า", "budget": "๒,๕๐๐.-"})
    assert answer.status_code == HTTPStatus.FOUND
    row.refresh_from_db()
    assert (row.item_number, row.name, row.budget, row.ended_on) == (4, "ทางเท้า", Decimal(2500), None)
    assert Inclusion.objects.count() == 1
    assert Entry.objects.filter(act="planning.mend_inclusion", subject_id=row.pk).count() == 1


def test_in_a_draft_the_reason_is_written_anew(home: Unit, plan: ActionPlan, projects: list[CommunityProject]) -> None:
    client = of_role(Role.DISTRICT_OFFICER, home)
    client.post(chosen(projects[:1]), typed(projects[:1], LEFT))
    row = Decline.objects.get()
    lacking = send(client, row, {"verdict": "decline", "reason_code": "", "reason": ""})
    assert set(lacking.context["form"].errors) == {"reason_code", "reason"}
    send(client, row, {"verdict": "decline", "reason_code": "private-land", "reason": "ที่ดินเอกชน"})
    row.refresh_from_db()
    assert (row.reason_code, row.reason) == ("private-land", "ที่ดินเอกชน")


def test_in_a_confirmed_list_the_old_decision_ends_and_the_new_one_says_why(
    home: Unit, plan: ActionPlan, projects: list[CommunityProject]
) -> None:
    row = builders.inclusion(projects[0], plan)
    confirmation(of_role(Role.DISTRICT_DIRECTOR, home))
    client = of_role(Role.DISTRICT_OFFICER, home)
    without = send(client, row, {"budget": "900"}, **{**GROUND, "correction": ""})
    assert without.context["common"].errors["correction"]
    early = send(client, row, {"budget": "900"}, **{**GROUND, "effective_on": "1/3/2563"})
    assert "ยืนยันบัญชีเมื่อ" in early.content.decode()
    assert "ปรับวงเงินตามผลสืบราคา" in early.content.decode(), "nothing typed is lost"
    assert send(client, row, {"budget": "900"}, **GROUND).status_code == HTTPStatus.FOUND
    row.refresh_from_db()
    new = Inclusion.objects.exclude(pk=row.pk).get()
    assert (row.ended_on, row.end_is_correction, row.end_reason) == (date(2020, 5, 4), True, GROUND["correction"])
    assert (new.item_number, new.budget, new.correction) == (1, Decimal(900), GROUND["correction"])
    assert differences(TODAY) == ()
    again = send(client, row, {"budget": "800"}, **GROUND)
    assert "ถูกยกเลิกไปแล้ว" in again.content.decode()


def test_an_inclusion_becomes_a_decline_in_one_step(
    home: Unit, plan: ActionPlan, projects: list[CommunityProject]
) -> None:
    row = builders.inclusion(projects[0], plan)
    confirmation(of_role(Role.DISTRICT_DIRECTOR, home))
    send(of_role(Role.DISTRICT_OFFICER, home), row, LEFT, **GROUND)
    assert Decline.objects.get().correction == GROUND["correction"]
    row.refresh_from_db()
    assert row.end_is_correction
    assert differences(TODAY) == ()


def test_only_who_decides_there_corrects(home: Unit, plan: ActionPlan, projects: list[CommunityProject]) -> None:
    row = builders.inclusion(projects[0], plan)
    address = reverse("correct-decision", args=(row.pk,))
    other = of_role(Role.DISTRICT_OFFICER, builders.unit("5002"), "other")
    assert other.get(address).status_code == HTTPStatus.NOT_FOUND
    assert of_role(Role.AUDITOR, home).get(address).status_code == HTTPStatus.FORBIDDEN
