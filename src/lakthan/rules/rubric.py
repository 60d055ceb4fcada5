"""How the reporting itself is scored: criteria, steps and weights as data, and an exact total.

The score says how well a unit reported. Whether the target of the indicator is met is another answer, and is nowhere
mixed with it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from lakthan.core.errors import UserError
from lakthan.core.figure import NoValue, round_half_up

HIGHEST = Decimal(100)


class Judged(StrEnum):
    """How a criterion gets its score."""

    BY_DAYS_LATE = "by-days-late"
    """Computed: the day of submission against the deadline."""
    BY_REVIEWER = "by-reviewer"
    """One of the steps, chosen by the reviewer with a note."""


class Counts(StrEnum):
    """Which submission of a report is held against the deadline."""

    FIRST = "first-submission"
    NEWEST = "newest-submission"


@dataclass(frozen=True, slots=True)
class RubricStep:
    """A score that can be given; `up_to` so many days late, None for without end and where a reviewer judges."""

    score: Decimal
    name_th: str
    name_en: str
    up_to: int | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is scored: its weight among the others and its steps, best first."""

    code: str
    name_th: str
    name_en: str
    weight: Decimal
    judged: Judged
    steps: tuple[RubricStep, ...]
    counts: Counts = Counts.FIRST

    @property
    def is_computed(self) -> bool:
        """Whether nobody chooses the score."""
        return self.judged is Judged.BY_DAYS_LATE


@dataclass(frozen=True, slots=True)
class Rubric:
    """The criteria of one version; `remark_*` say where they come from."""

    number: int
    name_th: str
    name_en: str
    remark_th: str
    remark_en: str
    criteria: tuple[Criterion, ...]

    def criterion(self, code: str) -> Criterion:
        """The criterion of that code.

        Raises:
            UserError: there is none.
        """
        for criterion in self.criteria:
            if criterion.code == code:
                return criterion
        raise UserError(f"เกณฑ์การประเมินไม่มีหัวข้อ {code}", f"The rubric has no criterion {code}.")


@dataclass(frozen=True, slots=True)
class Part:
    """A criterion with the score that it got; None with the reason why there is none."""

    criterion: Criterion
    score: Decimal | None
    reason: NoValue | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """The weighted mean of the parts; None with the reason while one of them is not evaluated, never 0."""

    exact: Fraction | None
    reason: NoValue | None = None

    @property
    def value(self) -> Decimal | None:
        """For display: half up, two decimals."""
        return None if self.exact is None else round_half_up(self.exact)


def step_for(criterion: Criterion, days_late: int) -> RubricStep:
    """The step that a computed criterion gives for so many days late; on time or early is 0 or less."""
    return next(step for step in criterion.steps if step.up_to is None or days_late <= step.up_to)


def timeliness(criterion: Criterion, submitted_on: Sequence[date], deadline_on: date | None) -> Part:
    """The computed part: of the first or the newest of the days on which the report was submitted, in order."""
    if deadline_on is None or not submitted_on:
        return Part(criterion, None, NoValue.NOT_EVALUATED)
    counted = submitted_on[0] if criterion.counts is Counts.FIRST else submitted_on[-1]
    return Part(criterion, step_for(criterion, (counted - deadline_on).days).score)


def total(parts: Iterable[Part]) -> Total:
    """The sum of weight x score over the sum of weights, exactly. What is not applicable is left out of both.

    A part that is not evaluated leaves the whole not evaluated: an unknown score is no 0.
    """
    applicable = [part for part in parts if part.reason is not NoValue.NOT_APPLICABLE]
    if not applicable:
        return Total(None, NoValue.NOT_APPLICABLE)
    weighed, weights = Fraction(0), Fraction(0)
    for part in applicable:
        if part.score is None:
            return Total(None, NoValue.NOT_EVALUATED)
        weighed += Fraction(part.criterion.weight) * Fraction(part.score)
        weights += Fraction(part.criterion.weight)
    return Total(weighed / weights)


def score_refusal(criterion: Criterion, score: Decimal) -> UserError | None:
    """Why a reviewer may not give this score; None where it is one of the steps."""
    if criterion.is_computed:
        return UserError(
            f"คะแนน{criterion.name_th}คำนวณจากวันที่ส่ง ให้เองไม่ได้", f"{criterion.name_en} is computed; nobody gives it."
        )
    if score not in {step.score for step in criterion.steps}:
        given = ", ".join(f"{step.score.normalize():f}" for step in criterion.steps)
        return UserError(
            f"คะแนน{criterion.name_th}ต้องเป็น {given} อย่างใดอย่างหนึ่ง",
            f"{criterion.name_en} is scored with one of {given}.",
        )
    return None


# As data

DEFAULT: Mapping[str, Any] = MappingProxyType(
    {
        "number": 1,
        "name_th": "เกณฑ์ตั้งต้นของระบบ",
        "name_en": "Default rubric",
        "remark_th": (
            "ขั้นคะแนนตามช่อง 2.1 และ 2.2 ของระบบเดิม เกณฑ์ทางการยังไม่ทราบ จำนวนวันที่ล่าช้าและน้ำหนักของแต่ละหัวข้อเป็นข้อสมมติของระบบ"
        ),
        "remark_en": (
            "The steps are those of columns 2.1 and 2.2 of the old system, whose official criteria are not known. "
            "The days of each step and the weights are assumptions of this system."
        ),
        "criteria": [
            {
                "code": "timeliness",
                "name_th": "การส่งรายงานตรงเวลา",
                "name_en": "Timeliness",
                "weight": "50",
                "judged": "by-days-late",
                "counts": "first-submission",
                "steps": [
                    {"score": "100", "name_th": "ตรงเวลา", "name_en": "On time", "up_to": 0},
                    {"score": "95", "name_th": "ช้าไม่เกิน 3 วัน", "name_en": "Up to 3 days late", "up_to": 3},
                    {"score": "90", "name_th": "ช้าไม่เกิน 7 วัน", "name_en": "Up to 7 days late", "up_to": 7},
                    {"score": "85", "name_th": "ช้าไม่เกิน 15 วัน", "name_en": "Up to 15 days late", "up_to": 15},
                    {"score": "80", "name_th": "ช้าไม่เกิน 30 วัน", "name_en": "Up to 30 days late", "up_to": 30},
                    {"score": "0", "name_th": "ช้ากว่า 30 วัน", "name_en": "More than 30 days late", "up_to": None},
                ],
            },
            {
                "code": "correspondence",
                "name_th": "ความสอดคล้องครบถ้วนของรายงาน",
                "name_en": "Correspondence",
                "weight": "50",
                "judged": "by-reviewer",
                "steps": [
                    {
                        "score": "100",
                        "name_th": "ข้อความ ตัวเลข และหลักฐานตรงกันครบถ้วน",
                        "name_en": "Text, figures and evidence agree throughout",
                    },
                    {"score": "50", "name_th": "ตรงกันบางส่วน", "name_en": "They agree in part"},
                    {
                        "score": "0",
                        "name_th": "ไม่ตรงกัน หรือไม่มีหลักฐาน",
                        "name_en": "They do not agree, or there is no evidence",
                    },
                ],
            },
        ],
    }
)
"""The rubric where a city has adopted none of its own."""


def parse_rubric(data: Mapping[str, Any]) -> Rubric:
    """A rubric from plain data, as it is kept with each review.

    Raises:
        UserError: what is given is no rubric; it names the place.
    """
    try:
        criteria = tuple(_criterion(row) for row in data["criteria"])
        names = {name: str(data[name]) for name in ("name_th", "name_en", "remark_th", "remark_en")}
        rubric = Rubric(number=int(data["number"]), criteria=criteria, **names)
    except (KeyError, TypeError, ValueError, InvalidOperation) as error:
        raise _not_a_rubric(f"{type(error).__name__}: {error}") from error
    codes = [criterion.code for criterion in criteria]
    if not codes or len(set(codes)) < len(codes):
        raise _not_a_rubric("criteria: none, or two of one code")
    return rubric


def _criterion(row: Mapping[str, Any]) -> Criterion:
    judged = Judged(row["judged"])
    steps = tuple(
        RubricStep(Decimal(step["score"]), str(step["name_th"]), str(step["name_en"]), step.get("up_to"))
        for step in row["steps"]
    )
    criterion = Criterion(
        code=str(row["code"]),
        name_th=str(row["name_th"]),
        name_en=str(row["name_en"]),
        weight=Decimal(row["weight"]),
        judged=judged,
        steps=steps,
        counts=Counts(row.get("counts", Counts.FIRST)),
    )
    if (fault := _fault(criterion)) is not None:
        raise ValueError(f"{criterion.code}: {fault}")
    return criterion


def _fault(criterion: Criterion) -> str | None:
    scores = [step.score for step in criterion.steps]
    if not criterion.weight.is_finite() or criterion.weight <= 0:
        return "the weight has to be above 0"
    if not scores or not all(score.is_finite() and 0 <= score <= HIGHEST for score in scores):
        return "scores have to be from 0 to 100"
    if len(set(scores)) < len(scores) or scores != sorted(scores, reverse=True):
        return "steps have to go from the highest score to the lowest"
    days = [step.up_to for step in criterion.steps]
    if criterion.is_computed:
        bounds = [bound for bound in days[:-1] if isinstance(bound, int)]
        if days[-1] is not None or len(bounds) < len(days) - 1 or bounds != sorted(set(bounds)):
            return "days late have to grow from step to step, and the last step has none (null)"
    elif any(bound is not None for bound in days):
        return "only steps by days late have `up_to`"
    return None


def _not_a_rubric(why: str) -> UserError:
    return UserError(f"ข้อมูลเกณฑ์การประเมินไม่ถูกต้อง ({why})", f"This is no rubric: {why}.")
