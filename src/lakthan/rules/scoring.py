"""The score of an agency: each result on a scale of five steps, their weighted mean, and both parts together.

Everything is exact; `shown` is the one way to display a score. How the scales, weights and missing results are dealt
with is a `Scheme`: data of a version, because the official criteria are not known. docs/scores.md works it out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from lakthan.core.errors import UserError
from lakthan.core.figure import NoValue, Operator, round_half_up

LOWEST, HIGHEST = 1, 5
STEPS = 5
PERCENT = 100
PLACES = 4
"""Decimals of a score on screen."""


class Missing(StrEnum):
    """What a result that is missing does to the mean."""

    BLOCKS = "blocks"
    """There is no mean while one is missing."""
    LEFT_OUT = "left-out"
    """Its weight is left out, and the others share the whole."""
    LOWEST = "lowest"
    """It counts as the lowest score."""


class Source(StrEnum):
    """Where a component of Part 1 has its score from."""

    RECORDED = "recorded"
    REPORTING = "reporting"
    """The mean score of the reporting of the unit's reports, on the common scale."""


class ScaleKind(StrEnum):
    """By which scale a result was scored."""

    AGREED = "agreed"
    """Values of the indicator itself, agreed for the assignment."""
    COMMON = "common"
    """Percent of the target, the same for all."""


@dataclass(frozen=True, slots=True)
class Component:
    """A component of Part 1, the management of the plan."""

    code: str
    name_th: str
    name_en: str
    weight: Decimal
    source: Source


@dataclass(frozen=True, slots=True)
class Scheme:
    """A version of how agencies are scored; `remark_*` say where it comes from."""

    number: int
    name_th: str
    name_en: str
    remark_th: str
    remark_en: str
    interpolates: bool
    """Whether a result between two steps gets a part of a point."""
    scale: tuple[Decimal, ...]
    """Percent of the target at which the scores 1 to 5 are reached."""
    missing: Missing
    weights: tuple[Decimal, Decimal]
    """Of Part 1 and Part 2."""
    components: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """The score of one result and how it came about; `score` is None where `reason` says why.

    `measured` is what is held against `scale`: the value itself, or percent of the target. It lies between the steps
    `step` and `step + 1`; at the ends of the scale there is no step above or below.
    """

    kind: ScaleKind
    scale: tuple[Decimal, ...]
    measured: Fraction | None = None
    step: int | None = None
    score: Fraction | None = None
    reason: NoValue | None = None


def shown(score: Fraction | None, places: int = PLACES) -> Decimal | None:
    """A score for display, half up; None stays None."""
    return None if score is None else round_half_up(score, places)


def score_result(
    scheme: Scheme,
    *,
    value: Fraction | None,
    target: Decimal | None,
    operator: Operator,
    agreed: Sequence[Decimal] = (),
    reason: NoValue | None = None,
) -> Scored:
    """Score a result on the scale that was agreed, or else by percent of its target on the common scale.

    `reason` is why there is no value. A result without a target and without an agreed scale is not evaluated.
    """
    kind = ScaleKind.AGREED if agreed else ScaleKind.COMMON
    scale = tuple(agreed) if agreed else scheme.scale
    if value is None:
        return Scored(kind, scale, reason=reason or NoValue.NOT_EVALUATED)
    measured = value if agreed else percent_of_target(value, target, operator)
    if measured is None or scale_fault(scale, operator if agreed else Operator.AT_LEAST) is not None:
        return Scored(kind, scale, measured, reason=NoValue.NOT_EVALUATED)
    step, score = _on_scale(measured, scale, interpolates=scheme.interpolates)
    return Scored(kind, scale, measured, step, score)


def percent_of_target(value: Fraction, target: Decimal | None, operator: Operator) -> Fraction | None:
    """How much of its target a result reached, in percent; None without a target, or with one that is not above 0.

    Where less is better, as much below the target counts as it would above: half of the target left is 150 percent.
    Where the target is to be met exactly, every distance from it counts against.
    """
    if target is None or target <= 0:
        return None
    part = value / Fraction(target)
    match operator:
        case Operator.AT_LEAST:
            return part * PERCENT
        case Operator.AT_MOST:
            return (2 - part) * PERCENT
        case Operator.EQUAL:
            return (1 - abs(1 - part)) * PERCENT


def scale_fault(scale: Sequence[Decimal], operator: Operator) -> str | None:
    """What is wrong with a scale: it has five values that go one way, that of the operator. None where it is right."""
    if len(scale) != STEPS:
        return "five values"
    rises = all(low < high for low, high in pairwise(scale))
    falls = all(low > high for low, high in pairwise(scale))
    right = {Operator.AT_LEAST: rises, Operator.AT_MOST: falls, Operator.EQUAL: rises or falls}[operator]
    return None if right else "one direction"


def _on_scale(measured: Fraction, scale: Sequence[Decimal], *, interpolates: bool) -> tuple[int, Fraction]:
    """The step that is reached and the score, at least the lowest and at most the highest."""
    way = 1 if scale[0] < scale[-1] else -1
    at = [way * Fraction(value) for value in scale]
    here = way * measured
    if here < at[0]:
        return 0, Fraction(LOWEST)
    step = max(number for number, value in enumerate(at, start=1) if here >= value)
    if step == STEPS or not interpolates:
        return step, Fraction(step)
    return step, step + (here - at[step - 1]) / (at[step] - at[step - 1])


# Means


@dataclass(frozen=True, slots=True)
class Weighed:
    """A score with its weight. `score` None with `reason`: not applicable and cancelled ones are never counted."""

    weight: Decimal | None
    score: Fraction | None
    reason: NoValue | None = None
    is_spared: bool = False
    """Whether it is left out by decision: slowed, and short of its target."""


class Treatment(StrEnum):
    """What became of a row in the mean."""

    COUNTED = "counted"
    LEFT_OUT = "left-out"
    AS_LOWEST = "as-lowest"
    BLOCKS = "blocks"


@dataclass(frozen=True, slots=True)
class Mean:
    """A weighted mean with its sums; `exact` None where nothing counts or a missing one blocks it.

    `treatments` stand beside the rows in their order; `points` is what each adds to the sum.
    """

    exact: Fraction | None
    reason: NoValue | None
    sum_of_points: Fraction
    sum_of_weights: Fraction
    treatments: tuple[Treatment, ...]
    points: tuple[Fraction | None, ...]
    of_weights: Fraction
    """The weights of all rows that apply, whether or not they are evaluated."""


NEVER_COUNTED = frozenset({NoValue.NOT_APPLICABLE, NoValue.CANCELLED})


def weighted_mean(rows: Sequence[Weighed], missing: Missing) -> Mean:
    """The sum of weight x score over the sum of weights, and what each row did in it.

    A row without a weight is left out, as is one that does not apply.
    """
    treatments = tuple(_treatment(row, missing) for row in rows)
    points = tuple(_points(row, treatment) for row, treatment in zip(rows, treatments, strict=True))
    counted = [row for row, point in zip(rows, points, strict=True) if point is not None]
    total = sum((point for point in points if point is not None), Fraction(0))
    weights = sum((Fraction(row.weight or 0) for row in counted), Fraction(0))
    applicable = [row for row in rows if row.weight and not row.is_spared and row.reason not in NEVER_COUNTED]
    of_weights = sum((Fraction(row.weight or 0) for row in applicable), Fraction(0))
    if Treatment.BLOCKS in treatments:
        exact, reason = None, NoValue.NOT_EVALUATED
    elif weights == 0:
        exact, reason = None, NoValue.NOT_EVALUATED if applicable or not rows else NoValue.NOT_APPLICABLE
    else:
        exact, reason = total / weights, None
    return Mean(exact, reason, total, weights, treatments, points, of_weights)


def _treatment(row: Weighed, missing: Missing) -> Treatment:
    if not row.weight or row.is_spared or row.reason in NEVER_COUNTED:
        return Treatment.LEFT_OUT
    if row.score is not None:
        return Treatment.COUNTED
    return {
        Missing.BLOCKS: Treatment.BLOCKS,
        Missing.LEFT_OUT: Treatment.LEFT_OUT,
        Missing.LOWEST: Treatment.AS_LOWEST,
    }[missing]


def _points(row: Weighed, treatment: Treatment) -> Fraction | None:
    match treatment:
        case Treatment.COUNTED if row.score is not None:
            return Fraction(row.weight or 0) * row.score
        case Treatment.AS_LOWEST:
            return Fraction(row.weight or 0) * LOWEST
        case _:
            return None


def composite(scheme: Scheme, part_1: Fraction | None, part_2: Fraction | None) -> Fraction | None:
    """Both parts together by their weights; None while one of them has no score."""
    if part_1 is None or part_2 is None:
        return None
    first, second = (Fraction(weight) for weight in scheme.weights)
    return (first * part_1 + second * part_2) / (first + second)


# As data

DEFAULT: Mapping[str, Any] = MappingProxyType(
    {
        "number": 1,
        "name_th": "เกณฑ์คะแนนตั้งต้นของระบบ",
        "name_en": "Default scheme",
        "remark_th": (
            "น้ำหนัก 20/80 และช่วงร้อยละ 60 70 80 90 100 มาจากแบบเดิม เกณฑ์ทางการยังไม่ทราบ "
            "องค์ประกอบของส่วนที่ 1 การคิดคะแนนระหว่างขั้น และวิธีคิดเมื่อยังไม่มีผล เป็นข้อสมมติของระบบ"
        ),
        "remark_en": (
            "The weights of 20 and 80 and the steps at 60, 70, 80, 90 and 100 percent are those of an older form. The "
            "official criteria are not known: the components of Part 1, points between steps, and what a missing "
            "result does are assumptions of this system."
        ),
        "interpolates": True,
        "scale": ["60", "70", "80", "90", "100"],
        "missing": "blocks",
        "weights": ["20", "80"],
        "components": [
            {
                "code": "planning",
                "name_th": "การจัดทำแผนปฏิบัติราชการและการถ่ายทอดตัวชี้วัด",
                "name_en": "Making the annual plan and passing the indicators on",
                "weight": "30",
                "source": "recorded",
            },
            {
                "code": "reporting",
                "name_th": "คุณภาพการรายงานผล",
                "name_en": "Quality of the reporting",
                "weight": "40",
                "source": "reporting",
            },
            {
                "code": "follow-up",
                "name_th": "การติดตามและใช้ผลปรับปรุงงาน",
                "name_en": "Following up and using the results",
                "weight": "30",
                "source": "recorded",
            },
        ],
    }
)
"""The scheme where a city has adopted none of its own."""


def parse_scheme(data: Mapping[str, Any]) -> Scheme:
    """A scheme from plain data, as it is adopted.

    Raises:
        UserError: what is given is no scheme; it names the place.
    """
    try:
        weights = [Decimal(weight) for weight in data["weights"]]
        scheme = Scheme(
            number=int(data["number"]),
            interpolates=bool(data["interpolates"]),
            scale=tuple(Decimal(value) for value in data["scale"]),
            missing=Missing(data["missing"]),
            weights=(weights[0], weights[1]),
            components=tuple(_component(row) for row in data["components"]),
            **{name: str(data[name]) for name in ("name_th", "name_en", "remark_th", "remark_en")},
        )
    except (KeyError, TypeError, ValueError, IndexError, InvalidOperation) as error:
        raise _not_a_scheme(f"{type(error).__name__}: {error}") from error
    if (fault := _fault(scheme, len(weights))) is not None:
        raise _not_a_scheme(fault)
    return scheme


def _component(row: Mapping[str, Any]) -> Component:
    names = {name: str(row[name]) for name in ("code", "name_th", "name_en")}
    return Component(weight=Decimal(row["weight"]), source=Source(row["source"]), **names)


def _fault(scheme: Scheme, parts: int) -> str | None:
    numbers = [*scheme.scale, *scheme.weights, *(component.weight for component in scheme.components)]
    if not all(number.is_finite() for number in numbers):
        return "a number is not finite"
    if (fault := scale_fault(scheme.scale, Operator.AT_LEAST)) is not None:
        return f"scale: {fault}"
    if parts != len(scheme.weights) or min(scheme.weights) < 0 or sum(scheme.weights) == 0:
        return "weights: two, none below 0, and not both 0"
    codes = [component.code for component in scheme.components]
    if not codes or len(set(codes)) < len(codes):
        return "components: none, or two of one code"
    if any(component.weight <= 0 for component in scheme.components):
        return "components: a weight is not above 0"
    return None


def _not_a_scheme(why: str) -> UserError:
    return UserError(f"ข้อมูลเกณฑ์คะแนนไม่ถูกต้อง ({why})", f"This is no scheme of scores: {why}.")


def on_common_scale(scheme: Scheme, percent: Fraction) -> Fraction:
    """A score in percent, such as that of the reporting, as points from 1 to 5 on the common scale."""
    return _on_scale(percent, scheme.scale, interpolates=scheme.interpolates)[1]
