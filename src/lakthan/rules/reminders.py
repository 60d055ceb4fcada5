"""Of what a person is reminded, and when: each thing once."""

from collections.abc import Sequence
from datetime import date, timedelta

from lakthan.rules.committees import DAYS_OF_NOTICE

TERM_DAYS = (-DAYS_OF_NOTICE, -14, 1)
"""Of the end of a committee's term: in time for an election, shortly before it, and when nobody was seated after it."""
MEETING_DAYS = (1, 7)
"""Of the day of a meeting of which nobody said what became."""


def reminder_day(days: Sequence[int], due_on: date, today: date) -> int | None:
    """The newest of the days of reminder that has come, counted from the deadline; None before the first.

    A run that was missed is made up for by the next, with one reminder and not with all that were missed.
    """
    return max((day for day in days if due_on + timedelta(days=day) <= today), default=None)


def due_occasion(fiscal_year: int, quarter: int, due_on: date, day: int) -> str:
    """All reports of a person that are due on a day are one occasion: due:2563:2:2020-04-10:-7."""
    return f"due:{fiscal_year}:{quarter}:{due_on.isoformat()}:{day}"
