"""The services of `budget`."""

from datetime import date
from decimal import Decimal

from lakthan.apps.budget.models import YearEndDecision
from lakthan.apps.budget.services import lines, rests, transfers
from lakthan.apps.people.models import Unit
from lakthan.rules.permissions import Role
from tests.apps import builders
from tests.apps.acts.table import Call, act
from tests.apps.builders import NOW, YEAR

OFFICER = [Role.DISTRICT_OFFICER]
STRATEGY = [Role.STRATEGY_ADMINISTRATOR]
DAY = date(2020, 3, 2)
AFTER_YEAR_END = date(2020, 10, 1)


@act(
    transfers.transfer_to_units,
    ("budget.transfer", "budget.transfer"),
    ("budget.transfer", "budget.transfer"),
    anywhere=STRATEGY,
)
def _transfer_to_units(home: Unit) -> Call:
    amounts = {home: Decimal(1580), builders.unit("5003"): Decimal(3160)}
    return lambda actor: transfers.transfer_to_units(
        actor=actor,
        amounts=amounts,
        fiscal_year=YEAR,
        purpose="สนับสนุนแผนพัฒนาชุมชน",
        letter_number="กท 1906/00174",
        letter_date=DAY,
        issuer="สำนักงบประมาณกรุงเทพมหานคร",
        approver="ปลัดกรุงเทพมหานคร",
        effective_on=DAY,
        now=NOW,
    )


@act(lines.obligate, ("budget.obligate", "budget.obligation"), own=OFFICER)
def _obligate(home: Unit) -> Call:
    transfer = builders.transfer(home)
    return lambda actor: lines.obligate(
        actor=actor, transfer=transfer, amount=Decimal(10), effective_on=DAY, document="สัญญา 1", now=NOW
    )


@act(lines.disburse, ("budget.disburse", "budget.disbursement"), own=OFFICER)
def _disburse(home: Unit) -> Call:
    transfer = builders.transfer(home)
    return lambda actor: lines.disburse(
        actor=actor, transfer=transfer, amount=Decimal(10), effective_on=DAY, document="ฎีกา 1", now=NOW
    )


@act(lines.give_back, ("budget.give_back", "budget.return"), own=OFFICER)
def _give_back(home: Unit) -> Call:
    transfer = builders.transfer(home)
    return lambda actor: lines.give_back(
        actor=actor, transfer=transfer, amount=Decimal(10), effective_on=DAY, document="หนังสือ 1", now=NOW
    )


@act(lines.reverse, ("budget.reverse", "budget.disbursement"), own=OFFICER)
def _reverse(home: Unit) -> Call:
    line = builders.disbursement(builders.transfer(home))
    return lambda actor: lines.reverse(actor=actor, line=line, effective_on=DAY, document="บันทึก 4", now=NOW)


@act(rests.declare_retention, ("budget.declare_retention", "budget.retentionintention"), own=OFFICER)
def _declare_retention(home: Unit) -> Call:
    transfer = builders.transfer(home)
    return lambda actor: rests.declare_retention(actor=actor, transfer=transfer, effective_on=DAY, now=NOW)


@act(rests.end_retention, ("budget.end_retention", "budget.retentionintention"), own=OFFICER)
def _end_retention(home: Unit) -> Call:
    intention = rests.declare_retention(
        actor=builders.ROOT, transfer=builders.transfer(home), effective_on=DAY, now=NOW
    )
    return lambda actor: rests.end_retention(actor=actor, intention=intention, ended_on=date(2020, 5, 1), now=NOW)


@act(rests.decide_year_ends, ("budget.decide_year_end", "budget.yearenddecision"), anywhere=STRATEGY)
def _decide_year_ends(home: Unit) -> Call:
    transfer = builders.transfer(home)
    return lambda actor: rests.decide_year_ends(
        actor=actor,
        transfers=[transfer],
        outcome=YearEndDecision.Outcome.CARRIED_OVER,
        effective_on=AFTER_YEAR_END,
        document="หนังสือ 8/2564",
        now=builders.moment(AFTER_YEAR_END),
    )


@act(transfers.take_back_transfers, ("budget.take_back_transfer", "budget.transfer"), anywhere=STRATEGY)
def _take_back_transfers(home: Unit) -> Call:
    transfer = builders.transfer(home)
    return lambda actor: transfers.take_back_transfers(
        actor=actor, transfers=[transfer], ended_on=DAY, document="บันทึก 5", now=NOW
    )
