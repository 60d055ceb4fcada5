"""How a review begins and ends with the steps of the report that it is about."""

from datetime import datetime

from lakthan.apps.ledger.services import change, create
from lakthan.apps.reporting.models import Report, Review, ReviewScore
from lakthan.apps.reporting.rubrics import rubric_data
from lakthan.apps.reporting.scores import computed_part, deadlines_of, submission_days
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Actor
from lakthan.rules.review import Outcome
from lakthan.rules.rubric import parse_rubric


def review_of(actor: Actor, report: Report, now: datetime) -> Review:
    """The review of the newest submission; it begins here where nothing was said of it yet."""
    return _stored(report) or create(actor, _new(report), act="reporting.begin_review", now=now)


def end_review(actor: Actor, report: Report, outcome: Outcome, *, act: str, now: datetime) -> Review:
    """The review of the newest submission ends as the report is returned or accepted."""
    stored = _stored(report)
    if stored is not None:
        return change(actor, stored, act=act, now=now, outcome=outcome.value)
    review = _new(report)
    review.outcome = outcome.value
    return create(actor, review, act=act, now=now)


def fix_computed_scores(actor: Actor, report: Report, *, act: str, now: datetime) -> None:
    """Keep what is computed as it is at certification: a deadline that moves later moves no score."""
    review = _stored(report)
    if review is None:
        return
    submitted, deadline = submission_days([report])[report.pk], deadlines_of([report])[report.pk]
    for criterion in parse_rubric(review.rubric).criteria:
        part = computed_part(report, criterion, submitted, deadline) if criterion.is_computed else None
        if part is not None and part.score is not None:
            row = ReviewScore(
                unit_id=report.unit_id,
                review=review,
                criterion=criterion.code,
                number=1,
                score=part.score,
                person=actor.id,
            )
            create(actor, row, act=act, now=now)


def _stored(report: Report) -> Review | None:
    newest = report.snapshots.order_by("-number").values_list("pk", flat=True).first()
    return Review.objects.filter(unit_id=report.unit_id, snapshot=newest).first()


def _new(report: Report) -> Review:
    newest = report.snapshots.order_by("-number").defer("content").first()
    if newest is None:
        raise LookupError(f"report {report.pk} was never submitted")
    rubric = rubric_data(FiscalYear(report.assignment.fiscal_year))
    return Review(unit_id=report.unit_id, report=report, snapshot=newest, rubric=rubric)
