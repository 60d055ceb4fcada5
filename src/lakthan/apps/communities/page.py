"""One community: what stands in the register about it, on a day, and who sits in its committee."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from lakthan.apps.communities.models import Committee, Community, CommunitySeat, CommunityStatus
from lakthan.apps.communities.models import CommitteeJudgement as JudgementRow
from lakthan.core.errors import NotFound
from lakthan.rules.committees import judgement_is_of, missing_members, term_needs_attention
from lakthan.rules.eligibility import (
    CommitteeJudgement,
    CommunityHistory,
    Ineligibility,
    Status,
    StatusChange,
    ineligible,
    required_members,
    status_on,
)
from lakthan.rules.permissions import Action, Actor, reach, refusal


@dataclass(frozen=True, slots=True)
class StatusLine:
    """A status with the day from which it holds, and why."""

    id: UUID
    status: Status
    effective_on: date
    document: str
    reason: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class CommitteeLine:
    """A committee against the regulation. Names are empty for whoever may not see them."""

    id: UUID
    effective_on: date
    term_ends_on: date
    houses: int
    members: int
    chair_name: str
    chair_phone: str
    has_names: bool
    """Whether a name or a telephone is recorded, shown or not."""

    @property
    def required(self) -> int:
        """How many members the regulation asks for."""
        return required_members(self.houses)

    @property
    def missing(self) -> int:
        """How many of them are not there."""
        return missing_members(self.houses, self.members)

    def is_in_office(self, on: date) -> bool:
        """Whether the term has begun and not ended."""
        return self.effective_on <= on <= self.term_ends_on

    def days_left(self, on: date) -> int:
        """To the last day of the term; negative after it."""
        return (self.term_ends_on - on).days

    def needs_attention(self, on: date) -> bool:
        """Whether the term ends soon, or has ended."""
        return term_needs_attention(self.term_ends_on, on)


@dataclass(frozen=True, slots=True)
class JudgementLine:
    """What the district judged of the committee, from a day on."""

    id: UUID
    effective_on: date
    able: bool
    reason: str


@dataclass(frozen=True, slots=True)
class SeatLine:
    """Who speaks for the community, and until when. Names are empty for whoever may not see them."""

    id: UUID
    login: str
    name_th: str
    name_en: str
    valid_from: date
    valid_to: date | None

    def is_in_force(self, on: date) -> bool:
        """Whether the seat is held on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class CommunityHead:
    """What stands at the head of each page of a community."""

    id: UUID
    code: str
    name: str
    sub_district: str
    type: str
    unit: UUID
    unit_th: str
    unit_en: str
    sees_names: bool
    """Whether names of people of the committee are shown to the actor."""


@dataclass(frozen=True, slots=True)
class CommunityPage(CommunityHead):
    """A community with all that its district recorded about it, newest first, and how it stands on a day."""

    statuses: Sequence[StatusLine]
    committees: Sequence[CommitteeLine]
    judgements: Sequence[JudgementLine]
    seats: Sequence[SeatLine]

    def history(self) -> CommunityHistory:
        """What decides eligibility."""
        return CommunityHistory(
            tuple(StatusChange(line.effective_on, line.status) for line in self.statuses),
            tuple(CommitteeJudgement(line.effective_on, line.able) for line in self.judgements),
        )

    def status_on(self, on: date) -> Status | None:
        """The status in force on a day; None before the first."""
        return status_on(self.history(), on)

    def reasons_on(self, on: date) -> tuple[Ineligibility, ...]:
        """Why it is not eligible on a day; empty where it is."""
        return ineligible(self.history(), on)

    def committee_on(self, on: date) -> CommitteeLine | None:
        """The last committee seated by a day, its term over or not; None before the first."""
        return next((line for line in self.committees if line.effective_on <= on), None)

    def judgement_on(self, on: date) -> JudgementLine | None:
        """The last judgement by a day; None before the first."""
        return next((line for line in self.judgements if line.effective_on <= on), None)

    def is_judged_anew(self, on: date) -> bool:
        """Whether the committee of a day was judged itself, not only the one before it."""
        committee, judged = self.committee_on(on), self.judgement_on(on)
        return judged is not None and (
            committee is None or judgement_is_of(judged.effective_on, committee.effective_on)
        )


def community_to_read(actor: Actor, code: str) -> Community:
    """The community of a code, in a district that the actor may read.

    Raises:
        NotFound: there is none, or the actor may not see it.
    """
    rows = Community.objects.select_related("unit").filter(code=code)
    units = reach(actor, Action.READ_DISTRICT_RECORDS)
    if units is not None:
        rows = rows.filter(unit__in=[UUID(held) for held in units])
    found = rows.order_by("pk").first()
    if found is None:
        raise NotFound(f"ไม่พบชุมชนรหัส {code}", f"There is no community {code} that you may see.")
    return found


def head_of(actor: Actor, community: Community) -> CommunityHead:
    """The head of a community's pages, without a query."""
    return CommunityHead(**_head(actor, community))


def page_of(actor: Actor, community: Community) -> CommunityPage:
    """Statuses, committees, judgements and seats of a community; four queries."""
    head = _head(actor, community)
    shown = head["sees_names"]
    statuses = CommunityStatus.objects.filter(unit=community.unit_id, community=community)
    committees = Committee.objects.filter(unit=community.unit_id, community=community).order_by("-effective_on")
    judgements = JudgementRow.objects.filter(unit=community.unit_id, community=community).order_by("-effective_on")
    seats = CommunitySeat.objects.filter(unit=community.unit_id, community=community).select_related("user")
    return CommunityPage(
        **head,
        statuses=[_status(row) for row in statuses.order_by("-effective_on")],
        committees=[_committee(row, shown=shown) for row in committees],
        judgements=[JudgementLine(row.pk, row.effective_on, row.able, row.reason) for row in judgements],
        seats=[_seat(row, shown=shown) for row in seats.order_by("-valid_from", "pk")],
    )


def _head(actor: Actor, community: Community) -> dict[str, Any]:
    return {
        "id": community.pk,
        "code": community.code,
        "name": community.name,
        "sub_district": community.sub_district,
        "type": community.type,
        "unit": community.unit_id,
        "unit_th": community.unit.name_th,
        "unit_en": community.unit.name_en,
        "sees_names": refusal(actor, Action.READ_COMMITTEE_NAMES, str(community.unit_id)) is None,
    }


def _status(row: CommunityStatus) -> StatusLine:
    return StatusLine(row.pk, Status(row.status), row.effective_on, row.document, row.reason, row.recorded_at)


def _committee(row: Committee, *, shown: bool) -> CommitteeLine:
    return CommitteeLine(
        id=row.pk,
        effective_on=row.effective_on,
        term_ends_on=row.term_ends_on,
        houses=row.houses,
        members=row.members,
        chair_name=row.chair_name if shown else "",
        chair_phone=row.chair_phone if shown else "",
        has_names=bool(row.chair_name or row.chair_phone),
    )


def _seat(row: CommunitySeat, *, shown: bool) -> SeatLine:
    names = (row.user.login, row.user.name_th, row.user.name_en) if shown else ("", "", "")
    return SeatLine(row.pk, *names, valid_from=row.valid_from, valid_to=row.valid_to)


def seat_to_end(community: Community, seat: str) -> CommunitySeat:
    """A seat of the community by its identifier.

    Raises:
        NotFound: the community has no such seat.
    """
    try:
        return CommunitySeat.objects.select_related("community", "unit", "user").get(
            pk=UUID(seat), unit=community.unit_id, community=community
        )
    except (ValueError, CommunitySeat.DoesNotExist) as error:
        raise NotFound("ไม่พบผู้แทนชุมชนที่เลือก", "The community has no such seat.") from error
