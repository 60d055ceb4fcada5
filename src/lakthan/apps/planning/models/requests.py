"""Requests for data and what the units answer."""

from uuid import UUID

from django.db import models

from lakthan.apps.records import Record, UnitRecord
from lakthan.rules.data_requests import AnswerForm


class DataRequest(Record):
    """A question that a bureau sends to many units with a deadline, and in what form it wants the answers."""

    asked_by = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="data_requests")
    subject = models.CharField(max_length=300)
    question = models.TextField()
    sent_on = models.DateField()
    deadline_on = models.DateField()
    document = models.CharField(max_length=200, blank=True)
    form = models.CharField(
        max_length=8, choices=[(form.value, form.value) for form in AnswerForm], default=AnswerForm.TEXT.value
    )
    fields = models.JSONField(default=list)
    """As `rules.data_requests.read_fields` reads them; empty for answers in words."""
    closed_on = models.DateField(null=True)
    """From this day on nobody answers."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asked_by", "subject", "sent_on"], name="planning_request_once")]

    @property
    def unit_id(self) -> UUID:
        """The unit in whose name its entries stand."""
        return self.asked_by_id


class DataRequestAnswer(UnitRecord):
    """What became of a request at one unit that was asked: `unit` is that unit; no answer yet is a null date."""

    request = models.ForeignKey(DataRequest, on_delete=models.PROTECT, related_name="answers")
    answered_on = models.DateField(null=True)
    first_answered_on = models.DateField(null=True)
    """Decides whether it came in time; `answered_on` moves when the answer is mended."""
    answer = models.TextField(blank=True)
    rows = models.JSONField(default=list)
    """Rows of values by code of the field: one for a form of values, any number for a workbook."""
    is_nil = models.BooleanField(default=False)
    """The unit confirms that it has nothing (ยืนยันว่าไม่มี)."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "request"], name="planning_answer_once")]


class DataRequestReminder(UnitRecord):
    """That a unit was reminded of a request on a day."""

    request = models.ForeignKey(DataRequest, on_delete=models.PROTECT, related_name="reminders")
    effective_on = models.DateField()
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "request", "effective_on"], name="planning_reminder_once"),
        ]
