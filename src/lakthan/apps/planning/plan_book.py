"""The decisions of one action plan as they stand, against which new ones are checked."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

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
from lakthan.rules.entry import refuse_future, refuse_longer, require_baht, require_text

LARGEST_ITEM = 99_999
LONGEST_DOCUMENT = 200


@dataclass(frozen=True, slots=True)
class Ground:
    """What a decision stands on; what is empty is as for all that are decided at once."""

    effective_on: date | None = None
    document: str = ""
    correction: str = ""
    """Why a confirmed list is corrected."""

    def over(self, common: "Ground") -> "Ground":
        """This, with what is empty as in `common`."""
        return Ground(
            self.effective_on or common.effective_on,
            self.document.strip() or common.document,
            self.correction.strip() or common.correction,
        )


@dataclass(frozen=True, slots=True)
class Take:
    """To take a project in as an item. An empty name is the item's, or the community's; so is a budget of None."""

    project: CommunityProject
    item_number: int
    name: str = ""
    budget: Decimal | None = None
    own: Ground = Ground()
    instead_of: Inclusion | Decline | None = None
    """A decision about the project that ends on the day of this one."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Not to take a project in, and why."""

    project: CommunityProject
    reason_code: str
    """One of `Decline.Reason`."""
    reason: str
    own: Ground = Ground()
    instead_of: Inclusion | Decline | None = None
    """As of `Take`."""


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


def refuse_before_confirmation(confirmation: ActionPlanConfirmation, on: date) -> None:
    """What ends in a confirmed list ends from the day of the confirmation on. Raises `UserError`."""
    day = confirmation.effective_on
    if on < day:
        raise UserError(
            f"ผู้อำนวยการเขตยืนยันบัญชีเมื่อ {format_date(day)} วันยกเลิกหรือแก้ไขต้องไม่ก่อนนั้น",
            f"The list was confirmed on {format_date(day, 'en')}; withdraw or correct from that day on.",
        )


class PlanBook:
    """What stands in a plan, which is locked, in three statements; new decisions join it as they are checked."""

    def __init__(self, plan: ActionPlan) -> None:
        self.plan = plan
        own: dict[str, Any] = {"unit_id": plan.unit_id, "action_plan": plan}
        self.taken = list(Inclusion.objects.filter(**own).order_by("item_number", "pk"))
        self.left = list(Decline.objects.filter(**own))
        self.confirmation = self.confirmed(plan)
        self.ended: list[tuple[Inclusion | Decline, dict[str, object]]] = []
        """Decisions that new ones stand instead of, and what they become."""
        self._of_project: dict[UUID, list[Inclusion]] = defaultdict(list)
        self._of_item: dict[int, list[Inclusion]] = defaultdict(list)
        self._declines: dict[UUID, list[Decline]] = defaultdict(list)
        for row in self.taken:
            self._of_project[row.project_id].append(row)
            self._of_item[row.item_number].append(row)
        for decline in self.left:
            self._declines[decline.project_id].append(decline)

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

    def common(self, choices: Sequence[Take | Leave], given: Ground, today: date) -> Ground:
        """What all choices have in common, checked where it is given or a choice needs it. Raises `UserError`.

        Where nothing is common, each choice stands on its own and is refused for itself.
        """
        if given == Ground():
            return given
        if given.effective_on is not None:
            refuse_future(given.effective_on, today)
        elif not all(choice.own.effective_on for choice in choices):
            raise _no_day()
        document, reason = given.document, given.correction
        if document.strip() or not all(choice.own.document.strip() for choice in choices):
            document = require_document(document)
        if reason.strip() or not all(choice.own.correction.strip() for choice in choices):
            reason = self.correction(reason)
        return Ground(given.effective_on, document, reason)

    def decided(self, choices: Sequence[Take | Leave], common: Ground, today: date) -> list[Inclusion | Decline]:
        """The rows of the choices; what they stand instead of ends before, in `ended`. Raises `RowsRefused`."""
        rows: list[Inclusion | Decline] = []
        refused: dict[int, UserError] = {}
        standing: list[Inclusion | Decline] = [*self.taken, *self.left]
        known = {row.pk: row for row in standing if row.ended_on is None}
        grounds: dict[int, tuple[Ground, date]] = {}
        for place, choice in enumerate(choices):
            try:
                grounds[place] = self._ground(choice, common, today)
                if choice.instead_of is not None:
                    self._end(known.pop(choice.instead_of.pk, None), choice.own.over(common), grounds[place][1])
            except UserError as error:
                refused[place] = error
        for place, choice in enumerate(choices):
            if place in refused:
                continue
            take_or_leave: Any = self._take if isinstance(choice, Take) else self._leave
            try:
                rows.append(take_or_leave(choice, *grounds[place]))
            except UserError as error:
                refused[place] = error
        if refused:
            raise RowsRefused(refused)
        return rows

    def _ground(self, choice: Take | Leave, common: Ground, today: date) -> tuple[Ground, date]:
        """What a choice stands on, and since when."""
        given = choice.own.over(common)
        if given.effective_on is None:
            raise _no_day()
        refuse_future(given.effective_on, today)
        document, reason = require_document(given.document), self.correction(given.correction)
        return Ground(given.effective_on, document, reason), given.effective_on

    def _end(self, row: Inclusion | Decline | None, ground: Ground, on: date) -> None:
        """End a decision that another stands instead of, under the reason of the correction."""
        if row is None:
            raise UserError("มติถูกยกเลิกไปแล้ว", "The decision was withdrawn already.")
        if on < row.effective_on:
            raise UserError("วันที่แก้ไขมาก่อนวันที่มีมติ", "The correction lies before the decision itself.")
        if self.confirmation is not None:
            refuse_before_confirmation(self.confirmation, on)
        reason = require_text(ground.correction, "เหตุผลที่แก้ไข", "The reason of the correction")
        is_correction = self.confirmation is not None
        self.ended.append((row, {"ended_on": on, "end_reason": reason, "end_is_correction": is_correction}))
        row.ended_on = on

    def _take(self, choice: Take, ground: Ground, on: date) -> Inclusion:
        project, number = choice.project, choice.item_number
        _refuse_before_plan(project, on)
        if not 1 <= number <= LARGEST_ITEM:
            raise UserError(
                f"ลำดับที่ {number} ใช้ไม่ได้ ใช้ 1 ถึง {LARGEST_ITEM:,}",
                f"{number} is no item number; it is from 1 to {LARGEST_ITEM:,}.",
            )
        standing = [row for row in self._of_item[number] if _stands(row, on)]
        if any(row.project_id == project.pk for row in standing):
            raise _conflict(project, f"บรรจุเป็นลำดับที่ {number} แล้ว", f"is item {number} of the plan already")
        self._refuse_declined(project, on)
        budget = None if choice.budget is None else require_baht(choice.budget, "วงเงิน", "The budget")
        item = next(iter(standing), None)
        if item is not None:
            self._refuse_other_item(item, choice.name.strip(), budget)
        row = Inclusion(
            **self._subject(project, ground),
            item_number=number,
            name=item.name if item else choice.name.strip() or project.name,
            budget=item.budget if item else budget,
        )
        self.taken.append(row)
        self._of_project[project.pk].append(row)
        self._of_item[number].append(row)
        return row

    def _leave(self, choice: Leave, ground: Ground, on: date) -> Decline:
        project = choice.project
        _refuse_before_plan(project, on)
        if choice.reason_code not in Decline.Reason.values:
            raise UserError("กรุณาเลือกเหตุที่ไม่บรรจุ", "Choose why it is not included.")
        if any(_stands(row, on) for row in self._of_project[project.pk]):
            raise _conflict(project, "บรรจุในแผนแล้ว", "is included in this plan")
        self._refuse_declined(project, on, "already")
        row = Decline(
            **self._subject(project, ground),
            reason_code=choice.reason_code,
            reason=require_text(choice.reason, "เหตุผลที่ไม่บรรจุ", "The reason"),
        )
        self.left.append(row)
        self._declines[project.pk].append(row)
        return row

    def _refuse_declined(self, project: CommunityProject, on: date, more: str = "") -> None:
        if any(_stands(row, on) for row in self._declines[project.pk]):
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


def _no_day() -> UserError:
    return UserError("กรุณาระบุวันที่มีมติ", "Write the day of the decision.")


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
