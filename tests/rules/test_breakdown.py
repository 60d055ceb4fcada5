"""Figures broken down into parts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lakthan.core.errors import UserError
from lakthan.rules.eligibility import CommunityHistory, Status, StatusChange
from lakthan.rules.facts import CommunityMember, District, DistrictGroup, Fact, FactBook, FactKind
from lakthan.rules.formula.breakdown import OTHER_CODE, Part, break_down
from lakthan.rules.formula.dimensions import Dimension, breakdown_refusal, dimensions_of
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
    INDICATOR,
    YEAR,
    Question,
    community_shares,
    district_shares,
    formulas,
    questions,
)

DAY = date(2020, 6, 30)
INCLUSIONS = FactQuery(FactKind.INCLUSION)
PLANS = FactQuery(FactKind.COMMUNITY_PLAN)
MEETINGS = FactQuery(FactKind.MEETING)
MONEY = FactQuery(FactKind.TRANSFER)
OF_DISTRICTS = Share(Population("districts"), INCLUSIONS)
OF_COMMUNITIES = Share(Population("communities"), PLANS)

REGISTERED = CommunityHistory((StatusChange(date(2018, 1, 1), Status.REGISTERED),))


def parts_of(question: Question, dimension: str, unit: str | None = None) -> tuple[Part, ...]:
    return break_down(
        question.formula,
        question.book,
        dimension,
        as_of=question.as_of,
        fiscal_year=YEAR,
        unit=unit,
        indicator=INDICATOR,
    )


def codes(question: Question, dimension: str) -> list[str]:
    return [part.code for part in parts_of(question, dimension)]


def included(id_: str, on: date = DAY, **more: object) -> Fact:
    return replace(Fact(id_, FactKind.INCLUSION, "5001", on), **{"attributes": {"kind": "new"}, **more})  # type: ignore[arg-type]


@st.composite
def broken_down(draw: st.DrawFn, asked: st.SearchStrategy[Formula]) -> tuple[Question, Dimension]:
    """A question with a dimension that parts its formula."""
    question = draw(questions(asked))
    dimensions = dimensions_of(question.formula)
    assume(dimensions)
    return question, draw(st.sampled_from(dimensions))


# Properties.


@given(broken_down(formulas()), st.booleans())
def test_parts_add_up_to_the_whole(asked: tuple[Question, Dimension], of_one_district: bool) -> None:
    question, dimension = asked
    unit = "5001" if of_one_district else None
    parts = [part.figure for part in parts_of(question, dimension, unit)]
    whole = evaluate(
        question.formula, question.book, as_of=question.as_of, fiscal_year=YEAR, unit=unit, indicator=INDICATOR
    )
    assert sum(part.numerator or 0 for part in parts) == (whole.numerator or 0)
    if isinstance(question.formula, Share) and dimension is Dimension.KIND:
        assert all(part.denominator == whole.denominator for part in parts)
    else:
        assert sum(part.denominator or 0 for part in parts) == (whole.denominator or 0)


@given(broken_down(district_shares() | community_shares()))
def test_every_member_that_counted_counts_in_exactly_one_part(asked: tuple[Question, Dimension]) -> None:
    question, dimension = asked
    whole = evaluate(question.formula, question.book, as_of=question.as_of, fiscal_year=YEAR)
    counted = [member for part in parts_of(question, dimension) for member in part.figure.counted]
    assert sorted(counted, key=lambda member: member.code) == list(whole.counted)


@given(questions())
def test_the_part_of_a_district_is_the_figure_of_that_district(question: Question) -> None:
    assume(Dimension.UNIT in dimensions_of(question.formula))
    parts = {part.code: part.figure for part in parts_of(question, "unit")}
    for district in question.book.districts:
        assert parts[district.code] == evaluate(
            question.formula,
            question.book,
            as_of=question.as_of,
            fiscal_year=YEAR,
            unit=district.code,
            indicator=INDICATOR,
        )


@given(questions(), st.sampled_from(Dimension))
def test_a_dimension_is_offered_exactly_where_it_is_not_refused(question: Question, dimension: Dimension) -> None:
    if dimension in dimensions_of(question.formula):
        assert parts_of(question, dimension) is not None
    else:
        with pytest.raises(UserError):
            parts_of(question, dimension)


# What stands in which part.


def test_parts_without_facts_stand_with_their_zeros_and_names() -> None:
    districts = (District("5002", "เขตสอง", "District two", "b"), District("5001", "เขตหนึ่ง", "District one", "a"))
    question = Question(OF_DISTRICTS, FactBook(districts, facts=(included("1"),)), DAY)
    one, two = parts_of(question, "unit")
    assert (one.code, one.name_th, one.name_en, one.figure.numerator) == ("5001", "เขตหนึ่ง", "District one", 1)
    assert (two.code, two.name_th, two.name_en, two.figure.numerator) == ("5002", "เขตสอง", "District two", 0)


def test_a_group_is_called_by_its_name_and_without_one_by_its_code() -> None:
    districts = (District("5001", "", "", "a"), District("5002", "", "", "b"))
    book = FactBook(districts, groups=(DistrictGroup("b", "กลุ่มสอง", "Group two"),))
    named = [(part.code, part.name_th, part.name_en) for part in parts_of(Question(OF_DISTRICTS, book, DAY), "group")]
    assert named == [("a", "a", "a"), ("b", "กลุ่มสอง", "Group two")]


def test_a_district_without_a_group_stands_in_the_other_part() -> None:
    book = FactBook((District("5001", "", "", "a"), District("5002", "", "", "")))
    *_, other = parts_of(Question(OF_DISTRICTS, book, DAY), "group")
    assert (other.code, other.figure.denominator) == (OTHER_CODE, 1)
    assert [member.code for member in other.figure.not_counted] == ["5002"]


def test_facts_of_a_bureau_stand_in_the_other_part() -> None:
    book = FactBook((District("5001", "", "", "a"),), facts=(Fact("1", FactKind.MEETING, "2100", DAY),))
    for dimension in ("unit", "group"):
        *_, other = parts_of(Question(Count(MEETINGS), book, DAY), dimension)
        assert (other.code, other.figure.numerator) == (OTHER_CODE, 1)


def test_the_other_part_is_left_out_while_it_adds_nothing() -> None:
    book = FactBook((District("5001", "", "", "a"),), facts=(included("1"),))
    assert codes(Question(OF_DISTRICTS, book, DAY), "unit") == ["5001"]
    assert codes(Question(OF_DISTRICTS, book, DAY), "kind") == ["new", "review"]


def test_a_fact_whose_kind_or_community_type_is_not_known_is_not_lost() -> None:
    communities = (CommunityMember("c1", "", "", "5001", "floating", REGISTERED),)
    facts = (included("1", community="c1", attributes={}), included("2", attributes={"kind": "copied"}))
    question = Question(Count(INCLUSIONS), FactBook(communities=communities, facts=facts), DAY)
    for dimension in ("kind", "community-type"):
        *_, other = parts_of(question, dimension)
        assert (other.code, other.figure.numerator) == (OTHER_CODE, 2)


def test_a_member_of_a_share_whose_kind_is_not_known_stands_in_the_other_part() -> None:
    book = FactBook((District("5001", "", "", ""),), facts=(included("1", attributes={}),))
    *_, other = parts_of(Question(OF_DISTRICTS, book, DAY), "kind")
    assert (other.code, other.figure.numerator, other.figure.denominator) == (OTHER_CODE, 1, 1)


def test_only_the_community_types_of_the_formula_are_parts() -> None:
    some = Share(Population("communities", types=("crowded", "urban")), PLANS)
    assert codes(Question(some, FactBook(), DAY), "community-type") == ["crowded", "urban"]


def test_a_member_of_a_share_is_of_the_kind_of_its_latest_fact() -> None:
    earlier = included("9", date(2020, 5, 1), attributes={"kind": "review"})
    book = FactBook((District("5001", "", "", ""),), facts=(included("1"), earlier))
    new, review = parts_of(Question(OF_DISTRICTS, book, DAY), "kind")
    assert (new.figure.numerator, review.figure.numerator) == (1, 0)
    assert (new.figure.denominator, review.figure.denominator) == (1, 1)
    assert [member.code for member in review.figure.not_counted] == ["5001"]


def test_of_two_facts_of_one_day_the_later_id_tells_the_kind() -> None:
    facts = (included("2", attributes={"kind": "review"}), included("1"))
    for order in (facts, facts[::-1]):
        book = FactBook((District("5001", "", "", ""),), facts=order)
        new, review = parts_of(Question(OF_DISTRICTS, book, DAY), "kind")
        assert (new.figure.numerator, review.figure.numerator) == (0, 1)


def test_a_member_with_too_few_facts_is_of_no_kind() -> None:
    book = FactBook((District("5001", "", "", ""),), facts=(included("1"),))
    parts = parts_of(Question(replace(OF_DISTRICTS, at_least=2), book, DAY), "kind")
    assert [part.figure.numerator for part in parts] == [0, 0]


# What cannot be parted.

ALL = {*Dimension}
PLACES = {Dimension.UNIT, Dimension.GROUP}
WHOLE: set[Dimension] = set()


def reported(input_: ReportedInput, roll_up: RollUp) -> Reported:
    return Reported(input_, roll_up, unit_target=Decimal(80) if roll_up is RollUp.SHARE_MEETING_TARGET else None)


@pytest.mark.parametrize(
    ("formula", "dimensions"),
    [
        (OF_DISTRICTS, ALL - {Dimension.COMMUNITY_TYPE}),
        (Share(Population("districts"), MEETINGS), PLACES),
        (OF_COMMUNITIES, ALL),
        (Count(INCLUSIONS), ALL),
        (Count(MEETINGS), PLACES),
        (Sum(MONEY), PLACES),
        (Mean(MONEY), PLACES),
        (Ratio(Term(INCLUSIONS), Term(PLANS)), ALL),
        (Ratio(Term(INCLUSIONS), Term(MEETINGS)), PLACES),
        (Ratio(Term(MONEY, Measure.AMOUNT), Term(INCLUSIONS)), PLACES),
        (Steps((Step("1", "ก", "a", Decimal(1)),)), WHOLE),
        *(
            (reported(ReportedInput.PAIR, roll_up), PLACES)
            for roll_up in (RollUp.SUM_OF_PARTS, RollUp.SHARE_MEETING_TARGET)
        ),
        (reported(ReportedInput.PAIR, RollUp.MEAN), WHOLE),
        (reported(ReportedInput.PAIR, RollUp.LATEST), WHOLE),
        *((reported(ReportedInput.VALUE, roll_up), PLACES) for roll_up in RollUp if roll_up is not RollUp.LATEST),
        (reported(ReportedInput.VALUE, RollUp.LATEST), WHOLE),
    ],
)
def test_a_formula_is_parted_by_these_dimensions_and_refused_by_the_others(
    formula: Formula, dimensions: set[Dimension]
) -> None:
    assert set(dimensions_of(formula)) == dimensions
    for dimension in ALL - dimensions:
        refusal = breakdown_refusal(formula, dimension)
        assert refusal is not None
        assert refusal.th
        assert refusal.en


def test_a_refusal_says_why_and_what_to_do_instead() -> None:
    with pytest.raises(UserError, match="several types; break it down by group") as refused:
        parts_of(Question(OF_DISTRICTS, FactBook(), DAY), "community-type")
    assert "กลุ่มเขต" in refused.value.th


def test_an_unknown_dimension_is_refused_with_those_there_are() -> None:
    with pytest.raises(UserError, match="unit, group, community-type, kind") as refused:
        parts_of(Question(OF_DISTRICTS, FactBook(), DAY), "province")
    assert "province" in refused.value.th
