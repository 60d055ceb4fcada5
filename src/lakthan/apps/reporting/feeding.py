"""Answers to a unit's requests for data, offered for its own report: totals as its value, words for its text."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from lakthan.apps.planning.requests import SILENT, RequestPage, request_page, requests_of_unit
from lakthan.apps.reporting.contents import enter_value
from lakthan.apps.reporting.life import ReportPlace, readable_assignment
from lakthan.core.dates import format_date
from lakthan.core.digits import format_number
from lakthan.core.errors import NotFound, UserError
from lakthan.rules.data_requests import Standing, Total
from lakthan.rules.formula.grammar import Reported, ReportedInput
from lakthan.rules.formula.parse import parse_formula
from lakthan.rules.permissions import Action, Actor, refusal

UNITS_ASKED = "units-asked"
"""Stands for the number of units that were asked, as a denominator."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What the answers to one request give to a report."""

    page: RequestPage
    sentence_th: str
    """For the narrative."""
    takes_value: bool
    """Whether a total can be taken over as the unit's value."""
    takes_pair: bool
    """Whether it wants a denominator with it."""


def offers(actor: Actor, place: ReportPlace, today: date) -> tuple[Offer, ...]:
    """The requests of the reporting unit that touch the quarter, for whoever may read them; none for the year.

    A quarter is summed up after its end, so what is asked in the next one is offered too. At most four statements.
    """
    if place.quarter is None:
        return ()
    assignment = readable_assignment(actor, place)
    if refusal(actor, Action.READ_DATA_REQUEST, str(assignment.unit_id)) is not None:
        return ()
    quarter = place.fiscal_year.quarter(place.quarter)
    formula = parse_formula(assignment.definition.formula)
    takes = isinstance(formula, Reported)
    pair = isinstance(formula, Reported) and formula.input is ReportedInput.PAIR
    pages = requests_of_unit(assignment.unit_id, quarter.first_day, quarter.next.last_day, today)
    return tuple(Offer(page, _sentence(page), takes and bool(page.totals), pair) for page in pages)


def _sentence(page: RequestPage) -> str:
    """The answers in a sentence, as a report tells them."""
    answered, nil = page.count(Standing.ANSWERED), page.count(Standing.NIL)
    parts = [
        f"ขอข้อมูลเรื่อง{page.asked.subject} จาก {len(page.answers)} หน่วยงาน",
        f"ภายในวันที่ {format_date(page.asked.deadline_on)}",
        f"ได้รับคำตอบ {answered} หน่วยงาน",
    ]
    if nil:
        parts.append(f"ยืนยันว่าไม่มี {nil} หน่วยงาน")
    if silent := page.count(*SILENT):
        parts.append(f"ยังไม่ตอบ {silent} หน่วยงาน")
    for total in page.totals:
        if total.total is not None:
            number = format_number(total.total, 4).rstrip("0").rstrip(".")
            parts.append(f"{total.field.name} รวม {number} {total.field.unit}".strip())
    return " ".join(parts)


def take_over_total(
    *, actor: Actor, place: ReportPlace, request: UUID, field: str, base: str, now: datetime, today: date
) -> None:
    """Report the total of a field as the unit's value, with the request named as its source.

    `base` is the denominator of a pair: the code of another field, or `UNITS_ASKED`; empty for a single value.

    Raises:
        NotFound: the request is not the unit's, or has no such field.
        UserError: nobody gave a number; or as `enter_value`.
    """
    if place.quarter is None:
        raise NotFound("ค่าที่ได้เป็นของไตรมาส", "A value belongs to a quarter.")
    assignment = readable_assignment(actor, place)
    page = request_page(actor, request, today)
    if assignment.unit_id not in (page.asked.asked_by, page.asked.asked_by_parent):
        raise NotFound("ไม่พบคำขอข้อมูลนี้", "There is no such request for data.")
    total = _total(page, field)
    last_day = place.fiscal_year.quarter(place.quarter).last_day
    enter_value(
        actor=actor,
        place=place,
        effective_on=min(today, last_day),
        amount=_number(total),
        base=_base(page, base) if base else None,
        note=_source(page, total),
        now=now,
    )


def _total(page: RequestPage, field: str) -> Total:
    for total in page.totals:
        if total.field.code == field:
            return total
    raise NotFound("ไม่พบช่องข้อมูลนี้ในคำขอ", "The request has no such field.")


def _base(page: RequestPage, base: str) -> Decimal:
    return Decimal(len(page.answers)) if base == UNITS_ASKED else _number(_total(page, base))


def _number(total: Total) -> Decimal:
    if total.total is None:
        raise UserError(
            f"ยังไม่มีหน่วยงานใดให้ตัวเลขในช่อง “{total.field.name}”", f"No unit gave a number for “{total.field.name}” yet."
        )
    return total.total


def _source(page: RequestPage, total: Total) -> str:
    asked = page.asked
    document = f" ({asked.document})" if asked.document else ""
    return (
        f"ยอดรวม “{total.field.name}” จากคำขอข้อมูลเรื่อง{asked.subject}{document}: {total.units} หน่วยงานให้ตัวเลข "
        f"ยืนยันว่าไม่มี {total.nil} ยังไม่ตอบ {total.silent}"
    )
