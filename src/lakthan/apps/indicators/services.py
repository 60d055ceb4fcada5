"""Writes of the plan tree, indicators, definitions, assignments and targets.

Definitions and targets are frozen by there being no way to change them: a definition is followed by a new version, a
target by a decision with a document.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from lakthan.apps.indicators.models import (
    Assignment,
    Baseline,
    Definition,
    Indicator,
    IndicatorNode,
    PlanNode,
    PlanVersion,
    QuarterTarget,
)
from lakthan.apps.ledger.services import change, create, create_all, lock
from lakthan.apps.people.models import Unit
from lakthan.core.errors import UserError
from lakthan.core.figure import Operator
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.entry import require_number, require_text
from lakthan.rules.formula.parse import formula_data, parse_formula
from lakthan.rules.permissions import Action, Actor, require

LARGEST_WEIGHT = Decimal("9999.99")


@dataclass(frozen=True, slots=True)
class Words:
    """What a definition says in words, in both languages. `terms` are paragraphs."""

    terms_th: Sequence[str]
    terms_en: Sequence[str]
    method_th: str
    method_en: str
    unit_th: str
    unit_en: str


@dataclass(frozen=True, slots=True)
class Goal:
    """What is agreed for a year: target, weight, the values at which scores 1 to 5 are reached, quarter targets."""

    target: Decimal | None
    classification: Assignment.Class_
    weight: Decimal | None = None
    scale: Sequence[Decimal] = ()
    quarters: Mapping[int, Decimal] | None = None


def add_plan_version(
    *,
    actor: Actor,
    code: str,
    name_th: str,
    name_en: str,
    first_year: FiscalYear,
    last_year: FiscalYear,
    level_names: Sequence[str],
    now: datetime,
) -> PlanVersion:
    """Add a phase of the city's plan with the names of its levels."""
    require(actor, Action.DEFINE_INDICATORS)
    if last_year < first_year:
        raise UserError("ปีสุดท้ายของแผนมาก่อนปีแรก", "The plan's last year lies before its first.")
    version = PlanVersion(
        code=code,
        name_th=name_th,
        name_en=name_en,
        first_year=first_year.be,
        last_year=last_year.be,
        level_names=list(level_names),
    )
    return create(actor, version, act="indicators.add_plan_version", now=now)


def add_plan_node(
    *,
    actor: Actor,
    version: PlanVersion,
    code: str,
    level_name: str,
    name_th: str,
    certainty: PlanNode.Certainty,
    now: datetime,
    name_en: str = "",
    source: str = "",
    parent: PlanNode | None = None,
) -> PlanNode:
    """Add a node with its whole text. Its level is one of the version's, its parent belongs to the same version."""
    require(actor, Action.DEFINE_INDICATORS)
    if level_name not in version.level_names:
        raise UserError(
            f"แผนนี้ไม่มีระดับ {level_name} (มี {', '.join(version.level_names)})",
            f"The plan has no level {level_name}; it has {', '.join(version.level_names)}.",
        )
    if parent is not None and parent.version_id != version.pk:
        raise UserError("ข้อแม่อยู่คนละฉบับของแผน", "The parent belongs to another version of the plan.")
    node = PlanNode(
        version=version,
        parent=parent,
        code=code,
        level_name=level_name,
        name_th=name_th,
        name_en=name_en,
        certainty=certainty,
        source=source,
    )
    return create(actor, node, act="indicators.add_plan_node", now=now)


def define_indicator(
    *,
    actor: Actor,
    code: str,
    unit: Unit,
    name_th: str,
    name_en: str,
    now: datetime,
    level: Indicator.Level = Indicator.Level.UNKNOWN,
    nodes: Sequence[PlanNode] = (),
) -> Indicator:
    """Add an indicator and link it to the nodes of the plan that it serves."""
    require(actor, Action.DEFINE_INDICATORS)
    if Indicator.objects.filter(code=code).exists():
        raise UserError(f"มีตัวชี้วัดรหัส {code} แล้ว", f"There is an indicator with the code {code} already.")
    indicator = Indicator(
        code=require_text(code, "รหัสตัวชี้วัด", "The indicator's code"),
        unit=unit,
        name_th=require_text(name_th, "ชื่อตัวชี้วัด", "The indicator's name"),
        name_en=name_en,
        level=level,
    )
    with transaction.atomic():
        create(actor, indicator, act="indicators.define_indicator", now=now)
        links = [IndicatorNode(indicator=indicator, node=node) for node in nodes]
        create_all(actor, links, act="indicators.link_node", now=now)
    return indicator


def choose_level(*, actor: Actor, indicator: Indicator, level: Indicator.Level, now: datetime) -> Indicator:
    """State whether an indicator measures output or outcome."""
    require(actor, Action.DEFINE_INDICATORS)
    return change(actor, indicator, act="indicators.choose_level", now=now, level=level)


def add_definition(
    *,
    actor: Actor,
    indicator: Indicator,
    formula: Mapping[str, object],
    words: Words,
    now: datetime,
    operator: Operator = Operator.AT_LEAST,
    decimals: int = 2,
) -> Definition:
    """Add the next version of an indicator's definition. The formula is checked and stored in its canonical form.

    Raises:
        FormulaError: the formula is wrong; each problem names its field.
    """
    require(actor, Action.DEFINE_INDICATORS)
    definition = Definition(
        indicator=indicator,
        terms_th=list(words.terms_th),
        terms_en=list(words.terms_en),
        method_th=words.method_th,
        method_en=words.method_en,
        formula=formula_data(parse_formula(formula)),
        unit_th=words.unit_th,
        unit_en=words.unit_en,
        operator=operator.value,
        decimals=decimals,
    )
    with transaction.atomic():
        definition.number = lock(indicator).definitions.count() + 1
        return create(actor, definition, act="indicators.add_definition", now=now)


def assign(
    *,
    actor: Actor,
    indicator: Indicator,
    definition: Definition,
    unit: Unit,
    fiscal_year: FiscalYear,
    goal: Goal,
    now: datetime,
    supervisor: Unit | None = None,
    collector: Unit | None = None,
) -> Assignment:
    """Make a unit answer for an indicator in a fiscal year, with its targets.

    Raises:
        UserError: the definition is another indicator's, there is no such quarter, or a number cannot be kept exactly.
    """
    require(actor, Action.DEFINE_INDICATORS)
    _check(goal, fiscal_year)
    if definition.indicator_id != indicator.pk:
        raise UserError("คำนิยามเป็นของตัวชี้วัดอื่น", "The definition belongs to another indicator.")
    assignment = Assignment(
        unit=unit,
        indicator=indicator,
        definition=definition,
        fiscal_year=fiscal_year.be,
        target=goal.target,
        weight=goal.weight,
        classification=goal.classification,
        scale=[str(value) for value in goal.scale],
        supervisor=supervisor,
        collector=collector,
    )
    with transaction.atomic():
        create(actor, assignment, act="indicators.assign", now=now)
        targets = [
            QuarterTarget(unit=unit, assignment=assignment, quarter=quarter, target=target)
            for quarter, target in (goal.quarters or {}).items()
        ]
        create_all(actor, targets, act="indicators.set_quarter_target", now=now)
    return assignment


def _check(goal: Goal, fiscal_year: FiscalYear) -> None:
    if goal.target is not None:
        require_number(goal.target, "ค่าเป้าหมาย", "The target")
    if goal.weight is not None:
        require_number(goal.weight, "น้ำหนัก", "The weight", places=2, largest=LARGEST_WEIGHT)
    for number, target in (goal.quarters or {}).items():
        quarter = fiscal_year.quarter(number)
        require_number(target, f"ค่าเป้าหมาย{quarter.label_th}", f"The target of {quarter.label_en}")


def record_baseline(
    *, actor: Actor, assignment: Assignment, fiscal_year: FiscalYear, value: Decimal, source: str, now: datetime
) -> Baseline:
    """Record what an earlier year reached, with its source."""
    require(actor, Action.DEFINE_INDICATORS)
    row = Baseline(
        unit_id=assignment.unit_id,
        assignment=assignment,
        fiscal_year=fiscal_year.be,
        value=require_number(value, "ค่าฐาน", "The baseline"),
        source=require_text(source, "แหล่งที่มา", "The source"),
    )
    return create(actor, row, act="indicators.record_baseline", now=now)
