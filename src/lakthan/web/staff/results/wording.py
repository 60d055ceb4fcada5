"""Words of these pages for what `rules` knows by codes."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lakthan.core.figure import NoValue
from lakthan.rules.appeals import AppealKind, AppealOutcome
from lakthan.rules.decisions import DecisionKind, Duty
from lakthan.rules.pace import Ground, Outlook
from lakthan.rules.scoring import Missing, Treatment

KINDS: Mapping[DecisionKind, Promise] = {
    DecisionKind.NOT_APPLICABLE: _("Not applicable"),
    DecisionKind.CANCELLED: _("Cancelled"),
    DecisionKind.SLOWED: _("Slowed"),
    DecisionKind.TARGET_CHANGED: _("Target changed"),
    DecisionKind.RESUMED: _("Resumed"),
}
MEANINGS: Mapping[DecisionKind, Promise] = {
    DecisionKind.NOT_APPLICABLE: _("The indicator does not apply to the unit. No report is owed from then on."),
    DecisionKind.CANCELLED: _("The indicator is given up. No report is owed from then on."),
    DecisionKind.SLOWED: _("The unit still reports, but is not said to be behind."),
    DecisionKind.TARGET_CHANGED: _("Another target holds from then on. Certified reports keep the one they have."),
    DecisionKind.RESUMED: _("It is measured and reported again as it was agreed."),
}
DUTIES: Mapping[Duty, Promise] = {
    Duty.FULL: pgettext_lazy("duty", "Measured as agreed"),
    Duty.SLOWED: _("Slowed"),
    Duty.NOT_APPLICABLE: _("Not applicable"),
    Duty.CANCELLED: _("Cancelled"),
}
TREATMENTS: Mapping[Treatment, Promise] = {
    Treatment.COUNTED: _("Counted"),
    Treatment.LEFT_OUT: _("Left out of the mean"),
    Treatment.AS_LOWEST: _("Counts as the lowest score"),
    Treatment.BLOCKS: _("Missing: there is no mean yet"),
}
MISSING: Mapping[Missing, Promise] = {
    Missing.BLOCKS: _("While a result is missing there is no mean."),
    Missing.LEFT_OUT: _("A missing result is left out, and the others share the whole."),
    Missing.LOWEST: _("A missing result counts as the lowest score."),
}
REASONS: Mapping[NoValue, Promise] = {
    NoValue.EMPTY_POPULATION: _("Nothing to divide by"),
    NoValue.NOT_DUE: _("Not due yet"),
    NoValue.NOT_REPORTED: _("Not reported"),
    NoValue.NOT_APPLICABLE: _("Not applicable"),
    NoValue.CANCELLED: _("Cancelled"),
    NoValue.NOT_EVALUATED: _("Not evaluated"),
}
"""Why a result has no score."""
OUTLOOKS: Mapping[Outlook, Promise] = {
    Outlook.MET: _("Target met"),
    Outlook.ON_PACE: _("On pace"),
    Outlook.BEHIND: _("Behind"),
    Outlook.NO_DATA: _("No data"),
    Outlook.SLOWED: _("Slowed"),
    Outlook.NOT_APPLICABLE: _("Not applicable"),
    Outlook.CANCELLED: _("Cancelled"),
}
MARKS: Mapping[Outlook, str] = {
    Outlook.MET: "met",
    Outlook.ON_PACE: "on-pace",
    Outlook.BEHIND: "not-met",
    Outlook.NO_DATA: "no-value",
    Outlook.SLOWED: "slowed",
    Outlook.NOT_APPLICABLE: "not-applicable",
    Outlook.CANCELLED: "cancelled",
}
"""The mark of each, in `web/marks.svg`."""
GROUNDS: Mapping[Ground, Promise] = {
    Ground.LATEST: _("The latest result; nothing more is supposed."),
    Ground.QUARTER_TARGET: _("The target agreed for the quarter."),
    Ground.PACE: _("What the quarters so far brought on average, carried on."),
    Ground.FROM_ZERO: _("The way from zero to the one known result, carried on."),
}
"""What an outlook rests on."""
APPEALS: Mapping[AppealKind, Promise] = {
    AppealKind.RESULT: _("Another look at a result"),
    AppealKind.COMPONENT: _("Another look at a score of Part 1"),
    AppealKind.TARGET: _("Another target"),
}
FOLLOWS: Mapping[AppealKind, Promise] = {
    AppealKind.RESULT: _("If it is upheld, the unit makes a correction of its report."),
    AppealKind.COMPONENT: _("If it is upheld, another score is recorded."),
    AppealKind.TARGET: _("If it is upheld, a decision changes the target."),
}
OUTCOMES: Mapping[AppealOutcome, Promise] = {
    AppealOutcome.UPHELD: _("Upheld"),
    AppealOutcome.REJECTED: _("Rejected"),
    AppealOutcome.WITHDRAWN: _("Withdrawn by the unit"),
}
