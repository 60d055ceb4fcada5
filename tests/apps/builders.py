"""What a test needs before it begins, made by calling services: units, registers, plans, money, indicators.

Everything happens on `TODAY` unless a day is given; everything is the work of `ROOT`, who runs verbs on the server.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from lakthan.apps.budget.models import Disbursement, Transfer
from lakthan.apps.budget.services.lines import disburse
from lakthan.apps.budget.services.transfers import transfer_to_units
from lakthan.apps.communities.models import Committee, Community, CommunitySeat
from lakthan.apps.communities.services import (
    Holder,
    NewCommunity,
    give_seat,
    register_communities,
    seat_committee,
)
from lakthan.apps.evidence.models import Evidence
from lakthan.apps.evidence.services import store_evidence
from lakthan.apps.identifiers import new_id
from lakthan.apps.indicators.models import Assignment, Definition, Indicator, PlanNode, PlanVersion
from lakthan.apps.indicators.services import (
    Goal,
    Words,
    add_definition,
    add_plan_node,
    add_plan_version,
    assign,
    define_indicator,
)
from lakthan.apps.people.models import Unit, UnitCode, UnitGroup, User
from lakthan.apps.people.selectors import actor_of, operator
from lakthan.apps.people.services import register_group, register_unit, register_user
from lakthan.apps.planning.models import (
    ActionPlan,
    Activity,
    CommunityPlan,
    CommunityProject,
    DataRequestAnswer,
    Inclusion,
    Meeting,
    PlanProposal,
    Project,
)
from lakthan.apps.planning.proposal_content import digest_of
from lakthan.apps.planning.services.decisions import include_project, open_action_plan
from lakthan.apps.planning.services.meetings import schedule_meeting
from lakthan.apps.planning.services.plans import NewProject, adopt_plan
from lakthan.apps.planning.services.projects import open_project, plan_activity
from lakthan.apps.planning.services.proposals import begin_proposal, save_proposal, send_proposal
from lakthan.apps.planning.services.requests import request_data
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Actor, Held, Role
from lakthan.rules.plan_proposals import ProposalContent
from lakthan.rules.typed_projects import PLAN_FIELDS

TODAY = date(2020, 6, 1)
FOUNDED = date(2017, 10, 1)
YEAR = FiscalYear(2563)
ROOT = operator("tests")

SHARE: Mapping[str, object] = {
    "kind": "share",
    "population": {"of": "districts"},
    "matching": {"fact": "inclusion", "fiscal_years": [0, 1]},
}
PAIR: Mapping[str, object] = {"kind": "reported", "input": "pair", "roll_up": "sum-of-parts"}
VALUE: Mapping[str, object] = {"kind": "reported", "input": "value", "roll_up": "mean"}
STEPS: Mapping[str, object] = {
    "kind": "steps",
    "steps": [
        {"code": "1", "name_th": "อนุมัติ", "name_en": "Approved", "weight": "40"},
        {"code": "2", "name_th": "สรุปผล", "name_en": "Summarised", "weight": "60"},
    ],
}
WORDS = Words(("ชุมชน หมายถึง ชุมชนที่จดทะเบียน",), ("Community: a registered one.",), "วิธี", "Method", "ร้อยละ", "percent")


def moment(day: date = TODAY) -> datetime:
    """Ten in the morning of a day in Bangkok."""
    return datetime.combine(day, time(10), ZoneInfo("Asia/Bangkok"))


NOW = moment()


def somebody(role: Role, unit: Unit | None = None) -> Actor:
    """A person with one role, in a unit or in none."""
    return Actor(f"user:{new_id()}", (Held(role, "" if unit is None else str(unit.pk)),))


def unit(code: str = "5001", kind: Unit.Kind = Unit.Kind.DISTRICT, group: UnitGroup | None = None) -> Unit:
    """A unit with its four-digit code, valid from `FOUNDED`."""
    return register_unit(
        actor=ROOT,
        kind=kind,
        name_th=f"สำนักงานเขตตัวอย่าง {code}" if kind == Unit.Kind.DISTRICT else f"สำนักตัวอย่าง {code}",
        name_en=f"Sample {code}",
        codes={UnitCode.Scheme.BMA4: code},
        valid_from=FOUNDED,
        group=group,
        now=NOW,
    )


def bureau(code: str = "2100") -> Unit:
    """A bureau."""
    return unit(code, Unit.Kind.BUREAU)


def group(code: str = "north") -> UnitGroup:
    """A district group."""
    return register_group(actor=ROOT, code=code, name_th="กลุ่มตัวอย่าง", name_en="Sample group", now=NOW)


def user(login: str = "somchai") -> User:
    """A person who can act."""
    return register_user(
        actor=ROOT,
        login=login,
        name_th="สมชาย ใจดี",
        name_en="Somchai Jaidee",
        email=f"{login}@example.org",
        now=NOW,
    )


def community(home: Unit, name: str = "ชุมชนตัวอย่าง 1", on: date = FOUNDED) -> Community:
    """A registered community."""
    new = NewCommunity(name, Community.Type.URBAN, "แขวงตัวอย่าง")
    return register_communities(actor=ROOT, unit=home, communities=[new], effective_on=on, now=NOW)[0]


def committee(of: Community) -> Committee:
    """A committee with a named chair."""
    return seat_committee(
        actor=ROOT,
        community=of,
        effective_on=date(2019, 1, 1),
        term_ends_on=date(2020, 12, 31),
        houses=120,
        members=8,
        chair_name="มานี มีนา",
        chair_phone="02-555-0100",
        now=NOW,
    )


def seat(of: Community, login: str = "mana", on: date = date(2020, 1, 1)) -> CommunitySeat:
    """The seat of somebody who speaks for a community until its committee's term ends."""
    if not of.committees.exists():
        committee(of)
    return give_seat(actor=ROOT, community=of, holder=Holder(login, "มานะ รักดี"), valid_from=on, now=NOW)


def speaker(of: Community, login: str = "mana") -> Actor:
    """Somebody who speaks for a community on `TODAY`."""
    return actor_of(seat(of, login).user, TODAY)


def proposals(count: int) -> list[NewProject]:
    """Projects as a community proposes them."""
    field, way = CommunityProject.Field.PHYSICAL, CommunityProject.Way.BY_DISTRICT
    return [NewProject(f"โครงการตัวอย่าง {number}", field, way, estimate=Decimal(1000)) for number in range(1, count + 1)]


def plan(of: Community, on: date = date(2020, 1, 15), projects: int = 1) -> CommunityPlan:
    """A community plan with so many projects, valid to the end of the next calendar year."""
    return adopt_plan(
        actor=ROOT,
        community=of,
        effective_on=on,
        valid_until=date(on.year + 1, 12, 31),
        projects=proposals(projects),
        now=NOW,
    )


def typed_project(number: int = 1, **more: str) -> dict[str, str]:
    """A project as it is typed."""
    usual = {
        "name": f"โครงการที่พิมพ์ {number}",
        "problem": "น้ำท่วมขัง",
        "aim": "ระบายน้ำได้ทัน",
        "field": "physical",
        "way": "by-district",
        "estimate": "๑๒,๕๐๐",
        "priority": str(number),
    }
    return usual | more


def whole_plan(projects: int = 2, on: date = date(2020, 3, 2)) -> ProposalContent:
    """All that a plan needs to be sent."""
    return ProposalContent(
        fields=dict.fromkeys(PLAN_FIELDS, "มีปัญหาที่ต้องแก้ไข"),
        projects=tuple(typed_project(number) for number in range(1, projects + 1)),
        adopted_on=on,
        valid_until=date(on.year + 1, 12, 31),
        resolution="มติที่ประชุมครั้งที่ 2/2563 วาระที่ 3",
    )


def begun_proposal(of: Community, actor: Actor = ROOT) -> PlanProposal:
    """A plan in preparation in which nothing stands."""
    return begin_proposal(actor=actor, community=of, now=NOW)


def written_proposal(of: Community, actor: Actor = ROOT) -> PlanProposal:
    """A plan in preparation that can be sent."""
    row = begun_proposal(of, actor)
    return save_proposal(actor=actor, proposal=row, content=whole_plan(), seen=digest_of(row), now=NOW)


def sent_proposal(of: Community, actor: Actor = ROOT) -> PlanProposal:
    """A plan that waits for the district."""
    return send_proposal(actor=actor, proposal=written_proposal(of, actor), now=NOW)


def project(home: Unit, name: str = "ชุมชนตัวอย่าง 1") -> CommunityProject:
    """The one project of the plan of a new community."""
    return plan(community(home, name)).projects.get()


def action_plan(home: Unit, year: FiscalYear = YEAR) -> ActionPlan:
    """The annual action plan of a district."""
    return open_action_plan(
        actor=ROOT, unit=home, fiscal_year=year, effective_on=date(2019, 10, 1), document="คำสั่ง 1/2562", now=NOW
    )


def inclusion(of: CommunityProject, into: ActionPlan, item: int = 1, on: date = date(2020, 2, 10)) -> Inclusion:
    """The decision to take a project into an action plan."""
    return include_project(
        actor=ROOT,
        action_plan=into,
        project=of,
        item_number=item,
        effective_on=on,
        document="บันทึก 2/2563",
        now=NOW,
    )


def meeting(home: Unit, of: Community | None = None, on: date = date(2020, 2, 3)) -> Meeting:
    """A scheduled meeting: a community's, or the district's briefing."""
    return schedule_meeting(
        actor=ROOT,
        unit=home,
        purpose="district-briefing" if of is None else "community",
        community=of,
        title="ประชุมตัวอย่าง",
        scheduled_on=on,
        now=NOW,
    )


def transfer(home: Unit, amount: str = "100.00", letter: str = "กท 1/2563") -> Transfer:
    """Money transferred on 31 January 2563."""
    return transfer_to_units(
        actor=ROOT,
        amounts={home: Decimal(amount)},
        fiscal_year=YEAR,
        purpose="สนับสนุนแผนพัฒนาชุมชน",
        letter_number=letter,
        letter_date=date(2020, 1, 31),
        issuer="สำนักงบประมาณกรุงเทพมหานคร",
        approver="ปลัดกรุงเทพมหานคร",
        effective_on=date(2020, 1, 31),
        now=NOW,
    )[0]


def disbursement(of: Transfer, amount: str = "40.00", on: date = date(2020, 3, 2)) -> Disbursement:
    """Money paid out."""
    return disburse(actor=ROOT, transfer=of, amount=Decimal(amount), effective_on=on, document="ฎีกา 3/2563", now=NOW)


def evidence(home: Unit, content: bytes = "บันทึกการประชุม".encode()) -> Evidence:
    """A text file as evidence."""
    return store_evidence(actor=ROOT, unit=home, content=content, name="minutes.txt", now=NOW)


def answer(asked_by: Unit, asked: Unit) -> DataRequestAnswer:
    """The row of one unit that was asked for data and has not answered."""
    request = request_data(
        actor=ROOT,
        asked_by=asked_by,
        units=[asked],
        subject="สรุปผล",
        question="มีกี่โครงการ",
        sent_on=date(2020, 5, 1),
        deadline_on=date(2020, 5, 31),
        now=NOW,
    )
    return request.answers.get()


def bureau_project(home: Unit, code: str = "2100-01") -> Project:
    """A project of a bureau."""
    return open_project(
        actor=ROOT,
        unit=home,
        fiscal_year=YEAR,
        code=code,
        name="โครงการสนับสนุน",
        objective="",
        budget=Decimal(1000),
        budget_source="งบประมาณรายจ่าย",
        now=NOW,
    )


def activity(of: Project, number: int = 1) -> Activity:
    """An activity of a bureau's project."""
    return plan_activity(
        actor=ROOT,
        project=of,
        number=number,
        name="ประชุมชี้แจง",
        starts_on=date(2020, 1, 1),
        ends_on=date(2020, 3, 31),
        now=NOW,
    )


def plan_version(code: str = "phase2") -> PlanVersion:
    """A version of the city's plan with three levels."""
    return add_plan_version(
        actor=ROOT,
        code=code,
        name_th="แผนระยะที่ 2",
        name_en="Phase 2",
        first_year=FiscalYear(2561),
        last_year=FiscalYear(2565),
        level_names=["ด้าน", "มิติ", "เป้าหมาย"],
        now=NOW,
    )


def plan_node(version: PlanVersion, code: str = "5", parent: PlanNode | None = None) -> PlanNode:
    """A node of the plan."""
    return add_plan_node(
        actor=ROOT,
        version=version,
        code=code,
        level_name="ด้าน" if parent is None else "มิติ",
        name_th=f"ข้อ {code}",
        certainty=PlanNode.Certainty.OBSERVED,
        parent=parent,
        now=NOW,
    )


def indicator(
    owner: Unit, code: str = "2100-0001", formula: Mapping[str, object] = SHARE, nodes: Sequence[PlanNode] = ()
) -> Indicator:
    """An indicator with its first definition."""
    row = define_indicator(
        actor=ROOT, code=code, unit=owner, name_th=f"ตัวชี้วัด {code}", name_en=f"Indicator {code}", nodes=nodes, now=NOW
    )
    add_definition(actor=ROOT, indicator=row, formula=formula, words=WORDS, now=NOW)
    return row


def definition(of: Indicator) -> Definition:
    """The first definition of an indicator."""
    return of.definitions.get(number=1)


def assignment(owner: Unit, of: Indicator | None = None, target: str = "80") -> Assignment:
    """A unit's duty to answer for an indicator in `YEAR`."""
    of = of or indicator(owner)
    return assign(
        actor=ROOT,
        indicator=of,
        definition=definition(of),
        unit=owner,
        fiscal_year=YEAR,
        goal=Goal(Decimal(target), Assignment.Class_.STRATEGIC),
        now=NOW,
    )
