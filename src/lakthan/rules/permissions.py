"""Who may do what: one table of action x role x scope. What is not in the table is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from lakthan.core.errors import UserError


class Role(StrEnum):
    """The roles of DESIGN section 14."""

    COMMUNITY_MEMBER = "community-member"
    DISTRICT_OFFICER = "district-officer"
    DISTRICT_DIRECTOR = "district-director"
    REPORTER = "reporter"
    UNIT_HEAD = "unit-head"
    REVIEWER = "reviewer"
    CERTIFIER = "certifier"
    STRATEGY_ADMINISTRATOR = "strategy-administrator"
    EXECUTIVE = "executive"
    AUDITOR = "auditor"
    SYSTEM_ADMINISTRATOR = "system-administrator"
    OPERATOR = "operator"
    """Whoever runs `lakthan` verbs on the server; never reviews, accepts or certifies."""


class Scope(StrEnum):
    """How far a permission reaches."""

    OWN_UNIT = "own-unit"
    ANY_UNIT = "any-unit"


class Action(StrEnum):
    """Everything that can be asked of the system."""

    READ_PUBLIC = "read-public"
    USE_ACCOUNT = "use-account"
    """Sign in and out, and keep one's own password, keys and sessions: the pages of accounts."""
    SEE_OWN_WORK = "see-own-work"
    MANAGE_UNITS = "manage-units"
    MANAGE_PEOPLE = "manage-people"
    READ_DISTRICT_RECORDS = "read-district-records"
    """See the register, plans, meetings, decisions and money of a district."""
    READ_COMMITTEE_NAMES = "read-committee-names"
    """See who chairs a community's committee and who speaks for it: names and telephones are personal."""
    KEEP_REGISTER = "keep-register"
    KEEP_PLANS = "keep-plans"
    READ_PLANS = "read-plans"
    """See plans of communities, and those being prepared: a member of a community those of the own one."""
    PREPARE_PLAN = "prepare-plan"
    """Write a community's plan and send it to the district: whoever speaks for the community, and the officer."""
    SPEAK_FOR_COMMUNITY = "speak-for-community"
    """Prepare its plan, ask for reconsideration, confirm that work is done: whoever holds a seat in it."""
    KEEP_MEETINGS = "keep-meetings"
    SEND_TABLES = "send-tables"
    """Send workbooks in and take them out; what may be in them is said by the action of each kind."""
    DECIDE_INCLUSION = "decide-inclusion"
    CONFIRM_ACTION_PLAN = "confirm-action-plan"
    REPORT_WORK = "report-work"
    """Say how far the work on an item of the action plan is."""
    KEEP_BUDGET = "keep-budget"
    TRANSFER_BUDGET = "transfer-budget"
    MANAGE_PROJECTS = "manage-projects"
    REQUEST_DATA = "request-data"
    ANSWER_DATA_REQUEST = "answer-data-request"
    READ_DATA_REQUEST = "read-data-request"
    """See a request for data with its answers: the unit that asked; see one's own part of it: a unit that is asked."""
    DEFINE_INDICATORS = "define-indicators"
    MANAGE_PERIODS = "manage-periods"
    SEND_REMINDERS = "send-reminders"
    USE_CALENDAR = "use-calendar"
    """Make and end the secret address of the calendar of one's own work."""
    READ_CALENDAR = "read-calendar"
    """Read a calendar by its secret address, as a calendar program does that cannot sign in."""
    READ_REPORT = "read-report"
    WRITE_REPORT = "write-report"
    ENDORSE_REPORT = "endorse-report"
    SUBMIT_REPORT = "submit-report"
    REVIEW_REPORT = "review-report"
    READ_REVIEW = "read-review"
    """What changed since the last submission, comments and scores; the unit sees its own once they are sent."""
    SEE_REVIEW_QUEUE = "see-review-queue"
    ADOPT_RUBRIC = "adopt-rubric"
    CERTIFY_REPORT = "certify-report"
    CORRECT_REPORT = "correct-report"
    DECIDE_ASSIGNMENT = "decide-assignment"
    """Not applicable, cancelled, slowed, target changed: with a document."""
    STORE_EVIDENCE = "store-evidence"
    SIGN_AGREEMENT = "sign-agreement"
    """For one's own unit, or for the city."""
    READ_SCORES = "read-scores"
    SCORE_MANAGEMENT = "score-management"
    """Part 1 of an agency's score."""
    APPEAL = "appeal"
    """Ask for another look at a result, a score or a target of one's own unit."""
    ANSWER_APPEAL = "answer-appeal"
    READ_SUMMARY = "read-summary"
    """The executive's page."""


@dataclass(frozen=True, slots=True)
class Held:
    """A role held in a unit; `unit` is the unit's identifier, empty for a role without one.

    `delegation` is the identifier of the order under which one acts for the holder of the role, empty for the holder.
    """

    role: Role
    unit: str = ""
    delegation: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an opaque identifier (`user:<uuid>`, `operator:<login>`) and the roles held on the day."""

    id: str
    held: tuple[Held, ...] = ()


class Refused(UserError):  # noqa: N818 - the term of the field
    """The table of permissions does not allow the act."""


FOR_EVERYONE = frozenset({Action.READ_PUBLIC, Action.USE_ACCOUNT, Action.READ_CALENDAR})
"""What anyone may, signed in or not."""

_OWN, _ANY = Scope.OWN_UNIT, Scope.ANY_UNIT
_JUDGING = dict.fromkeys((Role.REVIEWER, Role.CERTIFIER, Role.STRATEGY_ADMINISTRATOR, Role.AUDITOR), _ANY)
"""Who follows reviews anywhere in the city."""

ACTION_NAMES: Mapping[Action, tuple[str, str]] = MappingProxyType(
    {
        Action.READ_PUBLIC: ("ดูข้อมูลสาธารณะ", "read what is public"),
        Action.USE_ACCOUNT: ("เข้าสู่ระบบและดูแลบัญชีของตน", "use one's account"),
        Action.SEE_OWN_WORK: ("ดูงานของตน", "see one's own work"),
        Action.MANAGE_UNITS: ("จัดการหน่วยงาน", "manage units"),
        Action.MANAGE_PEOPLE: ("จัดการผู้ใช้และบทบาท", "manage people"),
        Action.READ_COMMITTEE_NAMES: ("ดูชื่อกรรมการและผู้แทนชุมชน", "see names of the committee"),
        Action.KEEP_REGISTER: ("ดูแลทะเบียนชุมชน", "keep the register of communities"),
        Action.KEEP_PLANS: ("บันทึกแผนพัฒนาชุมชน", "keep community plans"),
        Action.SEND_TABLES: ("ส่งไฟล์ตารางเข้าและดาวน์โหลด", "send tables in and take them out"),
        Action.READ_PLANS: ("ดูแผนพัฒนาชุมชน", "read community plans"),
        Action.PREPARE_PLAN: ("จัดทำแผนพัฒนาชุมชนส่งสำนักงานเขต", "prepare a community plan"),
        Action.READ_DISTRICT_RECORDS: ("ดูข้อมูลของสำนักงานเขต", "read records of a district"),
        Action.SPEAK_FOR_COMMUNITY: ("ดำเนินการในนามชุมชน", "speak for a community"),
        Action.KEEP_MEETINGS: ("บันทึกการประชุม", "keep meetings"),
        Action.DECIDE_INCLUSION: ("พิจารณาบรรจุโครงการ", "decide on inclusion"),
        Action.CONFIRM_ACTION_PLAN: ("ยืนยันบัญชีโครงการ", "confirm the action plan"),
        Action.REPORT_WORK: ("รายงานความก้าวหน้าของงาน", "report work"),
        Action.KEEP_BUDGET: ("บันทึกการใช้เงิน", "keep the budget"),
        Action.TRANSFER_BUDGET: ("โอนเงินให้สำนักงานเขต", "transfer budget"),
        Action.MANAGE_PROJECTS: ("จัดการโครงการของสำนัก", "manage projects"),
        Action.REQUEST_DATA: ("ขอข้อมูล", "request data"),
        Action.ANSWER_DATA_REQUEST: ("ตอบคำขอข้อมูล", "answer a data request"),
        Action.READ_DATA_REQUEST: ("ดูคำขอข้อมูล", "read data request"),
        Action.DEFINE_INDICATORS: ("กำหนดตัวชี้วัด", "define indicators"),
        Action.MANAGE_PERIODS: ("กำหนดงวดรายงาน", "manage periods"),
        Action.SEND_REMINDERS: ("ส่งอีเมลเตือน", "send reminders"),
        Action.USE_CALENDAR: ("ใช้ปฏิทินของตนเอง", "use one's calendar"),
        Action.READ_CALENDAR: ("อ่านปฏิทินด้วยที่อยู่ลับ", "read a calendar"),
        Action.READ_REPORT: ("ดูรายงานก่อนรับรอง", "read a report before it is certified"),
        Action.WRITE_REPORT: ("เขียนรายงาน", "write a report"),
        Action.ENDORSE_REPORT: ("เห็นชอบรายงาน", "endorse a report"),
        Action.SUBMIT_REPORT: ("ส่งรายงาน", "submit a report"),
        Action.REVIEW_REPORT: ("ตรวจประเมินรายงาน", "review a report"),
        Action.READ_REVIEW: ("ดูผลการตรวจประเมิน", "read a review"),
        Action.SEE_REVIEW_QUEUE: ("ดูรายการรอตรวจประเมิน", "see the queue of reviews"),
        Action.ADOPT_RUBRIC: ("กำหนดเกณฑ์การประเมินการรายงาน", "adopt a rubric"),
        Action.CERTIFY_REPORT: ("รับรองรายงาน", "certify a report"),
        Action.CORRECT_REPORT: ("ทำรายงานฉบับแก้ไข", "correct a report"),
        Action.DECIDE_ASSIGNMENT: ("วินิจฉัยตัวชี้วัดที่มอบหมาย", "decide on an assignment"),
        Action.STORE_EVIDENCE: ("เก็บไฟล์หลักฐาน", "store evidence"),
        Action.SIGN_AGREEMENT: ("ลงนามคำรับรอง", "sign an agreement"),
        Action.READ_SCORES: ("อ่านคะแนนหน่วยงาน", "read scores"),
        Action.SCORE_MANAGEMENT: ("ให้คะแนนส่วนที่ 1", "score the management of the plan"),
        Action.APPEAL: ("ขอทบทวน", "appeal"),
        Action.ANSWER_APPEAL: ("ตอบคำขอทบทวน", "answer an appeal"),
        Action.READ_SUMMARY: ("อ่านสรุปผู้บริหาร", "read the executive's summary"),
    }
)
"""What actions are called, Thai and English, as in the glossary."""

PERMISSIONS: Mapping[Action, Mapping[Role, Scope]] = MappingProxyType(
    {
        Action.MANAGE_UNITS: {Role.SYSTEM_ADMINISTRATOR: _ANY, Role.OPERATOR: _ANY},
        Action.MANAGE_PEOPLE: {Role.SYSTEM_ADMINISTRATOR: _ANY, Role.OPERATOR: _ANY},
        Action.READ_DISTRICT_RECORDS: {
            Role.DISTRICT_OFFICER: _OWN,
            Role.DISTRICT_DIRECTOR: _OWN,
            Role.REPORTER: _ANY,
            Role.EXECUTIVE: _ANY,
            Role.OPERATOR: _ANY,
            **_JUDGING,
        },
        Action.READ_COMMITTEE_NAMES: {Role.DISTRICT_OFFICER: _OWN, Role.DISTRICT_DIRECTOR: _OWN},
        Action.KEEP_REGISTER: {Role.DISTRICT_OFFICER: _OWN, Role.OPERATOR: _ANY},
        Action.KEEP_PLANS: {Role.DISTRICT_OFFICER: _OWN, Role.OPERATOR: _ANY},
        Action.READ_PLANS: {
            Role.COMMUNITY_MEMBER: _OWN,
            Role.DISTRICT_OFFICER: _OWN,
            Role.DISTRICT_DIRECTOR: _OWN,
            Role.REPORTER: _ANY,
            Role.EXECUTIVE: _ANY,
            Role.OPERATOR: _ANY,
            **_JUDGING,
        },
        Action.PREPARE_PLAN: {Role.COMMUNITY_MEMBER: _OWN, Role.DISTRICT_OFFICER: _OWN, Role.OPERATOR: _ANY},
        Action.KEEP_MEETINGS: {Role.DISTRICT_OFFICER: _OWN, Role.REPORTER: _OWN, Role.OPERATOR: _ANY},
        Action.SEND_TABLES: dict.fromkeys(
            (Role.DISTRICT_OFFICER, Role.DISTRICT_DIRECTOR, Role.REPORTER, Role.OPERATOR), _ANY
        ),
        Action.DECIDE_INCLUSION: {
            Role.DISTRICT_OFFICER: _OWN,
            Role.DISTRICT_DIRECTOR: _OWN,
            Role.OPERATOR: _ANY,
        },
        Action.SPEAK_FOR_COMMUNITY: {Role.COMMUNITY_MEMBER: _OWN},
        Action.CONFIRM_ACTION_PLAN: {Role.DISTRICT_DIRECTOR: _OWN},
        Action.REPORT_WORK: {Role.DISTRICT_OFFICER: _OWN, Role.OPERATOR: _ANY},
        Action.KEEP_BUDGET: {Role.DISTRICT_OFFICER: _OWN, Role.OPERATOR: _ANY},
        Action.TRANSFER_BUDGET: {Role.STRATEGY_ADMINISTRATOR: _ANY, Role.OPERATOR: _ANY},
        Action.MANAGE_PROJECTS: {Role.REPORTER: _OWN, Role.STRATEGY_ADMINISTRATOR: _OWN, Role.OPERATOR: _ANY},
        Action.REQUEST_DATA: {Role.REPORTER: _OWN, Role.STRATEGY_ADMINISTRATOR: _OWN, Role.OPERATOR: _ANY},
        Action.ANSWER_DATA_REQUEST: {Role.DISTRICT_OFFICER: _OWN, Role.REPORTER: _OWN, Role.OPERATOR: _ANY},
        Action.READ_DATA_REQUEST: {
            Role.DISTRICT_OFFICER: _OWN,
            Role.DISTRICT_DIRECTOR: _OWN,
            Role.REPORTER: _OWN,
            Role.UNIT_HEAD: _OWN,
            Role.STRATEGY_ADMINISTRATOR: _OWN,
            Role.AUDITOR: _ANY,
            Role.OPERATOR: _ANY,
        },
        Action.DEFINE_INDICATORS: {Role.STRATEGY_ADMINISTRATOR: _ANY, Role.OPERATOR: _ANY},
        Action.MANAGE_PERIODS: {Role.STRATEGY_ADMINISTRATOR: _ANY, Role.OPERATOR: _ANY},
        Action.SEND_REMINDERS: {Role.OPERATOR: _ANY},
        Action.SEE_OWN_WORK: dict.fromkeys(set(Role) - {Role.OPERATOR}, _ANY),
        Action.USE_CALENDAR: dict.fromkeys(set(Role) - {Role.OPERATOR}, _ANY),
        Action.READ_REPORT: {
            Role.REPORTER: _OWN,
            Role.DISTRICT_OFFICER: _OWN,
            Role.UNIT_HEAD: _OWN,
            Role.DISTRICT_DIRECTOR: _OWN,
            Role.REVIEWER: _ANY,
            Role.CERTIFIER: _ANY,
            Role.STRATEGY_ADMINISTRATOR: _ANY,
            Role.EXECUTIVE: _ANY,
            Role.AUDITOR: _ANY,
            Role.OPERATOR: _ANY,
        },
        Action.WRITE_REPORT: {Role.REPORTER: _OWN, Role.DISTRICT_OFFICER: _OWN, Role.OPERATOR: _ANY},
        Action.ENDORSE_REPORT: {Role.UNIT_HEAD: _OWN, Role.DISTRICT_DIRECTOR: _OWN},
        Action.SUBMIT_REPORT: {Role.UNIT_HEAD: _OWN, Role.DISTRICT_DIRECTOR: _OWN},
        Action.REVIEW_REPORT: {Role.REVIEWER: _ANY},
        Action.READ_REVIEW: {
            Role.REPORTER: _OWN,
            Role.DISTRICT_OFFICER: _OWN,
            Role.UNIT_HEAD: _OWN,
            Role.DISTRICT_DIRECTOR: _OWN,
            **_JUDGING,
        },
        Action.SEE_REVIEW_QUEUE: _JUDGING,
        Action.ADOPT_RUBRIC: {Role.STRATEGY_ADMINISTRATOR: _ANY, Role.OPERATOR: _ANY},
        Action.CERTIFY_REPORT: {Role.CERTIFIER: _ANY},
        Action.CORRECT_REPORT: {Role.REPORTER: _OWN, Role.DISTRICT_OFFICER: _OWN, Role.OPERATOR: _ANY},
        Action.DECIDE_ASSIGNMENT: {Role.STRATEGY_ADMINISTRATOR: _ANY},
        Action.SIGN_AGREEMENT: {Role.UNIT_HEAD: _OWN, Role.DISTRICT_DIRECTOR: _OWN, Role.EXECUTIVE: _ANY},
        Action.READ_SCORES: {
            Role.REPORTER: _OWN,
            Role.UNIT_HEAD: _OWN,
            Role.DISTRICT_DIRECTOR: _OWN,
            Role.REVIEWER: _ANY,
            Role.CERTIFIER: _ANY,
            Role.STRATEGY_ADMINISTRATOR: _ANY,
            Role.EXECUTIVE: _ANY,
            Role.AUDITOR: _ANY,
        },
        Action.SCORE_MANAGEMENT: {Role.STRATEGY_ADMINISTRATOR: _ANY, Role.REVIEWER: _ANY},
        Action.APPEAL: {Role.REPORTER: _OWN, Role.UNIT_HEAD: _OWN, Role.DISTRICT_DIRECTOR: _OWN},
        Action.ANSWER_APPEAL: {Role.STRATEGY_ADMINISTRATOR: _ANY, Role.CERTIFIER: _ANY},
        Action.READ_SUMMARY: {
            Role.EXECUTIVE: _ANY,
            Role.STRATEGY_ADMINISTRATOR: _ANY,
            Role.REVIEWER: _ANY,
            Role.CERTIFIER: _ANY,
            Role.AUDITOR: _ANY,
        },
        Action.STORE_EVIDENCE: {
            Role.REPORTER: _OWN,
            Role.DISTRICT_OFFICER: _OWN,
            Role.STRATEGY_ADMINISTRATOR: _OWN,
            Role.OPERATOR: _ANY,
        },
    }
)
"""What is `FOR_EVERYONE` stands in no row: `refusal` grants it."""


def permitting(actor: Actor, action: Action, unit: str = "") -> Held | None:
    """The role by which the actor may do this to a row of that unit, one's own before one held for another."""
    scopes = PERMISSIONS.get(action, {})
    for held in sorted(actor.held, key=lambda held: bool(held.delegation)):
        match scopes.get(held.role):
            case Scope.ANY_UNIT:
                return held
            case Scope.OWN_UNIT if unit and held.unit == unit:
                return held
    return None


def reach(actor: Actor, action: Action) -> frozenset[str] | None:
    """The units on whose rows the actor may do this, by identifier; None for every unit."""
    scopes = PERMISSIONS.get(action, {})
    if any(scopes.get(held.role) is Scope.ANY_UNIT for held in actor.held):
        return None
    return frozenset(held.unit for held in actor.held if held.unit and scopes.get(held.role) is Scope.OWN_UNIT)


def refusal(actor: Actor, action: Action, unit: str = "") -> Refused | None:
    """Why the actor may not do this to a row of that unit; None where allowed. Unknown is refused."""
    if action in FOR_EVERYONE or permitting(actor, action, unit):
        return None
    th, en = ACTION_NAMES[action]
    return Refused(
        f"ท่านไม่มีสิทธิ์ “{th}” กับข้อมูลของหน่วยงานนี้ หากเป็นหน้าที่ของท่าน ให้ขอบทบาทจากผู้ดูแลระบบ",
        f"Not permitted on data of this unit: {en}. Ask the system administrator for the role that may.",
    )


def require(actor: Actor, action: Action, unit: str = "") -> None:
    """Raise `Refused` unless the actor may."""
    if (refused := refusal(actor, action, unit)) is not None:
        raise refused
