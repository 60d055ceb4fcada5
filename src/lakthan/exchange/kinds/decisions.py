"""What a district decides about projects for its action plan, as a table: a row is a project and a fiscal year."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from lakthan.apps.communities.models import Community
from lakthan.apps.planning.models import ActionPlan, ActionPlanConfirmation, CommunityProject, Decline, Inclusion
from lakthan.core.dates import format_date
from lakthan.core.errors import UserError
from lakthan.exchange.kinds.decision_batches import Batches, choice_of
from lakthan.exchange.kinds.decision_columns import COLUMNS, DECLINED, INCLUDED
from lakthan.exchange.kinds.districts import Districts
from lakthan.exchange.kinds.known_communities import KnownCommunities
from lakthan.exchange.sheets.cells import Value
from lakthan.exchange.sheets.kinds import Asked, Kind, Line, Matching, Record, Seen, Verdict, changes, refused_by, twice
from lakthan.rules.permissions import Action, Actor

OF_INCLUSION, OF_DECLINE = ("item_number", "item_name", "budget"), ("reason_code", "reason")
GIVEN_ONCE = ("decided_on", "document")
"""What a decision is made with; a correction has its own."""
Items = dict[tuple[object, ...], tuple[int, object]]
"""District, fiscal year, item -> the first row that names it, and what that says of it."""
Key = tuple[UUID, int]
"""Project and fiscal year."""


def _today(actor: Actor, asked: Asked) -> Iterator[Mapping[str, Value]]:
    """Every project whose plan is current in the fiscal year, with the decisions about it that stand."""
    districts, year = Districts(actor, Action.DECIDE_INCLUSION, asked.today), asked.fiscal_year
    for unit in districts.asked(asked.district):
        projects = CommunityProject.objects.filter(
            unit=unit, plan__effective_on__lte=year.last_day, plan__valid_until__gte=year.first_day
        ).select_related("plan__community")
        decided = (
            _standing(Inclusion, unit=unit, fiscal_year=year.be),
            _standing(Decline, unit=unit, fiscal_year=year.be),
        )
        listed = list(projects.order_by("plan__community__code", "plan__effective_on", "number"))
        others = {project for decisions in decided for project, _ in decisions} - {project.pk for project in listed}
        listed += CommunityProject.objects.filter(pk__in=others).select_related("plan__community")
        for project in listed:
            rows = [_values(row) for decisions in decided for row in decisions.get((project.pk, year.be), ())]
            for row in rows or [{}]:
                yield {**_of_project(project, year.be), **row}


def _of_project(project: CommunityProject, fiscal_year: int) -> dict[str, Value]:
    return {
        "fiscal_year": fiscal_year,
        "community_code": project.plan.community.code,
        "community": project.plan.community.name,
        "adopted_on": project.plan.effective_on,
        "number": project.number,
        "name": project.name,
        "estimate": project.estimate,
    }


def _values(row: Inclusion | Decline) -> dict[str, Value]:
    common: dict[str, Value] = {"decided_on": row.effective_on, "document": row.document, "correction": row.correction}
    if isinstance(row, Inclusion):
        item = {"item_number": row.item_number, "item_name": row.name, "budget": row.budget}
        return {"decision": INCLUDED, **item, **common}
    return {"decision": DECLINED, "reason_code": row.reason_code, "reason": row.reason, **common}


def _standing(model: Any, **which: object) -> dict[Key, list[Any]]:
    """The decisions that were not withdrawn, by project and fiscal year."""
    found: dict[Key, list[Any]] = defaultdict(list)
    rows = model.objects.filter(ended_on__isnull=True, **which).select_related("action_plan", "project")
    for row in rows.order_by("effective_on", "recorded_at"):
        found[row.project_id, row.fiscal_year].append(row)
    return found


@dataclass(frozen=True, slots=True)
class _Decided:
    """The projects, plans and decisions that rows are matched against."""

    projects: Mapping[tuple[object, ...], CommunityProject]
    action_plans: Mapping[tuple[UUID, int], ActionPlan]
    confirmed: frozenset[UUID]
    """Action plans whose list the director confirmed."""
    inclusions: Mapping[Key, list[Inclusion]]
    declines: Mapping[Key, list[Decline]]


def _match(matching: Matching) -> Iterator[Line]:
    known, seen = KnownCommunities(matching.actor, Action.DECIDE_INCLUSION), Seen()
    named: list[tuple[Record, Community]] = []
    for record in matching.records:
        try:
            named.append((record, known.find(record)))
        except UserError as error:
            yield refused_by(record, "community_code", error)
    items: Items = {}
    batches = Batches(matching)
    decided = _read({community.unit_id for _, community in named})
    for record, community in named:
        project = decided.projects.get((community.pk, record.get("adopted_on"), record.get("number")))
        if project is None:
            yield refused_by(record, "number", _no_project(record, community), community.name)
            continue
        about = f"{community.name}: {project.name}"
        key = (project.pk, record.get("fiscal_year"), record.get("item_number") if _is(record, INCLUDED) else None)
        first = seen.earlier(key, record.row)
        if first is None and (other := _other_item(record, project.unit_id, items)):
            yield refused_by(record, "item_number", other, about)
            continue
        yield twice(record, "number", first, about) if first else _line(batches, record, project, decided, about)


def _read(units: set[UUID]) -> _Decided:
    projects = CommunityProject.objects.filter(unit__in=units).select_related("plan")
    plans = ActionPlan.objects.filter(unit__in=units)
    return _Decided(
        {(row.plan.community_id, row.plan.effective_on, row.number): row for row in projects},
        {(row.unit_id, row.fiscal_year): row for row in plans},
        frozenset(ActionPlanConfirmation.objects.filter(unit__in=units).values_list("action_plan", flat=True)),
        _standing(Inclusion, unit__in=units),
        _standing(Decline, unit__in=units),
    )


def _is(record: Record, decision: str) -> bool:
    return record.get("decision") == decision


def _other_item(record: Record, unit: UUID, items: Items) -> UserError | None:
    """Rows of one item say the same of it: name and budget are the item's (docs/decisions)."""
    if not _is(record, INCLUDED) or record.whole("item_number") is None:
        return None
    says = record.get("item_name"), record.get("budget")
    row, there = items.setdefault((unit, record.get("fiscal_year"), record.get("item_number")), (record.row, says))
    if says == there:
        return None
    return UserError(
        f"ลำดับในแผนเดียวกับแถว {row} แต่ชื่อหรืองบประมาณต่างกัน ให้ตรงกัน",
        f"It is the same item as row {row} with another name or budget; make them the same.",
    )


def _no_project(record: Record, community: Community) -> UserError:
    day = record.get("adopted_on")
    shown = format_date(day) if isinstance(day, date) else ""
    return UserError(
        f"แผนของ{community.name}ที่รับรองเมื่อ {shown} ไม่มีโครงการลำดับ {record.get('number')} ตรวจวันที่และลำดับ",
        f"The plan of {community.name} adopted on {day} has no project {record.get('number')}; check day and number.",
    )


def _line(batches: Batches, record: Record, project: CommunityProject, decided: _Decided, about: str) -> Line:
    year = record.get("fiscal_year")
    key: Key = (project.pk, year)  # type: ignore[assignment]
    stands: list[Inclusion | Decline] = [*decided.inclusions.get(key, ()), *decided.declines.get(key, ())]
    if record.get("decision") is None:
        return _undecided(record, stands, about)
    try:
        found = _own(record, stands)
        if found is not None:
            becomes_other = isinstance(found, Inclusion) != _is(record, INCLUDED)
            is_correction = becomes_other or found.action_plan_id in decided.confirmed
            return (_corrected if is_correction else _known)(batches, record, found, about)
        action_plan = decided.action_plans.get((project.unit_id, year))  # type: ignore[arg-type]
        if action_plan is None:
            return refused_by(record, "fiscal_year", _no_action_plan(year), about)
        _refuse_incomplete(record)
    except UserError as error:
        return refused_by(record, "decision", error, about)
    act = batches.choose(record.row, action_plan, choice_of(record, project))
    return Line(record.row, Verdict.CREATED, about, act=act, together=action_plan.pk)


def _no_action_plan(year: Value) -> UserError:
    """It is opened with a day and a document that no row of a file holds."""
    return UserError(
        f"เขตยังไม่ได้เปิดแผนปฏิบัติราชการประจำปี {year} ตรวจปี หรือเปิดแผนที่หน้าพิจารณาบรรจุโครงการก่อน แล้วส่งไฟล์ใหม่",
        f"The district has not opened its action plan of {year}; check the year, or open the plan on the page of "
        "decisions, and send the file again.",
    )


def _undecided(record: Record, stands: list[Inclusion | Decline], about: str) -> Line:
    """An empty decision says nothing; it does not take one back."""
    if stands:
        error = UserError(
            "มีมติไว้แล้ว ถอนมติที่หน้าพิจารณาบรรจุโครงการ ไม่ใช่ด้วยการลบในไฟล์",
            "A decision stands; withdraw it on the page of decisions, not by an empty cell.",
        )
        return refused_by(record, "decision", error, about)
    return Line(record.row, Verdict.UNCHANGED, about)


def _own(record: Record, stands: list[Inclusion | Decline]) -> Inclusion | Decline | None:
    """The decision that a row is about; None for a new one.

    A project that stands as one item is that item, whatever number the row gives; one that was split is told by it.
    The other decision can be the row's where it says why it is corrected.
    """
    kinds = {isinstance(row, Inclusion) for row in stands}
    if kinds and kinds != {_is(record, INCLUDED)} and (len(stands) > 1 or not record.words("correction")):
        raise UserError(
            "มีมติอีกแบบไว้แล้ว กรอกเหตุผลที่แก้ไข วันที่ และเลขที่หนังสือของมติใหม่ หรือยกเลิกมติเดิมที่หน้าพิจารณาบรรจุโครงการ",
            "The other decision stands: write why it is corrected, with the day and document of the new one, "
            "or withdraw it on the page of decisions.",
        )
    if len(stands) == 1:
        return stands[0]
    by_item = [row for row in stands if isinstance(row, Inclusion) and row.item_number == record.get("item_number")]
    return by_item[0] if by_item else None


def _known(batches: Batches, record: Record, row: Inclusion | Decline, about: str) -> Line:
    """A decision of a draft, which may be written differently."""
    before = _values(row)
    if changes(record, before, GIVEN_ONCE):
        raise UserError(
            "วันที่และเลขที่หนังสือของมติเดิมแก้ด้วยไฟล์ไม่ได้ ถอนมติแล้วบันทึกใหม่",
            "The day and document of a decision cannot be changed by a file; withdraw it and decide anew.",
        )
    record = _named(record, row)
    found = changes(record, before, OF_INCLUSION if isinstance(row, Inclusion) else OF_DECLINE)
    if not found:
        return Line(record.row, Verdict.UNCHANGED, about)
    _refuse_incomplete(record)
    act = batches.mend(record.over(before), row)
    return Line(record.row, Verdict.CHANGED, about, found, act, together=row.action_plan_id)


def _corrected(batches: Batches, record: Record, row: Inclusion | Decline, about: str) -> Line:
    """A decision of a confirmed list, or one that becomes the other: it ends, and what the row says is decided anew."""
    before, record = _values(row), _named(record, row)
    says = record.over(before)
    found = changes(record, before, ("decision", *(OF_INCLUSION if _is(record, INCLUDED) else OF_DECLINE)))
    made = changes(record, before, (*GIVEN_ONCE, "correction"))
    if not found and not changes(record, before, GIVEN_ONCE):
        return Line(record.row, Verdict.UNCHANGED, about)
    if not says.words("correction") or not changes(record, before, GIVEN_ONCE):
        raise UserError(
            "แก้ไขบัญชีที่ผู้อำนวยการเขตยืนยันแล้ว กรอกเหตุผลที่แก้ไข วันที่ และเลขที่หนังสือของการแก้ไข",
            "The list is confirmed: write why it is corrected, and the day and document of the correction.",
        )
    _refuse_incomplete(says)
    act = batches.choose(record.row, row.action_plan, choice_of(says, row.project, row))
    return Line(record.row, Verdict.CHANGED, about, (*found, *made), act, together=row.action_plan_id)


def _named(record: Record, row: Inclusion | Decline) -> Record:
    """The row with the community's name of an item where it leaves the name empty."""
    if isinstance(row, Inclusion) and record.get("item_name") is None and "item_name" in record.values:
        return Record(record.row, {**record.values, "item_name": row.project.name})
    return record


def _refuse_incomplete(record: Record) -> None:
    needed = OF_INCLUSION[:1] if _is(record, INCLUDED) else OF_DECLINE
    for key in (*needed, *GIVEN_ONCE):
        if record.get(key) is None:
            column = next(column for column in COLUMNS if column.key == key)
            raise UserError(f"ไม่มี{column.th} กรุณากรอก", f"{column.en} is missing; fill it in.")


DECISIONS = Kind(
    "decisions",
    "ผลพิจารณาบรรจุโครงการ",
    "Decisions on projects",
    Action.DECIDE_INCLUSION,
    COLUMNS,
    _today,
    _match,
    "หนึ่งแถวคือหนึ่งโครงการในปีงบประมาณ เลือก บรรจุ หรือ ไม่บรรจุ แถวที่เว้นผลพิจารณาว่างคือยังไม่พิจารณา",
    "A row is a project in a fiscal year. Choose to include or to decline; an empty decision is not decided yet.",
)
