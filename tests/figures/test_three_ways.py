"""Three ways to one figure: the evaluator over facts, the database through the ORM, and the roll-up."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lakthan.apps.people.selectors import district_members
from lakthan.apps.reporting import measures
from lakthan.apps.reporting.batch import books
from lakthan.core.errors import UserError
from lakthan.core.figure import Figure
from lakthan.rules.facts import FactKind
from lakthan.rules.formula.breakdown import Part, break_down
from lakthan.rules.formula.evaluate import evaluate
from lakthan.rules.formula.grammar import Formula, Share
from lakthan.rules.formula.grouped import Reckoner
from lakthan.rules.formula.matching import Asked
from lakthan.rules.formula.tally import evaluate_tallies
from tests.figures.storing import Store, storable
from tests.rules.strategies import (
    INDICATOR,
    YEAR,
    Question,
    formulas,
    quarter_ends,
    questions,
    tallied_formulas,
)

pytestmark = pytest.mark.django_db

few = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
many = settings(few, max_examples=3000)


@contextmanager
def stored(question: Question) -> Iterator[Question]:
    """The question with its book as registers hold it, and that book in the database."""
    asked = Question(question.formula, storable(question.book), question.as_of)
    with transaction.atomic():
        Store().write(asked.book)
        yield asked
        transaction.set_rollback(True)


def by_evaluator(question: Question, unit: str | None = None) -> Figure:
    return evaluate(
        question.formula,
        question.book,
        as_of=question.as_of,
        fiscal_year=YEAR,
        unit=unit,
        indicator=INDICATOR,
        decimals=3,
    )


def by_database(question: Question, unit: str | None = None) -> Figure:
    districts = district_members(question.as_of)
    asked = Asked(question.as_of, YEAR, INDICATOR, 3)
    pk = None if unit is None else next(pk for pk, district in districts.items() if district.code == unit)
    return measures.compiled(question.formula, asked, districts, pk)


def by_roll_up(question: Question, unit: str | None = None) -> Figure:
    districts = district_members(question.as_of)
    rows = measures.stored_tallies(FactKind, districts)
    return evaluate_tallies(
        question.formula,
        rows,
        districts.values(),
        as_of=question.as_of,
        fiscal_year=YEAR,
        unit=unit,
        decimals=3,
    )


def same(one: Figure, other: Figure) -> bool:
    """The same numbers, and the same members by code with the same numbers of facts."""
    return _essence(one) == _essence(other)


def _essence(figure: Figure) -> tuple[object, ...]:
    counted, rest = (
        tuple((member.code, member.facts, member.unit) for member in members)
        for members in (figure.counted, figure.not_counted)
    )
    return figure.numerator, figure.denominator, figure.value, figure.reason, figure.scale, counted, rest


def check_database(question: Question) -> None:
    with stored(question) as asked:
        assert same(by_database(asked), by_evaluator(asked))
        for district in asked.book.districts:
            assert same(by_database(asked, district.code), by_evaluator(asked, district.code))


@given(questions(formulas()))
@few
def test_the_database_gives_the_figure_of_the_evaluator(question: Question) -> None:
    check_database(question)


@given(questions(tallied_formulas(), quarter_ends()))
@few
def test_the_stored_roll_up_gives_the_figure_of_the_evaluator(question: Question) -> None:
    with stored(question) as asked:
        assert same(by_roll_up(asked), by_evaluator(asked))
        assert same(by_roll_up(asked), by_database(asked))


def check_together(question: Question, others: list[Formula], days: list[date]) -> None:
    asked = [(formula, day) for formula in (question.formula, *others) for day in (question.as_of, *days)]
    with stored(question) as kept:
        pairs = [(formula, Asked(day, YEAR, INDICATOR, 3)) for formula, day in asked]
        reckoner = Reckoner(books([], pairs, district_members(question.as_of)).registers)
        for formula, at in pairs:
            for unit in (None, *(district.code for district in kept.book.districts)):
                alone = by_evaluator(Question(formula, kept.book, at.as_of), unit)
                assert numbers(reckoner.figure(formula, at, unit)) == numbers(alone)


def numbers(figure: Figure) -> tuple[object, ...]:
    return figure.numerator, figure.denominator, figure.value, figure.reason, figure.scale, figure.decimals


DAYS = st.lists(quarter_ends() | st.dates(YEAR.first_day, YEAR.last_day), max_size=3)


@given(questions(formulas()), st.lists(formulas(), max_size=4), DAYS)
@few
def test_figures_asked_together_are_those_of_the_evaluator_one_by_one(
    question: Question, others: list[Formula], days: list[date]
) -> None:
    check_together(question, others, days)


@given(questions(tallied_formulas(), quarter_ends()), st.lists(tallied_formulas(), max_size=4))
@few
def test_figures_asked_of_the_roll_up_together_are_those_of_the_evaluator(
    question: Question, others: list[Formula]
) -> None:
    with stored(question) as kept:
        pairs = [(formula, Asked(question.as_of, YEAR, INDICATOR, 3)) for formula in (question.formula, *others)]
        reckoner = Reckoner(books(pairs, [], district_members(question.as_of)).tallied)
        for formula, asked in pairs:
            alone = by_evaluator(Question(formula, kept.book, question.as_of))
            assert numbers(reckoner.figure(formula, asked)) == numbers(alone)


@pytest.mark.soak
@given(questions(formulas()), st.lists(formulas(), max_size=6), DAYS)
@many
def test_figures_asked_together_are_those_of_the_evaluator_many_times(
    question: Question, others: list[Formula], days: list[date]
) -> None:
    check_together(question, others, days)


@given(questions(formulas()), st.sampled_from(("unit", "group", "community-type", "kind")))
@few
def test_the_parts_of_stored_facts_add_up_to_the_whole(question: Question, dimension: str) -> None:
    with stored(question) as asked:
        whole = by_database(asked)
        book = measures.fact_book(measures.kinds_read(asked.formula), asked.as_of)
        try:
            parts = break_down(
                asked.formula, book, dimension, as_of=asked.as_of, fiscal_year=YEAR, indicator=INDICATOR, decimals=3
            )
        except UserError:
            return
    assert _sum(parts, "numerator") == (whole.numerator or 0)
    if dimension != "kind" or not isinstance(asked.formula, Share):
        assert _sum(parts, "denominator") == (whole.denominator or 0)


def _sum(parts: tuple[Part, ...], side: str) -> object:
    return sum(getattr(part.figure, side) or 0 for part in parts)


@pytest.mark.soak
@given(questions(formulas()))
@many
def test_the_database_gives_the_figure_of_the_evaluator_many_times(question: Question) -> None:
    check_database(question)
