"""The tables of docs/formulas.md are what the program gives."""

from datetime import date
from decimal import Decimal

import pytest

from lakthan.core.fiscal import FiscalYear
from lakthan.rules.eligibility import required_members
from lakthan.rules.facts import COMMUNITY_TYPES, FACT_KINDS, FactKind
from lakthan.rules.formula.breakdown import break_down
from lakthan.rules.formula.dimensions import Dimension
from lakthan.rules.formula.evaluate import evaluate
from lakthan.rules.formula.explain import sentence
from lakthan.rules.formula.grammar import Basis, Formula, FormulaKind, ReportedInput, RollUp
from lakthan.rules.formula.parse import formula_data, parse_formula
from lakthan.rules.formula.tally import evaluate_tallies, tallies, tally_refusal
from tests.rules.worked import (
    PAGE,
    Row,
    WorkedFormula,
    number,
    shown_value,
    table,
    worked_book,
    worked_formulas,
)

YEAR = FiscalYear(2563)
FORMULAS = {worked.name: worked for worked in worked_formulas()}
FIGURES = [(worked, row) for worked in FORMULAS.values() for row in worked.figures]
TALLIED = [
    (worked, row)
    for worked, row in FIGURES
    if tally_refusal(parse_formula(worked.data), date.fromisoformat(row["as of"])) is None
]


def breakdown_of(row: Row) -> tuple[str, str, str]:
    return row["figure"], row["as of"], row["dimension"]


BREAKDOWNS = sorted({breakdown_of(row) for row in table("Worked breakdowns")})


def name_of(value: object) -> str:
    match value:
        case WorkedFormula():
            return value.name
        case dict():
            return f"{value['as of']} {value['unit'] or 'city'}"
        case _:
            return str(value)


def formula_of(worked: WorkedFormula) -> Formula:
    return parse_formula(worked.data)


@pytest.mark.parametrize(("worked", "row"), FIGURES, ids=name_of)
def test_a_worked_figure_is_what_the_evaluator_gives(worked: WorkedFormula, row: Row) -> None:
    figure = evaluate(
        formula_of(worked),
        worked_book(),
        as_of=date.fromisoformat(row["as of"]),
        fiscal_year=YEAR,
        unit=row["unit"] or None,
        indicator=worked.indicator,
    )
    assert (figure.numerator, figure.denominator) == (number(row["numerator"]), number(row["denominator"]))
    assert shown_value(figure) == row["value"]
    assert [member.code for member in figure.counted] == row["counted"].split()
    assert [member.code for member in figure.not_counted] == row["not counted"].split()


@pytest.mark.parametrize(("worked", "row"), TALLIED, ids=name_of)
def test_a_worked_figure_is_what_the_roll_up_gives_wherever_it_can(worked: WorkedFormula, row: Row) -> None:
    formula, book, as_of = formula_of(worked), worked_book(), date.fromisoformat(row["as of"])
    unit = row["unit"] or None
    rolled_up = evaluate_tallies(formula, tallies(book.facts), book.districts, as_of=as_of, fiscal_year=YEAR, unit=unit)
    assert rolled_up == evaluate(formula, book, as_of=as_of, fiscal_year=YEAR, unit=unit)


@pytest.mark.parametrize("worked", FORMULAS.values(), ids=name_of)
def test_a_worked_formula_has_the_sentences_of_the_page(worked: WorkedFormula) -> None:
    formula = formula_of(worked)
    assert (sentence(formula, YEAR, "th"), sentence(formula, YEAR, "en")) == worked.sentences


@pytest.mark.parametrize("worked", FORMULAS.values(), ids=name_of)
def test_a_worked_formula_is_written_in_its_canonical_form(worked: WorkedFormula) -> None:
    assert formula_data(formula_of(worked)) == worked.data


@pytest.mark.parametrize(("name", "as_of", "dimension"), BREAKDOWNS)
def test_a_worked_breakdown_has_the_parts_of_the_page(name: str, as_of: str, dimension: str) -> None:
    rows = [row for row in table("Worked breakdowns") if breakdown_of(row) == (name, as_of, dimension)]
    parts = break_down(
        formula_of(FORMULAS[name]), worked_book(), dimension, as_of=date.fromisoformat(as_of), fiscal_year=YEAR
    )
    assert [part.code for part in parts] == [row["part"] for row in rows]
    for part, row in zip(parts, rows, strict=True):
        pair = number(row["numerator"]), number(row["denominator"])
        assert (part.figure.numerator, part.figure.denominator) == pair
        assert shown_value(part.figure) == row["value"]


def test_the_worked_tallies_are_those_of_the_worked_facts() -> None:
    kinds = (FactKind.INCLUSION, FactKind.MEETING)
    rows = tallies(fact for fact in worked_book().facts if fact.kind in kinds)
    assert [
        (row.unit, row.kind, row.label, row.fiscal_year, row.effective_quarter, row.ended_quarter, row.count)
        for row in rows
    ] == [
        (
            row["unit"],
            row["kind"],
            row["label"],
            number(row["booked to"]),
            int(row["effective quarter"]),
            number(row["ended quarter"]),
            int(row["count"]),
        )
        for row in table("Worked tallies")
    ]
    assert {row.amount for row in rows} == {Decimal(0)}


@pytest.mark.parametrize("row", table("Worked committees"), ids=lambda row: row["houses"])
def test_a_worked_committee_needs_the_members_of_the_page(row: Row) -> None:
    assert required_members(int(row["houses"])) == int(row["members"])


def test_the_page_tells_every_kind_of_formula() -> None:
    kinds = [f"`{kind}`" for kind in FormulaKind]
    assert [row["kind"] for row in table("Kinds of formula")] == kinds
    assert [row["kind"] for row in table("Keys")] == kinds
    assert {worked.data["kind"] for worked in FORMULAS.values()} == set(FormulaKind)


def test_the_page_tells_every_kind_of_fact() -> None:
    for row, (kind, spec) in zip(table("Kinds of fact"), FACT_KINDS.items(), strict=True):
        told = (spec.has_amount, spec.has_fiscal_year, spec.has_community)
        assert row["kind"] == f"`{kind}`"
        assert row["Thai"] == spec.name_th
        assert [row[column] == "yes" for column in ("money", "booked to a year", "of a community")] == list(told)
        assert row["filters"] == (", ".join(f"`{name}`" for name in spec.attributes) or "none")


def test_the_page_tells_every_roll_up_and_works_it_out_for_both_inputs() -> None:
    assert [row["roll_up"] for row in table("Reported values")] == [f"`{roll_up}`" for roll_up in RollUp]
    worked = {(w.data["input"], w.data["roll_up"]) for w in FORMULAS.values() if w.data["kind"] == "reported"}
    assert worked == {(given, roll_up) for given in ReportedInput for roll_up in RollUp}


@pytest.mark.parametrize("word", [*Basis, *Dimension, *COMMUNITY_TYPES])
def test_the_page_names_every_choice(word: str) -> None:
    assert word in PAGE.read_text(encoding="utf-8")
