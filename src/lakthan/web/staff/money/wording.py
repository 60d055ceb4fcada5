"""What groups of districts and rows of the register are called on pages."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lakthan.apps.budget.movements import MovementState
from lakthan.apps.budget.register import LineKind
from lakthan.rules.money_standing import MoneyGroup

GROUPS: Mapping[MoneyGroup, Promise] = {
    MoneyGroup.RECEIVED: _("Received money"),
    MoneyGroup.OBLIGATED: _("Bound money"),
    MoneyGroup.DISBURSED: _("Disbursed"),
    MoneyGroup.RETURNED: _("Returned money"),
    MoneyGroup.NOT_RETURNED: _("Returned nothing"),
    MoneyGroup.INTENDS: _("Wish not to return yet"),
    MoneyGroup.UNDECLARED: _("Has a rest and said nothing"),
    MoneyGroup.UNDECIDED: _("Year over, rest undecided"),
    MoneyGroup.WITHOUT: _("Received nothing"),
}
STATES: Mapping[MovementState, Promise] = {
    MovementState.STANDS: _("In force"),
    MovementState.REVERSED: _("Was taken back"),
    MovementState.REVERSAL: _("Takes another back"),
}
KINDS: Mapping[LineKind, Promise] = {
    LineKind.TRANSFER: _("Money received"),
    LineKind.TAKEN_BACK: _("The transfer was taken back"),
    LineKind.OBLIGATION: _("Bound by contract or order"),
    LineKind.DISBURSEMENT: _("Paid out"),
    LineKind.RETURN: _("Sent back"),
    LineKind.INTENTION: _("Declared: wishes not to return yet"),
    LineKind.INTENTION_ENDED: _("The declaration ended"),
    LineKind.LAPSED: _("Lapsed at the year's end"),
    LineKind.CARRIED_OVER: _("Carried over with approval"),
}
