from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakthan.core.figure import Figure, NoValue, Number, Operator, percent, round_half_up

MONEY = st.decimals(min_value=0, max_value=10**12, places=2)
COUNTS = st.integers(min_value=0, max_value=10**9)
PAIRS = st.tuples(COUNTS | MONEY, COUNTS | MONEY)


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        (40, 50, "80.00"),
        (43, 50, "86.00"),
        (17, 50, "34.00"),
        (33, 50, "66.00"),
        (16, 50, "32.00"),
        (12, 50, "24.00"),
        (38, 50, "76.00"),
        (1182, 2068, "57.16"),
        (886, 2068, "42.84"),
        (Decimal("583203.00"), Decimal("3267440.00"), "17.85"),
        (Decimal("774695.00"), Decimal("3267440.00"), "23.71"),
        (Decimal("1909542.00"), Decimal("3267440.00"), "58.44"),
    ],
)
def test_every_percentage_of_the_reference_report_comes_out(
    numerator: Number, denominator: Number, expected: str
) -> None:
    assert str(percent(numerator, denominator)) == expected


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        (1, 8, "12.50"),
        (2, 3, "66.67"),
        (1, 3, "33.33"),
        (1, 800, "0.13"),  # 0.125: half goes up, where banker's rounding gives 0.12
        (1, 20000, "0.01"),  # 0.005
        (1, 20001, "0.00"),
        (-1, 800, "-0.13"),
        (0, 50, "0.00"),
        (51, 50, "102.00"),
    ],
)
def test_a_percentage_is_rounded_half_up_and_shows_two_places(numerator: int, denominator: int, expected: str) -> None:
    assert str(percent(numerator, denominator)) == expected


def test_a_zero_denominator_gives_no_value_and_never_zero() -> None:
    assert percent(5, 0) is None
    assert percent(0, Decimal("0.00")) is None
    assert Figure(0, 0, scale=100).value is None


@given(PAIRS)
def test_a_percentage_equals_decimal_arithmetic_of_high_precision(pair: tuple[Number, Number]) -> None:
    numerator, denominator = pair
    if denominator == 0:
        assert percent(numerator, denominator) is None
        return
    # 60 digits: where the quotient ends on an exact half it is represented exactly, elsewhere it is far enough off.
    wide = Context(prec=60)
    quotient = wide.divide(wide.multiply(Decimal(numerator), Decimal(100)), Decimal(denominator))
    expected = quotient.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP, context=wide)
    assert percent(numerator, denominator) == expected


@given(st.integers(), st.integers(min_value=1), st.integers(min_value=0, max_value=6))
def test_rounding_is_off_by_at_most_half_a_unit_at_any_length(numerator: int, denominator: int, places: int) -> None:
    exact = Fraction(numerator, denominator)
    rounded = round_half_up(exact, places)
    assert abs(Fraction(rounded) - exact) <= Fraction(1, 2 * 10**places)
    assert rounded.as_tuple().exponent == -places


def test_rounding_keeps_every_digit_of_a_number_longer_than_a_decimal_context() -> None:
    assert str(round_half_up(Fraction(10**40 + 1), 2)) == "1" + "0" * 39 + "1.00"


@given(st.fractions(), st.integers(min_value=0, max_value=4))
def test_rounding_a_negative_number_mirrors_the_positive_one(exact: Fraction, places: int) -> None:
    assert round_half_up(-exact, places) == round_half_up(exact, places).copy_negate()


def test_nothing_is_rounded_to_minus_zero() -> None:
    assert str(round_half_up(Fraction(-1, 1000))) == "0.00"


def test_a_figure_without_denominator_is_its_numerator() -> None:
    figure = Figure(numerator=343, denominator=None, decimals=0)
    assert figure.exact == 343
    assert str(figure.value) == "343"


def test_a_figure_with_a_reason_has_no_value_even_where_it_has_numbers() -> None:
    figure = Figure(0, 50, scale=100, reason=NoValue.NOT_REPORTED)
    assert figure.exact is None
    assert figure.value is None
    assert figure.met(Decimal(0)) is None


def test_a_figure_without_numbers_has_no_value() -> None:
    assert Figure(None, None, reason=NoValue.NOT_EVALUATED).value is None
    assert Figure(None, 50).value is None


def test_the_exact_pair_is_held_against_the_target_and_not_the_printed_value() -> None:
    just_below = Figure(19_999, 25_000, scale=100, decimals=1)  # 79.996
    assert str(just_below.value) == "80.0"
    assert just_below.met(Decimal(80)) is False
    assert Figure(40, 50, scale=100).met(Decimal("80.00")) is True


def test_the_exact_pair_also_decides_where_less_is_better() -> None:
    just_above = Figure(50_001, 1_000_000, scale=100)  # 5.0001
    assert str(just_above.value) == "5.00"
    assert just_above.met(Decimal(5), Operator.AT_MOST) is False
    assert Figure(50_000, 1_000_000, scale=100).met(Decimal(5), Operator.AT_MOST) is True


def test_a_third_equals_no_target_that_can_be_written() -> None:
    third = Figure(1, 3, scale=100)
    assert third.met(Decimal("33.33"), Operator.EQUAL) is False
    assert Figure(1, 4, scale=100).met(Decimal(25), Operator.EQUAL) is True


def test_without_target_or_value_nothing_is_met_or_missed() -> None:
    assert Figure(40, 50, scale=100).met(None) is None
    assert Figure(0, 0, scale=100).met(Decimal(80)) is None


@given(PAIRS, st.decimals(min_value=0, max_value=200, places=2))
def test_at_least_and_at_most_together_say_equal(pair: tuple[Number, Number], target: Decimal) -> None:
    figure = Figure(*pair, scale=100)
    at_least, at_most = figure.met(target, Operator.AT_LEAST), figure.met(target, Operator.AT_MOST)
    if figure.exact is None:
        assert at_least is at_most is None
        return
    assert at_least or at_most
    assert figure.met(target, Operator.EQUAL) is (at_least and at_most)
