"""How the pages of money write amounts, rows of the register and the way to them."""

from collections.abc import Mapping
from decimal import Decimal

from django import template
from django.urls import reverse
from django.utils.http import urlencode

from lakthan.apps.budget.movements import Movement, MovementState
from lakthan.apps.budget.register import COLUMNS, LineKind, RegisterLine, TransferRegister
from lakthan.apps.people.selectors import short_name
from lakthan.core.fiscal import FiscalYear
from lakthan.core.money import format_baht
from lakthan.web.staff.money.asked import AskedMoney
from lakthan.web.staff.money.sheets import MOVING, note_of
from lakthan.web.staff.money.wording import KINDS, STATES

register = template.Library()


@register.filter
def plain_baht(amount: Decimal) -> str:
    """Money in a column: always with two decimals, so that the digits stand below each other."""
    return format_baht(amount, "plain")


@register.filter
def district_th(name_th: str) -> str:
    """A district without the word for its office, for lists of nothing else."""
    return short_name(name_th)


@register.filter
def line_words(kind: LineKind) -> str:
    """Paid out, sent back ..."""
    return str(KINDS[kind])


@register.filter
def state_words(state: MovementState) -> str:
    """Was taken back, takes another back."""
    return str(STATES[state])


@register.filter
def line_note(line: RegisterLine) -> str:
    """Why, and what it takes back."""
    return note_of(line)


@register.filter
def moving(line: RegisterLine | Movement) -> list[Decimal | None]:
    """The amount of a row in the column of its kind: received, bound, paid out, sent back."""
    return [line.amount if COLUMNS.get(line.kind) is column else None for column in MOVING]


@register.filter
def sums(transfer: TransferRegister) -> list[Decimal]:
    """The columns of a transfer added up."""
    return [transfer.sum_of(column) for column in MOVING]


REVERSALS: Mapping[LineKind, str] = {
    LineKind.OBLIGATION: "reverse-obligation",
    LineKind.DISBURSEMENT: "reverse-payment",
    LineKind.RETURN: "reverse-return",
}


@register.simple_tag
def reverse_address(district: str, line: RegisterLine) -> str:
    """Where a row can be taken back."""
    return reverse(REVERSALS[line.kind], args=(district, line.id))


@register.simple_tag
def money_query(fiscal_year: FiscalYear, asked: AskedMoney) -> str:
    """The query that keeps the year, and the day where one is asked for."""
    query = {"fiscal-year": str(fiscal_year.be)}
    if not asked.is_of_today:
        query["as-of"] = asked.typed
    return f"?{urlencode(query)}"
