"""A workbook of a kind with the rows of today."""

from contextlib import ExitStack
from tempfile import TemporaryFile

from django.http import FileResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lakthan.apps.people.selectors import present, today
from lakthan.core.errors import UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.exchange.kinds import kind_of
from lakthan.exchange.sheets.exporting import write_today
from lakthan.exchange.sheets.kinds import Asked
from lakthan.exchange.workbooks import MEDIA_TYPE
from lakthan.rules.permissions import Action
from lakthan.web.actions import ActingRequest, performs


def asked_of(request: ActingRequest) -> Asked:
    """Which rows the address asks for: `?district=5026&fiscal-year=2563`; what it gets wrong is the present year."""
    on = today()
    try:
        year = FiscalYear(int(request.GET.get("fiscal-year", "")))
    except (ValueError, UserError):
        year = FiscalYear.of(on)
    return Asked(year, on, request.GET.get("district", ""))


@performs(Action.SEND_TABLES)
@require_safe
@never_cache
def workbook(request: ActingRequest, table: str) -> FileResponse:
    """The workbook, written into a file and not into memory."""
    kind, asked = kind_of(table), asked_of(request)
    with ExitStack() as closing:
        file = closing.enter_context(TemporaryFile())
        write_today(file, actor=request.actor, kind=kind, asked=asked, now=present())
        file.seek(0)
        closing.pop_all()  # the answer closes it once it is sent
    parts = [kind.code, asked.district, str(asked.fiscal_year.be) if kind.by_year else ""]
    name = "-".join(part for part in parts if part)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=MEDIA_TYPE)
