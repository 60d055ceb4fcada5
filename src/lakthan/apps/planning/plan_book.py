"""The decisions of one action plan as they stand, against which new ones are checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from lakthan.apps.planning.models import (
    ActionPlan,
    ActionPlanConfirmation,
    CommunityProject,
    Decline,
    Inclusion,
    ProjectDecision,
)
from lakthan.core.dates import format_date
from lakthan.core.errors import UserError
from lakthan.core.money import format_baht
from lakthan.rules.action_plan import next_item
from lakthan.rules.entry import refuse_longer, require_baht, require_text

LARGEST_ITEM = 99_999
LONGEST_DOCUMENT = 200


@dataclass(frozen=True, slots=True)
class Take:
    """To take a project in as an item. An empty name is the item's, or the community's; so is a budget of None."""

    project: CommunityProject
    item_number: int
    name: str = ""
    budget: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """Not to take a project in, and why."""

    project: CommunityProject
    reason_code: str
    """One of `Decline.Reason`."""
    reason: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What decisions made at once have in common."""

    effective_on: date
    document: str
    correction: str


class RowsRefused(UserError):  # noqa: N818 - reads as the answer it is
    """Some of many rows cannot be recorded, so none was: what is wrong with each, by its place from 0."""

    def __init__(self, rows: dict[int, UserError]) -> None:
        self.rows = rows
        super().__init__(
            f"ยังไม่ได้บันทึกรายการใด: มี {len(rows)} รายการต้องแก้ไข",
            f"Nothing was recorded: {len(rows)} of the rows must be mended.",
        )

    def __reduce__(self) -> Any:
        """Survive pickling."""
        return (type(self), (self.rows,))


def require_document(text: str) -> str:
    """The number of a document. Raises `UserError` where there is none or it is too long."""
    names = ("เลขที่หนังสือ", "The document")
    return refuse_longer(require_text(text, *names), LONGEST_DOCUMENT, *names)


class PlanBook:
    """What stands in a plan, which is locked, in three statements; new decisions join it as they are checked."""

    def __init__(self, plan: ActionPlan) -> None:
        self.plan = plan
        own: dict[str, Any] = {"unit_id": plan.unit_id, "action_plan": plan}
        self.taken = list(Inclusion.objects.filter(**own).order_by("item_number", "pk"))
        self.left = list(Decline.objects.filter(**own))
        self.confirmation = self.confirmed(plan)

    @staticmethod
    def confirmed(plan: ActionPlan) -> ActionPlanConfirmation | None:
        """That the list of a plan was confirmed; None while it is a draft."""
        return ActionPlanConfirmation.objects.filter(unit_id=plan.unit_id, action_plan=plan).first()

    def correction(self, reason: str) -> str:
        """The reason of a correction, which a confirmed list needs and a draft does not have."""
        if self.confirmation is None:
            return ""
        return require_text(
            reason,
            "เหตุผลที่แก้ไขบัญชี เพราะผู้อำนวยการเขตยืนยันแล้ว",
            "The reason of the correction (the list is confirmed)",
        )

    def decided(self, choices: Sequence[Take | Leave], ground: Ground) -> list[Inclusion | Decline]:
        """The rows of the choices. Raises `RowsRefused`."""
        rows: list[Inclusion | Decline] = []
        refused: dict[int, UserError] = {}
        for place, choice in enumerate(choices):
            try:
                rows.append(self._take(choice, ground) if isinstance(choice, Take) else self._leave(choice, ground))
            except UserError as error:
                refused[place] = error
        if refused:
            raise RowsRefused(refused)
        return rows

    def _take(self, choice: Take, ground: Ground) -> Inclusion:
        project, number = choice.project, choice.item_number
        _refuse_before_plan(project, ground.effective_on)
        if not 1 <= number <= LARGEST_ITEM:
            raise UserError(
                f"ลำดับที่ {number} ใช้ไม่ได้ ใช้ 1 ถึง {LARGEST_ITEM:,}",
                f"{number} is no item number; it is from 1 to {LARGEST_ITEM:,}.",
            )
        standing = [row for row in self.taken if _stands(row, ground.effective_on)]
        if any(row.project_id == project.pk and row.item_number == number for row in standing):
            raise _conflict(project, f"บรรจุเป็นลำดับที่ {number} แล้ว", f"is item {number} of the plan already")
        self._refuse_declined(project, ground.effective_on)
        budget = None if choice.budget is None else require_baht(choice.budget, "วงเงิน", "The budget")
        item = next((row for row in standing if row.item_number == number), None)
        if item is not None:
            self._refuse_other_item(item, choice.name.strip(), budget)
        row = Inclusion(
            **self._subject(project, ground),
            item_number=number,
            name=item.name if item else choice.name.strip() or project.name,
            budget=item.budget if item else budget,
        )
        self.taken.append(row)
        return row

    def _leave(self, choice: Leave, ground: Ground) -> Decline:
        project = choice.project
        _refuse_before_plan(project, ground.effective_on)
        if choice.reason_code not in Decline.Reason.values:
            raise UserError("กรุณาเลือกเหตุที่ไม่บรรจุ", "Choose why it is not included.")
        if any(row.project_id == project.pk and _stands(row, ground.effective_on) for row in self.taken):
            raise _conflict(project, "บรรจุในแผนแล้ว", "is included in this plan")
        self._refuse_declined(project, ground.effective_on, "already")
        row = Decline(
            **self._subject(project, ground),
            reason_code=choice.reason_code,
            reason=require_text(choice.reason, "เหตุผลที่ไม่บรรจุ", "The reason"),
        )
        self.left.append(row)
        return row

    def _refuse_declined(self, project: CommunityProject, on: date, more: str = "") -> None:
        if any(row.project_id == project.pk and _stands(row, on) for row in self.left):
            raise _conflict(project, "มีมติไม่บรรจุไว้แล้ว", f"was declined for this plan {more}".strip())

    def _refuse_other_item(self, item: Inclusion, name: str, budget: Decimal | None) -> None:
        """Name and budget of an item are one, however many projects share it."""
        free = next_item(row.item_number for row in self.taken)
        if name and name != item.name:
            raise UserError(
                f"ลำดับที่ {item.item_number} คือ “{item.name}” เว้นชื่อว่างไว้เพื่อใช้รายการร่วมกัน หรือใช้ลำดับที่ {free}",
                f"Item {item.item_number} is “{item.name}”: leave the name empty to share it, or use item {free}.",
            )
        if budget is not None and budget != item.budget:
            th = "ไม่ระบุวงเงิน" if item.budget is None else f"มีวงเงิน {format_baht(item.budget)} บาท"
            en = "names no budget" if item.budget is None else f"has {format_baht(item.budget, 'plain')} baht"
            raise UserError(
                f"ลำดับที่ {item.item_number} {th}แล้ว เว้นวงเงินว่างไว้เพื่อใช้รายการร่วมกัน หรือใช้ลำดับที่ {free}",
                f"Item {item.item_number} {en}: leave the budget empty to share it, or use item {free}.",
            )

    def _subject(self, project: CommunityProject, ground: Ground) -> dict[str, Any]:
        """What a decision is about, and what it stands on."""
        return {
            "unit_id": self.plan.unit_id,
            "action_plan": self.plan,
            "project": project,
            "fiscal_year": self.plan.fiscal_year,
            "effective_on": ground.effective_on,
            "document": ground.document,
            "correction": ground.correction,
        }


def _stands(row: ProjectDecision, on: date) -> bool:
    """Whether a decision holds on a day, or begins to hold later."""
    return row.ended_on is None or row.ended_on > on


def _refuse_before_plan(project: CommunityProject, effective_on: date) -> None:
    """A project exists from the day on which its community adopted the plan."""
    if effective_on < project.plan.effective_on:
        raise _conflict(
            project,
            f"อยู่ในแผนที่ชุมชนรับรองเมื่อ {format_date(project.plan.effective_on)} วันที่มีมติต้องไม่ก่อนนั้น",
            f"is in a plan adopted on {project.plan.effective_on}; the decision cannot be dated before it",
        )


def _conflict(project: CommunityProject, th: str, en: str) -> UserError:
    return UserError(f"โครงการ {project.name} {th}", f"Project {project.name} {en}.")
