"""A decision with what followed it: as the rules know it, and its rows for those who act on them."""

from pathlib import Path
from typing import TypeVar
from uuid import UUID

from django.db.models import Q

from lakthan.apps.evidence.models import Evidence
from lakthan.apps.evidence.services import path_of
from lakthan.apps.planning.models import DecisionNotice, Decline, Inclusion, Reconsideration, WorkEvidence
from lakthan.core.errors import NotFound
from lakthan.rules.after_decision import Declined, Item, Work

Row = TypeVar("Row")
TOLD = Q(way=DecisionNotice.Way.LETTER) | Q(outcome__in=[DecisionNotice.Outcome.SENT, DecisionNotice.Outcome.UNKNOWN])
"""Notices that reached the community, or may have: a mail that was refused told nobody."""


def item_of(inclusion: Inclusion) -> Item:
    """The item as the rules know it; two statements."""
    reported = inclusion.progress.order_by("effective_on").values_list("effective_on", "state")
    done = inclusion.confirmations.filter(is_done=True).order_by("effective_on").values_list("effective_on", flat=True)
    return Item(
        included_on=inclusion.effective_on,
        ended_on=inclusion.ended_on,
        reported=tuple((on, Work(state)) for on, state in reported),
        confirmed_on=done.first(),
    )


def declined_as(decline: Decline) -> Declined:
    """The decline as the rules know it; two statements."""
    asked = decline.reconsiderations.order_by("-effective_on", "-pk").first()
    told = decline.notices.filter(TOLD).order_by("effective_on").values_list("effective_on", flat=True)
    return Declined(
        decided_on=decline.effective_on,
        withdrawn_on=decline.ended_on,
        told_on=told.first(),
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
