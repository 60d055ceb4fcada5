"""Writes of indicators and of the versions of their definitions. A definition is never changed, only followed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lakthan.apps.indicators.models import Definition, Indicator, IndicatorNode, PlanNode
from lakthan.apps.ledger.services import change, create, create_all, lock
from lakthan.apps.people.models import Unit
from lakthan.core.errors import UserError
from lakthan.core.figure import Operator
from lakthan.rules.entry import require_text
from lakthan.rules.formula.parse import formula_data, parse_formula
from lakthan.rules.permissions import Action, Actor, require


@dataclass(frozen=True, slots=True)
class Words:
    """What a definition says in words, in both languages. `terms` are paragraphs."""

    terms_th: Sequence[str]
    terms_en: Sequence[str]
    method_th: str
    method_en: str
    unit_th: str
    unit_en: str


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
