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
    MANAGE_UNITS = "manage-units"
    MANAGE_PEOPLE = "manage-people"
    KEEP_REGISTER = "keep-register"
    KEEP_PLANS = "keep-plans"
    KEEP_MEETINGS = "keep-meetings"
    DECIDE_INCLUSION = "decide-inclusion"
    KEEP_BUDGET = "keep-budget"
    TRANSFER_BUDGET = "transfer-budget"
    MANAGE_PROJECTS = "manage-projects"
    REQUEST_DATA = "request-data"
    ANSWER_DATA_REQUEST = "answer-data-request"
    DEFINE_INDICATORS = "define-indicators"
    MANAGE_PERIODS = "manage-periods"
    WRITE_REPORT = "write-report"
    STORE_EVIDENCE = "store-evidence"


@dataclass(frozen=True, slots=True)
class Held:
    """A role held in a unit; `unit` is the unit's identifier, empty for a role without one."""

    role: Role
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an opaque identifier (`user:<uuid>`, `operator:<login>`) and the roles held on the day."""

    id: str
    held: tuple[Held, ...] = ()


class Refused(UserError):  # noqa: N818 - the term of the field
    """The table of permissions does not allow the act."""


_OWN, _ANY = Scope.OWN_UNIT, Scope.ANY_UNIT

PERMISSIONS: Mapping[Action, Mapping[Role, Scope]] = MappingProxyType(
    {
        Action.MANAGE_UNITS: {Role.SYSTEM_ADMINISTRATOR: _ANY, Role.OPERATOR: _ANY},
        Action.MANAGE_PEOPLE: {Role.SYSTEM_ADMINISTRATOR: _ANY, Role.OPERATOR: _ANY},
        Action.KEEP_REGISTER: {Role.DISTRICT_OFFICER: _OWN, Role.OPERATOR: _ANY},
        Action.KEEP_PLANS: {Role.DISTRICT_OFFICER: _OWN, Role.OPERATOR: _ANY},
        Action.KEEP_MEETINGS: {Role.DISTRICT_OFFICER: _OWN, Role.REPORTER: _OWN, Role.OPERATOR: _ANY},
        Action.DECIDE_INCLUSION: {
            Role.DISTRICT_OFFICER: _OWN,
            Role.DISTRICT_DIRECTOR: _OWN,
            Role.OPERATOR: _ANY,
        },
        Action.KEEP_BUDGET: {Role.DISTRICT_OFFICER: _OWN, Role.OPERATOR: _ANY},
        Action.TRANSFER_BUDGET: {Role.STRATEGY_ADMINISTRATOR: _ANY, Role.OPERATOR: _ANY},
        Action.MANAGE_PROJECTS: {Role.REPORTER: _OWN, Role.STRATEGY_ADMINISTRATOR: _OWN, Role.OPERATOR: _ANY},
        Action.REQUEST_DATA: {Role.REPORTER: _OWN, Role.STRATEGY_ADMINISTRATOR: _OWN, Role.OPERATOR: _ANY},
        Action.ANSWER_DATA_REQUEST: {Role.DISTRICT_OFFICER: _OWN, Role.REPORTER: _OWN, Role.OPERATOR: _ANY},
        Action.DEFINE_INDICATORS: {Role.STRATEGY_ADMINISTRATOR: _ANY, Role.OPERATOR: _ANY},
        Action.MANAGE_PERIODS: {Role.STRATEGY_ADMINISTRATOR: _ANY, Role.OPERATOR: _ANY},
        Action.WRITE_REPORT: {Role.REPORTER: _OWN, Role.DISTRICT_OFFICER: _OWN, Role.OPERATOR: _ANY},
        Action.STORE_EVIDENCE: {
            Role.REPORTER: _OWN,
            Role.DISTRICT_OFFICER: _OWN,
            Role.STRATEGY_ADMINISTRATOR: _OWN,
            Role.OPERATOR: _ANY,
        },
    }
)
"""READ_PUBLIC stands in no row: `refusal` grants it to everyone, signed in or not."""


def refusal(actor: Actor, action: Action, unit: str = "") -> Refused | None:
    """Why the actor may not do this to a row of that unit; None where allowed. Unknown is refused."""
    if action is Action.READ_PUBLIC:
        return None
    scopes = PERMISSIONS.get(action, {})
    for held in actor.held:
        match scopes.get(held.role):
            case Scope.ANY_UNIT:
                return None
            case Scope.OWN_UNIT if unit and held.unit == unit:
                return None
    return Refused(
        f"ไม่มีสิทธิ์ทำรายการนี้ ({action}) กับข้อมูลของหน่วยงานนี้",
        f"Not permitted: {action} on data of this unit. Ask the system administrator for the role that may.",
    )


def require(actor: Actor, action: Action, unit: str = "") -> None:
    """Raise `Refused` unless the actor may."""
    if (refused := refusal(actor, action, unit)) is not None:
        raise refused
