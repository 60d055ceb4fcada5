"""What letting units answer for an indicator would do: who is added, who changes in what, what stands against it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from django.utils import timezone

from lakthan.apps.indicators.models import Assignment, Baseline, QuarterTarget
from lakthan.apps.indicators.versions import indicator_of
from lakthan.apps.people.directory import UnitLabel, units_to_choose
from lakthan.apps.people.selectors import present
from lakthan.apps.reporting.frozen import opened_years
from lakthan.core.errors import UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.entry import require_number, require_text
from lakthan.rules.permissions import Action, Actor, require

LARGEST_WEIGHT = Decimal("9999.99")
SCORES = 5
FREE = ("supervisor", "collector")
"""What may change at any time: who looks after it. The rest is frozen once a period of the year has opened."""


class Verdict(StrEnum):
    """What becomes of one unit."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to hold for one unit. Baselines that are left out stay; quarters that are left out are as the year."""

    unit: UUID
    target: Decimal | None
    classification: str
    quarters: Mapping[int, Decimal] = field(default_factory=dict)
    weight: Decimal | None = None
    scale: tuple[Decimal, ...] = ()
    """Values at which the scores 1 to 5 are reached; empty where none is agreed."""
    supervisor: UUID | None = None
    collector: UUID | None = None
    baselines: Mapping[int, Decimal] = field(default_factory=dict)
    """Fiscal year -> what it reached."""
    baseline_source: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One unit with what becomes of it."""

    wanted: Wanted
    unit: UnitLabel | None
    verdict: Verdict
    changes: tuple[tuple[str, str, str], ...] = ()
    """Field, before, after."""
    refusal: UserError | None = None


@dataclass(frozen=True, slots=True)
class AssignmentPlan:
    """All units with what becomes of each."""

    fiscal_year: FiscalYear
    lines: tuple[Line, ...]
    is_frozen: bool
    """Whether a period of the year has opened, so that what is there cannot be changed."""

    def count(self, verdict: Verdict) -> int:
        """How many units it becomes of."""
        return sum(line.verdict is verdict for line in self.lines)

    @property
    def token(self) -> str:
        """Who gives it back has seen what becomes of these units; the targets of those added may be typed after it."""
        told = [(str(line.wanted.unit), line.verdict.value, line.changes) for line in self.lines]
        return sha256(repr(told).encode()).hexdigest()


def plan_assignments(
    actor: Actor, code: str, fiscal_year: FiscalYear, wanted: Sequence[Wanted], *, keep_existing: bool = False
) -> AssignmentPlan:
    """What `assign_many` would do; six queries. With `keep_existing` units that answer already are left as they are.

    Raises:
        Refused: the actor does not define indicators.
        NotFound: there is no such indicator.
        UserError: it has no definition yet.
    """
    require(actor, Action.DEFINE_INDICATORS)
    indicator = indicator_of(code)
    if not indicator.definitions.exists():
        raise UserError(f"ตัวชี้วัด {code} ยังไม่มีนิยาม", f"Indicator {code} has no definition yet.")
    today = timezone.localdate(present())
    stored = _stored(Assignment.objects.filter(indicator=indicator, fiscal_year=fiscal_year.be))
    units = {unit.id: unit for unit in units_to_choose(today)}
    is_frozen = fiscal_year.be in opened_years(today)
    seen: set[UUID] = set()
    lines = []
    for item in wanted:
        there = stored.get(item.unit)
        if keep_existing and there is not None:
            lines.append(Line(item, units.get(item.unit), Verdict.UNCHANGED))
            continue
        lines.append(_line(item, units, there, fiscal_year, is_frozen=is_frozen, is_double=item.unit in seen))
        seen.add(item.unit)
    return AssignmentPlan(fiscal_year, tuple(lines), is_frozen)


def current(actor: Actor, code: str, fiscal_year: FiscalYear) -> dict[UUID, Wanted]:
    """What holds now for each unit that answers for an indicator in a year; four queries."""
    require(actor, Action.DEFINE_INDICATORS)
    indicator = indicator_of(code)
    return _stored(Assignment.objects.filter(indicator=indicator, fiscal_year=fiscal_year.be))


def _stored(assignments: Iterable[Assignment]) -> dict[UUID, Wanted]:
    rows = list(assignments)
    quarters: dict[UUID, dict[int, Decimal]] = {row.pk: {} for row in rows}
    baselines: dict[UUID, dict[int, Decimal]] = {row.pk: {} for row in rows}
    sources: dict[UUID, str] = {}
    for target in QuarterTarget.objects.filter(assignment__in=quarters).order_by("quarter"):
        if target.target is not None:
            quarters[target.assignment_id][target.quarter] = target.target
    for baseline in Baseline.objects.filter(assignment__in=baselines).order_by("fiscal_year"):
        baselines[baseline.assignment_id][baseline.fiscal_year] = baseline.value
        sources[baseline.assignment_id] = baseline.source
    return {
        row.unit_id: Wanted(
            unit=row.unit_id,
            target=row.target,
            classification=row.classification,
            quarters=quarters[row.pk],
            weight=row.weight,
            scale=tuple(map(Decimal, row.scale)),
            supervisor=row.supervisor_id,
            collector=row.collector_id,
            baselines=baselines[row.pk],
            baseline_source=sources.get(row.pk, ""),
        )
        for row in rows
    }


def _line(
    item: Wanted,
    units: Mapping[UUID, UnitLabel],
    there: Wanted | None,
    year: FiscalYear,
    *,
    is_frozen: bool,
    is_double: bool,
) -> Line:
    unit = units.get(item.unit)
    try:
        if unit is None:
            raise UserError("ไม่พบหน่วยงานนี้", "There is no such unit.")
        if is_double:
            raise UserError(
                "หน่วยงานนี้มีมากกว่าหนึ่งแถว ให้เหลือแถวเดียว", "This unit stands here more than once; keep one row."
            )
        _check(item, year)
        changes = () if there is None else tuple(_changes(there, item))
        if is_frozen and any(name.partition(".")[0] not in (*FREE, "baseline") for name, _, _ in changes):
            raise UserError(
                f"{year.label_th}เปิดรับรายงานแล้ว ค่าเป้าหมายที่มีอยู่เปลี่ยนได้ด้วยมติหรือคำสั่งที่มีเลขที่เอกสารเท่านั้น",
                f"Reports of {year.label_en} have opened: only a decision with a document can change what is there.",
            )
    except UserError as error:
        return Line(item, unit, Verdict.REFUSED, refusal=error)
    if there is None:
        return Line(item, unit, Verdict.ADDED)
    return Line(item, unit, Verdict.CHANGED if changes else Verdict.UNCHANGED, changes)


def _changes(before: Wanted, after: Wanted) -> Iterator[tuple[str, str, str]]:
    for name in ("target", "weight", "classification", "scale", *FREE):
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield name, _text(old), _text(new)
    for number in range(1, 5):
        if before.quarters.get(number) != after.quarters.get(number):
            yield f"quarter.{number}", _text(before.quarters.get(number)), _text(after.quarters.get(number))
    for year, value in sorted(after.baselines.items()):
        if before.baselines.get(year) != value:
            yield f"baseline.{year}", _text(before.baselines.get(year)), _text(value)


def _text(value: object) -> str:
    """A value as a difference shows it; empty for none."""
    if isinstance(value, tuple):
        return " / ".join(map(_text, value))
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return "" if value is None else str(value)


def _check(item: Wanted, year: FiscalYear) -> None:
    """Raise `UserError` where a number cannot be kept exactly, a choice is none, or a scale is no scale."""
    if item.classification not in Assignment.Class_.values:
        raise UserError("เลือกประเภทของตัวชี้วัด", "Choose the class.")
    for value, field_th, field_en in _numbers(item, year):
        require_number(value, field_th, field_en)
    if item.weight is not None:
        require_number(item.weight, "น้ำหนัก", "The weight", places=2, largest=LARGEST_WEIGHT)
        if item.weight < 0:
            raise UserError("น้ำหนักต้องไม่ติดลบ", "The weight must not be negative.")
    if item.scale and (len(item.scale) != SCORES or list(item.scale) not in _rising_or_falling(item.scale)):
        raise UserError(
            "เกณฑ์คะแนนต้องมีครบห้าค่า เรียงจากน้อยไปมากหรือมากไปน้อย ไม่ซ้ำกัน",
            "A scale has five values that rise or fall from score 1 to score 5.",
        )
    if item.baselines:
        require_text(item.baseline_source, "แหล่งที่มาของค่าฐาน", "The source of the baselines")


def _numbers(item: Wanted, year: FiscalYear) -> Iterator[tuple[Decimal, str, str]]:
    """Every target, step of the scale and baseline with its name."""
    if item.target is not None:
        yield item.target, "ค่าเป้าหมาย", "The target"
    for number, target in item.quarters.items():
        quarter = year.quarter(number)
        yield target, f"ค่าเป้าหมาย{quarter.label_th}", f"The target of {quarter.label_en}"
    yield from ((value, "เกณฑ์คะแนน", "A value of the scale") for value in item.scale)
    yield from ((value, "ค่าฐาน", "The baseline") for value in item.baselines.values())


def _rising_or_falling(values: Iterable[Decimal]) -> tuple[list[Decimal], list[Decimal]]:
    rising = sorted(set(values))
    return rising, rising[::-1]
