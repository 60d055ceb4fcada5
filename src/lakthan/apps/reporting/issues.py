"""Which issue of a report is the newest, and which one is certified."""

from lakthan.apps.indicators.models import Assignment
from lakthan.apps.reporting.models import Report
from lakthan.rules.workflow import State


def newest_report(assignment: Assignment, quarter: int | None) -> Report | None:
    """The newest issue for a quarter, or for the year where `quarter` is None; None before anything is written."""
    return Report.objects.filter(assignment=assignment, quarter=quarter).order_by("-issue").first()


def newest_reports(assignment: Assignment) -> dict[int | None, Report]:
    """The newest issues of all quarters and of the year (None), in one statement."""
    return {report.quarter: report for report in Report.objects.filter(assignment=assignment).order_by("issue")}


def certified_report(assignment: Assignment, quarter: int | None) -> Report | None:
    """The issue that is certified and not corrected by another; None where there is none."""
    return Report.objects.filter(assignment=assignment, quarter=quarter, state=State.CERTIFIED.value).first()


def certified_quarters_of(assignment: Assignment) -> set[int | None]:
    """The quarters whose reports are certified; None stands for the year's."""
    certified = Report.objects.filter(assignment=assignment, state=State.CERTIFIED.value)
    return set(certified.values_list("quarter", flat=True))
