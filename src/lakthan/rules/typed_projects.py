"""Projects of a community plan as they are typed: kept as texts while a plan is prepared, read when it is sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from lakthan.core.digits import to_arabic
from lakthan.core.errors import UserError
from lakthan.core.money import parse_baht
from lakthan.rules.entry import refuse_longer, require_baht

PLAN_FIELDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "physical": ("ด้านกายภาพและสิ่งแวดล้อม", "physical surroundings and environment"),
        "economy": ("ด้านเศรษฐกิจ", "economy"),
        "society": ("ด้านสังคม", "society"),
        "health": ("ด้านสุขภาพ", "health"),
        "mind": ("ด้านจิตใจ", "mind"),
    }
)
"""The five fields of a community plan -> (Thai, English)."""
PROJECT_WAYS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "itself": ("ชุมชนดำเนินการเอง", "by the community itself"),
        "with-support": ("ชุมชนดำเนินการโดยขอรับการสนับสนุน", "by the community with support"),
        "by-district": ("ขอให้สำนักงานเขตดำเนินการ", "asked of the district office"),
    }
)
LONGEST: Mapping[str, int] = MappingProxyType(
    {"name": 300, "problem": 2000, "aim": 2000, "field": 12, "way": 16, "estimate": 40, "priority": 10}
)
"""Every text of a project with the most characters it may have."""
MOST_PROJECTS, LAST_PRIORITY = 60, 999
NONE_WRITTEN = frozenset({"", "-", "–", "—", "−", ".-", "ไม่มี", "ไม่ระบุ"})
"""How people write that there is none; that is not a zero."""

Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Finding:
    """What keeps a plan from being sent: the place in the form, and a sentence that says how to mend it."""

    place: str
    th: str
    en: str


@dataclass(frozen=True, slots=True)
class ReadProject:
    """A project that was read. `estimate` in baht and `priority` are None where none was given."""

    name: str
    problem: str
    aim: str
    field: str
    way: str
    estimate: Decimal | None
    priority: int | None


def tidy_projects(rows: Sequence[Mapping[str, object]]) -> tuple[dict[str, str], ...]:
    """Projects as they are kept: the known texts without white space around them; rows in which nothing is typed go.

    Raises:
        UserError: there are too many projects, or a text is too long.
    """
    tidied = [{name: _text(row.get(name)) for name in LONGEST} for row in rows]
    kept = tuple(row for row in tidied if any(row.values()))
    if len(kept) > MOST_PROJECTS:
        raise UserError(
            f"มี {len(kept)} โครงการ เกิน {MOST_PROJECTS} โครงการ",
            f"There are {len(kept)} projects, more than {MOST_PROJECTS}.",
        )
    for number, row in enumerate(kept, start=1):
        for name, longest in LONGEST.items():
            refuse_longer(row[name], longest, f"โครงการที่ {number}", f"A text of project {number}")
    return kept


def _text(value: object) -> str:
    return str(value or "").replace("\r\n", "\n").strip()


def read_estimate(text: str) -> Decimal | None:
    """Baht as people write them, with Thai digits or บาท; None where none is written.

    Raises:
        UserError: it is no amount, negative, or finer than a satang.
    """
    return None if text.strip() in NONE_WRITTEN else require_baht(parse_baht(text), "วงเงิน", "The estimate")


def read_priority(text: str) -> int | None:
    """A rank from 1 on; None where none is written.

    Raises:
        UserError: it is no whole number from 1 to 999.
    """
    if text.strip() in NONE_WRITTEN:
        return None
    typed = to_arabic(text.strip())
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 6 and 1 <= int(typed) <= LAST_PRIORITY):
        raise UserError(
            f"ลำดับความสำคัญ “{text.strip()}” ต้องเป็นเลขจำนวนเต็ม 1 ถึง {LAST_PRIORITY}",
            f"The priority “{text.strip()}” is no whole number from 1 to {LAST_PRIORITY}.",
        )
    return int(typed)


def read_project(number: int, typed: Typed) -> tuple[ReadProject | None, tuple[Finding, ...]]:
    """The project that row `number` holds, or what is wrong in it."""
    found: list[Finding] = []
    named = typed.get("name", "").strip()
    at_th, at_en = f"โครงการที่ {number}", f"Project {number}"

    def wrong(name: str, th: str, en: str) -> None:
        found.append(Finding(f"project-{number}-{name}", f"{at_th}: {th}", f"{at_en}: {en}"))

    if named in NONE_WRITTEN:
        wrong("name", "กรอกชื่อโครงการ", "fill in its name.")
    if typed.get("field") not in PLAN_FIELDS:
        wrong("field", "เลือกด้านของแผน", "choose its field.")
    if typed.get("way") not in PROJECT_WAYS:
        wrong("way", "เลือกวิธีดำเนินการ", "choose who does it.")
    estimate, priority = None, None
    try:
        estimate = read_estimate(typed.get("estimate", ""))
    except UserError as error:
        wrong("estimate", error.th, error.en)
    try:
        priority = read_priority(typed.get("priority", ""))
    except UserError as error:
        wrong("priority", error.th, error.en)
    if found:
        return None, tuple(found)
    texts = {name: typed.get(name, "").strip() for name in ("problem", "aim")}
    texts = {name: "" if text in NONE_WRITTEN else text for name, text in texts.items()}
    return ReadProject(named, **texts, field=typed["field"], way=typed["way"], estimate=estimate, priority=priority), ()


def read_projects(rows: Sequence[Typed]) -> tuple[tuple[ReadProject, ...], tuple[Finding, ...]]:
    """All projects that can be read, and what is wrong in the others; a priority stands once."""
    read: list[ReadProject] = []
    found: list[Finding] = []
    seen: dict[int, int] = {}
    for number, row in enumerate(rows, start=1):
        project, findings = read_project(number, row)
        found += findings
        if project is None:
            continue
        read.append(project)
        if project.priority is None:
            continue
        if (other := seen.setdefault(project.priority, number)) != number:
            found.append(
                Finding(
                    f"project-{number}-priority",
                    f"โครงการที่ {number}: ลำดับความสำคัญ {project.priority} ซ้ำกับโครงการที่ {other} แก้ให้ต่างกัน",
                    f"Project {number}: the priority {project.priority} stands at project {other} too; change one.",
                )
            )
    return tuple(read), tuple(found)


def typed_of(project: ReadProject) -> dict[str, str]:
    """A project as one would type it, such as one that is copied from the last plan."""
    return {
        "name": project.name,
        "problem": project.problem,
        "aim": project.aim,
        "field": project.field,
        "way": project.way,
        "estimate": "" if project.estimate is None else f"{project.estimate:,.2f}".removesuffix(".00"),
        "priority": "" if project.priority is None else str(project.priority),
    }
