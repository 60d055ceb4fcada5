"""The reference evaluator."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lakthan.core.figure import Figure, NoValue
from lakthan.rules.eligibility import CommunityHistory, Status, StatusChange
from lakthan.rules.facts import CommunityMember, District, Fact, FactBook, FactKind
from lakthan.rules.formula.evaluate import evaluate
from lakthan.rules.formula.grammar import (
    Count,
    FactQuery,
    Formula,
    Mean,
    Measure,
    Population,
    Ratio,
    Reported,
    ReportedInput,
    RollUp,
    Share,
    Step,
    Steps,
    Sum,
    Term,
)
from tests.rules.strategies import (
    BUREAU,
    INDICATOR,
    YEAR,
    Question,
    community_shares,
    district_shares,
    fact_lists,
    kinds_of,
    query_formulas,
    questions,
    spots_of,
)

Q3 = YEAR.quarter(3).last_day
Q4 = YEAR.quarter(4).last_day
DISTRICTS = tuple(District(f"{5000 + place}", f"เขต {place}", f"District {place}", "") for place in range(1, 51))
REFERENCE = Share(Population("districts"), FactQuery(FactKind.INCLUSION, (0, 1)))
SUMMED = Reported(ReportedInput.PAIR, RollUp.SUM_OF_PARTS)


def figure(formula: Formula, book: FactBook, as_of: date = Q3, unit: str | None = None) -> Figure:
    return evaluate(formula, book, as_of=as_of, fiscal_year=YEAR, unit=unit, indicator=INDICATOR)


def answer(question: Question, unit: str | None = None) -> Figure:
    return figure(question.formula, question.book, question.as_of, unit)


def with_facts(book: FactBook, facts: Iterable[Fact]) -> FactBook:
    return replace(book, facts=tuple(facts))


def one_each(kind: FactKind, count: int, on: date = Q3) -> list[Fact]:
    """One fact of fiscal year 2563 for each of the first districts."""
    return [
        Fact(f"{kind}-{district.code}", kind, district.code, on, fiscal_year=2563) for district in DISTRICTS[:count]
    ]


def money(kind: FactKind, amount: str) -> Fact:
    return Fact(f"{kind}", kind, "5001", Q3, fiscal_year=2563, amount=Decimal(amount))


def report(id_: str, unit: str, amount: str | None, base: str | None = None, on: date = Q3) -> Fact:
    """A report of fiscal year 2563 for the indicator asked for."""
    numbers = {name: Decimal(text) for name, text in (("amount", amount), ("base", base)) if text is not None}
    return Fact(id_, FactKind.REPORTED, unit, on, fiscal_year=2563, indicator=INDICATOR, **numbers)


# The reference case: the percentages of the printed report, from facts.


@pytest.mark.parametrize(
    ("kind", "districts", "value"),
    [
        (FactKind.INCLUSION, 40, "80.00"),
        (FactKind.INCLUSION, 43, "86.00"),
        (FactKind.MEETING, 17, "34.00"),
        (FactKind.DISBURSEMENT, 16, "32.00"),
        (FactKind.RETURN, 12, "24.00"),
    ],
)
def test_the_shares_of_districts_are_those_of_the_reference_report(kind: FactKind, districts: int, value: str) -> None:
    book = FactBook(DISTRICTS, facts=tuple(one_each(kind, districts)))
    found = figure(Share(Population("districts"), FactQuery(kind)), book)
    assert (found.numerator, found.denominator, str(found.value)) == (districts, 50, value)
    assert [member.code for member in found.not_counted] == [district.code for district in DISTRICTS[districts:]]


def test_the_share_of_communities_with_a_plan_is_that_of_the_reference_report() -> None:
    registered = CommunityHistory((StatusChange(date(2018, 1, 1), Status.REGISTERED),))
    communities = [CommunityMember(f"c{n:04}", "", "", "5001", "urban", registered) for n in range(2068)]
    plans = [
        Fact(c.code, FactKind.COMMUNITY_PLAN, c.unit, date(2019, 6, 1), community=c.code) for c in communities[:1182]
    ]
    book = FactBook(DISTRICTS, tuple(communities), tuple(plans))
    found = figure(Share(Population("communities"), FactQuery(FactKind.COMMUNITY_PLAN)), book, date(2020, 1, 31))
    assert (found.numerator, found.denominator, str(found.value)) == (1182, 2068, "57.16")


@pytest.mark.parametrize(
    ("kind", "amount", "value"),
    [(FactKind.DISBURSEMENT, "583203", "17.85"), (FactKind.RETURN, "774695", "23.71")],
)
def test_the_shares_of_the_money_are_those_of_the_reference_report(kind: FactKind, amount: str, value: str) -> None:
    book = FactBook(DISTRICTS, facts=(money(FactKind.TRANSFER, "3267440"), money(kind, amount)))
    terms = (Term(FactQuery(of), Measure.AMOUNT) for of in (kind, FactKind.TRANSFER))
    found = figure(Ratio(*terms), book)
    assert (found.numerator, found.denominator, str(found.value)) == (Decimal(amount), Decimal(3267440), value)


def test_the_figure_of_a_quarter_stays_when_the_next_quarters_records_are_in() -> None:
    by_q3, later = one_each(FactKind.INCLUSION, 40), one_each(FactKind.INCLUSION, 43, Q4)[40:]
    book = FactBook(DISTRICTS, facts=(*by_q3, *later))
    assert figure(REFERENCE, book, Q3).numerator == 40
    assert figure(REFERENCE, book, Q4).numerator == 43


# What kind of number each figure has.


def test_counts_are_whole_numbers_and_amounts_have_two_decimals() -> None:
    book = FactBook(DISTRICTS, facts=(money(FactKind.TRANSFER, "5"),))
    over = FactQuery(FactKind.TRANSFER)
    assert repr(figure(Count(over), book).numerator) == "1"
    for formula in (Sum(over), Mean(over), Ratio(Term(over, Measure.AMOUNT), Term(over))):
        assert repr(figure(formula, book).numerator) == "Decimal('5.00')"
    assert repr(figure(Sum(over), FactBook()).numerator) == "Decimal('0.00')"


def test_a_zero_denominator_keeps_the_numerator_and_tells_why_there_is_no_value() -> None:
    book = FactBook(DISTRICTS, facts=(money(FactKind.RETURN, "5"),))
    found = figure(Ratio(Term(FactQuery(FactKind.RETURN)), Term(FactQuery(FactKind.TRANSFER))), book)
    assert (found.numerator, found.denominator, found.value) == (1, 0, None)
    assert found.reason is NoValue.EMPTY_POPULATION


def test_the_decimals_of_the_definition_are_those_of_the_value() -> None:
    book = FactBook(DISTRICTS[:3], facts=tuple(one_each(FactKind.INCLUSION, 1)))
    found = evaluate(REFERENCE, book, as_of=Q3, fiscal_year=YEAR, decimals=4)
    assert str(found.value) == "33.3333"


def test_a_member_shows_its_number_of_facts_and_its_district() -> None:
    inclusions = [replace(fact, id=f"{fact.id}-{n}") for fact in one_each(FactKind.INCLUSION, 1) for n in range(3)]
    (member,) = figure(REFERENCE, FactBook(DISTRICTS[:1], facts=tuple(inclusions))).counted
    assert (member.code, member.name_th, member.name_en, member.facts, member.unit) == (
        "5001",
        "เขต 1",
        "District 1",
        3,
        "5001",
    )


# Steps.


def step_done(id_: str, step: str, indicator: str = INDICATOR) -> Fact:
    return Fact(id_, FactKind.STEP, BUREAU, Q3, indicator=indicator, attributes={"step": step})


def test_a_step_counts_once_and_only_for_its_indicator() -> None:
    formula = Steps(tuple(Step(code, code, code, Decimal(weight)) for code, weight in (("a", "0.5"), ("b", "1.5"))))
    facts = (step_done("1", "a"), step_done("2", "a"), step_done("3", "b", "other"), step_done("4", "z"))
    found = figure(formula, FactBook(facts=facts))
    assert (found.numerator, found.denominator, found.value) == (Decimal("0.5"), Decimal(2), Decimal(25))
    assert [(member.code, member.facts) for member in (*found.counted, *found.not_counted)] == [("a", 1), ("b", 0)]


# Reported values.


def test_of_two_reports_of_one_day_the_one_with_the_later_id_counts() -> None:
    book = FactBook(DISTRICTS[:1], facts=(report("2", "5001", "2", "4"), report("1", "5001", "1", "4")))
    assert figure(SUMMED, book).numerator == 2


def test_a_report_of_another_indicator_another_year_or_withdrawn_does_not_count() -> None:
    given_in = report("1", "5001", "1", "4")
    facts = (
        replace(given_in, indicator="other"),
        replace(given_in, id="2", fiscal_year=2562),
        replace(given_in, id="3", ended_on=Q3),
    )
    for fact in facts:
        assert figure(SUMMED, FactBook(DISTRICTS[:1], facts=(fact,))).reason is NoValue.NOT_REPORTED


def test_half_a_report_is_no_report() -> None:
    book = FactBook(DISTRICTS[:2], facts=(report("1", "5001", "1"), report("2", "5002", None, "4")))
    assert figure(SUMMED, book).reason is NoValue.NOT_REPORTED


def test_a_half_report_does_not_push_out_a_whole_one() -> None:
    book = FactBook(DISTRICTS[:1], facts=(report("1", "5001", "1", "4"), report("2", "5001", "3")))
    assert figure(SUMMED, book).numerator == 1


@pytest.mark.parametrize("roll_up", [RollUp.MEAN, RollUp.SHARE_MEETING_TARGET])
def test_a_report_with_base_zero_has_no_rate_and_is_left_out(roll_up: RollUp) -> None:
    formula = Reported(ReportedInput.PAIR, roll_up, unit_target=Decimal(10))
    reports = (report("1", "5001", "1", "4"), report("2", "5002", "0", "0"))
    found = figure(formula, FactBook(DISTRICTS[:2], facts=reports))
    assert found.exact == (25 if roll_up is RollUp.MEAN else 100)
    assert [member.code for member in found.counted] == ["5001", "5002"]


@pytest.mark.parametrize("roll_up", RollUp)
def test_where_every_base_is_zero_there_is_no_value(roll_up: RollUp) -> None:
    formula = Reported(ReportedInput.PAIR, roll_up, unit_target=Decimal(10))
    found = figure(formula, FactBook(DISTRICTS[:1], facts=(report("1", "5001", "0", "0"),)))
    assert (found.numerator, found.value, found.reason) == (0, None, NoValue.EMPTY_POPULATION)


def test_the_mean_of_rates_is_exact() -> None:
    reports = (report("1", "5001", "1", "3"), report("2", "5002", "1", "7"), report("3", "5003", "0.5", "1.5"))
    found = figure(Reported(ReportedInput.PAIR, RollUp.MEAN), FactBook(DISTRICTS[:3], facts=reports))
    assert found.exact == (Fraction(1, 3) + Fraction(1, 7) + Fraction(1, 3)) / 3 * 100


def test_a_value_is_taken_as_it_was_typed() -> None:
    formula = Reported(ReportedInput.VALUE, RollUp.SHARE_MEETING_TARGET, unit_target=Decimal(80))
    reports = (report("1", "5001", "80"), report("2", "5002", "79.99"))
    assert figure(formula, FactBook(DISTRICTS[:2], facts=reports)).exact == 50


def test_a_bureaus_report_counts_in_the_number_and_stands_in_no_list() -> None:
    book = FactBook(DISTRICTS[:1], facts=(report("1", BUREAU, "3", "4"),))
    found = figure(SUMMED, book)
    assert (found.numerator, found.denominator) == (3, 4)
    assert not found.counted
    assert [member.code for member in found.not_counted] == ["5001"]


def test_a_share_meeting_a_target_needs_the_target() -> None:
    formula = Reported(ReportedInput.PAIR, RollUp.SHARE_MEETING_TARGET)
    with pytest.raises(ValueError, match="unit_target"):
        figure(formula, FactBook(facts=(report("1", "5001", "1", "4"),)))


# Properties of all formulas.


@given(questions(), st.integers())
def test_neither_the_order_of_facts_nor_a_fact_standing_there_twice_matters(question: Question, seed: int) -> None:
    facts = [*question.book.facts, *question.book.facts[:3]]
    Random(seed).shuffle(facts)  # noqa: S311
    assert answer(replace(question, book=with_facts(question.book, facts))) == answer(question)


@given(questions())
def test_what_happens_after_the_day_does_not_change_its_figure(question: Question) -> None:
    book, as_of = question.book, question.as_of
    known = [
        replace(fact, ended_on=None) if fact.ended_on is not None and fact.ended_on > as_of else fact
        for fact in book.facts
        if fact.effective_on <= as_of
    ]
    assert answer(replace(question, book=with_facts(book, known))) == answer(question)


@given(questions())
def test_facts_of_kinds_that_are_not_asked_for_do_not_matter(question: Question) -> None:
    asked_for = [fact for fact in question.book.facts if fact.kind in kinds_of(question.formula)]
    assert answer(replace(question, book=with_facts(question.book, asked_for))) == answer(question)


@given(questions(query_formulas()))
def test_before_any_fact_there_is_a_real_zero(question: Question) -> None:
    assume(question.book.facts)
    before = min(fact.effective_on for fact in question.book.facts) - timedelta(days=1)
    found = figure(question.formula, question.book, before)
    assert found.numerator == 0
    assert not found.counted
    assert found.value == (None if found.denominator == 0 else 0)


@given(questions(district_shares() | community_shares()), st.data())
def test_one_more_fact_never_lowers_a_share(question: Question, data: st.DataObject) -> None:
    more = data.draw(fact_lists(spots_of(question.book, kinds_of(question.formula)), most=3))
    facts = (*question.book.facts, *(replace(fact, id=f"more-{fact.id}") for fact in more))
    before, after = answer(question), answer(replace(question, book=with_facts(question.book, facts)))
    assert after.denominator == before.denominator
    assert {member.code for member in before.counted} <= {member.code for member in after.counted}


@given(questions(query_formulas(), bureau=False))
def test_the_numbers_of_the_districts_add_up_to_those_of_the_city(question: Question) -> None:
    city = answer(question)
    districts = [answer(question, district.code) for district in question.book.districts]
    assert sum(found.numerator or 0 for found in districts) == city.numerator
    assert sum(found.denominator or 0 for found in districts) == (city.denominator or 0)


@given(questions(), st.data())
def test_a_units_figure_is_that_of_a_book_with_nothing_else_in_it(question: Question, data: st.DataObject) -> None:
    book = question.book
    unit = data.draw(st.sampled_from([*(district.code for district in book.districts), BUREAU]))
    own = FactBook(
        tuple(district for district in book.districts if district.code == unit),
        tuple(community for community in book.communities if community.unit == unit),
        tuple(fact for fact in book.facts if fact.unit == unit),
    )
    assert answer(question, unit) == answer(replace(question, book=own))


@given(questions())
def test_every_member_either_counted_or_did_not(question: Question) -> None:
    found = answer(question)
    counted, rest = ([member.code for member in members] for members in (found.counted, found.not_counted))
    assert counted == sorted(counted)
    assert rest == sorted(rest)
    assert not set(counted) & set(rest)
    match question.formula:
        case Share():
            assert (len(counted), len(counted) + len(rest)) == (found.numerator, found.denominator)
        case Steps(steps=steps):
            assert {*counted, *rest} == {step.code for step in steps}
        case _:
            assert {*counted, *rest} == {district.code for district in question.book.districts}
