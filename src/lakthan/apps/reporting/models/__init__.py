"""The records of the app `reporting`, by what they are about."""

from lakthan.apps.reporting.models.decisions import Decision, DecisionDocument
from lakthan.apps.reporting.models.periods import Extension, NilConfirmation, Period, PeriodChange, PeriodTerm
from lakthan.apps.reporting.models.reminders import CalendarKey, Reminder
from lakthan.apps.reporting.models.reports import DatedNote, Report, ReportEvidence, ReportStep, Snapshot
from lakthan.apps.reporting.models.reviews import Review, ReviewComment, ReviewScore, Rubric
from lakthan.apps.reporting.models.scores import Appeal, ManagementScore, ScoringScheme
from lakthan.apps.reporting.models.values import IndicatorProject, ReportedValue, StepCompletion
from lakthan.apps.reporting.models.working import WorkingText

__all__ = [
    "Appeal",
    "CalendarKey",
    "DatedNote",
    "Decision",
    "DecisionDocument",
    "Extension",
    "IndicatorProject",
    "ManagementScore",
    "NilConfirmation",
    "Period",
    "PeriodChange",
    "PeriodTerm",
    "Reminder",
    "Report",
    "ReportEvidence",
    "ReportStep",
    "ReportedValue",
    "Review",
    "ReviewComment",
    "ReviewScore",
    "Rubric",
    "ScoringScheme",
    "Snapshot",
    "StepCompletion",
    "WorkingText",
]
