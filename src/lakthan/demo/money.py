"""The money of the reference report: 3,267,440 baht to 50 districts by one letter, and what became of it by June.

The transfer is 1,580 baht for each community of the district on 31 January 2563: 2,068 communities make the sum.
"""

from datetime import date
from decimal import Decimal

from lakthan.apps.budget.balances import rest_of
from lakthan.apps.budget.models import Transfer
from lakthan.apps.budget.services.lines import disburse, give_back, obligate, reverse
from lakthan.apps.budget.services.rests import declare_retention
from lakthan.apps.budget.services.transfers import transfer_to_units
from lakthan.apps.people.models import Delegation
from lakthan.apps.people.services import delegate
from lakthan.demo.stage import NOT_INCLUDED, YEAR, Stage, moment, share_out
from lakthan.rules.permissions import Role

PER_COMMUNITY = 1580
DISBURSED, RETURNED = 583_203, 774_695
RETURNING = 12
"""Districts that sent all their rest back; the other 38 declared that they do not want to yet."""
DISBURSING = 16
BOTH = 6
"""Districts that do both."""
TRANSFERRED_ON = date(2020, 1, 31)


def move_money(stage: Stage) -> None:
    """Transfer, disburse, return and declare."""
    transfers = _transfer(stage)
    returning, disbursing = _who(transfers)
    for code, amount in _spending(transfers, returning, disbursing).items():
        _spend(stage, code, transfers[code], amount)
    for code, transfer in transfers.items():
        if code in returning:
            _send_back(stage, code, transfer)
        else:
            _keep(stage, code, transfer)
    _bind(stage, NOT_INCLUDED[0], transfers[NOT_INCLUDED[0]])


def _transfer(stage: Stage) -> dict[str, Transfer]:
    """One letter of the budget bureau, approved by the deputy who acts for the permanent secretary."""
    now = moment(TRANSFERRED_ON)
    acting = delegate(
        actor=stage.operator,
        unit=stage.units["0400"],
        kind=Delegation.Kind.ACTING_FOR,
        office="ปลัดกรุงเทพมหานคร",
        deputy_office="รองปลัดกรุงเทพมหานคร",
        order_number="คำสั่งสาธิตที่ 1/2563",
        valid_from=date(2020, 1, 1),
        now=moment(date(2020, 1, 1)),
    )
    amounts = {unit: Decimal(PER_COMMUNITY * len(stage.communities[code])) for code, unit in stage.districts.items()}
    rows = transfer_to_units(
        actor=stage.actors[Role.STRATEGY_ADMINISTRATOR],
        amounts=amounts,
        fiscal_year=YEAR,
        purpose="โครงการสนับสนุนการจัดทำและทบทวนแผนพัฒนาชุมชน ปีงบประมาณ พ.ศ. 2563",
        letter_number="กท 1906/00174",
        letter_date=TRANSFERRED_ON,
        issuer="สำนักงบประมาณกรุงเทพมหานคร",
        approver="ปลัดกรุงเทพมหานคร",
        delegation=acting,
        effective_on=TRANSFERRED_ON,
        now=now,
    )
    return dict(zip(stage.districts, rows, strict=True))


def _who(transfers: dict[str, Transfer]) -> tuple[list[str], list[str]]:
    """The 12 districts that return and the 16 that disburse."""
    codes = sorted(transfers)
    returning = codes[1::4][:RETURNING]
    disbursing = returning[:BOTH] + codes[2::4][: DISBURSING - BOTH]
    return returning, disbursing


def _spending(transfers: dict[str, Transfer], returning: list[str], disbursing: list[str]) -> dict[str, int]:
    """How much each disbursing district pays out.

    The returning districts send back whatever they do not spend, so what they spend follows from the sum returned.
    """
    spend_and_return = [code for code in disbursing if code in returning]
    spend_and_keep = [code for code in disbursing if code not in returning]
    held = sum(int(transfers[code].amount) for code in returning)
    first = share_out(held - RETURNED, {code: int(transfers[code].amount) for code in spend_and_return})
    second = share_out(DISBURSED - (held - RETURNED), {code: int(transfers[code].amount) for code in spend_and_keep})
    return first | second


def _spend(stage: Stage, code: str, transfer: Transfer, amount: int) -> None:
    """Pay out in two lines, in March and in June."""
    for part, day in ((amount // 2, date(2020, 3, 11)), (amount - amount // 2, date(2020, 6, 10))):
        disburse(
            actor=stage.actors[code],
            transfer=transfer,
            amount=Decimal(part),
            effective_on=day,
            document=f"ฎีกา {code}/{day.month} (สาธิต)",
            now=moment(day),
        )


def _send_back(stage: Stage, code: str, transfer: Transfer) -> None:
    day = date(2020, 6, 24)
    give_back(
        actor=stage.actors[code],
        transfer=transfer,
        amount=rest_of(transfer),
        effective_on=day,
        document=f"หนังสือส่งคืนเงิน {code} (สาธิต)",
        now=moment(day),
    )


def _keep(stage: Stage, code: str, transfer: Transfer) -> None:
    day = date(2020, 6, 26)
    declare_retention(
        actor=stage.actors[code],
        transfer=transfer,
        effective_on=day,
        reason="รอจัดประชุมชี้แจงเมื่อสถานการณ์โรคระบาดคลี่คลาย",
        document=f"หนังสือแจ้ง {code} (สาธิต)",
        now=moment(day),
    )


def _bind(stage: Stage, code: str, transfer: Transfer) -> None:
    """A contract that was entered with a wrong amount, taken back, and entered again; no figure of the report moves."""
    actor, first, second = stage.actors[code], date(2020, 8, 3), date(2020, 8, 5)
    contract = f"สัญญา {code}/1 (สาธิต)"
    wrong = obligate(
        actor=actor,
        transfer=transfer,
        amount=Decimal(21_500),
        effective_on=first,
        document=contract,
        now=moment(first),
    )
    reverse(actor=actor, line=wrong, effective_on=second, document=f"บันทึกแก้ไข {code}/1 (สาธิต)", now=moment(second))
    obligate(
        actor=actor,
        transfer=transfer,
        amount=Decimal(12_500),
        effective_on=second,
        document=contract,
        now=moment(second, 11),
    )
