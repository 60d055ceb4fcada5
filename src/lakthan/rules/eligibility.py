"""When a community counts: registered, not being dissolved, and with a committee judged able to work.

Source: BMA regulation on communities and community committees B.E. 2555 (2012).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Basis(StrEnum):
    """On what ground a community belongs to a population."""

    REGISTERED = "registered"
    ELIGIBLE = "eligible"


class Status(StrEnum):
    """The dated status of a community."""

    REGISTERED = "registered"
    BEING_DISSOLVED = "being-dissolved"
    DISSOLVED = "dissolved"


_TOWARDS_DISSOLUTION = (Status.REGISTERED, Status.BEING_DISSOLVED, Status.DISSOLVED)


class Ineligibility(StrEnum):
    """Why a community is not eligible on a date."""

    NOT_REGISTERED = "not-registered"
    BEING_DISSOLVED = "being-dissolved"
    DISSOLVED = "dissolved"
    COMMITTEE_NOT_JUDGED = "committee-not-judged"
    COMMITTEE_UNABLE = "committee-unable"


@dataclass(frozen=True, slots=True)
class StatusChange:
    """The status a community has from a day on."""

    effective_on: date
    status: Status


@dataclass(frozen=True, slots=True)
class CommitteeJudgement:
    """The district's recorded judgement, from a day on, whether the committee is complete enough to work."""

    effective_on: date
    able: bool


@dataclass(frozen=True, slots=True)
class CommunityHistory:
    """What decides eligibility, each sequence in any order."""

    statuses: tuple[StatusChange, ...] = ()
    judgements: tuple[CommitteeJudgement, ...] = ()


def required_members(houses: int) -> int:
    """How many members a committee needs at least.

    7; above 100 houses one more per further 50, where a remainder over 25 counts; 15 at most (regulation 2555).
    """
    if houses < 0:
        raise ValueError("houses must not be negative")
    extra, rest = divmod(max(houses - 100, 0), 50)
    return min(7 + extra + (rest > 25), 15)


def status_on(history: CommunityHistory, on: date) -> Status | None:
    """The status in force on a day; None before the first one. Of two on one day the one nearer dissolution stands."""
    past = [
        (change.effective_on, _TOWARDS_DISSOLUTION.index(change.status))
        for change in history.statuses
        if change.effective_on <= on
    ]
    return _TOWARDS_DISSOLUTION[max(past)[1]] if past else None


def committee_on(history: CommunityHistory, on: date) -> bool | None:
    """The judgement in force on a day; None before the first one. Of two on one day "unable" stands."""
    unable = [(judged.effective_on, not judged.able) for judged in history.judgements if judged.effective_on <= on]
    return not max(unable)[1] if unable else None


def ineligible(history: CommunityHistory, on: date) -> tuple[Ineligibility, ...]:
    """Why the community is not eligible on a day; empty where it is eligible."""
    reasons = []
    match status_on(history, on):
        case None:
            return (Ineligibility.NOT_REGISTERED,)
        case Status.BEING_DISSOLVED:
            reasons.append(Ineligibility.BEING_DISSOLVED)
        case Status.DISSOLVED:
            return (Ineligibility.DISSOLVED,)
        case Status.REGISTERED:
            pass
    match committee_on(history, on):
        case None:
            reasons.append(Ineligibility.COMMITTEE_NOT_JUDGED)
        case False:
            reasons.append(Ineligibility.COMMITTEE_UNABLE)
        case True:
            pass
    return tuple(reasons)


def belongs(history: CommunityHistory, basis: Basis, on: date) -> bool:
    """Whether the community belongs to the population of that basis on a day.

    All registered communities include those being dissolved: they stand in the register until they are dissolved.
    """
    match basis:
        case Basis.REGISTERED:
            return status_on(history, on) in (Status.REGISTERED, Status.BEING_DISSOLVED)
        case Basis.ELIGIBLE:
            return not ineligible(history, on)
