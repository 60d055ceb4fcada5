"""A preview tells what the real run would say, in short turns between which others can write."""

from typing import Any

import pytest
from django.db import connection

from lakthan.apps.ledger.models import Entry
from lakthan.exchange.kinds import KINDS
from lakthan.exchange.sheets import running
from lakthan.exchange.sheets.kinds import Verdict
from tests.exchange.keeping import changed, counts, district, export, give, place
from tests.exchange.test_round_trips import CHANGES, NEW, ROWS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home() -> None:
    district()


@pytest.fixture
def rests(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Turns as short as can be, and the seconds between them."""
    taken: list[float] = []
    monkeypatch.setattr(running, "TURN", 0.0)
    monkeypatch.setattr(running.time, "sleep", taken.append)
    return taken


def added(kind: str, *rows: dict[str, object]) -> bytes:
    """The workbook of a kind with rows below those of today."""

    def fill(sheet: Any) -> None:
        for number, row in enumerate(rows, start=sheet.max_row + 1):
            for key, value in row.items():
                sheet.cell(number, place(kind, key)).value = value

    return changed(export(kind), fill)


def paid(amount: int, letter: str = "กท 1/2563") -> dict[str, object]:
    return {
        "district_code": "5026",
        "fiscal_year": 2563,
        "letter_number": letter,
        "line": "เบิกจ่าย",
        "effective_on": "5 มี.ค. 2563",
        "amount": amount,
    }


def test_it_lets_go_of_the_writer_between_transfers_and_keeps_nothing(rests: list[float]) -> None:
    entries = Entry.objects.count()
    content = added("budget", paid(1), paid(2, "กท 2/2563"), paid(3))
    assert counts(give(content, "budget", dry_run=True).result) == (3, 0, 2, 0)
    assert rests == ([running.REST] if connection.vendor == "sqlite" else []), "two transfers, one rest"
    assert Entry.objects.count() == entries
    assert counts(give(content, "budget").result) == (3, 0, 2, 0)


def test_rows_that_touch_each_other_are_refused_together_as_when_they_are_carried_out(rests: list[float]) -> None:
    content = added("budget", paid(50), paid(1, "กท 2/2563"), paid(20))
    trial, real = give(content, "budget", dry_run=True), give(content, "budget")
    assert counts(trial.result) == counts(real.result) == (2, 0, 2, 1)
    assert [line.row for line in trial.lines] == [line.row for line in real.lines]
    assert [line.verdict for line in trial.lines] == [line.verdict for line in real.lines]
    assert "more than the" in trial.result.refused[0].reason_en
    assert trial.token == real.token


def test_rows_that_touch_are_parted_rather_than_hold_the_writer_for_long(
    rests: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "LONGEST_TURN", 0.0)
    outcome = give(added("budget", paid(1), paid(2), paid(3)), "budget", dry_run=True)
    assert counts(outcome.result) == (3, 0, 2, 0)
    assert len(rests) == (2 if connection.vendor == "sqlite" else 0)


@pytest.mark.parametrize("verdict", [Verdict.CREATED, Verdict.CHANGED])
@pytest.mark.parametrize("kind", KINDS)
def test_every_act_says_what_it_touches(kind: str, verdict: Verdict) -> None:
    """An act without it would be tried apart from those that it depends on."""
    column, typed, _, _ = CHANGES[kind]

    def fill(sheet: Any) -> None:
        if verdict is Verdict.CHANGED:
            sheet.cell(6, place(kind, column)).value = typed
            return
        for key, value in NEW[kind].items():
            sheet.cell(8 if kind == "decisions" else 6 + ROWS[kind], place(kind, key)).value = value

    outcome = give(changed(export(kind), fill), kind, dry_run=True)
    acts = [line for line in outcome.lines if line.act is not None]
    assert {line.verdict for line in acts} == {verdict}
    assert all(line.together is not None for line in acts)
