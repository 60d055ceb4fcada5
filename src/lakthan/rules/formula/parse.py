"""Formulas as plain data (JSON): read with every mistake named, and written in one canonical form.

The canonical form leaves out what is default. Whole numbers are numbers, all others are text: there are no floats.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from lakthan.core.errors import UserError
from lakthan.rules.eligibility import Basis
from lakthan.rules.facts import COMMUNITY_TYPES, FACT_KINDS, FactKind
from lakthan.rules.formula.grammar import (
    Count,
    FactQuery,
    Formula,
    FormulaKind,
    Mean,
    Measure,
    Population,
    Ratio,
    Reported,
    ReportedInput,
    RollUp,
    Share,
    Since,
    Step,
    Steps,
    Sum,
    Term,
)
from lakthan.rules.formula.reader import Problem, Reader
from lakthan.rules.formula.wording import number_text

QUERY_KINDS = tuple(kind for kind in FactKind if kind not in (FactKind.STEP, FactKind.REPORTED))
"""The kinds of fact that a query can ask for; steps and reported values have formulas of their own."""
MONEY_KINDS = tuple(kind for kind in QUERY_KINDS if FACT_KINDS[kind].has_amount)
BOOKED_KINDS = tuple(kind for kind in QUERY_KINDS if FACT_KINDS[kind].has_fiscal_year)
COMMUNITY_KINDS = tuple(kind for kind in QUERY_KINDS if FACT_KINDS[kind].has_community)
POPULATIONS = ("districts", "communities")

MAX_OFFSET = 10
"""Years that a query may look back or ahead."""
MAX_AT_LEAST = 1_000_000
MAX_SCALE = 1_000_000
DEFAULT_SCALE = 100

_STAND_IN = FactQuery(FactKind.TRANSFER)
"""In the place of a query whose kind cannot be read, after its problem is noted; it raises no further one."""


class FormulaError(UserError):
    """A formula that cannot be read, with all its problems."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(
            "; ".join(f"{problem.field}: {problem.th}" for problem in problems),
            "; ".join(f"{problem.field}: {problem.en}" for problem in problems),
        )
        self.problems = problems

    def __reduce__(self) -> Any:
        """Survive pickling with the problems."""
        return (type(self), (self.problems,))


def parse_formula(data: Mapping[str, object]) -> Formula:
    """The formula that plain data describes; raises `FormulaError` with every problem found."""
    problems: list[Problem] = []
    formula = _formula(Reader(data, "", problems))
    if problems or formula is None:
        raise FormulaError(tuple(problems))
    return formula


def formula_data(formula: Formula) -> dict[str, object]:
    """The canonical plain data of a formula: `parse_formula` gives the formula back."""
    match formula:
        case Share():
            data: dict[str, object] = {
                "kind": FormulaKind.SHARE.value,
                "population": _population_data(formula.population),
                "matching": _query_data(formula.matching),
            }
            return data | _unless("at_least", formula.at_least, 1) | _unless("scale", formula.scale, DEFAULT_SCALE)
        case Ratio():
            sides = {"numerator": _term_data(formula.numerator), "denominator": _term_data(formula.denominator)}
            return {"kind": FormulaKind.RATIO.value, **sides} | _unless("scale", formula.scale, DEFAULT_SCALE)
        case Count():
            return {"kind": FormulaKind.COUNT.value, "over": _query_data(formula.over)}
        case Sum():
            return {"kind": FormulaKind.SUM.value, "over": _query_data(formula.over)}
        case Mean():
            return {"kind": FormulaKind.MEAN.value, "over": _query_data(formula.over)}
        case Steps():
            steps = [_step_data(step) for step in formula.steps]
            return {"kind": FormulaKind.STEPS.value, "steps": steps} | _unless("scale", formula.scale, DEFAULT_SCALE)
        case Reported():
            return _reported_data(formula)


def _formula(reader: Reader) -> Formula | None:
    kind = reader.choice("kind", tuple(FormulaKind))
    return None if kind is None else _READ[kind](reader)


def _share(reader: Reader) -> Share:
    reader.keys(("kind", "population", "matching", "at_least", "scale"))
    population = _population(reader.inner("population"))
    kinds = COMMUNITY_KINDS if population.of == "communities" else QUERY_KINDS
    matching = _query(reader.inner("matching"), kinds)
    return Share(population, matching, reader.integer("at_least", 1, 1, MAX_AT_LEAST), _scale(reader))


def _population(reader: Reader) -> Population:
    of = reader.choice("of", POPULATIONS)
    reader.keys(("of",) if of == "districts" else ("of", "basis", "on", "types"))
    basis = reader.choice("basis", tuple(Basis), Basis.REGISTERED) or Basis.REGISTERED
    return Population(of or "districts", basis, reader.day("on"), reader.choices("types", COMMUNITY_TYPES))


def _ratio(reader: Reader) -> Ratio:
    reader.keys(("kind", "numerator", "denominator", "scale"))
    return Ratio(_term(reader.inner("numerator")), _term(reader.inner("denominator")), _scale(reader))


def _term(reader: Reader) -> Term:
    query = _query(reader, QUERY_KINDS, "measure")
    measure = reader.choice("measure", tuple(Measure), Measure.COUNT) or Measure.COUNT
    if measure is Measure.AMOUNT and query.fact not in MONEY_KINDS:
        reader.refuse(
            "measure",
            f"{query.fact} ไม่มีจำนวนเงิน ชนิดที่มีคือ {', '.join(MONEY_KINDS)} ชนิดอื่นให้ใช้ count",
            f"{query.fact} carries no money, only {', '.join(MONEY_KINDS)} do; use count",
        )
    return Term(query, measure)


def _count(reader: Reader) -> Count:
    return Count(_over(reader, QUERY_KINDS))


def _sum(reader: Reader) -> Sum:
    return Sum(_over(reader, MONEY_KINDS))


def _mean(reader: Reader) -> Mean:
    return Mean(_over(reader, MONEY_KINDS))


def _over(reader: Reader, kinds: tuple[FactKind, ...]) -> FactQuery:
    reader.keys(("kind", "over"))
    return _query(reader.inner("over"), kinds)


def _query(reader: Reader, kinds: tuple[FactKind, ...], *more_keys: str) -> FactQuery:
    reader.keys(("fact", "fiscal_years", "since", "filters", *more_keys))
    fact = reader.choice("fact", kinds)
    since = reader.choice("since", tuple(Since), Since.EVER) or Since.EVER
    years = reader.integers("fiscal_years", -MAX_OFFSET, MAX_OFFSET)
    if fact is None:
        return _STAND_IN
    if years and fact not in BOOKED_KINDS:
        reader.refuse(
            "fiscal_years",
            f"{fact} ไม่ได้ผูกกับปีงบประมาณ ชนิดที่ผูกคือ {', '.join(BOOKED_KINDS)} ชนิดอื่นให้ใช้ since",
            f"{fact} is not booked to a fiscal year, only {', '.join(BOOKED_KINDS)} are; use since",
        )
    return FactQuery(fact, years, since, _filters(reader, fact))


def _filters(reader: Reader, fact: FactKind) -> dict[str, str]:
    if not reader.has("filters"):
        return {}
    inner = reader.inner("filters")
    attributes = FACT_KINDS[fact].attributes
    inner.keys(attributes)
    values = {name: inner.choice(name, tuple(attributes[name])) for name in inner.data if name in attributes}
    return {name: value for name, value in sorted(values.items()) if value is not None}


def _steps(reader: Reader) -> Steps:
    reader.keys(("kind", "steps", "scale"))
    steps = tuple(
        _step(Reader(item, reader.at(f"steps[{place}]"), reader.problems))
        for place, item in enumerate(reader.items("steps"))
    )
    if not reader.data.get("steps"):
        reader.refuse("steps", "ต้องมีอย่างน้อยหนึ่งขั้นตอน", "write at least one step")
    reader.distinct("steps", [step.code for step in steps if step.code])
    return Steps(steps, _scale(reader))


def _step(reader: Reader) -> Step:
    reader.keys(("code", "name_th", "name_en", "weight"))
    weight = reader.number("weight")
    if weight <= 0:
        reader.refuse("weight", "น้ำหนักต้องมากกว่าศูนย์", "a weight must be above zero")
    return Step(reader.text("code"), reader.text("name_th"), reader.text("name_en"), weight)


def _reported(reader: Reader) -> Reported:
    input_ = reader.choice("input", tuple(ReportedInput))
    roll_up = reader.choice("roll_up", tuple(RollUp))
    scaled = input_ is not ReportedInput.VALUE
    targeted = roll_up in (None, RollUp.SHARE_MEETING_TARGET)
    reader.keys(("kind", "input", "roll_up", *(("scale",) if scaled else ()), *(("unit_target",) if targeted else ())))
    return Reported(
        input_ or ReportedInput.PAIR,
        roll_up or RollUp.MEAN,
        _scale(reader) if scaled else DEFAULT_SCALE,
        reader.number("unit_target") if roll_up is RollUp.SHARE_MEETING_TARGET else None,
    )


def _scale(reader: Reader) -> int:
    return reader.integer("scale", DEFAULT_SCALE, 1, MAX_SCALE)


_READ: Mapping[FormulaKind, Callable[[Reader], Formula]] = MappingProxyType(
    {
        FormulaKind.SHARE: _share,
        FormulaKind.RATIO: _ratio,
        FormulaKind.COUNT: _count,
        FormulaKind.SUM: _sum,
        FormulaKind.MEAN: _mean,
        FormulaKind.STEPS: _steps,
        FormulaKind.REPORTED: _reported,
    }
)


def _population_data(population: Population) -> dict[str, object]:
    return {
        "of": population.of,
        **_unless("basis", population.basis.value, Basis.REGISTERED.value),
        **_unless("on", population.on and population.on.isoformat(), None),
        **_unless("types", list(population.types), []),
    }


def _query_data(query: FactQuery) -> dict[str, object]:
    return {
        "fact": query.fact.value,
        **_unless("fiscal_years", list(query.fiscal_years), []),
        **_unless("since", query.since.value, Since.EVER.value),
        **_unless("filters", dict(query.filters), {}),
    }


def _term_data(term: Term) -> dict[str, object]:
    return _query_data(term.query) | _unless("measure", term.measure.value, Measure.COUNT.value)


def _step_data(step: Step) -> dict[str, object]:
    return {"code": step.code, "name_th": step.name_th, "name_en": step.name_en, "weight": number_text(step.weight)}


def _reported_data(formula: Reported) -> dict[str, object]:
    target = None if formula.unit_target is None else number_text(formula.unit_target)
    return {
        "kind": FormulaKind.REPORTED.value,
        "input": formula.input.value,
        "roll_up": formula.roll_up.value,
        **_unless("scale", formula.scale, DEFAULT_SCALE),
        **_unless("unit_target", target, None),
    }


def _unless(key: str, value: object, default: object) -> dict[str, object]:
    """The key with its value, or nothing where it is the default."""
    return {} if value == default else {key: value}
