"""How the pages about decisions, agreements and scores write their codes."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import template

from lakthan.core.digits import format_number
from lakthan.core.figure import Figure, NoValue, Operator, round_half_up
from lakthan.rules.appeals import AppealKind, AppealOutcome
from lakthan.rules.decisions import DecisionKind, Duty
from lakthan.rules.pace import Ground, Outlook
from lakthan.rules.scoring import Missing, Treatment
from lakthan.web.staff.results import wording, working
from lakthan.web.wording import exact_number

register = template.Library()


@register.filter
def decision_words(kind: DecisionKind) -> str:
    """Not applicable, cancelled, slowed ..."""
    return str(wording.KINDS[kind])


@register.filter
def duty_words(duty: Duty) -> str:
    """Measured as agreed, slowed ..."""
    return str(wording.DUTIES[duty])


@register.filter
def points(score: Fraction | None) -> str:
    """Points with four decimals, or a dash."""
    return working.points(score)


@register.filter
def plain(number: Fraction | None) -> str:
    """An exact number with the decimals it needs, or a dash."""
    return "–" if number is None else working.plain(number)


@register.filter
def share(score: Fraction | None) -> int:
    """Points as percent of the highest."""
    return working.share(score)


@register.filter
def treatment_words(treatment: Treatment) -> str:
    """Counted, left out ..."""
    return str(wording.TREATMENTS[treatment])


@register.filter
def missing_words(missing: Missing) -> str:
    """What a missing result does to the mean."""
    return str(wording.MISSING[missing])


@register.filter
def reason_words(reason: NoValue) -> str:
    """Why there is no score."""
    return str(wording.REASONS[reason])


@register.filter
def number_text(text: str | None) -> str:
    """A number that is kept as text, with the decimals it needs; a dash for none."""
    return "–" if text is None else exact_number(Decimal(text))


@register.filter
def of_key(mapping: Mapping[Any, Any], key: Any) -> Any:
    """The value of a key; None where there is none."""
    return mapping.get(key)


@register.filter
def as_operator(text: str) -> Operator:
    """An operator that is kept as text."""
    return Operator(text)


@register.filter
def appeal_words(kind: AppealKind) -> str:
    """What is asked for."""
    return str(wording.APPEALS[kind])


@register.filter
def follows_words(kind: AppealKind) -> str:
    """What an upheld appeal leads to."""
    return str(wording.FOLLOWS[kind])


@register.filter
def appeal_outcome_words(outcome: AppealOutcome) -> str:
    """Upheld, rejected, withdrawn."""
    return str(wording.OUTCOMES[outcome])


@register.filter
def outlook_words(outlook: Outlook) -> str:
    """Target met, on pace, behind ..."""
    return str(wording.OUTLOOKS[outlook])


@register.filter
def outlook_mark(outlook: Outlook) -> str:
    """The mark of an outlook."""
    return wording.MARKS[outlook]


@register.filter
def ground_words(ground: Ground) -> str:
    """What an outlook rests on."""
    return str(wording.GROUNDS[ground])


@register.filter
def on_target(counts: Mapping[Outlook, int]) -> int:
    """Targets that are met or on pace."""
    return counts[Outlook.MET] + counts[Outlook.ON_PACE]


@register.filter
def count_of(counts: Mapping[Outlook, int], outlook: str) -> int:
    """The count of one outlook."""
    return counts[Outlook(outlook)]


@register.simple_tag
def rounded(exact: Fraction | None, figure: Figure) -> str:
    """An exact number with the decimals of a figure; a dash for none."""
    return "–" if exact is None else format_number(round_half_up(exact, figure.decimals), figure.decimals)


@register.filter
def exact_or_dash(number: Decimal | None) -> str:
    """A number with the decimals it needs, or a dash where there is none."""
    return "–" if number is None else exact_number(number)
