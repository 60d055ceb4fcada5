"""The comments of reviewers as those see them who may: the unit once they are sent, those who follow reviews always."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lakthan.apps.people.models import User
from lakthan.apps.reporting.issues import newest_report
from lakthan.apps.reporting.life import USER, ReportPlace, readable_assignment
from lakthan.apps.reporting.models import Report, ReviewComment
from lakthan.rules.permissions import PERMISSIONS, Action, Actor, Scope, refusal
from lakthan.rules.review import Section


@dataclass(frozen=True, slots=True)
class CommentLine:
    """A comment with its answer."""

    id: UUID
    section: Section
    submission: int
    """Number of the submission that it is about."""
    text: str
    at: datetime
    person_th: str
    person_en: str
    unit_th: str
    unit_en: str
    is_sent: bool
    """Whether the unit has it."""
    answer: str
    is_mended: bool | None
    """None before the unit answers."""
    answered_at: datetime | None
    settled_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether the unit still owes an answer."""
        return self.is_sent and self.is_mended is None and self.settled_at is None


def follows_reviews(actor: Actor) -> bool:
    """Whether a role of the actor sees reviews of any unit while they are under way."""
    scopes = PERMISSIONS[Action.READ_REVIEW]
    return any(scopes.get(held.role) is Scope.ANY_UNIT for held in actor.held)


def comments_on(actor: Actor, report: Report) -> tuple[CommentLine, ...]:
    """The comments on an issue that the actor may see, newest submission first; none for one who sees no reviews."""
    if refusal(actor, Action.READ_REVIEW, str(report.unit_id)) is not None:
        return ()
    rows = ReviewComment.objects.filter(review__report=report, withdrawn_at=None)
    if not follows_reviews(actor):
        rows = rows.exclude(review__outcome="")
    found = list(rows.select_related("review__snapshot", "acting_unit").defer("review__snapshot__content"))
    found.sort(key=lambda row: (-row.review.snapshot.number, row.recorded_at, row.pk))
    people = _people(row.person for row in found)
    return tuple(_line(row, people.get(row.person)) for row in found)


def comments_at(actor: Actor, place: ReportPlace) -> tuple[CommentLine, ...]:
    """What is asked of a report and not settled, for its page: the comments that were sent with a review.

    Raises:
        NotFound: no such report, or the actor may not know of it.
    """
    report = newest_report(readable_assignment(actor, place), place.quarter)
    lines = comments_on(actor, report) if report else ()
    return tuple(line for line in lines if line.is_sent and line.settled_at is None)


def _people(identifiers: Iterable[str]) -> Mapping[str, User]:
    ids = {person.removeprefix(USER) for person in identifiers if person.startswith(USER)}
    return {f"{USER}{user.pk}": user for user in User.objects.filter(pk__in=ids)}


def _line(row: ReviewComment, person: User | None) -> CommentLine:
    unit = row.acting_unit
    return CommentLine(
        id=row.pk,
        section=Section(row.section),
        submission=row.review.snapshot.number,
        text=row.text,
        at=row.recorded_at,
        person_th=person.name_th if person else "",
        person_en=person.name_en if person else "",
        unit_th=unit.name_th if unit else "",
        unit_en=unit.name_en if unit else "",
        is_sent=bool(row.review.outcome),
        answer=row.answer,
        is_mended=row.is_mended,
        answered_at=row.answered_at,
        settled_at=row.settled_at,
    )
