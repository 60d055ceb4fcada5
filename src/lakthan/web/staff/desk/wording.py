"""Words of the desk for what formulas and assignments are made of."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lakthan.rules.eligibility import Basis
from lakthan.rules.formula.grammar import FormulaKind, Measure, ReportedInput, RollUp, Since

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
