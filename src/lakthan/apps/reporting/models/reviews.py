"""What reviewers say of a submission: comments on its sections, and the scores of the reporting."""

from django.db import models

from lakthan.apps.records import Record, UnitRecord
from lakthan.apps.reporting.models.reports import Report, Snapshot
from lakthan.rules.review import Outcome, Section


class Rubric(Record):
    """A version of the rubric that the city scores reporting by, from a fiscal year on."""

    number = models.PositiveIntegerField()
    first_year = models.PositiveIntegerField()
    """The fiscal year from which it holds."""
    body = models.JSONField()
    """As `rules.rubric.parse_rubric` reads it."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number"], name="reporting_rubric_once")]


class Review(UnitRecord):
    """The review of one submission, with the rubric that it is scored by.

    It begins with the first comment or score, at the latest where the report is returned or accepted.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="reviews")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="reviews")
    rubric = models.JSONField()
    """The whole rubric: a later version moves no score."""
    outcome = models.CharField(
        max_length=10, blank=True, choices=[(outcome.value, outcome.value) for outcome in Outcome]
    )
    """Empty while the review is under way."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "snapshot"], name="reporting_review_once")]


class ReviewComment(UnitRecord):
    """What a reviewer asks for at one place of a report, and what the unit answers."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="comments")
    section = models.CharField(max_length=20, choices=[(section.value, section.value) for section in Section])
    text = models.TextField()
    person = models.CharField(max_length=80)
    """The actor's identifier."""
    acting_unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    """Taken back before the unit saw it."""
    answer = models.TextField(blank=True)
    is_mended = models.BooleanField(null=True)
    """What the unit says of it: done, or not done for the reason in `answer`; null before it answers."""
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=80, blank=True)
    settled_at = models.DateTimeField(null=True)
    """When a reviewer of a later submission found it done."""

    class Meta:
        indexes = [models.Index(fields=["review", "section"], name="reporting_comment_of_review")]


class ReviewScore(UnitRecord):
    """A score for one criterion of a review. The newest `number` counts; those before it stay."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="scores")
    criterion = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    score = models.DecimalField(max_digits=5, decimal_places=2)
    note = models.TextField(blank=True)
    person = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "review", "criterion", "number"], name="reporting_score_once"),
            models.CheckConstraint(condition=models.Q(score__range=(0, 100)), name="reporting_score_range"),
        ]
