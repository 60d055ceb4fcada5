"""Every movement of money of all districts in one list, as a page, a workbook and CSV."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lakthan.apps.budget.movements import Movement, MovementList, MovementState, movement_list
from lakthan.apps.budget.register import LineKind
from lakthan.apps.people.selectors import present
from lakthan.core.thai import fold
from lakthan.exchange.workbooks import table_text, workbook
from lakthan.rules.permissions import Action
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.file_answers import csv_answer, workbook_answer
from lakthan.web.listing import Key, listing
from lakthan.web.staff.districts import DistrictChoice, district_choice
from lakthan.web.staff.money.asked import AskedMoney, asked_money
from lakthan.web.staff.money.sheets import MOVING, movement_sheet
from lakthan.web.staff.money.wording import KINDS, STATES

COLUMNS: Mapping[str, Key[Movement]] = {
    "day": lambda row: (row.effective_on, row.district.code),
    "district": lambda row: (row.district.code, row.effective_on),
    "letter": lambda row: (row.transfer.letter_number, row.district.code, row.effective_on),
    "movement": lambda row: (list(LineKind).index(row.kind), row.effective_on, row.district.code),
    "amount": lambda row: row.amount,
    "rest": lambda row: row.transfer.rest,
}

HEADINGS = (_("Received"), _("Bound"), _("Paid out"), _("Sent back"))
"""Of the columns of amounts, as of `MOVING`."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, and the rows that are like that."""

    money: AskedMoney
    choice: DistrictChoice
    text: str
    kind: str
    state: str
    found: MovementList
    of_district: Sequence[Movement]
    """All of the chosen district, or of all."""
    rows: Sequence[Movement]

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the year and the day is asked for."""
        return bool(self.text or self.kind or self.state or (self.choice.chosen and len(self.choice.districts) > 1))

    @property
    def sums(self) -> list[Decimal]:
        """Received, bound, paid out and sent back, of the rows."""
        return [sum((row.amount for row in self.rows if row.kind is kind), Decimal(0)) for kind in MOVING]


@performs(Action.READ_DISTRICT_RECORDS)
@require_safe
@never_cache
def movements(request: ActingRequest) -> HttpResponse:
    """The movements of the districts that one may see."""
    asked = _asked(request)
    counts = [(state, words, sum(row.state is state for row in asked.of_district)) for state, words in STATES.items()]
    context = {
        "asked": asked,
        "choice": asked.choice,
        "kinds": [(kind, KINDS[kind]) for kind in MOVING],
        "states": STATES.items(),
        "counts": [each for each in counts if each[2]],
        "sums": zip(HEADINGS, asked.sums, strict=True),
        "listing": listing(request.GET, asked.rows, COLUMNS),
    }
    return render(request, "staff/money/movements.html", context)


@performs(Action.READ_DISTRICT_RECORDS)
@require_safe
@never_cache
def movements_workbook(request: ActingRequest) -> HttpResponse:
    """The same rows as a workbook."""
    asked = _asked(request)
    sheet = movement_sheet(asked.found, asked.rows, asked.sums)
    return workbook_answer(workbook([sheet], present()), f"lakthan-money-movements-{asked.found.fiscal_year.be}.xlsx")


@performs(Action.READ_DISTRICT_RECORDS)
@require_safe
@never_cache
def movements_csv(request: ActingRequest) -> HttpResponse:
    """The same rows as CSV, without title and sum."""
    asked = _asked(request)
    text = table_text(movement_sheet(asked.found, asked.rows, ()))
    return csv_answer(text, f"lakthan-money-movements-{asked.found.fiscal_year.be}.csv")


def _asked(request: ActingRequest) -> Asked:
    """Read `?fiscal-year=2563&as-of=30/6/2563&district=5026&movement=return&state=reversed&text=กท`."""
    money, choice = asked_money(request.GET), district_choice(request)
    found = movement_list(request.actor, money.year, money.on)
    text = request.GET.get("text", "").strip()
    kind = _known(request.GET.get("movement", ""), MOVING)
    state = _known(request.GET.get("state", ""), list(MovementState))
    of_district = [row for row in found.movements if choice.chosen is None or row.district == choice.chosen]
    rows = [
        row
        for row in of_district
        if kind in ("", row.kind) and state in ("", row.state) and fold(text) in fold(_said(row))
    ]
    return Asked(money, choice, text, kind, state, found, of_district, rows)


def _known(asked: str, known: Sequence[str]) -> str:
    """What is asked for, where there is such a thing; an address that names another shows all."""
    return asked if asked in known else ""


def _said(row: Movement) -> str:
    """What a row can be found by."""
    return (
        f"{row.document} {row.transfer.letter_number} {row.transfer.purpose} {row.district.code} {row.district.name_th}"
    )
