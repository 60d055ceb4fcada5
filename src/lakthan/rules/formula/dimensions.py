"""By what a figure can be broken down, and why not."""

from enum import StrEnum

from lakthan.core.errors import UserError
from lakthan.rules.facts import FACT_KINDS
from lakthan.rules.formula.grammar import (
    FactQuery,
    Formula,
    Reported,
    ReportedInput,
    RollUp,
    Share,
    Steps,
    queries,
)


class Dimension(StrEnum):
    """By what a figure can be broken down."""

    UNIT = "unit"
    """Each district."""
    GROUP = "group"
    """Each district group."""
    COMMUNITY_TYPE = "community-type"
    KIND = "kind"
    """New plans and reviewed ones."""


def dimensions_of(formula: Formula) -> tuple[Dimension, ...]:
    """The dimensions by which a formula can be broken down."""
    return tuple(dimension for dimension in Dimension if breakdown_refusal(formula, dimension) is None)


def dimension_named(name: str) -> Dimension:
    """The dimension of that name; raises `UserError` where there is none."""
    try:
        return Dimension(name)
    except ValueError:
        allowed = ", ".join(Dimension)
        raise UserError(
            f"ไม่รู้จักการแยกย่อย “{name}” ให้ใช้ค่าใดค่าหนึ่งต่อไปนี้: {allowed}",
            f"there is no breakdown by “{name}”; use one of: {allowed}",
        ) from None


def breakdown_refusal(formula: Formula, dimension: Dimension) -> UserError | None:
    """Why a formula cannot be broken down by a dimension, or None where it can."""
    match formula:
        case Steps():
            return UserError(
                "ตัวชี้วัดแบบขั้นตอนแยกย่อยไม่ได้ เพราะขั้นตอนเป็นของทั้งตัวชี้วัด ให้ดูรายการขั้นตอนแทน",
                "a formula of steps cannot be broken down, its steps are those of the whole; look at the list of steps",
            )
        case Reported():
            return _reported_refusal(formula, dimension)
        case Share() if formula.population.of == "districts" and dimension is Dimension.COMMUNITY_TYPE:
            return UserError(
                "สัดส่วนของสำนักงานเขตแยกตามประเภทชุมชนไม่ได้ เพราะหนึ่งเขตมีชุมชนหลายประเภท ให้แยกตามกลุ่มเขต (group) แทน",
                "a share of district offices cannot be broken down by community type, one district has communities of "
                "several types; break it down by group",
            )
        case _:
            refusals = (_query_refusal(query, dimension) for query in queries(formula))
            return next((refusal for refusal in refusals if refusal is not None), None)


def _reported_refusal(formula: Reported, dimension: Dimension) -> UserError | None:
    if dimension not in (Dimension.UNIT, Dimension.GROUP):
        return UserError(
            "ค่าที่หน่วยงานรายงานแยกได้เฉพาะตามสำนักงานเขต (unit) หรือกลุ่มเขต (group) เพราะแต่ละค่าเป็นของทั้งหน่วยงาน",
            "reported values can be broken down only by unit or group, each is that of a whole unit",
        )
    if formula.roll_up is RollUp.LATEST:
        return UserError(
            "ค่าล่าสุดแยกย่อยไม่ได้ เพราะมาจากรายงานของวันเดียว ให้ดูค่าของแต่ละหน่วยงานแทน",
            "the latest value cannot be broken down, it comes from the reports of one day; look at each unit's value",
        )
    if formula.roll_up is RollUp.MEAN and formula.input is ReportedInput.PAIR:
        return UserError(
            "ค่าเฉลี่ยของอัตราแยกย่อยไม่ได้ เพราะอัตราของแต่ละหน่วยงานรวมกันไม่ได้ ให้ดูค่าของแต่ละหน่วยงานแทน",
            "a mean of rates cannot be broken down, rates do not add up; look at each unit's value",
        )
    return None


def _query_refusal(query: FactQuery, dimension: Dimension) -> UserError | None:
    spec = FACT_KINDS[query.fact]
    if dimension is Dimension.COMMUNITY_TYPE and not spec.has_community:
        return UserError(
            f"แยกตามประเภทชุมชนไม่ได้ เพราะ{spec.name_th}ไม่ได้ผูกกับชุมชน ให้แยกตามกลุ่มเขต (group) แทน",
            f"cannot be broken down by community type, {spec.plural_en} do not belong to communities; "
            "break it down by group",
        )
    if dimension is Dimension.KIND and "kind" not in spec.attributes:
        return UserError(
            f"แยกตามการจัดทำใหม่หรือทบทวนไม่ได้ เพราะ{spec.name_th}ไม่ได้มาจากแผนพัฒนาชุมชน ให้แยกตามกลุ่มเขต (group) แทน",
            f"cannot be broken down by new or reviewed plans, {spec.plural_en} do not come from community plans; "
            "break it down by group",
        )
    return None
