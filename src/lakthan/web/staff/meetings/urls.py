"""Addresses of meetings, below `meetings/`."""

from django.urls import path

from lakthan.web.staff.meetings import field, lists, one, scheduling

ONE = "<uuid:meeting>/"

urlpatterns = [
    path("", lists.meeting_list, name="meetings"),
    path("meetings.xlsx", lists.meeting_workbook, name="meeting-workbook"),
    path("districts/", lists.districts_that_met, name="meeting-districts"),
    path("new/", scheduling.new_meeting, name="new-meeting"),
    path("field/", field.field_meeting, name="field-meeting"),
    path("field/worker.js", field.worker, name="field-worker"),
    path(ONE, one.one_meeting, name="meeting"),
    path(f"{ONE}files/<uuid:file>/", one.file, name="meeting-file"),
]
