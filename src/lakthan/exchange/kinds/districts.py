"""The district of a row: by its code or its name, among those whose records the actor may change."""

from collections.abc import Iterator, Mapping
from datetime import date
from uuid import UUID

from lakthan.apps.people.models import Unit
from lakthan.apps.people.selectors import districts
from lakthan.core.errors import UserError
from lakthan.core.thai import district_name, fold
from lakthan.rules.permissions import Action, Actor, reach


class Districts:
    """The district offices of a day as rows name them."""

    def __init__(self, actor: Actor, action: Action, on: date) -> None:
        self._reach = reach(actor, action)
        self.by_code: Mapping[str, Unit] = {unit.code: unit for unit in districts(on)}
        self._by_name = {fold(district_name(unit.name_th)): unit for unit in self.by_code.values()}
        self.code_of: Mapping[UUID, str] = {unit.pk: code for code, unit in self.by_code.items()}

    def find(self, word: str) -> Unit | None:
        """The district of a code or a name, None where there is none."""
        return self.by_code.get(word) or self._by_name.get(fold(district_name(word)))

    def refusal(self, unit: Unit) -> UserError | None:
        """Why the actor may not change records of the district; None where they may."""
        if self._reach is None or str(unit.pk) in self._reach:
            return None
        return UserError(
            f"{unit.name_th}ไม่ใช่หน่วยงานของท่าน ลบแถวนี้ออก",
            f"{unit.name_en or unit.name_th} is not your unit; take the row out.",
        )

    def asked(self, code: str) -> Iterator[Unit]:
        """The districts that a workbook is filled with: the one of a code, or all in reach, in order of code."""
        for own, unit in sorted(self.by_code.items()):
            if (not code or own == code) and self.refusal(unit) is None:
                yield unit
