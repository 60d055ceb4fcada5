"""The community of a row, by its code, with why it cannot be taken."""

from lakthan.apps.communities.models import Community
from lakthan.core.errors import UserError
from lakthan.core.thai import fold
from lakthan.exchange.sheets import cells
from lakthan.exchange.sheets.kinds import Column, Record
from lakthan.rules.permissions import Action, Actor, reach

COMMUNITY_COLUMNS = (
    Column(
        "community_code",
        "รหัสชุมชน",
        "Community code",
        cells.code(),
        "เช่น 5026-0001",
        "Such as 5026-0001.",
        must_hold=True,
        is_fixed=True,
        number_format="@",
    ),
    Column(
        "community",
        "ชื่อชุมชน",
        "Community",
        cells.text(200),
        "ใช้ตรวจสอบกับรหัส",
        "Held against the code.",
        width=28,
        must_stand=False,
        is_fixed=True,
        number_format="@",
    ),
)
"""By which a row names its community."""


class KnownCommunities:
    """The register as rows name its communities: all of it, read once."""

    def __init__(self, actor: Actor, action: Action) -> None:
        self._reach = reach(actor, action)
        self._by_code = {row.code: row for row in Community.objects.select_related("unit")}

    def find(self, record: Record) -> Community:
        """The community that a row names.

        Raises:
            UserError: there is none of the code, its name is another, or it is another district's.
        """
        code, name = record.words("community_code"), record.words("community")
        found = self._by_code.get(code)
        if found is None:
            raise UserError(
                f"ไม่มีชุมชนรหัส {code} ดูรหัสในทะเบียนชุมชน", f"There is no community {code}; look it up in the register."
            )
        if self._reach is not None and str(found.unit_id) not in self._reach:
            raise UserError(
                f"ชุมชน {code} ไม่ได้อยู่ในหน่วยงานของท่าน ลบแถวนี้ออก",
                f"Community {code} is not of your unit; take the row out.",
            )
        if name and fold(name) != fold(found.name):
            raise UserError(
                f"รหัส {code} คือชุมชน{found.name} ไม่ใช่ {name} ตรวจรหัส",
                f"{code} is the community {found.name}, not {name}; check the code.",
            )
        return found
