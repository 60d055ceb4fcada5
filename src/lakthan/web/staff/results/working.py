"""The working of a score, written so that it can be done again with a pocket calculator."""

from fractions import Fraction

from lakthan.apps.reporting.agencies import AgencyScore
from lakthan.apps.reporting.shapes import QuarterFigure
from lakthan.core.digits import format_number
from lakthan.core.figure import Operator, round_half_up
from lakthan.rules.scoring import HIGHEST, PLACES, STEPS, Mean, ScaleKind, Scored, shown


def plain(number: Fraction, places: int = PLACES) -> str:
    """A number with as many decimals as it needs, at most `places`."""
    text = format_number(round_half_up(number, places), places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def points(score: Fraction | None) -> str:
    """A score with all its decimals, a dash for none."""
    found = shown(score)
    return "–" if found is None else format_number(found, PLACES)


def result_working(scored: Scored, result: QuarterFigure) -> tuple[str, str]:
    """How the result was measured, and how the points come of it; empty where there are none."""
    if scored.measured is None:
        return "", ""
    return _measured(scored, result), _on_scale(scored)


def _measured(scored: Scored, result: QuarterFigure) -> str:
    """86 ÷ 80 × 100 = 107.5; empty where the value itself is held against the scale."""
    exact, target = result.figure.exact, result.target
    if scored.kind is ScaleKind.AGREED or exact is None or target is None or scored.measured is None:
        return ""
    part = f"{plain(exact)} ÷ {plain(Fraction(target))}"
    working = {
        Operator.AT_LEAST: f"{part} × 100",
        Operator.AT_MOST: f"(2 − {part}) × 100",
        Operator.EQUAL: f"(1 − |1 − {part}|) × 100",
    }[result.operator]
    return f"{working} = {plain(scored.measured)}"


def _on_scale(scored: Scored) -> str:
    """3 + (82.5 − 80) ÷ (90 − 80) = 3.2500; only the points at a step and at the ends of the scale."""
    if scored.score is None or scored.measured is None or scored.step is None:
        return ""
    if scored.score.denominator == 1 or scored.step in (0, STEPS):
        return points(scored.score)
    low, high = (Fraction(scored.scale[at]) for at in (scored.step - 1, scored.step))
    measured, above = plain(scored.measured), plain(high)
    return f"{scored.step} + ({measured} − {plain(low)}) ÷ ({above} − {plain(low)}) = {points(scored.score)}"


def part_working(mean: Mean) -> str:
    """356.25 ÷ 100 = 3.5625; empty without a mean."""
    if mean.exact is None:
        return ""
    return f"{plain(mean.sum_of_points)} ÷ {plain(mean.sum_of_weights)} = {points(mean.exact)}"


def whole_working(page: AgencyScore) -> str:
    """(20 × 4.4000 + 80 × 3.5625) ÷ 100 = 3.7300; empty while a part has no score."""
    first, second = (Fraction(weight) for weight in page.scheme.weights)
    if page.whole is None:
        return ""
    one, other = points(page.part_1.exact), points(page.part_2.exact)
    return f"({plain(first)} × {one} + {plain(second)} × {other}) ÷ {plain(first + second)} = {points(page.whole)}"


def share(score: Fraction | None) -> int:
    """A score as whole percent of the highest, for a bar; 0 for none."""
    return 0 if score is None else round(score / HIGHEST * 100)
