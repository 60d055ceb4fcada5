"""The services of the desk that look at periods."""

from lakthan.apps.indicators.services import Defined, Identity
from lakthan.apps.people.models import Unit
from lakthan.apps.reporting.services import definitions
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
