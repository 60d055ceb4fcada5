"""When a community can ask for another look, and what can be said of the work on an item."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakthan.rules.after_decision import (
    TO_ANSWER,
    TO_ASK,
    Declined,
    Due,
    Item,
    Notice,
    Terms,
    Work,
    answer_due,
    asking_refusal,
    confirmation_refusal,
    last_day_to_ask,
    notice_due,
    report_refusal,
    told_as,
    told_on,
)

DAY = date(2020, 2, 14)
days = st.dates(date(2019, 1, 1), date(2021, 12, 31))
spans = st.integers(0, 400).map(lambda number: timedelta(days=number))


@given(told_on=days, later=spans)
def test_one_can_ask_until_so_many_days_after_one_was_told_and_no_longer(told_on: date, later: timedelta) -> None:
    refused = asking_refusal(Declined(decided_on=told_on, told_on=told_on), told_on + later)
    assert (refused is None) == (later.days <= TO_ASK.days)


@given(later=spans)
def test_the_term_does_not_begin_before_one_is_told(later: timedelta) -> None:
    assert asking_refusal(Declined(decided_on=DAY), DAY + later) is None
    assert last_day_to_ask(None) is None


@pytest.mark.parametrize(
    ("declined", "said"),
    [
        (Declined(DAY, withdrawn_on=DAY), "withdrawn"),
        (Declined(DAY, open_since=DAY), "wait for its answer"),
        (Declined(DAY, answered_on=DAY, is_upheld=False), "its decision stands"),
        (Declined(DAY, answered_on=DAY, is_upheld=True), "wait for the new decision"),
        (Declined(DAY, told_on=date(2019, 1, 1)), "too late"),
    ],
)
def test_a_refusal_says_why(declined: Declined, said: str) -> None:
    refused = asking_refusal(declined, DAY)
    assert refused is not None
    assert said in refused.en
    assert refused.th


def test_terms_say_where_they_come_from() -> None:
    assert TO_ASK.source == TO_ANSWER.source == "assumption"
    assert answer_due(DAY) == DAY + timedelta(days=TO_ANSWER.days)


@given(included=days, on=days, ended=st.none() | days, state=st.sampled_from(Work))
def test_work_is_reported_while_the_item_stands_in_the_plan(
    included: date, on: date, ended: date | None, state: Work
) -> None:
    refused = report_refusal(Item(included, ended_on=ended), on, state)
    assert (refused is None) == (on >= included and (ended is None or on < ended))


def test_what_has_begun_cannot_be_not_begun_later() -> None:
    item = Item(DAY, reported=((DAY, Work.UNDER_WAY),))
    assert report_refusal(item, DAY + timedelta(days=1), Work.NOT_BEGUN) is not None
    assert report_refusal(item, DAY + timedelta(days=1), Work.STOPPED) is None


def test_nothing_is_reported_after_the_community_confirmed() -> None:
    item = Item(DAY, reported=((DAY, Work.DONE),), confirmed_on=DAY)
    assert report_refusal(item, DAY + timedelta(days=1), Work.UNDER_WAY) is not None


def test_nothing_reported_is_not_the_same_as_not_begun() -> None:
    assert Item(DAY).work is None
    assert Item(DAY, reported=((DAY, Work.NOT_BEGUN),)).work is Work.NOT_BEGUN


@given(reported=st.lists(st.tuples(days, st.sampled_from(Work)), max_size=4), on=days)
def test_the_community_answers_a_report_that_the_work_is_done(reported: list[tuple[date, Work]], on: date) -> None:
    reports = tuple(sorted(reported, key=lambda report: report[0]))
    refused = confirmation_refusal(Item(date(2018, 1, 1), reported=reports), on)
    assert (refused is None) == bool(reports and reports[-1][1] is Work.DONE and on >= reports[-1][0])


def test_the_community_confirms_once() -> None:
    item = Item(DAY, reported=((DAY, Work.DONE),), confirmed_on=DAY)
    refused = confirmation_refusal(item, DAY + timedelta(days=3))
    assert refused is not None
    assert "already" in refused.en


# What a community is to be told

THIRD, FOURTH = Terms(3, Decimal(100)), Terms(4, Decimal(100))
GONE, GONE_AS_FOURTH = Terms(3, Decimal(100), is_withdrawn=True), Terms(4, Decimal(100), is_withdrawn=True)


def notices(*terms: Terms) -> list[Notice]:
    return [Notice(DAY + timedelta(days=number), one) for number, one in enumerate(terms)]


@pytest.mark.parametrize(
    ("stands", "told", "due"),
    [
        (THIRD, (), Due.DECIDED),
        (THIRD, (THIRD,), None),
        (FOURTH, (THIRD,), Due.MENDED),
        (FOURTH, (THIRD, FOURTH), None),
        (THIRD, (THIRD, FOURTH), Due.MENDED),
        (Terms(3, Decimal(90)), (THIRD,), Due.MENDED),
        (Terms(reason="ที่ดินเอกชน"), (Terms(reason="ไม่มีงบประมาณ"),), Due.MENDED),
        (GONE, (), None),
        (GONE, (THIRD,), Due.WITHDRAWN),
        (GONE_AS_FOURTH, (THIRD,), Due.WITHDRAWN),
        (GONE, (THIRD, GONE), None),
    ],
)
def test_a_notice_is_due_again_when_what_was_told_holds_no_more(
    stands: Terms, told: tuple[Terms, ...], due: Due | None
) -> None:
    assert notice_due(stands, notices(*told)) is due


def test_a_mail_that_may_have_gone_out_tells_nobody_and_is_taken_back() -> None:
    maybe = [Notice(DAY, THIRD, is_sure=False)]
    assert notice_due(THIRD, maybe) is Due.DECIDED
    assert notice_due(GONE, maybe) is Due.WITHDRAWN


terms = st.builds(
    Terms,
    item_number=st.integers(1, 3),
    budget=st.none() | st.integers(0, 2).map(Decimal),
    reason=st.sampled_from(["", "ก", "ข"]),
    is_withdrawn=st.booleans(),
)
told = st.lists(st.builds(Notice, on=days, terms=terms, is_sure=st.booleans()), max_size=4)


@given(stands=terms, told=told, on=days)
def test_nothing_is_due_once_what_is_due_was_told(stands: Terms, told: list[Notice], on: date) -> None:
    if notice_due(stands, told) is not None:
        assert notice_due(stands, [*told, Notice(on, stands)]) is None


@given(told=told)
def test_the_term_to_ask_keeps_what_every_notice_promised(told: list[Notice]) -> None:
    begun = told_on(told)
    promised = [last_day_to_ask(notice.on) for notice in told if notice.is_sure]
    assert (last_day_to_ask(begun) in promised) if promised else begun is None
    assert all(last is not None and begun is not None and last <= begun + timedelta(TO_ASK.days) for last in promised)


def test_each_notice_says_what_it_told() -> None:
    told = (Due.DECIDED, Due.DECIDED, Due.MENDED, Due.WITHDRAWN)
    assert told_as(notices(THIRD, THIRD, FOURTH, GONE_AS_FOURTH)) == told
