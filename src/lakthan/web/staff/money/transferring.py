"""What the strategy bureau enters: letters that transfer money to many districts, and decisions at the year's end."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lakthan.apps.budget import keeping
from lakthan.apps.budget.booking import AlreadySent
from lakthan.apps.budget.services import rests, transfers
from lakthan.apps.people.directory import UnitLabel, districts_in_reach
from lakthan.apps.people.selectors import present, today
from lakthan.core.errors import UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.core.money import baht_words, format_baht
from lakthan.exchange.workbooks import workbook
from lakthan.rules.letter_amounts import LetterAmounts, Recipient, read_amounts, refuse_other_total
from lakthan.rules.permissions import Action, refusal
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.errors import sentence
from lakthan.web.file_answers import workbook_answer
from lakthan.web.staff.money.asked import asked_money
from lakthan.web.staff.money.entering import status_of
from lakthan.web.staff.money.forms import LetterForm, ReversalForm, YearEndForm
from lakthan.web.staff.money.sheets import letter_sheet

AMOUNT = "amount-"


@performs(Action.TRANSFER_BUDGET)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new_letter(request: ActingRequest) -> HttpResponse:
    """Transfer money to many districts by one letter; `act=fill` only brings the amounts into the table."""
    here, status = today(), HTTPStatus.OK
    districts = [each for each in districts_in_reach(request.actor, Action.TRANSFER_BUDGET, here) if each.code]
    orders = keeping.orders_in_force(here)
    data = request.POST if request.method == "POST" else None
    is_sent = data is not None and data.get("act") != "fill"
    form, table = LetterForm(here, orders, data, checked=is_sent), _table(districts, data)
    if is_sent and form.is_valid():
        try:
            letter = _send(request, form, table, districts, orders)
            count = len(table.amounts)
            told = ngettext(
                "%(amount)s baht are transferred to %(count)s district office.",
                "%(amount)s baht are transferred to %(count)s district offices.",
                count,
            )
            messages.success(request, told % {"amount": format_baht(table.total), "count": count})
            return HttpResponseRedirect(reverse("transfer-letter", args=(letter,)))
        except AlreadySent as error:
            messages.success(request, sentence(error))
            return HttpResponseRedirect(reverse("transfer-letter", args=(form.key(),)))
        except UserError as error:
            status = status_of(error)
            form.add_error(None, sentence(error))
    context = {
        "form": form,
        "table": table,
        "same": data.get("same", "") if data else "",
        "pasted": "\n".join(line.text for line in table.left),
        "checks": data is not None,
    }
    return render(request, "staff/money/letter_new.html", context, status=status)


def _table(districts: list[UnitLabel], data: Any) -> LetterAmounts:
    to = [Recipient(each.code, each.name_th, each.name_en) for each in districts]
    if data is None:
        return read_amounts(to, {})
    typed = {each.code: data.get(f"{AMOUNT}{each.code}", "") for each in to}
    return read_amounts(to, typed, data.getlist("chosen"), data.get("same", ""), data.get("pasted", ""))


def _send(
    request: ActingRequest, form: LetterForm, table: LetterAmounts, districts: list[UnitLabel], orders: Any
) -> UUID:
    """Transfer, all or nothing; the identifier of the letter."""
    given = form.cleaned_data
    if not table.is_right:
        raise UserError(
            "จำนวนเงินบางแถวต้องแก้ ดูในตาราง ยังไม่มีการโอนเงิน",
            "Some amounts have to be mended, see the table. Nothing is transferred yet.",
        )
    refuse_other_total(table.total, given["letter_total"])
    units = keeping.units_of([each for each in districts if each.code in table.amounts])
    rows = transfers.transfer_to_units(
        actor=request.actor,
        amounts={units[code]: amount for code, amount in table.amounts.items()},
        fiscal_year=given["fiscal_year"],
        purpose=given["purpose"],
        letter_number=given["letter_number"],
        letter_date=given["letter_date"],
        issuer=given["issuer"],
        approver=given["approver"],
        delegation=next((each for each in orders if str(each.pk) == given["delegation"]), None),
        effective_on=given["effective_on"],
        form_key=form.key(),
        now=present(),
    )
    return rows[0].pk


@performs(Action.READ_DISTRICT_RECORDS)
@require_safe
@never_cache
def letter(request: ActingRequest, letter: UUID) -> HttpResponse:
    """A letter with the districts that one may see, to be read and printed."""
    page = keeping.letter_page(request.actor, letter, today())
    return render(
        request,
        "staff/money/letter.html",
        {
            "letter": page,
            "words": baht_words(page.amount),
            "may_take_back": refusal(request.actor, Action.TRANSFER_BUDGET) is None
            and any(not row.ended_on for row in page.rows),
        },
    )


@performs(Action.READ_DISTRICT_RECORDS)
@require_safe
@never_cache
def letter_workbook(request: ActingRequest, letter: UUID) -> HttpResponse:
    """The list of districts of a letter as a workbook."""
    page = keeping.letter_page(request.actor, letter, today())
    return workbook_answer(workbook([letter_sheet(page)], present()), "lakthan-letter.xlsx")


@performs(Action.TRANSFER_BUDGET)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def take_back(request: ActingRequest, letter: UUID) -> HttpResponse:
    """Take back transfers of a letter that was entered wrong."""
    page, status = keeping.letter_page(request.actor, letter, today()), HTTPStatus.OK
    rows = [row for row in page.rows if row.ended_on is None]
    data = request.POST if request.method == "POST" else None
    form, chosen = ReversalForm(data, {"effective_on": today()}), set(data.getlist("transfer") if data else ())
    if form.is_bound and form.is_valid():
        try:
            taken_back = transfers.take_back_transfers(
                actor=request.actor,
                transfers=keeping.transfers_named([row.transfer for row in rows if str(row.transfer) in chosen]),
                ended_on=form.cleaned_data["effective_on"],
                document=form.cleaned_data["document"],
                now=present(),
            )
            count = len(taken_back)
            told = ngettext("%(count)s transfer is taken back.", "%(count)s transfers are taken back.", count)
            messages.success(request, told % {"count": count})
            return HttpResponseRedirect(reverse("transfer-letter", args=(letter,)))
        except UserError as error:
            status = status_of(error)
            form.add_error(None, sentence(error))
    context = {"form": form, "letter": page, "rows": rows, "chosen": chosen}
    return render(request, "staff/money/take_back.html", context, status=status)


@performs(Action.TRANSFER_BUDGET)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def year_end(request: ActingRequest) -> HttpResponse:
    """Decide what becomes of rests of a year that is over, many under one document."""
    here, status = today(), HTTPStatus.OK
    last_over = FiscalYear.of(here) + -1
    year = asked_money(request.GET).year or last_over
    rows = keeping.undecided(request.actor, year, here)
    data = request.POST if request.method == "POST" else None
    form, chosen = YearEndForm(data, {"effective_on": here}), set(data.getlist("transfer") if data else ())
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            decided = rests.decide_year_ends(
                actor=request.actor,
                transfers=keeping.transfers_named([row.transfer.id for row in rows if str(row.transfer.id) in chosen]),
                outcome=given["outcome"],
                effective_on=given["effective_on"],
                document=given["document"],
                now=present(),
            )
            told = ngettext(
                "It is decided about %(count)s transfer.", "It is decided about %(count)s transfers.", len(decided)
            )
            messages.success(request, told % {"count": len(decided)})
            return HttpResponseRedirect(f"{reverse('money')}?fiscal-year={year.be}")
        except UserError as error:
            status = status_of(error)
            form.add_error(None, sentence(error))
    total = sum(row.transfer.rest for row in rows)
    context = {"form": form, "rows": rows, "year": year, "chosen": chosen, "total": total, "last_over": last_over}
    return render(request, "staff/money/year_end.html", context, status=status)
