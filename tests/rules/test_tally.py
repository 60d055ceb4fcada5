"""The roll-up gives the figures of the evaluator."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakthan.core.fiscal import FiscalYear
from lakthan.rules.facts import District, Fact, FactBook, FactKind
from lakthan.rules.formula.evaluate import evaluate
from lakthan.rules.formula.grammar import (
    Count,
    FactQuery,
    Formula,
    Population,
    Ratio,
    Reported,
    ReportedInput,
    RollUp,
    Share,
    Since,
    Step,
    Steps,
    Term,
)
from lakthan.rules.formula.tally import UNTALLIED_KINDS, Tally, evaluate_tallies, tallies, tally_key, tally_refusal
from tests.rules.strategies import (
    BUREAU,
    YEAR,
    YEARS,
    Question,
    books,
    formulas,
    late_days,
    quarter_ends,
    questions,
    tallied_formulas,
)

Q3 = YEAR.quarter(3)
MEETINGS = FactQuery(FactKind.MEETING)
DISTRICT = District("5001", "เขต", "District", "")
UNITS = st.sampled_from((None, "5001", "5002", BUREAU))


@given(questions(tallied_formulas(), quarter_ends()), UNITS, st.sampled_from((YEAR, *YEARS)))
def test_a_figure_from_tallies_is_the_figure_from_facts(question: Question, unit: str | None, year: FiscalYear) -> None:
    formula, as_of, book = question.formula, question.as_of, question.book
    assert tally_refusal(formula, as_of) is None
    rolled_up = evaluate_tallies(
        formula, tallies(book.facts), book.districts, as_of=as_of, fiscal_year=year, unit=unit, decimals=3
    )
    assert rolled_up == evaluate(formula, book, as_of=as_of, fiscal_year=year, unit=unit, decimals=3)


def held(fact: Fact, as_of: date, since: Since = Since.EVER) -> int:
    """How many of one fact the roll-up counts, after asserting that the evaluator counts as many."""
    formula = Count(FactQuery(fact.kind, since=since))
    by_facts = evaluate(formula, FactBook((DISTRICT,), facts=(fact,)), as_of=as_of, fiscal_year=YEAR)
    by_rows = evaluate_tallies(formula, tallies([fact]), (DISTRICT,), as_of=as_of, fiscal_year=YEAR)
    assert by_rows == by_facts
    assert isinstance(by_rows.numerator, int)
    return by_rows.numerator


EDGES = (Q3.first_day - timedelta(days=1), Q3.first_day, Q3.last_day, Q3.last_day + timedelta(days=1))
SPANS = [(first, end) for first in EDGES for end in (*EDGES, None) if end is None or first < end]


@pytest.mark.parametrize("since", Since)
@pytest.mark.parametrize(("effective_on", "ended_on"), SPANS)
def test_the_first_and_last_days_of_quarters_are_exact(effective_on: date, ended_on: date | None, since: Since) -> None:
    fact = Fact("1", FactKind.MEETING, "5001", effective_on, ended_on)
    for quarter in (Q3.previous, Q3, Q3.next):
        held(fact, quarter.last_day, since)


def test_a_fact_that_ends_on_the_last_day_of_a_quarter_no_longer_holds_on_it() -> None:
    assert held(Fact("1", FactKind.MEETING, "5001", Q3.first_day, Q3.last_day), Q3.last_day) == 0


def test_a_fact_that_ends_on_the_day_after_a_quarter_still_holds_on_its_last_day() -> None:
    fact = Fact("1", FactKind.MEETING, "5001", Q3.first_day, Q3.next.first_day)
    assert held(fact, Q3.last_day) == 1
    assert held(fact, Q3.next.last_day) == 0


def test_a_fact_of_the_quarter_before_is_since_this_year_but_not_since_this_quarter() -> None:
    fact = Fact("1", FactKind.MEETING, "5001", Q3.previous.last_day)
    assert held(fact, Q3.last_day, Since.EVER) == 1
    assert held(fact, Q3.last_day, Since.FISCAL_YEAR) == 1
    assert held(fact, Q3.last_day, Since.QUARTER) == 0


def key_of(row: Tally) -> tuple[object, ...]:
    return row.unit, row.kind, row.label, row.fiscal_year, row.effective_quarter, row.ended_quarter


@given(books())
def test_every_tallied_fact_is_in_one_row_with_its_money(book: FactBook) -> None:
    rows = tallies([*book.facts, *book.facts])
    tallied = [fact for fact in book.facts if fact.kind not in UNTALLIED_KINDS]
    assert {key_of(row): row.count for row in rows} == Counter(map(tally_key, tallied))
    assert sum(row.amount for row in rows) == sum(fact.amount or 0 for fact in tallied)


@given(books(), st.integers())
def test_rows_come_in_one_order_whatever_the_order_of_facts(book: FactBook, seed: int) -> None:
    facts = list(book.facts)
    Random(seed).shuffle(facts)  # noqa: S311
    assert tallies(facts) == tallies(book.facts)


def test_steps_and_reported_values_have_no_rows() -> None:
    assert tallies(Fact(kind, kind, "5001", Q3.last_day, amount=Decimal(1)) for kind in UNTALLIED_KINDS) == ()


def test_meetings_are_kept_apart_by_purpose_and_other_facts_have_no_label() -> None:
    meeting = Fact("1", FactKind.MEETING, "5001", Q3.last_day, attributes={"purpose": "city"})
    inclusion = Fact("2", FactKind.INCLUSION, "5001", Q3.last_day, fiscal_year=2563, attributes={"kind": "new"})
    assert tallies([meeting, inclusion]) == (
        Tally("5001", FactKind.INCLUSION, "", 2563, 25633, None, 1, Decimal("0.00")),
        Tally("5001", FactKind.MEETING, "city", None, 25633, None, 1, Decimal("0.00")),
    )


REFUSED: list[tuple[str, Formula]] = [
    ("communities are not tallied", Share(Population("communities"), FactQuery(FactKind.COMMUNITY_PLAN))),
    ("steps are not tallied", Steps((Step("1", "ก", "a", Decimal(1)),))),
    ("reported values are not tallied", Reported(ReportedInput.PAIR, RollUp.MEAN)),
    ("inclusion is not tallied by kind", Count(FactQuery(FactKind.INCLUSION, filters={"kind": "new"}))),
    (
        "decline is not tallied by kind",
        Ratio(Term(MEETINGS), Term(FactQuery(FactKind.DECLINE, filters={"kind": "new"}))),
    ),
]


@pytest.mark.parametrize(("reason", "formula"), REFUSED)
def test_what_the_rows_do_not_keep_is_refused_with_the_reason(reason: str, formula: Formula) -> None:
    assert tally_refusal(formula, Q3.last_day) == reason


def test_a_filter_by_the_purpose_of_a_meeting_is_kept() -> None:
    briefings = replace(MEETINGS, filters={"purpose": "district-briefing"})
    assert tally_refusal(Count(briefings), Q3.last_day) is None


@pytest.mark.parametrize("day", [Q3.first_day, Q3.last_day - timedelta(days=1), Q3.last_day + timedelta(days=1)])
def test_only_the_last_day_of_a_quarter_is_known(day: date) -> None:
    assert tally_refusal(Count(MEETINGS), day) == "tallies know only the last days of quarters"


@given(formulas(), quarter_ends() | late_days())
def test_a_formula_is_computed_exactly_where_it_is_not_refused(formula: Formula, as_of: date) -> None:
    refusal = tally_refusal(formula, as_of)
    if refusal is None:
        assert evaluate_tallies(formula, (), (), as_of=as_of, fiscal_year=YEAR).not_counted == ()
    else:
        with pytest.raises(ValueError, match=refusal):
            evaluate_tallies(formula, (), (), as_of=as_of, fiscal_year=YEAR)
