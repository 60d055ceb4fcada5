"""Which reports have come in: the state of one report of a quarter, and how complete many are together."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from lakthan.core.figure import percent
from lakthan.rules.deadlines import Term, days_late
from lakthan.rules.decisions import Duty
from lakthan.rules.workflow import State


class Standing(StrEnum):
    """Where a report stands for those who wait for it, most urgent first."""

    LATE = "late"
    """Nothing is written, and the deadline is over."""
    RETURNED = "returned"
    OPEN = "open"
    DRAFT = "draft"
    ENDORSED = "endorsed"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    CERTIFIED = "certified"
    NIL = "nil"
    """The unit confirmed that it has nothing."""
    NOT_APPLICABLE = "not-applicable"
    CANCELLED = "cancelled"
    NOT_DUE = "not-due"
    """The period has not opened."""


REPORTED = frozenset({Standing.SUBMITTED, Standing.ACCEPTED, Standing.CERTIFIED, Standing.NIL})
"""What has come in and is not sent back."""
NOT_OWED = frozenset({Standing.NOT_APPLICABLE, Standing.CANCELLED, Standing.NOT_DUE})
"""What nobody waits for: no part of the whole that completeness is counted of."""
OF_STATES: Mapping[State, Standing] = MappingProxyType(
    {
        State.DRAFT: Standing.DRAFT,
        State.ENDORSED: Standing.ENDORSED,
        State.SUBMITTED: Standing.SUBMITTED,
        State.RETURNED: Standing.RETURNED,
        State.ACCEPTED: Standing.ACCEPTED,
        State.CERTIFIED: Standing.CERTIFIED,
        State.CORRECTED: Standing.CERTIFIED,
    }
)
EXCUSED: Mapping[Duty, Standing] = MappingProxyType(
    {Duty.NOT_APPLICABLE: Standing.NOT_APPLICABLE, Duty.CANCELLED: Standing.CANCELLED}
)


def standing_of(term: Term | None, today: date, state: State | None, duty: Duty, *, is_nil: bool) -> Standing:
    """Where one report stands. `state` is None before anything is written.

    What was sent stays what it is even where it was decided later that none is owed.
    """
    written = None if state is None or state is State.OPEN else OF_STATES[state]
    if written in REPORTED:
        return written
    if duty in EXCUSED:
        return EXCUSED[duty]
    if written is not None:
        return written
    if is_nil:
        return Standing.NIL
    if term is None or not term.is_open(today):
        return Standing.NOT_DUE
    return Standing.LATE if days_late(term.due_on, today) else Standing.OPEN


def lateness(standing: Standing, term: Term | None, today: date, sent_on: date | None) -> int:
    """How many days after its deadline a report was sent, or is by now where it is not; 0 in time.

    `sent_on` is the day on which it was sent for the first time.
    """
    if term is None or standing in NOT_OWED or standing is Standing.NIL:
        return 0
    return days_late(term.due_on, sent_on or today)


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many reports stand where, and how many of those that are owed have come in."""

    standings: Mapping[Standing, int]
    late: int = 0
    """Sent late, or not sent and late by now."""

    @property
    def owed(self) -> int:
        """Reports that somebody waits or waited for."""
        return sum(count for standing, count in self.standings.items() if standing not in NOT_OWED)

    @property
    def reported(self) -> int:
        """Reports that came in."""
        return sum(count for standing, count in self.standings.items() if standing in REPORTED)

    @property
    def percent(self) -> Decimal | None:
        """Reported of owed; None where nothing is owed."""
        return percent(self.reported, self.owed)

    @property
    def worst(self) -> Standing:
        """The most urgent of the standings; `NOT_DUE` where there is none."""
        return next((standing for standing in Standing if self.standings.get(standing)), Standing.NOT_DUE)


def completeness(reports: Iterable[tuple[Standing, int]]) -> Completeness:
    """Of standings with their days of lateness."""
    rows = list(reports)
    return Completeness(Counter(standing for standing, _ in rows), sum(1 for _, late in rows if late))
