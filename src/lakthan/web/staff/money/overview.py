"""What became of the money at all districts: the list, the sentence of the report, and both as a workbook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lakthan.apps.budget.standing import MoneyPage, money_page
from lakthan.apps.people.selectors import present
from lakthan.core.thai import fold
from lakthan.exchange.workbooks import workbook
from lakthan.rules.money_standing import (
    DistrictMoney,
    MoneyGroup,
    Share,
    money_standing,
    sentence_en,
    sentence_th,
)
from lakthan.rules.permissions import Action, permitting
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.file_answers import workbook_answer
from lakthan.web.listing import Key, listing
from lakthan.web.staff.money.asked import AskedMoney, asked_money
from lakthan.web.staff.money.sheets import money_sheets
from lakthan.web.staff.money.wording import GROUPS
from lakthan.web.wording import in_language

COLUMNS: Mapping[str, Key[DistrictMoney]] = {
    "code": lambda row: row.code,
    "name": lambda row: in_language(row.name_th, row.name_en),
    "transferred": lambda row: row.transferred if row.transfers else None,
    "obligated": lambda row: row.obligated if row.transfers else None,
    "disbursed": lambda row: row.disbursed if row.transfers else None,
    "share": lambda row: row.disbursed_share,
    "returned": lambda row: row.returned if row.transfers else None,
    "rest": lambda row: row.rest if row.transfers else None,
    "unbound": lambda row: row.unbound if row.transfers else None,
    "intends": lambda row: row.intends_since,
}
BAR = 1000
"""Width of the bar of the whole, in units of its own."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the whole on the bar and in words."""

    name: str
    group: MoneyGroup
    share: Share
    x: Decimal
    width: Decimal


@performs(Action.READ_DISTRICT_RECORDS)
@require_safe
@never_cache
def overview(request: ActingRequest) -> HttpResponse:
    """All districts that one may see; who may see one alone goes to its register."""
    asked = asked_money(request.GET)
    page = money_page(request.actor, asked.year, asked.on)
    if not page.is_whole_city and len(page.districts) == 1:
        address = reverse("district-money", args=(page.districts[0].code,))
        query = request.META.get("QUERY_STRING", "")
        return HttpResponseRedirect(f"{address}?{query}" if query else address)
    found, group = _found(request, page.districts)
    return render(
        request,
        "staff/money/overview.html",
        {
            "page": page,
            "asked": asked,
            "text": request.GET.get("text", ""),
            "group": group,
            "groups": GROUPS.items(),
            "counts": _counts(page.districts),
            "listing": listing(request.GET, found, COLUMNS),
            "sum": money_standing(found),
            "parts": _parts(page),
            "sentence_th": sentence_th(page.standing),
            "sentence_en": sentence_en(page.standing),
            "may_transfer": permitting(request.actor, Action.TRANSFER_BUDGET),
        },
    )


@performs(Action.READ_DISTRICT_RECORDS)
@require_safe
@never_cache
def overview_workbook(request: ActingRequest) -> HttpResponse:
    """The same rows and the sentence as a workbook."""
    asked: AskedMoney = asked_money(request.GET)
    page = money_page(request.actor, asked.year, asked.on)
    found, _ = _found(request, page.districts)
    return workbook_answer(workbook(money_sheets(page, found), present()), f"lakthan-money-{page.fiscal_year.be}.xlsx")


def _found(request: ActingRequest, rows: Sequence[DistrictMoney]) -> tuple[list[DistrictMoney], str]:
    """The districts that the address asks for, and the group that it names."""
    text = fold(request.GET.get("text", ""))
    group = request.GET.get("show", "")
    group = group if group in set(MoneyGroup) else ""
    named = [row for row in rows if text in fold(f"{row.code} {row.name_th} {row.name_en}")]
    return [row for row in named if not group or MoneyGroup(group) in row.groups()], group


def _counts(rows: Sequence[DistrictMoney]) -> list[tuple[MoneyGroup, Any, int]]:
    counts = [(group, words, sum(group in row.groups() for row in rows)) for group, words in GROUPS.items()]
    return [each for each in counts if each[2]]


def _parts(page: MoneyPage) -> list[Part]:
    """What was paid out, sent back, and what is left: together the whole."""
    standing, parts, x = page.standing, [], Decimal(0)
    for group, share in (
        (MoneyGroup.DISBURSED, standing.disbursed),
        (MoneyGroup.RETURNED, standing.returned),
        (MoneyGroup.NOT_RETURNED, standing.not_returned),
    ):
        width = round(share.amount / standing.transferred * BAR, 2) if standing.transferred else Decimal(0)
        parts.append(Part(str(GROUPS[group]), group, share, x, width))
        x += width
    return parts
