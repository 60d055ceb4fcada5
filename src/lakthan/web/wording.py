"""Words for what records hold as values, in both languages: through gettext, or from the tables of `rules`."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from lakthan.core.digits import format_number
from lakthan.core.figure import Figure, NoValue, Number, Operator
from lakthan.rules.facts import COMMUNITY_TYPES, FACT_KINDS, PLAN_KINDS, FactKind
from lakthan.rules.formula.grammar import Formula, Mean, Measure, Ratio, Steps, Sum, queries
from lakthan.rules.workflow import State
from lakthan.web.population import PopulationKind, population_kind
from lakthan.web.quarters import Standing

Words = str | Promise
DECIMALS_STORED = 4
"""Of a reported value."""

STANDINGS: Mapping[Standing, Words] = {
    Standing.NOT_DUE: gettext_lazy("Not due yet"),
    Standing.NO_VALUE: gettext_lazy("No value"),
    Standing.NO_TARGET: gettext_lazy("No target set"),
    Standing.MET: gettext_lazy("Target met"),
    Standing.NOT_MET: gettext_lazy("Target not met"),
    Standing.SLOWED: gettext_lazy("Slowed"),
    Standing.NOT_APPLICABLE: gettext_lazy("Not applicable"),
    Standing.CANCELLED: gettext_lazy("Cancelled"),
}
NO_VALUES: Mapping[NoValue, Words] = {
    NoValue.EMPTY_POPULATION: gettext_lazy("there is nothing to divide by"),
    NoValue.NOT_DUE: gettext_lazy("the quarter has not begun"),
    NoValue.NOT_REPORTED: gettext_lazy("no unit has reported yet"),
    NoValue.NOT_APPLICABLE: gettext_lazy("it was decided that the indicator does not apply"),
    NoValue.CANCELLED: gettext_lazy("the indicator was cancelled"),
    NoValue.NOT_EVALUATED: gettext_lazy("not evaluated yet"),
}
OPERATORS: Mapping[Operator, Words] = {
    Operator.AT_LEAST: gettext_lazy("at least"),
    Operator.AT_MOST: gettext_lazy("at most"),
    Operator.EQUAL: gettext_lazy("exactly"),
}
COUNTED: Mapping[PopulationKind, tuple[Words, Words]] = {
    PopulationKind.DISTRICTS: (gettext_lazy("Counted"), gettext_lazy("Not counted")),
    PopulationKind.COMMUNITIES: (gettext_lazy("Counted"), gettext_lazy("Not counted")),
    PopulationKind.NUMERATOR: (gettext_lazy("In the numerator"), gettext_lazy("Nothing in the numerator")),
    PopulationKind.RECORDS: (gettext_lazy("With records"), gettext_lazy("Without records")),
    PopulationKind.REPORTS: (gettext_lazy("Reported"), gettext_lazy("Not yet reported")),
    PopulationKind.STEPS: (gettext_lazy("Done"), gettext_lazy("Not done yet")),
}
"""What it is called that a member counted, and that it did not."""
LEVELS: Mapping[str, Words] = {
    "output": gettext_lazy("Output"),
    "outcome": gettext_lazy("Outcome"),
    "unknown": gettext_lazy("Level not known"),
}
FIELDS: Mapping[str, Words] = {
    "physical": gettext_lazy("Physical surroundings and environment"),
    "economy": gettext_lazy("Economy"),
    "society": gettext_lazy("Society"),
    "health": gettext_lazy("Health"),
    "mind": gettext_lazy("Mind"),
}
WAYS: Mapping[str, Words] = {
    "itself": gettext_lazy("Done by the community itself"),
    "with-support": gettext_lazy("Done by the community with support"),
    "by-district": gettext_lazy("Asked of the district office"),
}
PAPER_STATES: Mapping[State, Words] = {
    State.OPEN: gettext_lazy("Open for reports"),
    State.DRAFT: gettext_lazy("Draft"),
    State.ENDORSED: gettext_lazy("Endorsed by the head of the agency"),
    State.SUBMITTED: gettext_lazy("Submitted, waiting for review"),
    State.RETURNED: gettext_lazy("Returned for correction"),
    State.ACCEPTED: gettext_lazy("Accepted, not certified"),
    State.CERTIFIED: gettext_lazy("Certified"),
    State.CORRECTED: gettext_lazy("Replaced by a corrected report"),
}
"""In Thai the words of the mark on the paper."""
CERTAINTIES: Mapping[str, Words] = {
    "completed": gettext_lazy("completed, not confirmed"),
    "inferred": gettext_lazy("place in the plan not confirmed"),
    "partial": gettext_lazy("known in part"),
    "paraphrase": gettext_lazy("paraphrase, not the official text"),
}
"""How a plan node is marked whose text was not wholly observed."""


def in_language(th: str, en: str) -> str:
    """The one of two texts that the page's language asks for; the Thai where there is no English."""
    return en if en and get_language() == "en" else th


def community_type(code: str) -> str:
    """A community's type: crowded, urban ..."""
    return in_language(*COMMUNITY_TYPES.get(code, (code, code)))


def plan_kind(code: str) -> str:
    """Whether a plan is new or a review."""
    return in_language(*PLAN_KINDS.get(code, (code, code)))


def number_words(number: Number) -> str:
    """A count with thousands grouped; an amount with two decimals."""
    return format_number(number, 2 if isinstance(number, Decimal) else 0)


def exact_number(number: Number) -> str:
    """A number with thousands grouped and as many decimals as it needs: 1,250 or 12.5."""
    text = format_number(number, DECIMALS_STORED)
    return text.rstrip("0").rstrip(".")


def pair_words(figure: Figure, formula: Formula) -> str:
    """Numerator and denominator as a phrase: 43 of 50 district offices. Empty for a figure that does not divide."""
    if figure.numerator is None or figure.denominator is None:
        return ""
    spell = number_words if is_money(formula) else exact_number
    words = {"part": spell(figure.numerator), "whole": spell(figure.denominator)}
    match population_kind(formula):
        case PopulationKind.DISTRICTS:
            return (
                ngettext(
                    "%(part)s of %(whole)s district office",
                    "%(part)s of %(whole)s district offices",
                    int(figure.denominator),
                )
                % words
            )
        case PopulationKind.COMMUNITIES:
            return (
                ngettext(
                    "%(part)s of %(whole)s community", "%(part)s of %(whole)s communities", int(figure.denominator)
                )
                % words
            )
        case PopulationKind.NUMERATOR | PopulationKind.RECORDS if is_money(formula):
            return _("%(part)s of %(whole)s baht") % words
        case PopulationKind.STEPS:
            return _("steps done weigh %(part)s of %(whole)s") % words
        case _:
            return _("%(part)s of %(whole)s") % words


def is_money(formula: Formula) -> bool:
    """Whether a formula takes amounts of money."""
    match formula:
        case Ratio():
            return Measure.AMOUNT in (formula.numerator.measure, formula.denominator.measure)
        case Sum() | Mean():
            return True
        case _:
            return False


def records_words(count: int, formula: Formula) -> str:
    """How many records stand behind a member: 12 records, 12 โครงการ. Empty where records are not counted."""
    asked = queries(formula)
    if not asked or isinstance(formula, Steps):
        return ""
    english = ngettext("%(count)s record", "%(count)s records", count) % {"count": format_number(count)}
    return in_language(f"{format_number(count)} {FACT_KINDS[asked[0].fact].counter_th}", english)


def fact_kind(code: str, count: int = 2) -> str:
    """A kind of fact; the English is singular for one."""
    spec = FACT_KINDS[FactKind(code)]
    return in_language(spec.name_th, spec.name_en if count == 1 else spec.plural_en)


def records_name(formula: Formula) -> str:
    """What the records are that a formula looks at; the English is plural."""
    asked = queries(formula)
    return fact_kind(asked[0].fact if asked else FactKind.REPORTED)
