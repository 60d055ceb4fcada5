"""More indicators than the demonstration shows, to measure pages with; whoever asks for them rolls them back."""

from collections.abc import Mapping
from decimal import Decimal

from lakthan.apps.indicators.models import Assignment, Indicator
from lakthan.apps.indicators.services import Goal, Words, add_definition, assign, define_indicator
from lakthan.apps.people.models import Unit
from lakthan.apps.people.selectors import operator, today, unit_by_code
from lakthan.demo.stage import YEAR, moment

OWNER = "2100"
FORMULAS: tuple[Mapping[str, object], ...] = (
    {"kind": "share", "population": {"of": "districts"}, "matching": {"fact": "inclusion", "fiscal_years": [0, 1]}},
    {"kind": "share", "population": {"of": "communities"}, "matching": {"fact": "community-plan"}},
    {
        "kind": "share",
        "population": {"of": "communities", "basis": "eligible"},
        "matching": {"fact": "inclusion", "filters": {"kind": "review"}},
    },
    {
        "kind": "ratio",
        "numerator": {"fact": "disbursement", "measure": "amount"},
        "denominator": {"fact": "transfer", "measure": "amount"},
    },
    {"kind": "count", "over": {"fact": "community-project", "filters": {"kind": "new"}}},
    {"kind": "sum", "over": {"fact": "transfer"}},
    {"kind": "steps", "steps": [{"code": "1", "name_th": "อนุมัติ", "name_en": "Approved", "weight": "100"}]},
    {"kind": "reported", "input": "pair", "roll_up": "sum-of-parts"},
)
WORDS = Words((), (), "วิธีคำนวณ", "Method", "ร้อยละ", "percent")


def assign_to_all_units(count: int) -> None:
    """The first `count` of the added indicators to every bureau and district."""
    actor, now = operator("bench"), moment(YEAR.first_day)
    added = Indicator.objects.filter(code__gte=f"{OWNER}-9000").order_by("code")[:count]
    units = Unit.objects.filter(kind__in=[Unit.Kind.BUREAU, Unit.Kind.DISTRICT]).exclude(
        pk=unit_by_code(OWNER, today()).pk
    )
    for indicator in added:
        definition, goal = indicator.definitions.get(), Goal(Decimal(80), Assignment.Class_.ROUTINE)
        for unit in units:
            assign(
                actor=actor, indicator=indicator, definition=definition, unit=unit, fiscal_year=YEAR, goal=goal, now=now
            )


def add_indicators(count: int) -> None:
    """So many indicators of the bureau in the demonstration's year, of all kinds of formula by turns."""
    actor, now, unit = operator("bench"), moment(YEAR.first_day), unit_by_code(OWNER, today())
    for number in range(count):
        name = f"ตัวชี้วัดสำหรับวัดเวลา {number}", f"Indicator to measure with {number}"
        code = f"{OWNER}-{9000 + number}"
        indicator = define_indicator(actor=actor, code=code, unit=unit, name_th=name[0], name_en=name[1], now=now)
        formula = FORMULAS[number % len(FORMULAS)]
        definition = add_definition(actor=actor, indicator=indicator, formula=formula, words=WORDS, now=now)
        goal = Goal(Decimal(80), Assignment.Class_.ROUTINE)
        assign(actor=actor, indicator=indicator, definition=definition, unit=unit, fiscal_year=YEAR, goal=goal, now=now)
