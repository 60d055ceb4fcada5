"""How the values that units reported become one figure."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from lakthan.core.figure import Figure, NoValue
from lakthan.rules.facts import District, Fact, FactKind
from lakthan.rules.formula.grammar import FactQuery, Reported, ReportedInput, RollUp
from lakthan.rules.formula.matching import Asked, matching_facts
from lakthan.rules.formula.totals import Split, district_members, quotient, split

ZERO = Decimal(0)


def evaluate_reported(formula: Reported, districts: Iterable[District], facts: Iterable[Fact], asked: Asked) -> Figure:
    """The units' latest reports of the fiscal year, rolled up; counted are the districts that have reported.

    Where nobody has, there is no value and the reason is `NOT_REPORTED`: silence is never a zero.
    """
    reports = latest_reports(formula, facts, asked)
    population = split(district_members(districts, dict.fromkeys(reports, 1)), lambda member: member.facts > 0)
    if not reports:
        return Figure(None, None, _scale(formula), asked.decimals, NoValue.NOT_REPORTED, *population)
    return _rolled_up(formula, tuple(reports.values()), asked.decimals, population)


def latest_reports(formula: Reported, facts: Iterable[Fact], asked: Asked) -> dict[str, Fact]:
    """Each unit's latest complete report, by code of the unit; of two on one day the one with the later id."""
    complete = [
        fact
        for fact in matching_facts(FactQuery(FactKind.REPORTED, fiscal_years=(0,)), facts, asked)
        if fact.indicator == asked.indicator
        and fact.amount is not None
        and (formula.input is ReportedInput.VALUE or fact.base is not None)
    ]
    return {report.unit: report for report in sorted(complete, key=lambda report: (report.effective_on, report.id))}


def _rolled_up(formula: Reported, reports: Sequence[Fact], decimals: int, population: Split) -> Figure:
    match formula.roll_up:
        case RollUp.SUM_OF_PARTS:
            return _sum_of_parts(formula, reports, decimals, population)
        case RollUp.MEAN:
            return _mean(formula, reports, decimals, population)
        case RollUp.LATEST:
            return _latest(formula, reports, decimals, population)
        case RollUp.SHARE_MEETING_TARGET:
            return _share_meeting_target(formula, reports, decimals, population)


def _sum_of_parts(formula: Reported, reports: Sequence[Fact], decimals: int, population: Split) -> Figure:
    numerator = sum((report.amount or ZERO for report in reports), ZERO)
    if formula.input is ReportedInput.VALUE:
        return Figure(numerator, None, 1, decimals, None, *population)
    denominator = sum((report.base or ZERO for report in reports), ZERO)
    return quotient(numerator, denominator, formula.scale, decimals, population)


def _mean(formula: Reported, reports: Sequence[Fact], decimals: int, population: Split) -> Figure:
    """The mean of the units' values. That of pairs is exact too: a pair of integers in lowest terms."""
    if formula.input is ReportedInput.VALUE:
        numerator = sum((report.amount or ZERO for report in reports), ZERO)
        return quotient(numerator, len(reports), 1, decimals, population)
    rates = _rates(formula, reports)
    mean = sum(rates, Fraction(0)) / len(rates) if rates else None
    pair = (mean.numerator, mean.denominator) if mean is not None else (0, 0)
    return quotient(*pair, formula.scale, decimals, population)


def _latest(formula: Reported, reports: Sequence[Fact], decimals: int, population: Split) -> Figure:
    """The report of the latest day. Reports of one day weigh alike: pairs are added, of values the mean is taken."""
    last_day = max(report.effective_on for report in reports)
    last = [report for report in reports if report.effective_on == last_day]
    roll_up = _sum_of_parts if formula.input is ReportedInput.PAIR else _mean
    return roll_up(formula, last, decimals, population)


def _share_meeting_target(formula: Reported, reports: Sequence[Fact], decimals: int, population: Split) -> Figure:
    """The units whose value reaches the unit target, of those that reported one, in percent."""
    if formula.unit_target is None:
        raise ValueError("a share meeting a target needs unit_target")
    target = Fraction(formula.unit_target)
    values = [rate * _scale(formula) for rate in _rates(formula, reports)]
    return quotient(sum(value >= target for value in values), len(values), 100, decimals, population)


def _rates(formula: Reported, reports: Sequence[Fact]) -> list[Fraction]:
    """The value of each report, exact and unscaled; a pair with the base zero has none."""
    if formula.input is ReportedInput.VALUE:
        return [Fraction(report.amount or ZERO) for report in reports]
    return [Fraction(report.amount or ZERO) / Fraction(report.base) for report in reports if report.base]


def _scale(formula: Reported) -> int:
    """Pairs are scaled; a value is taken as it was typed."""
    return formula.scale if formula.input is ReportedInput.PAIR else 1
