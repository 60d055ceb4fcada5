"""All records that belong to a community, with what they are about and the page on which each stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import F, IntegerField, Model, QuerySet, TextField, Value
from django.db.models.functions import Cast

from lakthan.apps.communities.models import (
    Committee,
    CommitteeJudgement,
    Community,
    CommunitySeat,
    CommunityStatus,
)
from lakthan.apps.planning import models as planning


class About(StrEnum):
    """What a reader looks for in a history."""

    REGISTER = "register"
    PLANS = "plans"
    DECISIONS = "decisions"
    """What the district decided about projects, and what followed."""
    MEETINGS = "meetings"


class Page(StrEnum):
    """The page on which a record stands."""

    COMMUNITY = "community"
    PLAN = "plan"
    PROPOSAL = "proposal"
    PROJECT = "project"
    ACTION_PLAN = "action-plan"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class Belonging:
    """How a kind of record belongs to a community: look-ups from its row."""

    model: type[Model]
    community: str
    about: About
    page: Page
    of: str
    """The record that has the page."""
    label: str = ""
    """What that record is called; empty where the page is the community's own."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record of a community stands. `label` names the project, the meeting, the year or the person."""

    about: About
    page: Page
    of: UUID
    label: str


def _register(model: type[Model], label: str = "") -> Belonging:
    return Belonging(model, "community", About.REGISTER, Page.COMMUNITY, "community", label)


def _of_meeting(model: type[Model]) -> Belonging:
    return Belonging(model, "meeting__community", About.MEETINGS, Page.MEETING, "meeting", "meeting__title")


def _of_project(model: type[Model], path: str) -> Belonging:
    community, name = f"{path}__plan__community", f"{path}__name"
    return Belonging(model, community, About.DECISIONS, Page.PROJECT, path, name)


def _confirmation(path: str) -> Belonging:
    """The list of an action plan that a director confirmed, where a project of the community was decided for it."""
    community, year = f"action_plan__{path}__project__plan__community", "action_plan__fiscal_year"
    confirmed = planning.ActionPlanConfirmation
    return Belonging(confirmed, community, About.DECISIONS, Page.ACTION_PLAN, "action_plan", year)


BELONGINGS: Sequence[Belonging] = (
    Belonging(Community, "pk", About.REGISTER, Page.COMMUNITY, "pk"),
    _register(CommunityStatus),
    _register(Committee),
    _register(CommitteeJudgement),
    _register(CommunitySeat, "user__name_th"),
    Belonging(planning.PlanProposal, "community", About.PLANS, Page.PROPOSAL, "pk"),
    Belonging(planning.CommunityPlan, "community", About.PLANS, Page.PLAN, "pk"),
    Belonging(planning.CommunityProject, "plan__community", About.PLANS, Page.PROJECT, "pk", "name"),
    _of_project(planning.Inclusion, "project"),
    _of_project(planning.Decline, "project"),
    _confirmation("inclusions"),
    _confirmation("declines"),
    _of_project(planning.DecisionNotice, "inclusion__project"),
    _of_project(planning.DecisionNotice, "decline__project"),
    _of_project(planning.Reconsideration, "decline__project"),
    _of_project(planning.WorkProgress, "inclusion__project"),
    _of_project(planning.WorkEvidence, "inclusion__project"),
    _of_project(planning.WorkConfirmation, "inclusion__project"),
    Belonging(planning.Meeting, "community", About.MEETINGS, Page.MEETING, "pk", "title"),
    _of_meeting(planning.MeetingPostponement),
    _of_meeting(planning.Attendance),
    _of_meeting(planning.MeetingEvidence),
    _of_meeting(planning.MeetingCorrection),
    _of_meeting(planning.FieldForm),
)
"""A kind of record that belongs to a community in two ways stands here twice."""
PERSONAL = frozenset({CommunitySeat})
"""Kinds whose label names a person."""


def places_of(community: Community, *, shows_names: bool) -> Mapping[UUID, Place]:
    """Every record that belongs to a community, by identifier, with where it stands; one query."""
    first, *others = _rows(community, shows_names=shows_names)
    return {
        pk: Place(BELONGINGS[index].about, BELONGINGS[index].page, of, label)
        for pk, index, of, label in first.union(*others, all=True)
    }


def _rows(community: Community, *, shows_names: bool) -> Iterator[QuerySet[Model, tuple[UUID, int, UUID, str]]]:
    for index, kind in enumerate(BELONGINGS):
        rows = kind.model._default_manager.filter(unit=community.unit_id, **{kind.community: community.pk}).order_by()
        label = kind.label if shows_names or kind.model not in PERSONAL else ""
        text = Cast(label, TextField()) if label else Value("", output_field=TextField())
        yield rows.values_list("pk", Value(index, output_field=IntegerField()), F(kind.of), text)
