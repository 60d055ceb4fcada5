"""Periods: the quarters that are reported on."""

from django.db import models

from lakthan.apps.records import Record


class Period(Record):
    """A quarter that is reported on: when it opens, the day its figures are as of, and the deadline."""

    fiscal_year = models.PositiveIntegerField()
    quarter = models.PositiveIntegerField()
    opens_on = models.DateField()
    cut_off_on = models.DateField()
    deadline_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fiscal_year", "quarter"], name="reporting_period_once"),
            models.CheckConstraint(condition=models.Q(quarter__range=(1, 4)), name="reporting_period_quarter"),
        ]
