"""Words of the desk for what formulas and assignments are made of."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lakthan.apps.reporting.assigning import Verdict
from lakthan.core.figure import Operator
from lakthan.rules.eligibility import Basis
from lakthan.rules.facts import COMMUNITY_TYPES, MEETING_PURPOSES, PLAN_KINDS
from lakthan.rules.formula.grammar import FormulaKind, Measure, ReportedInput, RollUp, Since
from lakthan.web.wording import OPERATORS, fact_kind, in_language

KINDS: Mapping[str, Promise] = {
    FormulaKind.SHARE: _("Share of members with records"),
    FormulaKind.RATIO: _("Ratio of two numbers"),
    FormulaKind.COUNT: _("Number of records"),
    FormulaKind.SUM: _("Sum of money"),
    FormulaKind.MEAN: _("Mean amount of money"),
    FormulaKind.STEPS: _("Weighted steps"),
    FormulaKind.REPORTED: _("Reported by the units"),
}
"""The kinds of formula, short."""
MEANINGS: Mapping[str, Promise] = {
    FormulaKind.SHARE: _("Districts or communities that have at least so many records, of all of them."),
    FormulaKind.RATIO: _("A count or an amount of some records, divided by that of others."),
    FormulaKind.COUNT: _("How many records there are."),
    FormulaKind.SUM: _("The money of the records together, in baht."),
    FormulaKind.MEAN: _("The money of the records, divided by their number."),
    FormulaKind.STEPS: _("The weights of the steps that are done, of the weights of all steps."),
    FormulaKind.REPORTED: _("What no register holds: each unit types it in every quarter."),
}
CLASSES: Mapping[str, Promise] = {
    "negotiated": _("Negotiated"),
    "routine": _("Routine work"),
    "strategic": _("Strategic"),
}
CERTAINTY: Mapping[str, Promise] = {
    "observed": _("Seen in the document itself"),
    "completed": _("Completed from the parts that were seen"),
    "inferred": _("Inferred from its place"),
    "partial": _("Seen in part"),
    "paraphrase": _("A paraphrase"),
}
"""How sure the text of a node of the plan is."""
POPULATIONS: Mapping[str, Promise] = {"districts": _("District offices"), "communities": _("Communities")}
BASES: Mapping[str, Promise] = {Basis.REGISTERED: _("All registered"), Basis.ELIGIBLE: _("Eligible")}
BEGINNINGS: Mapping[str, Promise] = {
    Since.EVER: _("At any time until the cut-off"),
    Since.FISCAL_YEAR: _("Since the start of the fiscal year"),
    Since.QUARTER: _("Since the start of the quarter"),
}
MEASURES: Mapping[str, Promise] = {Measure.COUNT: _("Their number"), Measure.AMOUNT: _("Their money")}
INPUTS: Mapping[str, Promise] = {
    ReportedInput.PAIR: _("Numerator and denominator"),
    ReportedInput.VALUE: _("One value"),
}
ROLL_UPS: Mapping[str, Promise] = {
    RollUp.SUM_OF_PARTS: _("Add up the parts"),
    RollUp.MEAN: pgettext_lazy("of units", "Mean of the units"),
    RollUp.LATEST: _("The latest report"),
    RollUp.SHARE_MEETING_TARGET: _("Share of units that meet a target"),
}
CHOICES: Mapping[str, Mapping[str, Promise]] = {
    "kind": KINDS,
    "of": POPULATIONS,
    "basis": BASES,
    "since": BEGINNINGS,
    "measure": MEASURES,
    "input": INPUTS,
    "roll_up": ROLL_UPS,
}
"""What can be chosen in a field of the formula, by the last part of its path."""
DEFAULTED = frozenset({"basis", "since", "measure"})
"""Choices of which the first holds where nothing is chosen."""
TYPED = frozenset({"at_least", "scale", "unit_target", "code", "name_th", "name_en", "weight"})
GROUPS: Mapping[str, Promise] = {
    "population": _("Of whom"),
    "matching": _("The records that make a member count"),
    "numerator": _("Numerator"),
    "denominator": _("Denominator"),
    "over": _("The records"),
    "calculation": _("Calculation"),
}
FIELDS: Mapping[str, tuple[Promise, Promise | str]] = {
    "kind": (_("Kind of formula"), ""),
    "of": (_("Members"), ""),
    "basis": (_("Which communities"), _("Eligible: not being dissolved, and with a committee that can work.")),
    "on": (_("As they were on the day"), _("Empty: on the day of the cut-off.")),
    "types": (_("Types of community"), _("None ticked: all types.")),
    "fact": (_("Kind of record"), ""),
    "fiscal_years": (_("Booked to the fiscal year"), _("None ticked: any year.")),
    "since": (_("In effect since"), ""),
    "purpose": (_("Only meetings of the kind"), ""),
    "measure": (_("What is taken of them"), ""),
    "at_least": (_("At least so many records"), _("Empty: 1.")),
    "scale": (_("Times"), _("100 for a percentage, 1 for a plain ratio. Empty: 100.")),
    "input": (_("What a unit types in"), ""),
    "roll_up": (_("How the city's value is made of them"), ""),
    "unit_target": (_("The target that a unit has to meet"), ""),
    "code": (_("Number"), ""),
    "name_th": (_("Step in Thai"), ""),
    "name_en": (_("Step in English"), ""),
    "weight": (_("Weight"), ""),
}
"""Label and help of a field of the formula, by the last part of its path."""
FILTER_OF_PLANS = _("Only plans of the kind")
"""The label of the filter `kind`, which has the name of the kind of formula."""
TEXTS: Mapping[str, Any] = {
    "terms_th": _("Definitions of terms, in Thai"),
    "terms_en": _("Definitions of terms, in English"),
    "method_th": _("Method of calculation, in Thai"),
    "method_en": _("Method of calculation, in English"),
    "unit_th": _("Unit of measure, in Thai"),
    "unit_en": _("Unit of measure, in English"),
    "operator": _("The value has to be"),
    "decimals": _("Decimals shown"),
}
"""Fields of a definition beside its formula."""
VERDICTS: Mapping[Verdict, Promise] = {
    Verdict.ADDED: pgettext_lazy("what becomes of a unit", "Added"),
    Verdict.CHANGED: pgettext_lazy("what becomes of a unit", "Changed"),
    Verdict.UNCHANGED: _("Left as it is"),
    Verdict.REFUSED: _("Cannot be saved"),
}
AGREED: Mapping[str, Promise] = {
    "target": _("Target"),
    "weight": _("Weight"),
    "classification": _("Class"),
    "scale": _("Five-step scale"),
    "supervisor": _("Who supervises"),
    "collector": _("Who collects the data"),
}


def agreed_words(field: str) -> str:
    """A part of what is agreed with a unit; `quarter.2` and `baseline.2562` have their number."""
    name, _dot, number = field.partition(".")
    if name == "quarter":
        return gettext("Target of Q%(number)s") % {"number": number}
    if name == "baseline":
        return gettext("Baseline of %(year)s") % {"year": number}
    return str(AGREED[name])


def field_words(field: str) -> str:
    """A field of a definition, or the path of one of a formula with its group: “Numerator: kind of record”."""
    if field in TEXTS:
        return str(TEXTS[field])
    path = field.removeprefix("formula.")
    label = FILTER_OF_PLANS if path.endswith("filters.kind") else FIELDS[path.rpartition(".")[2]][0]
    group = path.partition(".")[0]
    return f"{group_words(group)}: {label}" if "." in path else str(label)


def group_words(group: str) -> str:
    """The title of a group of fields; empty for the kind of formula, which stands alone."""
    if group.startswith("steps["):
        return gettext("Step %(number)s") % {"number": int(group[6:-1]) + 1}
    return str(GROUPS.get(group, ""))


def value_words(field: str, value: str) -> str:
    """A stored value of a field in words, where it is one of a choice; several stand with commas."""
    last = field.rpartition(".")[2]
    if field == "operator":
        return str(OPERATORS[Operator(value)])
    if last == "types":
        return ", ".join(in_language(*COMMUNITY_TYPES[code]) for code in value.split(", "))
    if last == "fact":
        return fact_kind(value)
    if ".filters." in field:
        return in_language(*{**PLAN_KINDS, **MEETING_PURPOSES}.get(value, (value, value)))
    return str(CHOICES.get(last, {}).get(value, value))
