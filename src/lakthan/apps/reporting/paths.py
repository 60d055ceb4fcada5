"""A community project's path: proposed, decided, told, worked on, confirmed, and the figures it counts in.

Whatever a project went through, it is seven statements, and one or two more where a figure counts communities.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from lakthan.apps.people.models import UnitCode
from lakthan.apps.people.selectors import in_force, short_name, today
from lakthan.apps.planning.models import (
    CommunityPlan,
    CommunityProject,
)
from lakthan.apps.planning.speaking import communities_of
from lakthan.apps.reporting.counted_facts import Origin, counted_in
from lakthan.apps.reporting.path_decisions import decided_about
from lakthan.apps.reporting.path_shapes import Decided, LaterPlan, Meeting, OwnProject, ProjectPath
from lakthan.core.errors import NotFound
from lakthan.core.thai import fold
from lakthan.rules.facts import Fact, FactKind
from lakthan.rules.permissions import Actor


def project_path(project: UUID) -> ProjectPath:
    """The path of a project. Raises `NotFound`."""
    found = CommunityProject.objects.filter(pk=project)
    return _path(found, NotFound("ไม่พบโครงการนี้", "There is no such project."))


def _path(projects: QuerySet[CommunityProject], missing: NotFound) -> ProjectPath:
    here = today()
    codes = UnitCode.objects.filter(in_force(here), unit=OuterRef("unit"), scheme=UnitCode.Scheme.BMA4)
    rows = projects.select_related("plan__community", "plan__meeting", "unit")
    found = rows.annotate(code=Subquery(codes.values("code")[:1])).first()
    if found is None:
        raise missing
    plan, community, unit = found.plan, found.plan.community, found.unit
    code = getattr(found, "code", None) or ""
    meeting = plan.meeting
    decisions = decided_about([found])[found.pk]
    return ProjectPath(
        id=found.pk,
        name=found.name,
        problem=found.problem,
        aim=found.aim,
        field=found.field,
        way=found.way,
        estimate=found.estimate,
        community=community.pk,
        community_code=community.code,
        community_name=community.name,
        community_type=community.type,
        district=unit.pk,
        district_code=code,
        district_th=short_name(unit.name_th),
        district_en=unit.name_en,
        plan_kind=plan.kind,
        plan_on=plan.effective_on,
        plan_valid_until=plan.valid_until,
        resolution=plan.resolution,
        meeting=None if meeting is None else Meeting(meeting.number, meeting.year, meeting.held_on),
        later_plans=_later_plans(found),
        decisions=decisions,
        counted_in=counted_in(_facts(found, code, decisions), Origin(community.pk, community.type), here),
    )


def _later_plans(project: CommunityProject) -> tuple[LaterPlan, ...]:
    """The plans of the community after the project's, each with the project of the same name; one statement."""
    plan = project.plan
    later = CommunityPlan.objects.filter(unit=project.unit_id, community=plan.community_id)
    rows = later.filter(effective_on__gt=plan.effective_on).order_by("effective_on", "pk", "projects__number")
    name = fold(project.name)
    found: dict[UUID, LaterPlan] = {}
    for pk, kind, on, other, title in rows.values_list("pk", "kind", "effective_on", "projects__pk", "projects__name"):
        known = found.get(pk)
        same = other if title is not None and fold(title) == name else None
        found[pk] = LaterPlan(kind, on, known.project if known and known.project else same)
    return tuple(found.values())


def _facts(project: CommunityProject, code: str, decisions: Iterable[Decided]) -> tuple[Fact, ...]:
    """The project and the decisions about it as figures count them."""
    attributes = {"kind": project.plan.kind}
    community = project.plan.community.code
    own = Fact(
        id=str(project.pk),
        kind=FactKind.COMMUNITY_PROJECT,
        unit=code,
        effective_on=project.plan.effective_on,
        community=community,
        attributes=attributes,
    )
    return own, *(
        Fact(
            id=str(decision.id),
            kind=FactKind.INCLUSION if decision.included else FactKind.DECLINE,
            unit=code,
            effective_on=decision.effective_on,
            ended_on=decision.ended_on,
            community=community,
            fiscal_year=decision.fiscal_year,
            attributes=attributes,
        )
        for decision in decisions
    )


def own_projects(actor: Actor, on: date) -> tuple[OwnProject, ...]:
    """The projects of the communities that the actor speaks for, those that wait for a word first; three statements."""
    rows = CommunityProject.objects.filter(plan__community__in=communities_of(actor, on))
    projects = list(rows.select_related("plan__community").order_by("-plan__effective_on", "number", "pk"))
    decided = decided_about(projects)
    found = (
        OwnProject(
            row.pk,
            row.name,
            row.plan.community.code,
            row.plan.community.name,
            row.way,
            row.plan.effective_on,
            decided[row.pk],
            on,
        )
        for row in projects
    )
    return tuple(sorted(found, key=lambda own: (not own.waits_for_word, not own.may_ask)))


def own_path(actor: Actor, project: UUID, on: date) -> ProjectPath:
    """The path of a project whose community the actor speaks for. Raises `NotFound` for any other."""
    found = CommunityProject.objects.filter(pk=project, plan__community__in=communities_of(actor, on))
    return _path(found, NotFound("ไม่พบโครงการนี้ในชุมชนของท่าน", "Your community has no such project."))
