"""A community project's path: proposed, decided, told, worked on, confirmed, and the figures it counts in.

Whatever a project went through, it is ten statements.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, F, OuterRef, Subquery, UUIDField, Value, When

from lakthan.apps.people.models import UnitCode
from lakthan.apps.people.selectors import in_force, short_name, today
from lakthan.apps.planning.models import (
    ActionPlanConfirmation,
    CommunityPlan,
    CommunityProject,
    DecisionNotice,
    Decline,
    Inclusion,
    Reconsideration,
    WorkConfirmation,
    WorkEvidence,
    WorkProgress,
)
from lakthan.apps.planning.speaking import communities_of
from lakthan.apps.reporting.counted_facts import CountedIn, Origin, counted_in
from lakthan.core.errors import NotFound
from lakthan.core.thai import fold
from lakthan.rules.after_decision import Declined, Item, Work, asking_refusal, last_day_to_ask
from lakthan.rules.facts import Fact, FactKind
from lakthan.rules.permissions import Actor

TELLING = (DecisionNotice.Outcome.SENT.value, DecisionNotice.Outcome.UNKNOWN.value, "")
"""What became of a notice that reached the community, or may have; a letter has no outcome."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """The meeting that adopted the plan."""

    number: int
    year: int
    held_on: date | None


@dataclass(frozen=True, slots=True)
class LaterPlan:
    """A later plan of the community; `project` is the one of the same name in it, None where there is none."""

    kind: str
    effective_on: date
    project: UUID | None


@dataclass(frozen=True, slots=True)
class Told:
    """That the community was told on a day."""

    on: date
    way: str
    document: str
    outcome: str

    @property
    def reached(self) -> bool:
        """Whether it reached the community, or may have."""
        return self.outcome in TELLING


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for another look, with its answer where there is one."""

    id: UUID
    on: date
    reasons: str
    document: str
    answered_on: date | None
    is_upheld: bool | None
    answer: str
    answer_document: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work was on a day."""

    on: date
    state: Work
    note: str


@dataclass(frozen=True, slots=True)
class Word:
    """What the community said of the work on a day."""

    on: date
    is_done: bool
    note: str


@dataclass(frozen=True, slots=True)
class Proof:
    """A file that proves the work."""

    id: UUID
    name: str
    proves: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision about the project with all that followed it."""

    id: UUID
    included: bool
    fiscal_year: int
    effective_on: date
    document: str
    correction: str
    ended_on: date | None
    end_reason: str
    action_plan_document: str
    confirmed_on: date | None
    """When the director confirmed the list of the action plan; None while that is not done."""
    item_number: int | None
    name: str
    budget: Decimal | None
    reason_code: str
    reason: str
    told: tuple[Told, ...] = ()
    asked: tuple[Asked, ...] = ()
    progress: tuple[Progress, ...] = ()
    proofs: tuple[Proof, ...] = ()
    words: tuple[Word, ...] = ()

    @property
    def told_on(self) -> date | None:
        """When the community was first told; None while it was not."""
        return min((notice.on for notice in self.told if notice.reached), default=None)

    @property
    def ask_until(self) -> date | None:
        """Until when another look can be asked for; None while no term runs."""
        return last_day_to_ask(self.told_on)

    @property
    def open_request(self) -> Asked | None:
        """The request that waits for an answer."""
        return next((asked for asked in self.asked if asked.answered_on is None), None)

    def may_ask(self, on: date) -> bool:
        """Whether the community can ask for another look on a day."""
        last = self.asked[-1] if self.asked else None
        waiting = self.open_request
        declined = Declined(
            decided_on=self.effective_on,
            withdrawn_on=self.ended_on,
            told_on=self.told_on,
            open_since=waiting.on if waiting else None,
            answered_on=last.answered_on if last else None,
            is_upheld=last.is_upheld if last else None,
        )
        return not self.included and asking_refusal(declined, on) is None

    @property
    def item(self) -> Item:
        """The item as the rules know it."""
        return Item(
            self.effective_on,
            self.ended_on,
            tuple((line.on, line.state) for line in self.progress),
            next((word.on for word in self.words if word.is_done), None),
        )

    @property
    def work(self) -> Work | None:
        """How far the work is; None where nothing is reported."""
        return self.item.work

    @property
    def is_confirmed(self) -> bool:
        """Whether the community confirmed that the work is done."""
        return self.item.confirmed_on is not None

    @property
    def may_confirm(self) -> bool:
        """Whether the community can answer a report that the work is done."""
        return self.included and self.work is Work.DONE and not self.is_confirmed

    @property
    def may_report(self) -> bool:
        """Whether there is work to report."""
        return self.included and self.ended_on is None and not self.is_confirmed


@dataclass(frozen=True, slots=True)
class ProjectPath:
    """A community project with all that became of it, in order."""

    id: UUID
    name: str
    problem: str
    aim: str
    field: str
    way: str
    estimate: Decimal | None
    community: UUID
    community_code: str
    community_name: str
    community_type: str
    district: UUID
    district_code: str
    district_th: str
    district_en: str
    plan_kind: str
    plan_on: date
    plan_valid_until: date
    resolution: str
    meeting: Meeting | None
    later_plans: tuple[LaterPlan, ...]
    decisions: tuple[Decided, ...]
    """In the order in which they were taken, withdrawn ones too."""
    counted_in: tuple[CountedIn, ...]


def project_path(project: UUID) -> ProjectPath:
    """The path of a project. Raises `NotFound`."""
    here = today()
    codes = UnitCode.objects.filter(in_force(here), unit=OuterRef("unit"), scheme=UnitCode.Scheme.BMA4)
    rows = CommunityProject.objects.select_related("plan__community", "plan__meeting", "unit")
    found = rows.annotate(code=Subquery(codes.values("code")[:1])).filter(pk=project).first()
    if found is None:
        raise NotFound("ไม่พบโครงการนี้", "There is no such project.")
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


def decided_about(projects: Iterable[CommunityProject]) -> Mapping[UUID, tuple[Decided, ...]]:
    """All decisions about each project with what followed, in the order of their days; five statements for all."""
    names = {project.pk: project.name for project in projects}
    confirmed = ActionPlanConfirmation.objects.filter(action_plan=OuterRef("action_plan")).values("effective_on")[:1]
    included = Inclusion.objects.filter(project__in=names).select_related("action_plan")
    declined = Decline.objects.filter(project__in=names).select_related("action_plan")
    rows: list[Inclusion | Decline] = [
        *included.annotate(confirmed=Subquery(confirmed)),
        *declined.annotate(confirmed=Subquery(confirmed)),
    ]
    ids = [row.pk for row in rows]
    after, asked, proofs = _events(ids), _asked(ids), _proofs(ids)
    found: dict[UUID, list[Decided]] = {pk: [] for pk in names}
    for row in sorted(rows, key=lambda row: (row.effective_on, row.recorded_at, row.pk)):
        name, of_row = names[row.project_id], after.get(row.pk, {})
        found[row.project_id].append(_decided(row, name, of_row, asked.get(row.pk, ()), proofs.get(row.pk, ())))
    return {pk: tuple(decided) for pk, decided in found.items()}


def _decided(
    row: Inclusion | Decline, name: str, after: Mapping[str, Any], asked: Iterable[Asked], proofs: Iterable[Proof]
) -> Decided:
    return Decided(
        id=row.pk,
        included=isinstance(row, Inclusion),
        fiscal_year=row.fiscal_year,
        effective_on=row.effective_on,
        document=row.document,
        correction=row.correction,
        ended_on=row.ended_on,
        end_reason=row.end_reason,
        action_plan_document=row.action_plan.document,
        confirmed_on=getattr(row, "confirmed", None),
        item_number=getattr(row, "item_number", None),
        name=getattr(row, "name", name),
        budget=getattr(row, "budget", None),
        reason_code=getattr(row, "reason_code", ""),
        reason=getattr(row, "reason", ""),
        told=tuple(after.get("told", ())),
        asked=tuple(asked),
        progress=tuple(after.get("progress", ())),
        proofs=tuple(proofs),
        words=tuple(after.get("word", ())),
    )


def _events(ids: list[UUID]) -> Mapping[UUID, Mapping[str, list[Any]]]:
    """Notices, progress and words of communities about decisions, in order of their days; one statement."""
    nothing = Value(None, output_field=UUIDField())
    names = ("sort", "included", "declined", "effective_on", "word", "text", "more", "recorded_at")

    def of(rows: Any, sort: str, declined: Any, word: Any, text: str, more: Any) -> Any:
        told = rows.annotate(
            sort=Value(sort, output_field=CharField()),
            included=F("inclusion"),
            declined=declined,
            word=word,
            text=F(text),
            more=more,
        )
        return told.order_by().values_list(*names)

    plain = Value("", output_field=CharField())
    done = Case(When(is_done=True, then=Value("done")), default=Value("missing"), output_field=CharField())
    notices = DecisionNotice.objects.filter(inclusion__in=ids) | DecisionNotice.objects.filter(decline__in=ids)
    found = of(notices, "told", F("decline"), F("way"), "document", F("outcome")).union(
        of(WorkProgress.objects.filter(inclusion__in=ids), "progress", nothing, F("state"), "note", plain),
        of(WorkConfirmation.objects.filter(inclusion__in=ids), "word", nothing, done, "note", plain),
        all=True,
    )
    events: dict[UUID, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for sort, included, declined, on, word, text, more, _ in sorted(found, key=lambda row: (row[3], row[7])):
        events[included or declined][sort].append(_event(sort, on, word, text, more))
    return events


def _event(sort: str, on: date, word: str, text: str, more: str) -> Told | Progress | Word:
    match sort:
        case "told":
            return Told(on, word, text, more)
        case "progress":
            return Progress(on, Work(word), text)
        case _:
            return Word(on, word == "done", text)


def _asked(ids: list[UUID]) -> Mapping[UUID, list[Asked]]:
    found: dict[UUID, list[Asked]] = defaultdict(list)
    for row in Reconsideration.objects.filter(decline__in=ids).order_by("effective_on", "recorded_at"):
        asked = Asked(
            row.pk,
            row.effective_on,
            row.reasons,
            row.document,
            row.answered_on,
            row.is_upheld,
            row.answer,
            row.answer_document,
        )
        found[row.decline_id].append(asked)
    return found


def _proofs(ids: list[UUID]) -> Mapping[UUID, list[Proof]]:
    found: dict[UUID, list[Proof]] = defaultdict(list)
    rows = WorkEvidence.objects.filter(inclusion__in=ids).select_related("evidence").order_by("recorded_at", "pk")
    for row in rows:
        kept = row.evidence
        found[row.inclusion_id].append(Proof(row.pk, kept.name, row.proves, kept.media_type, kept.size))
    return found


@dataclass(frozen=True, slots=True)
class OwnProject:
    """A project of a community that a person speaks for, with the decisions about it."""

    id: UUID
    name: str
    community_code: str
    community_name: str
    way: str
    plan_on: date
    decisions: tuple[Decided, ...]
    today: date

    @property
    def last(self) -> Decided | None:
        """The last decision that was not withdrawn; None where there is none."""
        return next((decided for decided in reversed(self.decisions) if decided.ended_on is None), None)

    @property
    def may_ask(self) -> bool:
        """Whether another look can be asked for."""
        return any(decided.may_ask(self.today) for decided in self.decisions)

    @property
    def may_confirm(self) -> bool:
        """Whether work waits for the community's word."""
        return any(decided.may_confirm for decided in self.decisions)


def own_projects(actor: Actor, on: date) -> tuple[OwnProject, ...]:
    """The projects of the communities that the actor speaks for, those that wait for a word first; six statements."""
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
    return tuple(sorted(found, key=lambda own: (not own.may_confirm, not own.may_ask)))


def own_path(actor: Actor, project: UUID, on: date) -> ProjectPath:
    """The path of a project whose community the actor speaks for. Raises `NotFound` for any other."""
    path = project_path(project)
    if not communities_of(actor, on).filter(pk=path.community).exists():
        raise NotFound("ไม่พบโครงการนี้ในชุมชนของท่าน", "Your community has no such project.")
    return path
