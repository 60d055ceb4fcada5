"""The kinds of table that come in and go out."""

from collections.abc import Mapping

from lakthan.core.errors import NotFound
from lakthan.exchange.kinds.budget import BUDGET
from lakthan.exchange.kinds.communities import COMMUNITIES
from lakthan.exchange.kinds.decisions import DECISIONS
from lakthan.exchange.kinds.plans import PLANS
from lakthan.exchange.kinds.values import VALUES
from lakthan.exchange.sheets.kinds import Kind

KINDS: Mapping[str, Kind] = {kind.code: kind for kind in (COMMUNITIES, PLANS, DECISIONS, BUDGET, VALUES)}


def kind_of(code: str) -> Kind:
    """The kind of a code.

    Raises:
        NotFound: there is none.
    """
    if code not in KINDS:
        known = ", ".join(KINDS)
        raise NotFound(f"ไม่มีข้อมูลชนิด {code} เลือก {known}", f"There is no kind {code}; there are {known}.")
    return KINDS[code]
