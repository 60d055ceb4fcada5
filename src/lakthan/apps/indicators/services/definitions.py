"""Writes of indicators and of the versions of their definitions. A definition is never changed, only followed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lakthan.apps.indicators.models import Definition, Indicator, IndicatorNode, PlanNode
from lakthan.apps.ledger.services import change, create, create_all, lock
from lakthan.apps.people.models import Unit
from lakthan.apps.people.selectors import with_code
from lakthan.core.errors import NotFound, UserError
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


@dataclass(frozen=True, slots=True)
class Identity:
    """What an indicator is beside its definition; `level` is a value of `Indicator.Level`, `nodes` those it serves."""

    name_th: str
    name_en: str
    level: str
    nodes: Sequence[UUID]


@dataclass(frozen=True, slots=True)
class Defined:
    """A definition as it is to be stored."""

    formula: Mapping[str, object]
    words: Words
    operator: Operator = Operator.AT_LEAST
    decimals: int = 2


def create_indicator(
    *, actor: Actor, owner: UUID, identity: Identity, defined: Defined, now: datetime, code: str = ""
) -> Indicator:
    """Add an indicator with the first version of its definition. Without a code it gets the owner's next free one.

    Raises:
        FormulaError: the formula is wrong; each problem names its field.
        UserError: the code is taken, a text is missing, or the owner has no code to number by.
        NotFound: there is no such unit or node.
    """
    require(actor, Action.DEFINE_INDICATORS)
    unit = Unit.objects.filter(pk=owner).first()
    if unit is None:
        raise NotFound("ไม่พบหน่วยงานนี้", "There is no such unit.")
    with transaction.atomic():
        indicator = define_indicator(
            actor=actor,
            code=code or next_code(unit, timezone.localdate(now)),
            unit=unit,
            name_th=identity.name_th,
            name_en=identity.name_en,
            level=Indicator.Level(identity.level),
            nodes=nodes_of(identity.nodes),
            now=now,
        )
        require_text(defined.words.unit_th, "หน่วยนับ", "The unit of measure")
        add_definition(
            actor=actor,
            indicator=indicator,
            formula=defined.formula,
            words=defined.words,
            operator=defined.operator,
            decimals=defined.decimals,
            now=now,
        )
    return indicator


def next_code(unit: Unit, on: date) -> str:
    """The first code after those of a unit: 2100-0007.

    Raises:
        UserError: the unit has no code of its own.
    """
    own = with_code(Unit.objects.filter(pk=unit.pk), on).values_list("code", flat=True).first()
    if not own:
        raise UserError(
            f"{unit.name_th} ไม่มีรหัสหน่วยงาน กรุณากรอกรหัสตัวชี้วัด", "The owner has no code; write one for the indicator."
        )
    taken = Indicator.objects.filter(code__startswith=f"{own}-").values_list("code", flat=True)
    numbers = [int(code.partition("-")[2]) for code in taken if code.partition("-")[2].isdigit()]
    return f"{own}-{max(numbers, default=0) + 1:04}"


def nodes_of(ids: Sequence[UUID]) -> list[PlanNode]:
    """The nodes of the plan with these identifiers, none of them withdrawn.

    Raises:
        NotFound: one is not there, or was withdrawn.
    """
    found = {node.pk: node for node in PlanNode.objects.filter(pk__in=ids, withdrawn_on=None)}
    if len(found) < len(set(ids)):
        raise NotFound("หัวข้อของแผนที่เลือกไม่มีอยู่ หรือถูกถอนแล้ว", "A chosen node of the plan is not there, or was withdrawn.")
    return [found[pk] for pk in dict.fromkeys(ids)]


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
    reason: str = "",
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
        reason=reason,
    )
    with transaction.atomic():
        definition.number = lock(indicator).definitions.count() + 1
        return create(actor, definition, act="indicators.add_definition", now=now)


def set_identity(*, actor: Actor, indicator: Indicator, identity: Identity, now: datetime) -> Indicator:
    """Change the names and the level of an indicator and the nodes that it serves; what is the same is left alone.

    A node that is chosen no more keeps its link with the day on which it ended.

    Raises:
        UserError: the name is missing.
        NotFound: a node is not there, or was withdrawn.
    """
    require(actor, Action.DEFINE_INDICATORS)
    name = require_text(identity.name_th, "ชื่อตัวชี้วัด", "The indicator's name")
    values = {"name_th": name, "name_en": identity.name_en, "level": identity.level}
    with transaction.atomic():
        change(actor, indicator, act="indicators.set_identity", now=now, **values)
        links = {link.node_id: link for link in IndicatorNode.objects.filter(indicator=indicator)}
        kept = {node for node, link in links.items() if link.ended_on is None}
        for node in nodes_of([node for node in identity.nodes if node not in kept]):
            if node.pk in links:
                change(actor, links[node.pk], act="indicators.link_node", now=now, ended_on=None)
            else:
                create(actor, IndicatorNode(indicator=indicator, node=node), act="indicators.link_node", now=now)
        for node_id in sorted(kept - set(identity.nodes)):
            ended_on = timezone.localdate(now)
            change(actor, links[node_id], act="indicators.end_node_link", now=now, ended_on=ended_on)
    return indicator
