"""Figures that are certified: what stands in place of what the records say now."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import msgspec
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from lakthan.apps.reporting.models import ReportStep, Snapshot
from lakthan.apps.reporting.shapes import QuarterFigure
from lakthan.core.figure import Figure
from lakthan.rules.workflow import State, Step

LAST_QUARTER = 4


@dataclass(frozen=True, slots=True)
class KeptFigure:
    """The figure that a report was submitted with. In the column `Snapshot.figure` it is without its members."""

    figure: Figure
    as_of: date
    target: Decimal | None


@dataclass(frozen=True, slots=True)
class CertifiedFigure:
    """The figure of a certified report, without its members."""

    snapshot: UUID
    certified_on: date
    kept: KeptFigure

    def in_place_of(self, live: QuarterFigure) -> QuarterFigure:
        """The quarter with the certified figure, its day and its target."""
        kept = self.kept
        return replace(live, figure=kept.figure, as_of=kept.as_of, target=kept.target, certified_on=self.certified_on)


CertifiedFigures = Mapping[tuple[UUID, int | None], CertifiedFigure]
"""By assignment and quarter; None for the report of the year."""


def certified_figures(assignments: Collection[UUID], today: date) -> CertifiedFigures:
    """The figures of all reports of some assignments that are certified by a day, in one statement."""
    certified = ReportStep.objects.filter(report=OuterRef("report"), step=Step.CERTIFY.value)
    rows = (
        Snapshot.objects.filter(report__assignment__in=assignments, report__state=State.CERTIFIED.value)
        .annotate(certified_at=Subquery(certified.order_by("-recorded_at").values("recorded_at")[:1]))
        .order_by("number")
        .values_list("report__assignment", "report__quarter", "pk", "certified_at", "figure")
    )
    return {
        (assignment, quarter): CertifiedFigure(snapshot, timezone.localdate(at), msgspec.convert(figure, KeptFigure))
        for assignment, quarter, snapshot, at, figure in rows
        if timezone.localdate(at) <= today
    }


def certified_figure(certified: CertifiedFigures, assignment: UUID, quarter: int) -> CertifiedFigure | None:
    """The certified figure of a quarter: the last one's is certified with its own report or with that of the year."""
    found = certified.get((assignment, quarter))
    return certified.get((assignment, None)) if found is None and quarter == LAST_QUARTER else found


def with_members(certified: CertifiedFigure) -> CertifiedFigure:
    """The certified figure with the members that counted and did not, as they were when it was submitted."""
    content = Snapshot.objects.values_list("content", flat=True).get(pk=certified.snapshot)
    return replace(certified, kept=msgspec.convert(json.loads(content), KeptFigure))


def figure_column(kept: KeptFigure) -> dict[str, object]:
    """What stands in the column `Snapshot.figure`: numbers as text, no members."""
    bare = replace(kept, figure=replace(kept.figure, counted=(), not_counted=()))
    told: dict[str, object] = msgspec.to_builtins(bare)
    return told


def certified_quarters(
    quarters: Sequence[QuarterFigure], assignment: UUID, certified: CertifiedFigures
) -> tuple[QuarterFigure, ...]:
    """The quarters of an assignment, each with its certified figure where there is one."""
    return tuple(
        found.in_place_of(live) if (found := certified_figure(certified, assignment, live.quarter.number)) else live
        for live in quarters
    )
