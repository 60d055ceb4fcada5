"""The records of the app `reporting`, by what they are about."""

from lakthan.apps.reporting.models.decisions import Decision, DecisionDocument
from lakthan.apps.reporting.models.periods import Period
from lakthan.apps.reporting.models.reports import DatedNote, Report, ReportEvidence, ReportStep, Snapshot
from lakthan.apps.reporting.models.values import IndicatorProject, ReportedValue, StepCompletion

__all__ = [
    "DatedNote",
    "Decision",
    "DecisionDocument",
    "IndicatorProject",
    "Period",
    "Report",
    "ReportEvidence",
    "ReportStep",
    "ReportedValue",
    "Snapshot",
    "StepCompletion",
]
