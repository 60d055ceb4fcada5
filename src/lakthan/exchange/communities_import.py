"""`lakthan import communities`: a list of communities into the register, by district and name."""

from datetime import date, datetime

from django.utils import timezone

from lakthan.core.fiscal import FiscalYear
from lakthan.exchange.kinds.communities import COMMUNITIES
from lakthan.exchange.results import ImportResult
from lakthan.exchange.sheets.kinds import Asked
from lakthan.exchange.sheets.running import preview_import, run_import
from lakthan.rules.entry import refuse_future
from lakthan.rules.permissions import Actor


def import_communities(
    *,
    actor: Actor,
    data: bytes,
    effective_on: date,
    now: datetime,
    dry_run: bool = False,
    name: str = "communities.csv",
) -> ImportResult:
    """Register the communities of a list, CSV or a workbook by its name; one is known by its district and its name.

    Rows that cannot be taken in are refused by line and column, and then nothing is written. Names whose characters
    had to be put in order are told in `repaired`, names that look mistyped in `doubtful`. `effective_on` is the day
    since when new ones are registered. The same file twice creates nothing.

    Raises:
        UserError: the file cannot be read, a column is missing, or the day lies in the future.
    """
    today = timezone.localdate(now)
    refuse_future(effective_on, today)
    asked = Asked(FiscalYear.of(today), today, effective_on=effective_on)
    run = preview_import if dry_run else run_import
    return run(actor=actor, kind=COMMUNITIES, content=data, name=name, asked=asked, now=now).result
