"""Community plans with their projects as a table: a row is a project; a plan without projects is a row with none."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from lakthan.apps.communities.models import Community
from lakthan.apps.planning.models import CommunityPlan, CommunityProject
from lakthan.apps.planning.services.mending import mend_project, mend_validity
from lakthan.apps.planning.services.plans import NewProject, adopt_plan, propose_projects
from lakthan.core.dates import format_date
from lakthan.core.errors import UserError
from lakthan.core.thai import fold
from lakthan.exchange.kinds.districts import Districts
from lakthan.exchange.kinds.known_communities import COMMUNITY_COLUMNS, KnownCommunities
from lakthan.exchange.sheets import cells
from lakthan.exchange.sheets.cells import Value
from lakthan.exchange.sheets.kinds import (
    Asked,
    Column,
    Kind,
    Line,
    Matching,
    Record,
    Seen,
    Verdict,
    changes,
    refused_by,
    twice,
)
from lakthan.exchange.sheets.writing import BUDDHIST_DAY, MONEY
from lakthan.rules.permissions import Action, Actor

FIELDS: Mapping[str, tuple[str, str]] = {
    "physical": ("กายภาพและสิ่งแวดล้อม", "physical, environment"),
    "economy": ("เศรษฐกิจ", "economy"),
    "society": ("สังคม", "society"),
    "health": ("สุขภาพ", "health"),
    "mind": ("จิตใจ", "mind"),
}
WAYS: Mapping[str, tuple[str, str]] = {
    "itself": ("ชุมชนทำเอง", "the community itself"),
    "with-support": ("ชุมชนทำโดยขอรับการสนับสนุน", "with support"),
    "by-district": ("ขอให้เขตดำเนินการ", "by the district"),
}
OF_PROJECT = ("name", "field", "way", "problem", "aim", "estimate", "priority")
COLUMNS = (
    *COMMUNITY_COLUMNS,
    Column(
        "adopted_on",
        "วันที่รับรองแผน",
        "Adopted on",
        cells.day,
        "วันที่ชุมชนรับรองแผน เช่น 15 ม.ค. 2563",
        "The day on which the community adopted the plan.",
        must_hold=True,
        is_fixed=True,
        number_format=BUDDHIST_DAY,
    ),
    Column(
        "valid_until",
        "ใช้ถึงวันที่",
        "Valid until",
        cells.day,
        "วันสุดท้ายของแผน ต้องกรอกเมื่อเป็นแผนใหม่ แก้ในแถวเดียวก็แก้ทั้งแผน",
        "The last day of the plan; needed for a new plan. Corrected in one row, it is corrected for the plan.",
        number_format=BUDDHIST_DAY,
    ),
    Column(
        "number",
        "ลำดับโครงการ",
        "Project number",
        cells.whole(1, 9999),
        "ระบบออกให้ เว้นว่างเมื่อเพิ่มโครงการ",
        "Given by the system; leave it empty for a new project.",
        width=10,
        is_fixed=True,
    ),
    Column(
        "name",
        "ชื่อโครงการ",
        "Project",
        cells.text(),
        "ชื่อโครงการ เว้นว่างทั้งโครงการได้หากแผนไม่มีโครงการ",
        "The project's name; empty where the plan has no project.",
        width=44,
        number_format="@",
    ),
    Column(
        "field",
        "ด้าน",
        "Field",
        cells.choice(FIELDS),
        "เลือกจากรายการ",
        "Choose from the list.",
        width=22,
        names=FIELDS,
    ),
    Column(
        "way",
        "วิธีดำเนินการ",
        "How it is done",
        cells.choice(WAYS),
        "เลือกจากรายการ",
        "Choose from the list.",
        width=26,
        names=WAYS,
    ),
    Column(
        "problem",
        "ปัญหา",
        "Problem",
        cells.text(),
        "ปัญหาที่ต้องการแก้",
        "The problem that it is to solve.",
        width=36,
        must_stand=False,
        number_format="@",
    ),
    Column(
        "aim",
        "วัตถุประสงค์",
        "Aim",
        cells.text(),
        "สิ่งที่ต้องการให้เกิด",
        "What it is to bring about.",
        width=36,
        must_stand=False,
        number_format="@",
    ),
    Column(
        "estimate",
        "วงเงินประมาณการ",
        "Estimate (baht)",
        cells.money,
        "บาท เว้นว่างหรือ - หากยังไม่ประมาณการ (ไม่ใช่ 0)",
        "Baht; empty or - where there is none, which is not zero.",
        must_stand=False,
        number_format=MONEY,
    ),
    Column(
        "priority",
        "ลำดับความสำคัญ",
        "Priority",
        cells.whole(1, 999),
        "1 คือสำคัญที่สุด",
        "1 is the most important.",
        width=10,
        must_stand=False,
    ),
)


def _today(actor: Actor, asked: Asked) -> Iterator[Mapping[str, Value]]:
    districts = Districts(actor, Action.KEEP_PLANS, asked.today)
    for unit in districts.asked(asked.district):
        plans = CommunityPlan.objects.filter(unit=unit, effective_on__lte=asked.fiscal_year.last_day)
        plans = plans.filter(valid_until__gte=asked.fiscal_year.first_day).select_related("community")
        for plan in plans.order_by("community__code", "effective_on").prefetch_related("projects").iterator(200):
            of_plan: dict[str, Value] = {
                "community_code": plan.community.code,
                "community": plan.community.name,
                "adopted_on": plan.effective_on,
                "valid_until": plan.valid_until,
            }
            projects = sorted(plan.projects.all(), key=lambda project: project.number)
            for project in projects:
                yield {**of_plan, "number": project.number, **_values(project)}
            if not projects:
                yield of_plan


def _values(project: CommunityProject) -> dict[str, Value]:
    return {key: getattr(project, key) or None if key != "estimate" else project.estimate for key in OF_PROJECT}


def _match(matching: Matching) -> Iterator[Line]:
    """Rows of one plan belong together: a new plan is adopted with all of its projects."""
    known = KnownCommunities(matching.actor, Action.KEEP_PLANS)
    groups: dict[tuple[Community, date], list[Record]] = defaultdict(list)
    for record in matching.records:
        try:
            community = known.find(record)
            _refuse_half(record)
        except UserError as error:
            yield refused_by(record, "community_code", error)
            continue
        groups[community, record.values["adopted_on"]].append(record)  # type: ignore[index]
    stored = _stored({community.pk for community, _ in groups})
    for (community, adopted_on), group in groups.items():
        plan = stored.get((community.pk, adopted_on))
        if plan is None:
            yield from _new_plan(matching, community, adopted_on, group)
        else:
            yield from _known_plan(matching, plan, group)


def _stored(communities: set[object]) -> dict[tuple[object, date], CommunityPlan]:
    found = CommunityPlan.objects.select_related("community").prefetch_related("projects")
    return {(plan.community_id, plan.effective_on): plan for plan in found if plan.community_id in communities}


def _refuse_half(record: Record) -> None:
    """A project has name, field and way, or the row has none of it."""
    if record.get("name") is None and any(record.get(key) is not None for key in (*OF_PROJECT, "number")):
        raise UserError("ไม่มีชื่อโครงการ กรุณากรอก", "The project's name is missing; fill it in.")
    if record.get("name") is not None and (record.get("field") is None or record.get("way") is None):
        raise UserError("เลือกด้านและวิธีดำเนินการของโครงการ", "Choose the project's field and how it is done.")


def _project(record: Record, before: CommunityProject | None = None) -> NewProject:
    """A project as the row says; what has no column in the file stays as it is."""
    says = record.over({} if before is None else _values(before))
    return NewProject(
        says.words("name"),
        CommunityProject.Field(says.words("field")),
        CommunityProject.Way(says.words("way")),
        says.words("problem"),
        says.words("aim"),
        says.amount("estimate"),
        says.whole("priority"),
    )


def _new_plan(matching: Matching, community: Community, adopted_on: date, group: Sequence[Record]) -> Iterator[Line]:
    seen, taken = Seen(), []
    valid = next((record.get("valid_until") for record in group if record.get("valid_until")), None)
    for record in group:
        about = _about(community, record)
        first = seen.earlier(fold(record.words("name")), record.row)
        if record.get("number") is not None:
            error = UserError(
                f"ยังไม่มีแผนที่รับรองเมื่อ {format_date(adopted_on)} ตรวจวันที่ หรือเว้นลำดับโครงการว่างหากเป็นแผนใหม่",
                f"There is no plan adopted on {adopted_on}; check the day, or leave the number empty for a new plan.",
            )
            yield refused_by(record, "adopted_on", error, about)
        elif valid is None or record.get("valid_until") not in (None, valid):
            error = UserError(
                "แผนใหม่ต้องมีวันสุดท้ายวันเดียว กรอกวันเดียวกันทุกแถวของแผน",
                "A new plan needs one last day; fill the same day into all of its rows.",
            )
            yield refused_by(record, "valid_until", error, about)
        elif first is not None:
            yield twice(record, "name", first, about)
        else:
            taken.append(record)

    def adopt() -> None:
        adopt_plan(
            actor=matching.actor,
            community=community,
            effective_on=adopted_on,
            valid_until=valid,  # type: ignore[arg-type]
            projects=[_project(record) for record in taken if record.get("name")],
            now=matching.now,
        )

    yield from _added(community, taken, adopt)


def _known_plan(matching: Matching, plan: CommunityPlan, group: Sequence[Record]) -> Iterator[Line]:
    by_number = {project.number: project for project in plan.projects.all()}
    by_name = {fold(project.name): project for project in by_number.values()}
    last_day, seen, new = _LastDay(plan), Seen(), []
    for record in group:
        about, number = _about(plan.community, record), record.whole("number")
        project = by_name.get(fold(record.words("name"))) if number is None else by_number.get(number)
        is_new = project is None and record.get("name") is not None
        if number is not None and project is None:
            yield refused_by(record, "number", _no_number(number), about)
        elif (error := last_day.refusal(record, is_new=is_new)) is not None:
            yield refused_by(record, "valid_until", error, about)
        elif (first := seen.earlier(project.pk if project else fold(record.words("name")), record.row)) is not None:
            yield twice(record, "name", first, about)
        elif is_new:
            new.append(record)
        else:
            yield _known(matching, record, plan, project, about)

    def propose() -> None:
        projects = [_project(record) for record in new]
        propose_projects(actor=matching.actor, plan=plan, projects=projects, now=matching.now)

    yield from _added(plan.community, new, propose)


class _LastDay:
    """The last day of a known plan, which rows of it may say anew, all of them the same."""

    def __init__(self, plan: CommunityPlan) -> None:
        self._stored = plan.valid_until
        self._said: tuple[Value, int] | None = None

    def refusal(self, record: Record, *, is_new: bool) -> UserError | None:
        """Why the row cannot say this of its plan; None where it can."""
        day = record.get("valid_until")
        if day in (None, self._stored) or (self._said is not None and day == self._said[0]):
            return None
        if self._said is not None:
            return UserError(
                f"แถว {self._said[1]} ของแผนเดียวกันบอกวันสุดท้ายอีกวันหนึ่ง ให้ตรงกัน",
                f"Row {self._said[1]} of the same plan gives another last day; make them the same.",
            )
        if is_new:
            return UserError(
                f"แผนนี้ใช้ถึง {format_date(self._stored)} หากจะแก้อายุแผน ให้แก้ในแถวของโครงการที่มีอยู่แล้ว",
                f"The plan is valid until {format_date(self._stored, 'en')}; to correct that, change it in a row of a "
                "project that is there already.",
            )
        self._said = day, record.row
        return None


def _no_number(number: int) -> UserError:
    return UserError(
        f"แผนนี้ไม่มีโครงการลำดับ {number} เว้นว่างหากเป็นโครงการใหม่",
        f"The plan has no project {number}; leave the number of a new one empty.",
    )


def _known(
    matching: Matching, record: Record, plan: CommunityPlan, project: CommunityProject | None, about: str
) -> Line:
    """A row of a project that is there, or of a plan without one."""
    day = record.day("valid_until")
    of_plan = changes(record, {"valid_until": plan.valid_until}, ("valid_until",)) if day else ()
    of_project = () if project is None else changes(record, _values(project), OF_PROJECT)
    if not of_plan and not of_project:
        return Line(record.row, Verdict.UNCHANGED, about)

    def mend() -> None:
        if of_plan and day is not None:
            mend_validity(actor=matching.actor, plan=plan, valid_until=day, now=matching.now)
        if of_project and project is not None:
            mend_project(actor=matching.actor, project=project, new=_project(record, project), now=matching.now)

    return Line(record.row, Verdict.CHANGED, about, (*of_plan, *of_project), mend, together=plan.community_id)


def _added(community: Community, records: Sequence[Record], act: Callable[[], None]) -> Iterator[Line]:
    """Rows that one act adds together."""
    for place, record in enumerate(records):
        yield Line(
            record.row,
            Verdict.CREATED,
            _about(community, record),
            act=act if place == 0 else None,
            together=community.pk,
        )


def _about(community: Community, record: Record) -> str:
    return f"{community.name}: {record.words('name')}" if record.get("name") else community.name


PLANS = Kind(
    "plans",
    "แผนและโครงการชุมชน",
    "Community plans with projects",
    Action.KEEP_PLANS,
    COLUMNS,
    _today,
    _match,
    "หนึ่งแถวคือหนึ่งโครงการของแผนพัฒนาชุมชน เพิ่มแถวเพื่อเพิ่มโครงการหรือแผนใหม่ แถวที่ลบออกไม่ลบโครงการ",
    "A row is a project of a community plan. Add rows for new ones. A row that is taken out deletes nothing.",
)
