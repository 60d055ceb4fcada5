"""What a request for data asks for, what an answer to it may hold, and what the answers come to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from lakthan.core.dates import parse_date
from lakthan.core.digits import to_arabic
from lakthan.core.errors import UserError
from lakthan.rules.entry import refuse_longer, require_number, require_text

LONGEST_NAME, LONGEST_TEXT, MOST_FIELDS, MOST_ROWS = 200, 4000, 30, 2000
LARGEST_WHOLE = Decimal(10**15)


class AnswerForm(StrEnum):
    """In what form answers come."""

    TEXT = "text"
    VALUES = "values"
    """One value for each field."""
    WORKBOOK = "workbook"
    """A table of any number of rows, with the fields as its columns."""


class FieldType(StrEnum):
    """What a field of an answer holds."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    YES_NO = "yes-no"
    DATE = "date"
    CHOICE = "choice"
    TEXT = "text"


NUMBERS = frozenset({FieldType.INTEGER, FieldType.DECIMAL})
YES = frozenset({"ใช่", "มี", "yes", "y", "true", "1"})
NO = frozenset({"ไม่ใช่", "ไม่มี", "ไม่", "no", "n", "false", "0"})


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an answer. `unit` is its unit of measure, `choices` what a choice may be."""

    code: str
    name: str
    type: FieldType
    unit: str = ""
    choices: tuple[str, ...] = ()


Value = str | bool | None
"""As it is stored: numbers as text with Arabic digits, days as ISO text; None is not answered, and never zero."""
Row = Mapping[str, Value]


class Standing(StrEnum):
    """How a unit stands to a request."""

    ANSWERED = "answered"
    NIL = "nil"
    WAITING = "waiting"
    """Not answered, and not due yet."""
    LATE = "late"
    """Not answered, and the deadline is past."""


@dataclass(frozen=True, slots=True)
class Total:
    """A number field over all answers. `units` stand behind it; who has nothing (nil) or left it empty does not."""

    field: Field
    total: Decimal | None
    """None where nobody gave a number: that is not a zero."""
    units: int
    nil: int
    silent: int


def standing(answered_on: date | None, deadline_on: date, today: date, *, is_nil: bool) -> Standing:
    """How a unit stands to a request on a day."""
    if answered_on is not None:
        return Standing.NIL if is_nil else Standing.ANSWERED
    return Standing.LATE if today > deadline_on else Standing.WAITING


def read_fields(rows: Sequence[Mapping[str, object]]) -> tuple[Field, ...]:
    """The fields of a request from plain data: `name`, `type`, `unit`, `choices`. Codes are made from their places.

    Raises:
        UserError: a name is missing or stands twice, a type is unknown, a choice has fewer than two values, or there
            are too many.
    """
    if len(rows) > MOST_FIELDS:
        raise UserError(f"มีช่องข้อมูลได้ไม่เกิน {MOST_FIELDS} ช่อง", f"There can be at most {MOST_FIELDS} fields.")
    fields = tuple(_field(number, row) for number, row in enumerate(rows, start=1))
    names = [field.name for field in fields]
    for name in names:
        if names.count(name) > 1:
            raise UserError(f"มีช่องข้อมูลชื่อ “{name}” ซ้ำกัน", f"There are two fields named “{name}”.")
    return fields


def _field(number: int, row: Mapping[str, object]) -> Field:
    name = require_text(str(row.get("name") or ""), f"ชื่อช่องข้อมูลที่ {number}", f"The name of field {number}")
    refuse_longer(name, LONGEST_NAME, f"ชื่อช่องข้อมูลที่ {number}", f"The name of field {number}")
    try:
        type_ = FieldType(str(row.get("type")))
    except ValueError:
        raise UserError(f"ไม่รู้จักชนิดของช่อง “{name}”", f"The type of field “{name}” is not known.") from None
    given = row.get("choices") or ()
    choices = tuple(dict.fromkeys(str(choice).strip() for choice in given if str(choice).strip()))  # type: ignore[attr-defined]
    if type_ is FieldType.CHOICE and len(choices) < 2:
        raise UserError(f"ช่อง “{name}” ต้องมีตัวเลือกอย่างน้อยสองข้อ", f"Field “{name}” needs at least two choices.")
    kept = choices if type_ is FieldType.CHOICE else ()
    return Field(f"f{number}", name, type_, str(row.get("unit") or "").strip()[:50], kept)


def field_data(fields: Iterable[Field]) -> list[dict[str, object]]:
    """The fields as plain data that `read_fields` reads."""
    return [
        {"name": field.name, "type": field.type.value, "unit": field.unit, "choices": list(field.choices)}
        for field in fields
    ]


def read_value(field: Field, typed: object) -> Value:
    """What was typed into a field, or stood in a cell of a workbook; None where it is empty.

    Raises:
        UserError: it is not of the field's type.
    """
    if typed is None or (isinstance(typed, str) and not typed.strip()):
        return None
    text = typed.strip() if isinstance(typed, str) else typed
    match field.type:
        case FieldType.INTEGER | FieldType.DECIMAL:
            return _number(field, text)
        case FieldType.YES_NO:
            return _yes_no(field, text)
        case FieldType.DATE:
            return _day(field, text)
        case FieldType.CHOICE:
            return _choice(field, str(text))
        case FieldType.TEXT:
            return refuse_longer(str(text), LONGEST_TEXT, f"“{field.name}”", f"“{field.name}”")


def _number(field: Field, typed: object) -> str:
    """A number as exact text; Thai digits and commas are taken."""
    whole = field.type is FieldType.INTEGER
    try:
        number = Decimal(to_arabic(str(typed)).replace(",", "").replace(" ", ""))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or isinstance(typed, bool | date) or (whole and number != number.to_integral_value()):
        raise UserError(
            f"“{field.name}” รับ{'จำนวนเต็ม' if whole else 'ตัวเลข'} แต่พบ “{typed}”",
            f"“{field.name}” takes {'a whole number' if whole else 'a number'}, not “{typed}”.",
        )
    names = f"“{field.name}”", f"“{field.name}”"
    require_number(number, *names, places=0 if whole else 4, largest=LARGEST_WHOLE)
    return f"{number.to_integral_value() if whole else number.normalize():f}"


def _yes_no(field: Field, typed: object) -> bool:
    if isinstance(typed, bool):
        return typed
    word = to_arabic(str(typed)).strip().casefold().removesuffix(".0")
    if word in YES or word in NO:
        return word in YES
    raise UserError(
        f"“{field.name}” รับ “มี” หรือ “ไม่มี” แต่พบ “{typed}”", f"“{field.name}” takes yes or no, not “{typed}”."
    )


def _day(field: Field, typed: object) -> str:
    if isinstance(typed, date):
        return date(typed.year, typed.month, typed.day).isoformat()
    try:
        return parse_date(str(typed)).date.isoformat()
    except UserError as error:
        raise UserError(f"“{field.name}”: {error.th}", f"“{field.name}”: {error.en}") from error


def _choice(field: Field, typed: str) -> str:
    for choice in field.choices:
        if choice.casefold() == typed.casefold():
            return choice
    known = ", ".join(field.choices)
    raise UserError(f"“{field.name}” รับ {known} แต่พบ “{typed}”", f"“{field.name}” takes one of {known}, not “{typed}”.")


def totals(fields: Iterable[Field], answers: Sequence[tuple[Standing, Sequence[Row]]]) -> tuple[Total, ...]:
    """The number fields over the answers of all units, each a standing and its rows."""
    nil = sum(stands is Standing.NIL for stands, _ in answers)
    silent = sum(stands in (Standing.WAITING, Standing.LATE) for stands, _ in answers)
    found = []
    for field in fields:
        if field.type not in NUMBERS:
            continue
        given = [
            [Decimal(str(row[field.code])) for row in rows if row.get(field.code) is not None] for _, rows in answers
        ]
        numbers = [number for unit in given for number in unit]
        total = sum(numbers, Decimal(0)) if numbers else None
        found.append(Total(field, total, sum(bool(unit) for unit in given), nil, silent))
    return tuple(found)
