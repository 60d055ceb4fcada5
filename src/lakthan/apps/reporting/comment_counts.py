"""How much of what reviewers asked for is without an answer."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from lakthan.apps.reporting.models import Report, ReviewComment


def open_comments(reports: Iterable[Report]) -> Mapping[UUID, int]:
    """How many comments that were sent are without an answer, by report; reports without any are left out."""
    rows = ReviewComment.objects.filter(
        review__report__in=[report.pk for report in reports], withdrawn_at=None, settled_at=None, is_mended=None
    ).exclude(review__outcome="")
    counts: dict[UUID, int] = {}
    for report in rows.values_list("review__report", flat=True):
        counts[report] = counts.get(report, 0) + 1
    return counts
