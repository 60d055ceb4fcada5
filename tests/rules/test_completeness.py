"""Where a report stands for those who wait for it, and how complete many are."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from lakthan.core.figure import percent
from lakthan.rules.completeness import NOT_OWED, REPORTED, Standing, completeness, lateness, standing_of
from lakthan.rules.deadlines import Term
from lakthan.rules.decisions import Duty
from lakthan.rules.workflow import State
from tests.rules.test_deadlines import DAYS, terms

STATES = st.none() | st.sampled_from(State)
DUTIES = st.sampled_from(Duty)
TERM = Term(date(2020, 3, 10), date(2020, 3, 31), date(2020, 4, 10))


@given(st.none() | terms(), DAYS, STATES, DUTIES, st.booleans())
def test_silence_is_never_a_report_and_nil_always_is(
    term: Term | None, day: date, state: State | None, duty: Duty, is_nil: bool
) -> None:
    standing = standing_of(term, day, state, duty, is_nil=is_nil)
    if state in (None, State.OPEN):
        assert (standing in REPORTED) == (is_nil and duty in (Duty.FULL, Duty.SLOWED))
    if state in (State.SUBMITTED, State.ACCEPTED, State.CERTIFIED, State.CORRECTED):
        assert standing in REPORTED, "what was sent stays so, whatever was decided since"


@given(terms(), DAYS)
def test_what_nobody_wrote_is_late_exactly_after_its_deadline(term: Term, day: date) -> None:
    standing = standing_of(term, day, None, Duty.FULL, is_nil=False)
    if day < term.opens_on:
        assert standing is Standing.NOT_DUE
    else:
        assert (standing is Standing.LATE) == (day > term.due_on)


@given(terms(), DAYS, st.sampled_from([Standing.SUBMITTED, Standing.RETURNED, Standing.CERTIFIED]), DAYS)
def test_lateness_of_what_was_sent_does_not_grow(term: Term, sent: date, standing: Standing, day: date) -> None:
    assert lateness(standing, term, day, sent) == lateness(standing, term, day + timedelta(days=9), sent)


def test_lateness_is_of_what_somebody_waits_for() -> None:
    after = TERM.deadline_on + timedelta(days=3)
    assert lateness(Standing.DRAFT, TERM, after, None) == 3
    assert lateness(Standing.SUBMITTED, TERM, after, TERM.deadline_on) == 0
    for standing in (*NOT_OWED, Standing.NIL):
        assert lateness(standing, TERM, after, None) == 0
    assert lateness(Standing.DRAFT, None, after, None) == 0


@given(st.lists(st.tuples(st.sampled_from(Standing), st.integers(0, 30))))
def test_the_parts_add_up_to_the_whole(reports: list[tuple[Standing, int]]) -> None:
    found = completeness(reports)
    assert sum(found.standings.values()) == len(reports)
    assert found.owed + sum(standing in NOT_OWED for standing, _ in reports) == len(reports)
    assert 0 <= found.reported <= found.owed
    assert found.percent == percent(found.reported, found.owed)
    assert found.late == sum(late > 0 for _, late in reports)


def test_nothing_owed_is_no_percentage_and_two_of_three_are_66_67() -> None:
    assert completeness([(Standing.NOT_DUE, 0), (Standing.NOT_APPLICABLE, 0)]).percent is None
    two = [(Standing.NIL, 0), (Standing.CERTIFIED, 0), (Standing.LATE, 4)]
    assert completeness(two).percent == Decimal("66.67")
    assert completeness(two).worst is Standing.LATE
