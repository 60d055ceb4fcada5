"""What rows of one file ask of one action plan, carried out together: as many statements for many rows as for few."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from lakthan.apps.planning.models import ActionPlan, CommunityProject, Decline, Inclusion
from lakthan.apps.planning.services.decisions import Ground, Leave, RowsRefused, Take, decide_projects
from lakthan.apps.planning.services.mending import mend_decline, mend_inclusion
from lakthan.core.errors import UserError
from lakthan.exchange.kinds.decision_columns import INCLUDED
from lakthan.exchange.sheets.kinds import LinesRefused, Matching, Record

MOST_TOGETHER = 200
"""Rows of one action plan that are decided at once, so that a preview lets others write between them."""


@dataclass(slots=True)
class Batch:
    """Rows of one action plan; what is written differently in a draft goes before what is decided."""

    matching: Matching
    action_plan: ActionPlan
    mends: list[tuple[int, Callable[[], object]]] = field(default_factory=list)
    choices: list[tuple[int, Take | Leave]] = field(default_factory=list)

    def carry_out(self) -> None:
        """Decide as the table of decisions does. Raises `LinesRefused`."""
        refused: dict[int, UserError] = {}
        for row, mend in self.mends:
            try:
                with transaction.atomic():
                    mend()
            except UserError as error:
                refused[row] = error
        try:
            if self.choices:
                choices = [choice for _, choice in self.choices]
                actor, now = self.matching.actor, self.matching.now
                decide_projects(actor=actor, action_plan=self.action_plan, choices=choices, now=now)
        except RowsRefused as error:
            refused |= {self.choices[place][0]: wrong for place, wrong in error.rows.items()}
        if refused:
            raise LinesRefused(refused)


class Batches:
    """The batches of a file. The first row of each carries it out, and the others are done along."""

    def __init__(self, matching: Matching) -> None:
        self._matching = matching
        self._open: dict[UUID, Batch] = {}

    def choose(self, row: int, action_plan: ActionPlan, choice: Take | Leave) -> Callable[[], object] | None:
        """Decide along; gives the act of the row."""
        batch, act = self._batch(action_plan)
        batch.choices.append((row, choice))
        return act

    def mend(self, record: Record, decision: Inclusion | Decline) -> Callable[[], object] | None:
        """Write a decision of a draft differently; gives the act of the row."""
        batch, act = self._batch(decision.action_plan)
        batch.mends.append((record.row, lambda: _mend(self._matching, record, decision)))
        return act

    def _batch(self, action_plan: ActionPlan) -> tuple[Batch, Callable[[], object] | None]:
        batch = self._open.get(action_plan.pk)
        if batch is not None and len(batch.mends) + len(batch.choices) < MOST_TOGETHER:
            return batch, None
        batch = self._open[action_plan.pk] = Batch(self._matching, action_plan)
        return batch, batch.carry_out


def _mend(matching: Matching, says: Record, row: Inclusion | Decline) -> None:
    if isinstance(row, Inclusion):
        mend_inclusion(
            actor=matching.actor,
            inclusion=row,
            item_number=says.whole("item_number") or row.item_number,
            name=says.words("item_name") or row.project.name,
            budget=says.amount("budget"),
            now=matching.now,
        )
    else:
        mend_decline(
            actor=matching.actor,
            decline=row,
            reason_code=Decline.Reason(says.words("reason_code")),
            reason=says.words("reason"),
            now=matching.now,
        )


def choice_of(says: Record, project: CommunityProject, instead_of: Inclusion | Decline | None = None) -> Take | Leave:
    """What a row decides about its project, with its own day, document and reason of a correction."""
    own = Ground(says.day("decided_on"), says.words("document"), says.words("correction"))
    if says.get("decision") == INCLUDED:
        name, budget = says.words("item_name"), says.amount("budget")
        return Take(project, says.whole("item_number") or 0, name, budget, own, instead_of)
    return Leave(project, says.words("reason_code"), says.words("reason"), own, instead_of)
