"""A report under review: what was submitted, what changed since the submission before, what was asked and answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from lakthan.apps.reporting.comments import CommentLine, comments_on, follows_reviews
from lakthan.apps.reporting.issues import newest_report
from lakthan.apps.reporting.life import AS_SUBMITTED, ReportLife, ReportPlace, readable_assignment, report_life
from lakthan.apps.reporting.models import Report
from lakthan.apps.reporting.review_files import ReviewedFile, reviewed_files
from lakthan.apps.reporting.scores import ReportingScore, scores_of
from lakthan.apps.reporting.services.reviews import SCORED
from lakthan.apps.reporting.snapshots import EvidenceDigest, ReportSnapshot, evidence_of, snapshots_of
from lakthan.apps.reporting.steps import history
from lakthan.core.errors import NotFound
from lakthan.core.figure import Figure
from lakthan.rules.difference import Piece, changed, difference
from lakthan.rules.permissions import Action, Actor, Refused, permitting, require
from lakthan.rules.review import Section
from lakthan.rules.workflow import State, Step, separation_refusal

TEXTS = (
    Section.PROGRESS,
    Section.NARRATIVE,
    Section.SUPPORTING_FACTORS,
    Section.OBSTACLES,
    Section.EVIDENCE_LIST,
)
"""The sections of text in the order of the form."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a report says at one moment: as it was submitted, or as it stands."""

    number: int | None
    """Of the submission; None for a report as it stands."""
    at: datetime | None
    texts: Mapping[Section, str]
    figure: Figure
    as_of: date
    target: Decimal | None
    evidence: tuple[EvidenceDigest, ...]


@dataclass(frozen=True, slots=True)
class SectionReview:
    """One section: its text, what changed in it, and what reviewers said of it."""

    section: Section
    text: str
    pieces: tuple[Piece, ...]
    """Against the submission before; none where there is none, or where nothing changed."""
    is_changed: bool | None
    """None for a first submission."""
    asked: tuple[CommentLine, ...]
    """On earlier submissions."""
    comments: tuple[CommentLine, ...]
    """On this one."""


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """All that the page of a review shows to one person."""

    life: ReportLife
    now: Shown
    before: Shown | None
    """The submission that `now` is compared with; None where there is none."""
    sections: tuple[SectionReview, ...]
    about_figure: SectionReview
    about_files: SectionReview
    evidence: tuple[ReviewedFile, ...]
    score: ReportingScore | None
    """None where it is not for the actor to see: the unit sees it once the report is accepted."""
    follows: bool
    """Whether the actor follows reviews of any unit."""
    may_review: bool
    may_score: bool
    kept_away: Refused | None
    """Why one who reviews other reports does not review this one."""

    @property
    def has_moved(self) -> bool:
        """Whether the records say something else by now than what was submitted."""
        live = self.life.quarters[(self.life.place.quarter or len(self.life.quarters)) - 1].figure
        submitted = self.now.figure
        return self.now.number is not None and (live.numerator, live.denominator) != (
            submitted.numerator,
            submitted.denominator,
        )


def review_page(actor: Actor, place: ReportPlace) -> ReviewPage:
    """The newest issue of a report beside its submission before.

    Raises:
        NotFound: it was never submitted, or the actor may not know of it.
        Refused: the actor reads reports, and no reviews.
    """
    assignment = readable_assignment(actor, place)
    require(actor, Action.READ_REVIEW, str(assignment.unit_id))
    report = newest_report(assignment, place.quarter)
    life = report_life(actor, place)
    kept = snapshots_of(report, 2) if report else ()
    if report is None or not kept:
        raise NotFound(
            "รายงานนี้ยังไม่เคยส่ง จึงยังไม่มีการตรวจประเมิน", "The report was never submitted, so there is no review."
        )
    shown = [_submitted(report, *row) for row in kept]
    if life.state not in AS_SUBMITTED:
        shown.insert(0, _standing(report, life))
    now, before = shown[0], shown[1] if len(shown) > 1 else None
    lines = comments_on(actor, report)
    sections = {section: _section(section, now, before, lines) for section in Section}
    state, is_follower = State(report.state), follows_reviews(actor)
    kept_away = _kept_away(actor, report)
    reviews = permitting(actor, Action.REVIEW_REPORT) is not None and kept_away is None
    return ReviewPage(
        life=life,
        now=now,
        before=before,
        sections=tuple(sections[name] for name in TEXTS if name is not Section.PROGRESS or place.quarter),
        about_figure=sections[Section.FIGURE],
        about_files=sections[Section.EVIDENCE_FILES],
        evidence=reviewed_files(report, now.evidence, None if before is None else before.evidence),
        score=scores_of([report])[report.pk] if is_follower or state in AS_SUBMITTED[1:] else None,
        follows=is_follower,
        may_review=reviews and state is State.SUBMITTED,
        may_score=reviews and state in SCORED,
        kept_away=kept_away,
    )


def _kept_away(actor: Actor, report: Report) -> Refused | None:
    """The separation of duties, for one who has the role of a reviewer."""
    held = permitting(actor, Action.REVIEW_REPORT)
    return None if held is None else separation_refusal(actor, held, Step.ACCEPT, history(report))


def _submitted(report: Report, number: int, at: datetime, kept: ReportSnapshot) -> Shown:
    return Shown(number, at, _texts(report.quarter, kept), kept.figure, kept.as_of, kept.target, kept.evidence)


def _texts(quarter: int | None, kept: ReportSnapshot) -> dict[Section, str]:
    paper = kept.paper
    part = None if quarter is None else paper.quarters[quarter - 1]
    return {
        Section.PROGRESS: "" if part is None or part.progress is None else str(part.progress),
        Section.NARRATIVE: paper.year_summary if part is None else part.narrative,
        Section.SUPPORTING_FACTORS: paper.supporting_factors,
        Section.OBSTACLES: paper.obstacles,
        Section.EVIDENCE_LIST: paper.evidence,
    }


def _standing(report: Report, life: ReportLife) -> Shown:
    texts = {name: "" if (text := life.texts[name.value]) is None else str(text) for name in TEXTS}
    return Shown(
        None, None, texts, life.selected.figure, life.selected.as_of, life.selected.target, evidence_of(report)
    )


def _section(section: Section, now: Shown, before: Shown | None, lines: Sequence[CommentLine]) -> SectionReview:
    text = now.texts.get(section, "")
    pieces = () if before is None else difference(before.texts.get(section, ""), text)
    of_section = [line for line in lines if line.section is section]
    is_changed = None if before is None else _is_changed(section, now, before, pieces)
    return SectionReview(
        section=section,
        text=text,
        pieces=pieces if changed(pieces) else (),
        is_changed=is_changed,
        asked=tuple(line for line in of_section if line.submission != now.number),
        comments=tuple(line for line in of_section if line.submission == now.number),
    )


def _is_changed(section: Section, now: Shown, before: Shown, pieces: Sequence[Piece]) -> bool:
    match section:
        case Section.FIGURE:
            return _pair(now) != _pair(before)
        case Section.EVIDENCE_FILES:
            return {(file.sha256, file.name) for file in now.evidence} != {
                (file.sha256, file.name) for file in before.evidence
            }
        case _:
            return changed(pieces)


def _pair(shown: Shown) -> tuple[object, ...]:
    return shown.figure.numerator, shown.figure.denominator, shown.target
