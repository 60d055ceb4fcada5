"""The pages of money as sheets of workbooks."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from lakthan.apps.budget.keeping import LetterPage
from lakthan.apps.budget.movements import Movement, MovementList
from lakthan.apps.budget.register import DistrictRegister, LineKind, RegisterLine, TransferRegister
from lakthan.apps.budget.standing import MoneyPage
from lakthan.core.dates import format_date
from lakthan.exchange.workbooks import Column, Sheet, Value
from lakthan.rules.money_standing import DistrictMoney, money_standing, sentence_en, sentence_th, total
from lakthan.web.staff.money.wording import KINDS, STATES
from lakthan.web.wording import in_language

BAHT = "#,##0.00"
SUMS = ("transferred", "obligated", "disbursed", "returned", "rest", "unbound", "lapsed", "carried_over")


def money_sheets(page: MoneyPage, rows: Sequence[DistrictMoney]) -> list[Sheet]:
    """The districts that were chosen with their sum, and the sentence with its numbers."""
    as_of = format_date(page.as_of, in_language("th", "en"))  # type: ignore[arg-type]
    lines = [
        _("Money of district offices, fiscal year %(year)s") % {"year": page.fiscal_year.be},
        _("As of %(day)s") % {"day": as_of},
    ]
    if len(rows) < len(page.districts):
        lines.append(
            _("%(shown)s of %(total)s districts, as chosen") % {"shown": len(rows), "total": len(page.districts)}
        )
    return [
        Sheet(str(page.fiscal_year.be), lines, _columns(), [*map(_row, rows), _sum(rows)], 2),
        _summary(page, lines),
    ]


def _columns() -> list[Column]:
    return [
        Column(_("Code"), 8),
        Column(_("District office"), 26),
        Column(_("Transferred"), 16, BAHT),
        Column(_("Bound"), 16, BAHT),
        Column(_("Disbursed"), 16, BAHT),
        Column(_("Returned"), 16, BAHT),
        Column(_("Rest"), 16, BAHT),
        Column(_("Not bound"), 16, BAHT),
        Column(_("Lapsed"), 16, BAHT),
        Column(_("Carried over"), 16, BAHT),
        Column(_("Disbursed, percent"), 12, "0.00"),
        Column(_("Wishes not to return since"), 16),
    ]


def _row(row: DistrictMoney) -> list[Value]:
    """A district without a transfer has no amounts, which is not zero."""
    name: list[Value] = [row.code, in_language(row.name_th, row.name_en)]
    if not row.transfers:
        return [*name, *(None for _ in SUMS), None, None]
    return [*name, *(getattr(row, each) for each in SUMS), row.disbursed_share, row.intends_since]


def _sum(rows: Sequence[DistrictMoney]) -> list[Value]:
    whole = money_standing(rows)
    return [None, _("Sum"), *(total(rows, each) for each in SUMS), whole.disbursed.amount_percent, None]


def _summary(page: MoneyPage, lines: Sequence[str]) -> Sheet:
    standing = page.standing
    shares = (
        (_("Disbursed"), standing.disbursed),
        (_("Returned"), standing.returned),
        (_("Not returned"), standing.not_returned),
        (_("Declared that they wish not to return yet"), standing.intends),
    )
    columns = [
        Column("", 46),
        Column(_("District offices"), 14),
        Column(_("Percent of districts"), 16, "0.00"),
        Column(_("Baht"), 18, BAHT),
        Column(_("Percent of the money"), 16, "0.00"),
    ]
    rows: list[list[Value]] = [[_("Transferred"), standing.districts, None, standing.transferred, None]]
    rows += [
        [name, share.districts, share.districts_percent, share.amount, share.amount_percent] for name, share in shares
    ]
    sentences = [sentence_th(standing), sentence_en(standing)]
    return Sheet(_("Summary"), [*lines, *filter(None, sentences)], columns, rows)


def movement_sheet(found: MovementList, rows: Sequence[Movement], sums: Sequence[Decimal]) -> Sheet:
    """The movements that were chosen, with their sums where they are asked for."""
    as_of = format_date(found.as_of, in_language("th", "en"))  # type: ignore[arg-type]
    lines = [
        _("Movements of money, fiscal year %(year)s") % {"year": found.fiscal_year.be},
        _("As of %(day)s") % {"day": as_of},
    ]
    columns = [
        Column(_("Day"), 12),
        Column(_("Code"), 8),
        Column(_("District office"), 26),
        Column(_("Letter"), 20),
        Column(_("Purpose"), 40),
        Column(_("Movement"), 24),
        Column(_("State"), 18),
        Column(_("Supporting document"), 30),
        *(Column(words, 14, BAHT) for words in (_("Received"), _("Bound"), _("Paid out"), _("Sent back"))),
        Column(_("Rest of the transfer"), 16, BAHT),
    ]
    last: list[list[Value]] = [[None, None, _("Sum"), None, None, None, None, None, *sums, None]] if sums else []
    return Sheet(str(found.fiscal_year.be), lines, columns, [*map(_movement_row, rows), *last], 3)


def _movement_row(row: Movement) -> list[Value]:
    return [
        row.effective_on,
        row.district.code,
        in_language(row.district.name_th, row.district.name_en),
        row.transfer.letter_number,
        row.transfer.purpose,
        str(KINDS[row.kind]),
        str(STATES[row.state]),
        row.document,
        *(row.amount if row.kind is kind else None for kind in MOVING),
        row.transfer.rest,
    ]


def letter_sheet(letter: LetterPage) -> Sheet:
    """The districts of a letter of transfer with their sum."""
    day = format_date(letter.dated, in_language("th", "en"))  # type: ignore[arg-type]
    lines = [
        _("Letter of transfer %(number)s, %(day)s") % {"number": letter.number, "day": day},
        letter.purpose,
        f"{letter.issuer} · {_('approved by')} {letter.approver} {letter.acting}".strip(),
    ]
    rows: list[list[Value]] = [
        [row.code, in_language(row.name_th, row.name_en), row.amount, row.ended_on, row.end_document or None]
        for row in letter.rows
    ]
    columns = [
        Column(_("Code"), 8),
        Column(_("District office"), 36),
        Column(_("Baht"), 18, BAHT),
        Column(_("Taken back on"), 16),
        Column(_("Document"), 30),
    ]
    return Sheet(str(letter.fiscal_year.be), lines, columns, [*rows, [None, _("Sum"), letter.amount, None, None]], 2)


def register_sheet(register: DistrictRegister) -> Sheet:
    """The register of a district: a row for each row of each transfer."""
    district = register.district
    as_of = format_date(register.as_of, in_language("th", "en"))  # type: ignore[arg-type]
    lines = [
        f"{_('Register of money')} {in_language(district.name_th, district.name_en)}",
        _("Fiscal year %(year)s, as of %(day)s") % {"year": register.fiscal_year.be, "day": as_of},
    ]
    columns = [
        Column(_("Letter"), 20),
        Column(_("No."), 6),
        Column(_("Day"), 12),
        Column(_("Movement"), 30),
        Column(_("Supporting document"), 30),
        Column(_("Received"), 14, BAHT),
        Column(_("Bound"), 14, BAHT),
        Column(_("Paid out"), 14, BAHT),
        Column(_("Sent back"), 14, BAHT),
        Column(_("Rest"), 14, BAHT),
        Column(_("Not bound"), 14, BAHT),
        Column(_("Remark"), 36),
        Column(_("Entered by"), 28),
        Column(_("Entered on"), 12),
    ]
    return Sheet(district.code, lines, columns, _register_rows(register), key_columns=3)


def _register_rows(register: DistrictRegister) -> Iterator[list[Value]]:
    for transfer in register.transfers:
        for line in transfer.lines:
            yield _register_row(transfer, line)


MOVING = (LineKind.TRANSFER, LineKind.OBLIGATION, LineKind.DISBURSEMENT, LineKind.RETURN)


def _register_row(transfer: TransferRegister, line: RegisterLine) -> list[Value]:
    return [
        transfer.letter_number,
        line.number,
        line.effective_on,
        str(KINDS[line.kind]),
        line.document,
        *(line.amount if line.column is column else None for column in MOVING),
        line.rest,
        line.unbound,
        note_of(line),
        in_language(line.person_th, line.person_en),
        line.recorded_at.date() if line.recorded_at else None,
    ]


def note_of(line: RegisterLine) -> str:
    """What a row says beside its amounts."""
    notes = [line.reason]
    if line.reverses is not None:
        notes.append(_("takes back no. %(number)s") % {"number": line.reverses})
    if line.reversed_by is not None:
        notes.append(_("taken back by no. %(number)s") % {"number": line.reversed_by})
    return " · ".join(filter(None, notes))
