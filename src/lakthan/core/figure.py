"""The figure: a numerator, a denominator, and the members behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

Number = int | Decimal


class NoValue(StrEnum):
    """Why a figure has no value. Never mixed with zero."""

    EMPTY_POPULATION = "empty-population"
    NOT_DUE = "not-due"
    """The quarter has not begun."""
    NOT_REPORTED = "not-reported"
    NOT_APPLICABLE = "not-applicable"
    """It was decided that the indicator does not apply to the unit."""
    CANCELLED = "cancelled"
    NOT_EVALUATED = "not-evaluated"


class Operator(StrEnum):
    """How a value is held against its target."""

    AT_LEAST = ">="
    AT_MOST = "<="
    EQUAL = "="


def round_half_up(exact: Fraction, places: int = 2) -> Decimal:
    """Round an exact number half away from zero to `places` decimals; the only rounding in the code base."""
    shifted = abs(exact) * 10**places
    whole, rest = divmod(shifted.numerator, shifted.denominator)
    if 2 * rest >= shifted.denominator:
        whole += 1
    signed = -whole if exact < 0 else whole
    return Decimal(f"{signed}E-{places}")  # exact at any length; arithmetic would round to 28 digits


def percent(numerator: Number, denominator: Number, places: int = 2, scale: int = 100) -> Decimal | None:
    """`numerator / denominator x scale`, half up to `places` decimals; None where the denominator is zero."""
    if denominator == 0:
        return None
    return round_half_up(Fraction(numerator) / Fraction(denominator) * scale, places)


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a population (a district, a community, a step) and the number of facts found for it."""

    code: str
    name_th: str
    name_en: str
    facts: int
    unit: str = ""
    """Code of the district the member belongs to; the code itself for a district."""
    amount: Decimal | None = None
    """Baht of the facts found together; None where they carry no money."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What a formula gives on a date.

    `numerator` and `denominator` are exact: counts are `int`, money and reported values `Decimal`. A figure that is
    not a quotient (a count, a sum) has no denominator and its value is the numerator itself.
    `counted` and `not_counted` are the population, in order of code.
    """

    numerator: Number | None
    denominator: Number | None
    scale: int = 1
    decimals: int = 2
    reason: NoValue | None = None
    counted: Sequence[Member] = ()
    not_counted: Sequence[Member] = ()

    @property
    def exact(self) -> Fraction | None:
        """The unrounded value, or None where `reason` says why there is none."""
        if self.reason is not None or self.numerator is None:
            return None
        if self.denominator is None:
            return Fraction(self.numerator)
        if self.denominator == 0:
            return None
        return Fraction(self.numerator) / Fraction(self.denominator) * self.scale

    @property
    def value(self) -> Decimal | None:
        """The value for display: half up to `decimals` places."""
        return None if self.exact is None else round_half_up(self.exact, self.decimals)

    def met(self, target: Decimal | None, operator: Operator = Operator.AT_LEAST) -> bool | None:
        """Whether the exact value reaches the target; None without value or target.

        The exact pair decides, not the rounded display: 79.996 prints as 80.00 and has not reached 80.
        """
        if target is None or self.exact is None:
            return None
        match operator:
            case Operator.AT_LEAST:
                return self.exact >= Fraction(target)
            case Operator.AT_MOST:
                return self.exact <= Fraction(target)
            case Operator.EQUAL:
                return self.exact == Fraction(target)
