"""The services of the desk that look at periods."""

from decimal import Decimal
from typing import Any

from lakthan.apps.indicators.services import Defined, Identity
from lakthan.apps.people.models import Unit
from lakthan.apps.reporting.assigning import Wanted
from lakthan.apps.reporting.services import assignments, copying, definitions
from tests.apps import builders
from tests.apps.acts.indicators import STRATEGY
from tests.apps.acts.table import Call, act
from tests.apps.builders import NOW, YEAR


@act(
    definitions.revise_indicator,
    ("indicators.set_identity", "indicators.indicator"),
    ("indicators.add_definition", "indicators.definition"),
    ("indicators.use_definition", "indicators.assignment"),
    anywhere=STRATEGY,
)
def _revise_indicator(home: Unit) -> Call:
    row = builders.assignment(home).indicator
    identity = Identity("ชื่อใหม่", "New name", "outcome", ())
    return lambda actor: definitions.revise_indicator(
        actor=actor,
        code=row.code,
        seen=1,
        identity=identity,
        defined=Defined(builders.PAIR, builders.WORDS),
        reason="ปรับปรุงนิยาม",
        years=[YEAR.be],
        now=NOW,
    )


@act(definitions.use_definition, ("indicators.use_definition", "indicators.assignment"), anywhere=STRATEGY)
def _use_definition(home: Unit) -> Call:
    row = builders.assignment(home).indicator
    second = builders.add_definition(
        actor=builders.ROOT, indicator=row, formula=builders.PAIR, words=builders.WORDS, now=NOW
    )
    return lambda actor: definitions.use_definition(actor=actor, definition=second, years=[YEAR.be], now=NOW)


@act(
    assignments.assign_many,
    ("indicators.assign", "indicators.assignment"),
    ("indicators.set_quarter_target", "indicators.quartertarget"),
    ("indicators.record_baseline", "indicators.baseline"),
    ("indicators.change_assignment", "indicators.assignment"),
    ("indicators.set_quarter_target", "indicators.quartertarget"),
    ("indicators.record_baseline", "indicators.baseline"),
    anywhere=STRATEGY,
)
def _assign_many(home: Unit) -> Call:
    row = builders.assignment(home).indicator
    usual: dict[str, Any] = {
        "quarters": {1: Decimal(20)},
        "baselines": {2562: Decimal(70)},
        "baseline_source": "รายงานปี 2562",
    }
    wanted = [Wanted(unit.pk, Decimal(90), "routine", **usual) for unit in (home, builders.unit("5009"))]
    return lambda actor: assignments.assign_many(actor=actor, code=row.code, fiscal_year=YEAR, wanted=wanted, now=NOW)


@act(
    copying.copy_year,
    ("indicators.assign", "indicators.assignment"),
    anywhere=STRATEGY,
)
def _copy_year(home: Unit) -> Call:
    row = builders.assignment(home).indicator
    return lambda actor: copying.copy_year(actor=actor, source=YEAR, into=YEAR + 1, codes=[row.code], now=NOW)
