"""What the year of a district asks of somebody: every kind of waiting thing in one statement."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import (
    CharField,
    Count,
    DateField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast

from lakthan.apps.communities.selectors import seats_of
from lakthan.apps.people.models import UnitCode
from lakthan.apps.people.selectors import in_force
from lakthan.apps.planning.deciding import ASKED, with_currency
from lakthan.apps.planning.models import (
    ActionPlan,
    CommunityProject,
    DecisionNotice,
    Decline,
    Inclusion,
    Meeting,
    MeetingPostponement,
    PlanProposal,
    Reconsideration,
    WorkConfirmation,
    WorkProgress,
)
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.after_decision import Declined, answer_due, asking_refusal, last_day_to_ask
from lakthan.rules.permissions import PERMISSIONS, Action, Actor, Scope


class Wait(StrEnum):
    """What somebody is asked for, most urgent first."""

    PLAN_RETURNED = "plan-returned"
    """A community mends its plan."""
    WORK_DONE = "work-done"
    """A community says whether the work is done."""
    MAY_ASK = "may-ask"
    """A community can ask for another look at a decline."""
    PLAN_DRAFT = "plan-draft"
    PLAN_SENT = "plan-sent"
    """The district confirms or returns a plan."""
    ANOTHER_LOOK = "another-look"
    WORK_MISSING = "work-missing"
    """A community said that something is missing: the district sees to it and reports the work again."""
    MEETING_OVERDUE = "meeting-overdue"
    """The day of a meeting has passed, and nobody said what became of it."""
    UNDECIDED = "undecided"
    TO_CONFIRM = "to-confirm"
    """The director confirms the list of an action plan."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits. What a kind has nothing to say about is empty, or None."""

    wait: Wait
    of: UUID
    """The record whose page it is done on; of the district where it is many."""
    unit_code: str
    unit_th: str
    unit_en: str
    community_code: str
    community: str
    name: str
    """Of the project or the meeting."""
    note: str
    """What a returned plan, or work, is to be mended for."""
    fiscal_year: int | None
    number: int | None
    """How many projects."""
    day: date | None
    """Since when it waits; of an overdue meeting its day."""
    due_on: date | None = None


Rows = QuerySet[Any, Any]
Part = Callable[[Actor, date], Iterator[Rows]]
TEXTS = ("unit_code", "unit_th", "unit_en", "community_code", "community", "name", "note")


class _Length(Func):
    """How many members an array of JSON has."""

    function = "jsonb_array_length"
    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """SQLite names it otherwise."""
        return self.as_sql(compiler, connection, function="json_array_length", **more)


def waiting(actor: Actor, today: date) -> tuple[Waiting, ...]:
    """All that waits for the actor in districts and communities, most urgent first in each kind; one statement at most.

    There is no statement at all for whoever has no part in the year of a district.
    """
    parts = [rows for part in PARTS for rows in part(actor, today)]
    if not parts:
        return ()
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    found = map(_waiting, rows)
    return tuple(sorted((each for each in found if _is_timely(each, today)), key=_urgency))


def _waiting(row: tuple[Any, ...]) -> Waiting:
    kind, *values = row
    found = Waiting(WAITS[kind], *values)
    match found.wait:
        case Wait.ANOTHER_LOOK if found.day is not None:
            return replace(found, due_on=answer_due(found.day))
        case Wait.MAY_ASK:
            return replace(found, due_on=last_day_to_ask(found.day))
        case _:
            return found


def _is_timely(found: Waiting, today: date) -> bool:
    """Whether another look can still be asked for; the table holds no decline that was asked about already."""
    return found.wait is not Wait.MAY_ASK or asking_refusal(Declined(today, told_on=found.day), today) is None


def _urgency(found: Waiting) -> tuple[object, ...]:
    return (WAITS.index(found.wait), found.due_on or found.day or date.max, found.community_code, found.name)


def _own(actor: Actor, action: Action) -> list[UUID]:
    """The units in whose own matters the actor does this."""
    scopes = PERMISSIONS[action]
    return sorted({UUID(held.unit) for held in actor.held if held.unit and scopes.get(held.role) is Scope.OWN_UNIT})


def _row(rows: Rows, wait: Wait, **columns: Any) -> Rows:
    """A part of the union. Every part says its type of each column, so that an empty one has one too."""
    texts = {"unit_th": F("unit__name_th"), "unit_en": F("unit__name_en")} | columns
    return rows.order_by().values_list(
        Value(WAITS.index(wait), output_field=IntegerField()),
        columns["of"],
        *(Cast(texts[name], TextField()) if name in texts else Value("", output_field=TextField()) for name in TEXTS),
        Cast(columns.get("fiscal_year", Value(None)), IntegerField()),
        Cast(columns.get("number", Value(None)), IntegerField()),
        Cast(columns.get("day", Value(None)), DateField()),
    )


def _code(on: date, unit: str = "unit") -> Subquery:
    codes = UnitCode.objects.filter(in_force(on), unit=OuterRef(unit), scheme=UnitCode.Scheme.BMA4)
    return Subquery(codes.order_by("-valid_from").values("code")[:1], output_field=CharField())


def _of_community(path: str) -> Mapping[str, Any]:
    return {"community_code": F(f"{path}__code"), "community": F(f"{path}__name")}


def _of_project(path: str) -> Mapping[str, Any]:
    return {"of": F(path), "name": F(f"{path}__name"), **_of_community(f"{path}__plan__community")}


def _proposals(actor: Actor, today: date) -> Iterator[Rows]:
    """Plans in preparation: sent ones for who confirms them, own drafts and returned ones for a community."""
    State = PlanProposal.State  # noqa: N806 - a class
    about = {"of": F("pk"), "number": _Length("projects"), **_of_community("community")}
    own = seats_of(actor, today).values("community")
    speaks = _own(actor, Action.SPEAK_FOR_COMMUNITY)
    if units := _own(actor, Action.KEEP_PLANS):
        sent = PlanProposal.objects.filter(unit__in=units, state=State.SENT)
        yield _row(sent.exclude(community__in=own) if speaks else sent, Wait.PLAN_SENT, day=F("sent_on"), **about)
    if speaks:
        mine = PlanProposal.objects.filter(unit__in=speaks, community__in=own)
        yield _row(mine.filter(state=State.DRAFT), Wait.PLAN_DRAFT, **about)
        returned = {"day": F("answered_on"), "note": F("return_reason")}
        yield _row(mine.filter(state=State.RETURNED), Wait.PLAN_RETURNED, **returned, **about)


def _own_projects(actor: Actor, today: date) -> Iterator[Rows]:
    """What the community of the actor can say of decided projects."""
    units = _own(actor, Action.SPEAK_FOR_COMMUNITY)
    if not units:
        return
    mine = {"unit__in": units, "project__plan__community__in": seats_of(actor, today).values("community")}
    about = {"fiscal_year": F("fiscal_year"), **_of_project("project")}
    last = WorkProgress.objects.filter(inclusion=OuterRef("pk")).order_by("-effective_on", "-recorded_at", "-pk")
    confirmed = WorkConfirmation.objects.filter(inclusion=OuterRef("pk"), is_done=True)
    missing = _unanswered_words().filter(inclusion=OuterRef("pk"))
    done = Inclusion.objects.filter(~Exists(confirmed), ~Exists(missing), **mine)
    done = done.annotate(
        work=Subquery(last.values("state")[:1]),
        done_on=Subquery(last.values("effective_on")[:1], output_field=DateField()),
    ).filter(work=WorkProgress.State.DONE)
    yield _row(done, Wait.WORK_DONE, day=F("done_on"), **about)
    unsure = (DecisionNotice.Outcome.REFUSED, DecisionNotice.Outcome.CLAIMED)
    told = DecisionNotice.objects.filter(decline=OuterRef("pk")).exclude(outcome__in=unsure).order_by("-effective_on")
    asked = Reconsideration.objects.filter(decline=OuterRef("pk"))
    declined = Decline.objects.filter(~Exists(asked), ended_on=None, **mine)
    told_on = Subquery(told.values("effective_on")[:1], output_field=DateField())
    yield _row(declined, Wait.MAY_ASK, day=told_on, note=F("reason"), **about)


def _decisions(actor: Actor, today: date) -> Iterator[Rows]:
    """Requests for another look, and projects without a decision."""
    units = _own(actor, Action.DECIDE_INCLUSION)
    if not units:
        return
    asked = Reconsideration.objects.filter(unit__in=units, answered_on=None, decline__ended_on=None)
    year = FiscalYear.of(today)
    about = {"fiscal_year": F("decline__fiscal_year"), **_of_project("decline__project")}
    yield _row(asked, Wait.ANOTHER_LOOK, day=F("effective_on"), **about)
    yield _undecided(units, year, today)
    opened = ActionPlan.objects.filter(unit=OuterRef("unit"), fiscal_year=(year + 1).be)
    yield _undecided(units, year + 1, today, Exists(opened))


def _undecided(units: list[UUID], year: FiscalYear, today: date, only: Exists | None = None) -> Rows:
    """Projects of the decision table of a year about which nothing holds, counted by district."""
    of_year = {"project": OuterRef("pk"), "fiscal_year": year.be}
    decisions = Inclusion.objects.filter(**of_year), Decline.objects.filter(**of_year)
    standing = [Exists(rows.filter(ended_on=None)) for rows in decisions]
    once = Exists(decisions[0]) | Exists(decisions[1])
    rows = with_currency(CommunityProject.objects.filter(unit__in=units), today).filter(ASKED | once)
    rows = rows.filter(~standing[0], ~standing[1], *([only] if only else [])).order_by()
    return _district_row(
        rows.values("unit").annotate(count=Count("pk")), Wait.UNDECIDED, today, fiscal_year=Value(year.be)
    )


def _district_row(counted: Rows, wait: Wait, today: date, **more: Any) -> Rows:
    return _row(counted, wait, of=F("unit"), unit_code=_code(today), number=F("count"), **more)


def _unanswered_words() -> QuerySet[WorkConfirmation]:
    """Words of communities that something is missing which no report followed (`after_decision.item_with`)."""
    later = Q(effective_on__gt=OuterRef("effective_on"))
    later |= Q(effective_on=OuterRef("effective_on"), recorded_at__gt=OuterRef("recorded_at"))
    of_item = Q(inclusion=OuterRef("inclusion"))
    reported = WorkProgress.objects.filter(of_item, later)
    said = WorkConfirmation.objects.filter(of_item, Q(is_done=True) | later)
    return WorkConfirmation.objects.filter(~Exists(reported), ~Exists(said), is_done=False)


def _missing(actor: Actor, _: date) -> Iterator[Rows]:
    """Work that is to be seen to and reported again."""
    if units := _own(actor, Action.REPORT_WORK):
        words = _unanswered_words().filter(unit__in=units, inclusion__ended_on=None)
        about = {"fiscal_year": F("inclusion__fiscal_year"), **_of_project("inclusion__project")}
        yield _row(words, Wait.WORK_MISSING, day=F("effective_on"), note=F("note"), **about)


def _lists(actor: Actor, today: date) -> Iterator[Rows]:
    """Lists of action plans with inclusions that the director has not confirmed, of this year on."""
    if units := _own(actor, Action.CONFIRM_ACTION_PLAN):
        included = Inclusion.objects.filter(action_plan=OuterRef("pk"), ended_on=None).order_by()
        count = Subquery(included.values("action_plan").annotate(count=Count("pk")).values("count"))
        year = FiscalYear.of(today).be
        plans = ActionPlan.objects.filter(Exists(included), unit__in=units, fiscal_year__gte=year, confirmations=None)
        about = {"unit_code": _code(today), "fiscal_year": F("fiscal_year"), "number": count}
        yield _row(plans, Wait.TO_CONFIRM, of=F("unit"), **about)


def _meetings(actor: Actor, today: date) -> Iterator[Rows]:
    """Meetings whose day has passed: neither held nor cancelled, nor put off without another day."""
    if units := _own(actor, Action.KEEP_MEETINGS):
        put_off = MeetingPostponement.objects.filter(meeting=OuterRef("pk")).order_by("-effective_on", "-pk")
        rows = Meeting.objects.filter(unit__in=units, scheduled_on__lt=today, held_on=None, cancelled_on=None)
        rows = rows.annotate(put_off_to=Subquery(put_off.values("postponed_to")[:1], output_field=DateField()))
        rows = rows.filter(~Exists(put_off) | Q(put_off_to__isnull=False))
        about = {"of": F("pk"), "name": F("title"), "day": F("scheduled_on"), **_of_community("community")}
        yield _row(rows, Wait.MEETING_OVERDUE, **about)


WAITS = tuple(Wait)
PARTS: tuple[Part, ...] = (_proposals, _own_projects, _decisions, _missing, _lists, _meetings)
