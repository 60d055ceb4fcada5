"""What an officer should see to in the register: terms that end, and committees that nobody judged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import OuterRef, Subquery

from lakthan.apps.communities.models import Committee, CommitteeJudgement, Community, CommunityStatus
from lakthan.rules.committees import judgement_is_of, term_needs_attention
from lakthan.rules.eligibility import Status
from lakthan.rules.permissions import PERMISSIONS, Action, Actor, Scope


class Alert(StrEnum):
    """What is to be seen to."""

    TERM_ENDED = "term-ended"
    TERM_ENDS = "term-ends"
    NO_COMMITTEE = "no-committee"
    NOT_JUDGED = "not-judged"
    """The committee in office was not judged; there may be a judgement of the one before."""


@dataclass(frozen=True, slots=True)
class AlertLine:
    """One community that needs something."""

    code: str
    name: str
    unit_th: str
    unit_en: str
    term_ends_on: date | None
    days_left: int | None
    """To the last day of the term; negative after it."""


@dataclass(frozen=True, slots=True)
class AlertGroup:
    """The communities that need the same, most urgent first."""

    alert: Alert
    lines: Sequence[AlertLine]

    @property
    def has_districts(self) -> bool:
        """Whether the communities are of several districts."""
        return len({line.unit_th for line in self.lines}) > 1


def alerts(actor: Actor, on: date) -> tuple[AlertGroup, ...]:
    """What waits in the registers of the districts whose officer the actor is, each community once; one query."""
    keepers = PERMISSIONS[Action.KEEP_REGISTER]
    units = [UUID(held.unit) for held in actor.held if held.unit and keepers.get(held.role) is Scope.OWN_UNIT]
    if not units:
        return ()
    found: dict[Alert, list[AlertLine]] = {alert: [] for alert in Alert}
    for code, name, unit_th, unit_en, status, seated_on, ends_on, judged_on in _standing(units, on):
        if status not in (Status.REGISTERED, Status.BEING_DISSOLVED):
            continue
        alert = _alert(seated_on, ends_on, judged_on, on)
        if alert is not None:
            left = None if ends_on is None else (ends_on - on).days
            found[alert].append(AlertLine(code, name, unit_th, unit_en, ends_on, left))
    return tuple(
        AlertGroup(alert, sorted(lines, key=lambda line: (line.term_ends_on or date.max, line.code)))
        for alert, lines in found.items()
        if lines
    )


def _alert(seated_on: date | None, ends_on: date | None, judged_on: date | None, on: date) -> Alert | None:
    if seated_on is None or ends_on is None:
        return Alert.NO_COMMITTEE
    if ends_on < on:
        return Alert.TERM_ENDED
    if judged_on is None or not judgement_is_of(judged_on, seated_on):
        return Alert.NOT_JUDGED
    return Alert.TERM_ENDS if term_needs_attention(ends_on, on) else None


def _standing(units: Sequence[UUID], on: date) -> Sequence[tuple[str, str, str, str, str, date, date, date]]:
    """Code and names of each community with its status, the last committee and the last judgement of a day."""
    of_it = {"unit": OuterRef("unit"), "community": OuterRef("pk"), "effective_on__lte": on}
    committee = Committee.objects.filter(**of_it).order_by("-effective_on")
    status = CommunityStatus.objects.filter(**of_it).order_by("-effective_on")
    judged = CommitteeJudgement.objects.filter(**of_it).order_by("-effective_on")
    rows = Community.objects.filter(unit__in=units).annotate(
        status=Subquery(status.values("status")[:1]),
        seated_on=Subquery(committee.values("effective_on")[:1]),
        ends_on=Subquery(committee.values("term_ends_on")[:1]),
        judged_on=Subquery(judged.values("effective_on")[:1]),
    )
    return list(
        rows.values_list(
            "code", "name", "unit__name_th", "unit__name_en", "status", "seated_on", "ends_on", "judged_on"
        )
    )
