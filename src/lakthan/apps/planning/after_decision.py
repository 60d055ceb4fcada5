"""A decision with what followed it: as the rules know it, and its rows for those who act on them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from lakthan.apps.evidence.models import Evidence
from lakthan.apps.evidence.services import path_of
from lakthan.apps.planning.models import DecisionNotice, Decline, Inclusion, Reconsideration, WorkEvidence
from lakthan.core.errors import NotFound
from lakthan.rules.after_decision import Declined, Item, Notice, Terms, Work, told_on

Row = TypeVar("Row")
Outcome = DecisionNotice.Outcome


def terms_of(decision: Inclusion | Decline) -> Terms:
    """What a community is told of a decision as it stands."""
    is_withdrawn = decision.ended_on is not None
    if isinstance(decision, Inclusion):
        return Terms(decision.item_number, decision.budget, is_withdrawn=is_withdrawn)
    return Terms(reason=decision.reason, is_withdrawn=is_withdrawn)


def terms_told(row: DecisionNotice) -> Terms:
    """What a notice told."""
    return Terms(row.item_number, row.budget, row.reason, row.is_withdrawn)


def notice_of(on: date, outcome: str, terms: Terms) -> Notice | None:
    """A notice as the rules know it; None for a mail that was refused, which told nobody."""
    return None if outcome == Outcome.REFUSED else Notice(on, terms, is_sure=outcome != Outcome.CLAIMED)


def notices_of(rows: Iterable[DecisionNotice]) -> tuple[Notice, ...]:
    """Notices as the rules know them, in order of their days."""
    found = (
        notice_of(row.effective_on, row.outcome, terms_told(row))
        for row in sorted(rows, key=lambda row: (row.effective_on, row.recorded_at, row.pk))
    )
    return tuple(notice for notice in found if notice is not None)


def item_of(inclusion: Inclusion) -> Item:
    """The item as the rules know it; two statements."""
    reports, said = inclusion.progress.order_by("pk"), inclusion.confirmations.order_by("pk")
    reported = [(row.effective_on, row.recorded_at, Work(row.state)) for row in reports]
    words = [(row.effective_on, row.recorded_at, row.is_done) for row in said]
    return item_with(inclusion.effective_on, inclusion.ended_on, reported, words)


def item_with(
    included_on: date,
    ended_on: date | None,
    reported: Sequence[tuple[date, datetime, Work]],
    words: Sequence[tuple[date, datetime, bool]],
) -> Item:
    """The item as the rules know it, from what was said on which day and entered at which moment.

    A word answers the reports that were there when it was entered; a report of a later day or moment answers a word.
    """
    reports, said = sorted(reported, key=lambda row: row[:2]), sorted(words, key=lambda row: row[:2])
    open_word = said[-1] if said and not said[-1][2] and (not reports or reports[-1][:2] <= said[-1][:2]) else None
    return Item(
        included_on=included_on,
        ended_on=ended_on,
        reported=tuple((on, state) for on, _, state in reports),
        confirmed_on=next((on for on, _, is_done in said if is_done), None),
        missing_on=open_word[0] if open_word else None,
    )


def declined_as(decline: Decline) -> Declined:
    """The decline as the rules know it; two statements."""
    asked = decline.reconsiderations.order_by("-effective_on", "-pk").first()
    return Declined(
        decided_on=decline.effective_on,
        withdrawn_on=decline.ended_on,
        told_on=told_on(notices_of(decline.notices.all())),
        open_since=asked.effective_on if asked and asked.answered_on is None else None,
        answered_on=asked.answered_on if asked else None,
        is_upheld=asked.is_upheld if asked else None,
    )


def inclusion_of(project: UUID, inclusion: UUID) -> Inclusion:
    """An inclusion of a project. Raises `NotFound`."""
    found = Inclusion.objects.select_related("project__plan__community", "unit").filter(project=project, pk=inclusion)
    return _one(found.first())


def decline_of(project: UUID, decline: UUID) -> Decline:
    """A decline of a project. Raises `NotFound`."""
    found = Decline.objects.select_related("project__plan__community", "unit").filter(project=project, pk=decline)
    return _one(found.first())


def reconsideration_of(project: UUID, reconsideration: UUID) -> Reconsideration:
    """A request for another look at a project. Raises `NotFound`."""
    return _one(Reconsideration.objects.filter(decline__project=project, pk=reconsideration).first())


def _one(found: Row | None) -> Row:
    if found is None:
        raise NotFound("ไม่พบมติหรือคำขอนี้ของโครงการ", "The project has no such decision or request.")
    return found


def proof_file(project: UUID, proof: UUID) -> tuple[Evidence, Path]:
    """A file that proves the work on a project, with the place of its bytes. Raises `NotFound`."""
    row = WorkEvidence.objects.filter(inclusion__project=project, pk=proof).select_related("evidence").first()
    if row is None or not path_of(row.evidence.digest).is_file():
        raise NotFound("ไม่พบไฟล์นี้", "There is no such file.")
    return row.evidence, path_of(row.evidence.digest)
