"""The services of `indicators`."""

from dataclasses import replace
from decimal import Decimal

from lakthan.apps.indicators import services
from lakthan.apps.indicators.models import Assignment, Indicator, PlanNode
from lakthan.apps.indicators.services import plans
from lakthan.apps.people.models import Unit
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Role
from tests.apps import builders
from tests.apps.acts.table import Call, act
from tests.apps.builders import NOW, YEAR

STRATEGY = [Role.STRATEGY_ADMINISTRATOR]


@act(services.add_plan_version, ("indicators.add_plan_version", "indicators.planversion"), anywhere=STRATEGY)
def _add_plan_version(home: Unit) -> Call:
    return lambda actor: services.add_plan_version(
        actor=actor,
        code="phase3",
        name_th="ระยะที่ 3",
        name_en="Phase 3",
        first_year=FiscalYear(2566),
        last_year=FiscalYear(2570),
        level_names=["ยุทธศาสตร์"],
        now=NOW,
    )


@act(services.add_plan_node, ("indicators.add_plan_node", "indicators.plannode"), anywhere=STRATEGY)
def _add_plan_node(home: Unit) -> Call:
    version = builders.plan_version()
    return lambda actor: services.add_plan_node(
        actor=actor,
        version=version,
        code="5",
        level_name="ด้าน",
        name_th="มหานครประชาธิปไตย",
        certainty=PlanNode.Certainty.OBSERVED,
        now=NOW,
    )


@act(
    services.define_indicator,
    ("indicators.define_indicator", "indicators.indicator"),
    ("indicators.link_node", "indicators.indicatornode"),
    anywhere=STRATEGY,
)
def _define_indicator(home: Unit) -> Call:
    nodes = [builders.plan_node(builders.plan_version())]
    return lambda actor: services.define_indicator(
        actor=actor, code="2100-0001", unit=home, name_th="ร้อยละ", name_en="Share", nodes=nodes, now=NOW
    )


@act(services.choose_level, ("indicators.choose_level", "indicators.indicator"), anywhere=STRATEGY)
def _choose_level(home: Unit) -> Call:
    row = builders.indicator(home)
    return lambda actor: services.choose_level(actor=actor, indicator=row, level=Indicator.Level.OUTPUT, now=NOW)


@act(services.add_definition, ("indicators.add_definition", "indicators.definition"), anywhere=STRATEGY)
def _add_definition(home: Unit) -> Call:
    row = builders.indicator(home)
    return lambda actor: services.add_definition(
        actor=actor, indicator=row, formula=builders.SHARE, words=builders.WORDS, now=NOW
    )


@act(
    services.assign,
    ("indicators.assign", "indicators.assignment"),
    ("indicators.set_quarter_target", "indicators.quartertarget"),
    anywhere=STRATEGY,
)
def _assign(home: Unit) -> Call:
    row = builders.indicator(home)
    scale = [Decimal(value) for value in (60, 70, 80, 90, 100)]
    goal = services.Goal(Decimal(80), Assignment.Class_.STRATEGIC, Decimal(30), scale, {3: Decimal("75.5")})
    return lambda actor: services.assign(
        actor=actor,
        indicator=row,
        definition=builders.definition(row),
        unit=home,
        fiscal_year=YEAR,
        goal=goal,
        now=NOW,
    )


@act(services.record_baseline, ("indicators.record_baseline", "indicators.baseline"), anywhere=STRATEGY)
def _record_baseline(home: Unit) -> Call:
    assignment = builders.assignment(home)
    return lambda actor: services.record_baseline(
        actor=actor, assignment=assignment, fiscal_year=YEAR + -1, value=Decimal("71.5"), source="รายงานปี 2562", now=NOW
    )


IDENTITY = services.Identity("ร้อยละใหม่", "New share", "outcome", ())
DEFINED = services.Defined(builders.SHARE, builders.WORDS)


@act(
    services.create_indicator,
    ("indicators.define_indicator", "indicators.indicator"),
    ("indicators.add_definition", "indicators.definition"),
    anywhere=STRATEGY,
)
def _create_indicator(home: Unit) -> Call:
    return lambda actor: services.create_indicator(
        actor=actor, owner=home.pk, identity=IDENTITY, defined=DEFINED, now=NOW
    )


@act(
    services.set_identity,
    ("indicators.set_identity", "indicators.indicator"),
    ("indicators.link_node", "indicators.indicatornode"),
    ("indicators.end_node_link", "indicators.indicatornode"),
    anywhere=STRATEGY,
)
def _set_identity(home: Unit) -> Call:
    version = builders.plan_version()
    row = builders.indicator(home, nodes=[builders.plan_node(version, "5")])
    identity = replace(IDENTITY, nodes=(builders.plan_node(version, "6").pk,))
    return lambda actor: services.set_identity(actor=actor, indicator=row, identity=identity, now=NOW)


def _text(code: str = "9") -> plans.NodeText:
    return plans.NodeText(code, "ด้าน", "ข้อความทั้งหมด", "The whole text", "observed")


@act(plans.write_plan_node, ("indicators.change_plan_node", "indicators.plannode"), anywhere=STRATEGY)
def _write_plan_node(home: Unit) -> Call:
    node = builders.plan_node(builders.plan_version())
    return lambda actor: plans.write_plan_node(actor=actor, version="phase2", node=node.pk, text=_text(), now=NOW)


@act(plans.withdraw_plan_node, ("indicators.withdraw_plan_node", "indicators.plannode"), anywhere=STRATEGY)
def _withdraw_plan_node(home: Unit) -> Call:
    node = builders.plan_node(builders.plan_version())
    return lambda actor: plans.withdraw_plan_node(actor=actor, version="phase2", node=node.pk, now=NOW)


@act(plans.restore_plan_node, ("indicators.restore_plan_node", "indicators.plannode"), anywhere=STRATEGY)
def _restore_plan_node(home: Unit) -> Call:
    node = builders.plan_node(builders.plan_version())
    plans.withdraw_plan_node(actor=builders.ROOT, version="phase2", node=node.pk, now=NOW)
    return lambda actor: plans.restore_plan_node(actor=actor, version="phase2", node=node.pk, now=NOW)


@act(
    plans.follow_plan_version,
    ("indicators.add_plan_version", "indicators.planversion"),
    ("indicators.add_plan_node", "indicators.plannode"),
    ("indicators.add_plan_node", "indicators.plannode"),
    anywhere=STRATEGY,
)
def _follow_plan_version(home: Unit) -> Call:
    version = builders.plan_version()
    builders.plan_node(version, "5.1", builders.plan_node(version))
    return lambda actor: plans.follow_plan_version(
        actor=actor,
        source="phase2",
        code="phase3",
        name_th="ระยะที่ 3",
        name_en="Phase 3",
        first_year=FiscalYear(2566),
        last_year=FiscalYear(2570),
        level_names=["ด้าน", "มิติ"],
        now=NOW,
    )
