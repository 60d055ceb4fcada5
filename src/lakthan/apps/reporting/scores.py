"""How well units reported: the score of each report, from the review of its newest submission, beside no figure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from lakthan.apps.reporting.deadlines import terms
from lakthan.apps.reporting.models import Report, Review, ReviewScore, Snapshot
from lakthan.apps.reporting.rubrics import adopted_rubrics, rubric_in
from lakthan.core.figure import NoValue
from lakthan.rules.rubric import Criterion, Part, Rubric, Total, parse_rubric, timeliness, total


@dataclass(frozen=True, slots=True)
class ScoredPart:
    """A criterion with its score, the note that a reviewer gave, and how often it was changed."""

    part: Part
    note: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class ReportingScore:
    """The score of the reporting of one report. It says nothing of whether the target is met."""

    rubric: Rubric
    parts: tuple[ScoredPart, ...]
    total: Total
    submitted_on: tuple[date, ...]
    """The day of each submission, in order."""
    days_late: int | None
    """Of the first submission; negative before the deadline, None without deadline or submission."""


def scores_of(reports: Iterable[Report]) -> Mapping[UUID, ReportingScore]:
    """The score of each report by its identifier, in a number of queries that does not grow with them.

    `reports` come with their assignment and its unit.
    """
    found = list(reports)
    submitted = submission_days(found)
    reviews = _reviews(found, submitted)
    given = _given(reviews.values())
    deadlines = deadlines_of(found)
    adopted = adopted_rubrics()
    scores = {}
    for report in found:
        review = reviews.get(report.pk)
        fiscal_year = report.assignment.fiscal_year
        rubric = parse_rubric(review.rubric) if review else rubric_in(adopted, fiscal_year)
        rows = given.get(review.pk, {}) if review else {}
        scores[report.pk] = _score(report, rubric, rows, submitted.get(report.pk, ()), deadlines[report.pk])
    return scores


def _score(
    report: Report,
    rubric: Rubric,
    given: Mapping[str, ReviewScore],
    submitted: tuple[date, ...],
    deadline: date | None,
) -> ReportingScore:
    parts = tuple(
        _scored(report, criterion, given.get(criterion.code), submitted, deadline) for criterion in rubric.criteria
    )
    late = (submitted[0] - deadline).days if submitted and deadline else None
    return ReportingScore(rubric, parts, total(scored.part for scored in parts), submitted, late)


def _scored(
    report: Report, criterion: Criterion, row: ReviewScore | None, submitted: Sequence[date], deadline: date | None
) -> ScoredPart:
    if row is not None:
        return ScoredPart(Part(criterion, Decimal(row.score)), row.note, row.number)
    if criterion.is_computed:
        return ScoredPart(computed_part(report, criterion, submitted, deadline))
    return ScoredPart(Part(criterion, None, NoValue.NOT_EVALUATED))


def computed_part(report: Report, criterion: Criterion, submitted: Sequence[date], deadline: date | None) -> Part:
    """A computed criterion as the records have it now; a correction is not due on a day, so it does not apply."""
    if report.corrects_id:
        return Part(criterion, None, NoValue.NOT_APPLICABLE)
    return timeliness(criterion, submitted, deadline)


def _reviews(reports: Sequence[Report], submitted: Mapping[UUID, Sequence[date]]) -> dict[UUID, Review]:
    """The review of the newest submission of each report; what was said of an earlier one is no score of this one."""
    rows = Review.objects.filter(report__in=[report.pk for report in reports]).annotate(of=F("snapshot__number"))
    return {row.report_id: row for row in rows if row.of == len(submitted[row.report_id])}


def _given(reviews: Iterable[Review]) -> dict[UUID, dict[str, ReviewScore]]:
    """The newest score of each criterion, by review."""
    found: dict[UUID, dict[str, ReviewScore]] = defaultdict(dict)
    for row in ReviewScore.objects.filter(review__in=[review.pk for review in reviews]).order_by("number"):
        found[row.review_id][row.criterion] = row
    return found


def submission_days(reports: Iterable[Report]) -> dict[UUID, tuple[date, ...]]:
    """The days on which each report was submitted, in order."""
    rows = Snapshot.objects.filter(report__in=[report.pk for report in reports]).order_by("number")
    found: dict[UUID, tuple[date, ...]] = {}
    for report, at in rows.values_list("report", "recorded_at"):
        found[report] = (*found.get(report, ()), timezone.localdate(at))
    return found


def deadlines_of(reports: Sequence[Report]) -> dict[UUID, date | None]:
    """The day on which each report is due; None without a period, and for a correction."""
    found = terms()
    dates = {row.pk: found.of_assignment(row.assignment, row.quarter) for row in reports if not row.corrects_id}
    return {row.pk: None if (term := dates.get(row.pk)) is None else term.due_on for row in reports}
