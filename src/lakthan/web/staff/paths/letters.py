"""Telling communities of decisions: which were told, letters as one PDF, letters sent, e-mails."""

from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lakthan.apps.people.directory import UnitLabel
from lakthan.apps.people.selectors import present, today
from lakthan.apps.planning import notices as reads
from lakthan.apps.planning.letters import letters_of, send_letters
from lakthan.apps.planning.notices import DecisionLine
from lakthan.core.dates import parse_date
from lakthan.core.errors import Conflict, NotFound, UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.exchange.decision_mail import MailRun, mail_decisions
from lakthan.printing.decision_letters import decision_letters, letters_title
from lakthan.printing.letters import print_letters
from lakthan.rules.after_decision import Due
from lakthan.rules.permissions import Action, Refused
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.errors import sentence
from lakthan.web.file_answers import pdf_answer, printing_fonts
from lakthan.web.listing import listing
from lakthan.web.staff.districts import DistrictChoice, district_choice
from lakthan.web.staff.paths.forms import LetterForm

COLUMNS = {
    "community": lambda line: line.community_code,
    "project": lambda line: line.name,
    "decision": lambda line: (not line.included, line.stands.item_number or 0),
    "told": lambda line: line.last and line.last.on,
}
SHOWN = {"not-told": False, "told": True}
MANY, LETTERS_A_SECOND = 20, 10
"""From how many letters on the page says how long they take; each is set anew, twenty a second on an idle machine."""


@performs(Action.DECIDE_INCLUSION)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def letters(request: ActingRequest) -> HttpResponse:
    """The decisions of a district and year with what was told of them; a POST records letters or sends e-mails."""
    choice = district_choice(request, Action.DECIDE_INCLUSION)
    if choice.chosen is None:
        return render(request, "staff/paths/letters.html", {"choice": choice})
    years, year = _years(request, choice.chosen)
    lines = reads.decision_lines(choice.chosen.id, year, today()) if year else ()
    form = LetterForm(initial={"day": today()})
    if request.method == "POST":
        form = LetterForm(request.POST)
        if form.is_valid() and _tell(request, choice.chosen, _ticked(request.POST.getlist("decision"), lines), form):
            return HttpResponseRedirect(request.get_full_path())
    return render(request, "staff/paths/letters.html", _context(request, choice, years, year, lines, form))


def _years(request: ActingRequest, district: UnitLabel) -> tuple[tuple[FiscalYear, ...], FiscalYear | None]:
    """The years of the district's action plans, and the one asked for, else the newest."""
    years = reads.years_decided(district.id)
    asked = request.GET.get("fiscal-year", "")
    chosen = next((year for year in years if asked == str(year.be)), None)
    return years, chosen or (years[0] if years else None)


def _ticked(ticked: Sequence[str], lines: Sequence[DecisionLine]) -> list[DecisionLine]:
    return [line for line in lines if str(line.id) in set(ticked)]


def _context(
    request: ActingRequest,
    choice: DistrictChoice,
    years: tuple[FiscalYear, ...],
    year: FiscalYear | None,
    lines: Sequence[DecisionLine],
    form: LetterForm,
) -> dict[str, object]:
    show = request.GET.get("show", "not-told")
    found = [line for line in lines if show not in SHOWN or (line.due is None) == SHOWN[show]]
    ticked = set(request.POST.getlist("decision")) if request.method == "POST" else set(request.GET.getlist("decision"))
    ticked = ticked or {str(line.id) for line in found if line.due}
    letters = len({line.community for line in found if str(line.id) in ticked})
    return {
        "choice": choice,
        "years": years,
        "year": year,
        "form": form,
        "show": show,
        "total": len(lines),
        "told": sum(line.due is None for line in lines),
        "not_told": sum(line.due is not None for line in lines),
        "again": sum(line.due in (Due.MENDED, Due.WITHDRAWN) for line in lines),
        "may_mail": any(line.may_mail for line in lines),
        "listing": listing(request.GET, found, COLUMNS),
        "ticked": ticked,
        "letters": letters,
        "seconds": -(-letters // LETTERS_A_SECOND) if letters > MANY else 0,
    }


def _tell(request: ActingRequest, district: UnitLabel, lines: Sequence[DecisionLine], form: LetterForm) -> bool:
    """Record letters or send e-mails about the ticked decisions; a mistake stands at the form."""
    try:
        if not lines:
            raise UserError("กรุณาเลือกมติที่จะแจ้งอย่างน้อยหนึ่งรายการ", "Tick at least one decision.")
        if request.POST.get("act") == "mail":
            run = mail_decisions(actor=request.actor, district=district, lines=lines, now=present())
            messages.success(request, _mailed(run))
        else:
            _record(request, district, lines, form)
    except (NotFound, Refused, Conflict):
        raise
    except UserError as error:
        form.add_error(None, sentence(error))
        return False
    return True


def _record(request: ActingRequest, district: UnitLabel, lines: Sequence[DecisionLine], form: LetterForm) -> None:
    told = send_letters(
        actor=request.actor,
        district=district,
        lines=lines,
        number=form.cleaned_data["document"],
        on=form.cleaned_data["day"] or today(),
        now=present(),
    )
    said = ngettext(
        "It is recorded that the community is told of %(count)s decision.",
        "It is recorded that communities are told of %(count)s decisions.",
        told,
    )
    messages.success(request, said % {"count": told})


def _mailed(run: MailRun) -> str:
    parts = [gettext("E-mails sent: %(count)s.") % {"count": len(run.sent)}]
    for codes, words in (
        (run.without_address, gettext("Without an address: %(codes)s.")),
        (run.refused, gettext("Refused by the mail server, can be sent again: %(codes)s.")),
        (run.unknown, gettext("Broken off, not sent again: %(codes)s.")),
    ):
        if codes:
            parts.append(words % {"codes": " ".join(codes)})
    return " ".join(parts)


@performs(Action.DECIDE_INCLUSION)
@require_safe
@never_cache
def letters_pdf(request: ActingRequest) -> HttpResponse:
    """Letters about the decisions that the address names, or about all that was not told, as one PDF."""
    district = district_choice(request, Action.DECIDE_INCLUSION).chosen
    _, year = _years(request, district) if district else ((), None)
    if district is None or year is None:
        raise NotFound("เลือกสำนักงานเขตที่มีแผนปฏิบัติราชการก่อน", "Choose a district that has an action plan first.")
    lines = reads.decision_lines(district.id, year, today())
    asked = request.GET.getlist("decision")
    chosen = _ticked(asked, lines) if asked else [line for line in lines if line.due]
    if not chosen:
        raise NotFound("ไม่มีมติที่ต้องแจ้ง", "There is no decision to tell of.")
    letters = letters_of(district, chosen, request.GET.get("document", "").strip()[:200], _day(request))
    pdf = print_letters(decision_letters(letters), letters_title(letters), printing_fonts())
    return pdf_answer(pdf, f"letters-{district.code}-{year.be}.pdf")


def _day(request: ActingRequest) -> date | None:
    """The day that was typed; None for room to write it in."""
    typed = request.GET.get("day", "").strip()
    return parse_date(typed, century="be").date if typed else None
