"""Meetings: numbered, then held with attendance, postponed or cancelled with a reason, once."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from lakthan.apps.communities.models import Community
from lakthan.apps.identifiers import new_id
from lakthan.apps.ledger.models import Tally
from lakthan.apps.people.models import Unit
from lakthan.apps.planning.models import (
    Attendance,
    FieldForm,
    Meeting,
    MeetingCorrection,
    MeetingPostponement,
    PlanProposal,
)
from lakthan.apps.planning.services.field_forms import NotedMeeting, NotedProject, record_field_form
from lakthan.apps.planning.services.meetings import (
    MeetingPlan,
    cancel_meeting,
    correct_meeting,
    hold_meeting,
    postpone_meeting,
    prove_meeting,
    record_meeting,
    schedule_meeting,
)
from lakthan.core.errors import Conflict, UserError
from tests.apps import builders
from tests.apps.builders import NOW, ROOT, TODAY
from tests.apps.own_database import OwnDatabase

DAY = date(2020, 3, 2)
TOMORROW = date(2020, 6, 2)


@pytest.fixture
def home(db: None) -> Unit:
    return builders.unit()


@pytest.fixture
def meeting(home: Unit) -> Meeting:
    return builders.meeting(home)


def hold(meeting: Meeting, on: date = DAY, **attendance: int) -> Meeting:
    return hold_meeting(actor=ROOT, meeting=meeting, held_on=on, attendance=attendance, now=NOW)


def postpone(meeting: Meeting, **more: Any) -> MeetingPostponement:
    usual: dict[str, Any] = {"effective_on": DAY, "reason": "สถานการณ์โรคระบาด"}
    return postpone_meeting(actor=ROOT, meeting=meeting, now=NOW, **{**usual, **more})


def cancel(meeting: Meeting, on: date = DAY, reason: str = "สถานการณ์โรคระบาด") -> Meeting:
    return cancel_meeting(actor=ROOT, meeting=meeting, cancelled_on=on, reason=reason, now=NOW)


def closings(meeting: Meeting) -> list[Any]:
    """Every way to hold, postpone or cancel a meeting."""
    return [lambda: hold(meeting), lambda: postpone(meeting), lambda: cancel(meeting)]


# Numbers


def test_meetings_are_numbered_by_unit_purpose_community_and_buddhist_year(home: Unit) -> None:
    community = builders.community(home)
    made = [
        builders.meeting(home),
        builders.meeting(home),
        builders.meeting(home, on=date(2019, 12, 31)),
        builders.meeting(home, community),
        builders.meeting(home, builders.community(home, "ชุมชนตัวอย่าง 2")),
        builders.meeting(builders.unit("5002")),
    ]
    assert [f"{row.number}/{row.year}" for row in made] == ["1/2563", "2/2563", "1/2562", "1/2563", "1/2563", "1/2563"]


@pytest.mark.parametrize("of_a_community", [True, False])
def test_the_database_itself_refuses_the_same_number_twice(home: Unit, of_a_community: bool) -> None:
    first = builders.meeting(home, builders.community(home) if of_a_community else None)
    second = builders.meeting(home, first.community)
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=second.pk).update(number=first.number)


def test_a_meeting_can_be_scheduled_for_a_day_to_come(home: Unit) -> None:
    assert builders.meeting(home, on=date(2021, 1, 4)).year == 2564


def test_a_meeting_of_no_known_purpose_or_without_a_title_is_refused(home: Unit) -> None:
    for purpose, title, says in (("party", "งานเลี้ยง", "Unknown purpose"), ("city", " ", "title is missing")):
        with pytest.raises(UserError, match=says):
            schedule_meeting(actor=ROOT, unit=home, purpose=purpose, title=title, scheduled_on=DAY, now=NOW)


def test_a_meeting_of_another_unit_s_community_is_refused(home: Unit) -> None:
    with pytest.raises(ValueError, match="row of another unit"):
        builders.meeting(builders.unit("5002"), builders.community(home))


# Held


def test_a_held_meeting_keeps_how_many_of_each_group_came(meeting: Meeting) -> None:
    hold_meeting(actor=ROOT, meeting=meeting, held_on=DAY, attendance={"ผู้แทนชุมชน": 24, "เจ้าหน้าที่": 0}, now=NOW)
    assert Meeting.objects.get().held_on == DAY
    assert dict(Attendance.objects.values_list("group", "people")) == {"ผู้แทนชุมชน": 24, "เจ้าหน้าที่": 0}


def test_attendance_is_never_negative(meeting: Meeting) -> None:
    with pytest.raises(UserError, match="must not be negative"):
        hold(meeting, residents=-1)
    assert Meeting.objects.get().held_on is None


def test_nothing_is_held_postponed_or_cancelled_on_a_day_to_come(meeting: Meeting) -> None:
    for attempt in (
        lambda: hold(meeting, TOMORROW),
        lambda: postpone(meeting, effective_on=TOMORROW),
        lambda: cancel(meeting, TOMORROW),
    ):
        with pytest.raises(UserError, match="2 June 2020 is in the future"):
            attempt()


def test_today_is_not_the_future(meeting: Meeting) -> None:
    assert hold(meeting, TODAY).held_on == TODAY


@pytest.mark.parametrize("attempt", range(3))
def test_what_was_held_is_not_held_postponed_or_cancelled_again(meeting: Meeting, attempt: int) -> None:
    hold(meeting)
    with pytest.raises(UserError, match="Meeting 1/2563 was held already"):
        closings(meeting)[attempt]()


@pytest.mark.parametrize("attempt", range(3))
def test_what_was_cancelled_is_not_held_postponed_or_cancelled_again(meeting: Meeting, attempt: int) -> None:
    cancel(meeting)
    with pytest.raises(UserError, match="Meeting 1/2563 was cancelled"):
        closings(meeting)[attempt]()


@pytest.mark.parametrize("attempt", range(3))
def test_an_old_copy_of_a_held_meeting_deceives_nobody(meeting: Meeting, attempt: int) -> None:
    stale = Meeting.objects.get()
    hold(meeting, residents=30)
    with pytest.raises(UserError, match="was held already"), transaction.atomic():
        closings(stale)[attempt]()
    assert Tally.objects.get(kind="meeting").count == 1


# Postponed, cancelled, proved


def test_a_postponement_needs_a_reason_and_may_name_the_new_day(meeting: Meeting) -> None:
    with pytest.raises(UserError, match="reason of the postponement is missing"):
        postpone(meeting, reason=" ")
    postpone(meeting)
    assert Meeting.objects.get().scheduled_on == date(2020, 2, 3)
    postpone(meeting, effective_on=date(2020, 4, 1), postponed_to=date(2020, 8, 3))
    assert Meeting.objects.get().scheduled_on == date(2020, 8, 3)
    assert MeetingPostponement.objects.count() == 2


def test_a_postponed_meeting_can_still_be_held(meeting: Meeting) -> None:
    postpone(meeting)
    assert hold(meeting, date(2020, 5, 4)).held_on == date(2020, 5, 4)


def test_a_cancellation_needs_a_reason(meeting: Meeting) -> None:
    with pytest.raises(UserError, match="reason of the cancellation is missing"):
        cancel(meeting, reason="")
    cancel(meeting)
    stored = Meeting.objects.get()
    assert (stored.cancelled_on, stored.cancellation_reason) == (DAY, "สถานการณ์โรคระบาด")


def test_a_file_of_another_unit_proves_no_meeting(meeting: Meeting) -> None:
    evidence = builders.evidence(builders.unit("5002"))
    with pytest.raises(ValueError, match="row of another unit"):
        prove_meeting(actor=ROOT, meeting=meeting, evidence=evidence, proves="รายงาน", now=NOW)


# Corrected


def correct(meeting: Meeting, **more: Any) -> Meeting:
    usual: dict[str, Any] = {"title": meeting.title, "place": "", "held_on": DAY, "attendance": {"ก": 5}}
    return correct_meeting(actor=ROOT, meeting=meeting, reason="นับผิด", now=NOW, **usual | more)


def test_a_correction_moves_the_count_to_the_quarter_of_the_right_day(meeting: Meeting) -> None:
    hold(meeting, date(2020, 3, 2), ก=5)
    correct(meeting, held_on=date(2020, 4, 2))
    counts = dict(Tally.objects.filter(kind="meeting").values_list("effective_quarter", "count"))
    assert counts == {25632: 0, 25633: 1}


def test_a_group_that_is_not_named_in_a_correction_came_with_nobody(meeting: Meeting) -> None:
    hold(meeting, ก=5, ข=7)
    correct(meeting, attendance={"ก": 6, "ค": 1})
    assert dict(Attendance.objects.values_list("group", "people")) == {"ก": 6, "ข": 0, "ค": 1}
    assert MeetingCorrection.objects.get().before["attendance"] == {"ก": 5, "ข": 7}


def test_a_correction_needs_a_reason_a_difference_and_a_held_meeting(meeting: Meeting) -> None:
    with pytest.raises(Conflict, match="was not held"):
        correct(meeting)
    hold(meeting, ก=5)
    with pytest.raises(UserError, match="Nothing differs"):
        correct(meeting)
    with pytest.raises(UserError, match="reason of the correction is missing"):
        correct_meeting(
            actor=ROOT, meeting=meeting, title="ใหม่", place="", held_on=DAY, attendance={}, reason=" ", now=NOW
        )
    assert not MeetingCorrection.objects.exists()


def test_of_a_meeting_and_its_community_neither_goes_without_the_other(home: Unit) -> None:
    near = builders.community(home)
    for purpose, community in (("community", None), ("district-briefing", near)):
        with pytest.raises(UserError, match="Choose the community"):
            schedule_meeting(
                actor=ROOT, unit=home, purpose=purpose, community=community, title="ก", scheduled_on=DAY, now=NOW
            )


def test_a_meeting_that_nobody_scheduled_is_recorded_with_its_number(home: Unit) -> None:
    builders.meeting(home)
    made = record_meeting(
        actor=ROOT, unit=home, planned=MeetingPlan("district-briefing", "ก", DAY), attendance={"ก": 3}, now=NOW
    )
    assert (made.number, made.held_on, made.scheduled_on) == (2, DAY, DAY)
    with pytest.raises(UserError, match="in the future"):
        record_meeting(
            actor=ROOT, unit=home, planned=MeetingPlan("district-briefing", "ก", TOMORROW), attendance={}, now=NOW
        )


# Forms that come twice


def noted(near: Community) -> NotedMeeting:
    return NotedMeeting(
        purpose="community",
        title="ประชาคม",
        held_on=DAY,
        attendance={"ก": 3},
        community=near,
        projects=[NotedProject("ลานกีฬา", "health", "itself")],
    )


def test_of_two_that_send_a_form_at_once_the_second_finds_it_recorded(own_database: OwnDatabase) -> None:
    home = builders.unit()
    near, key = builders.community(home), new_id()
    with transaction.atomic():
        record_field_form(actor=ROOT, unit=home, key=key, noted=noted(near), now=NOW)
        rival = own_database.rival(
            lambda: record_field_form(actor=ROOT, unit=Unit.objects.get(), key=key, noted=noted(near), now=NOW)
        )
        assert rival.is_waiting()
    assert rival.join().refusal is None
    assert Meeting.objects.count() == FieldForm.objects.count() == PlanProposal.objects.count() == 1


# Two at once


def test_of_two_who_hold_a_meeting_at_once_one_is_refused(own_database: OwnDatabase) -> None:
    meeting = builders.meeting(builders.unit())
    copy = Meeting.objects.get()
    with transaction.atomic():
        hold(meeting, residents=30)
        rival = own_database.rival(lambda: hold(copy, officers=3))
        assert rival.is_waiting()
    assert str(rival.join().refusal) == "Meeting 1/2563 was held already."
    assert Tally.objects.get(kind="meeting").count == 1


def test_two_meetings_scheduled_at_once_get_two_numbers(own_database: OwnDatabase) -> None:
    home = builders.unit()
    with transaction.atomic():
        builders.meeting(home)
        rival = own_database.rival(lambda: builders.meeting(Unit.objects.get()))
        assert rival.is_waiting()
    assert rival.join().refusal is None
    assert sorted(Meeting.objects.values_list("number", flat=True)) == [1, 2]
