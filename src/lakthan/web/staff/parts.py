"""The parts of a report's form beside its text: files, dated notes, and what is entered for the indicator.

All parts stand in one form with the text. A button carries out one of them, and saving carries out all that are filled,
so that nothing that was typed is left behind. Each part knows its fields in what was sent.
"""

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from lakthan.apps.reporting import contents
from lakthan.apps.reporting.attached import AttachedFile
from lakthan.apps.reporting.attached import StepLine as IndicatorStep
from lakthan.apps.reporting.contents import NewFile, RefusedFile
from lakthan.apps.reporting.deadlines import LAST_QUARTER
from lakthan.apps.reporting.life import ReportLife, ReportPlace
from lakthan.core.errors import UserError
from lakthan.rules.formula.grammar import Reported, ReportedInput
from lakthan.rules.permissions import Actor
from lakthan.web.errors import sentence
from lakthan.web.staff.fields import CONTROL, AbstractForms, DayField, NumberField, Text

SECTIONS: Sequence[tuple[str, Any]] = (
    ("", _("The whole report")),
    ("narrative", _("What was done in the quarter")),
    ("supporting_factors", _("What helped")),
    ("obstacles", _("What stood in the way")),
)
"""What a file can belong to."""


class Part(forms.Form, metaclass=AbstractForms):
    """One part: shown empty, or with what was typed and what is wrong with it."""

    asks: str
    """The field without which the part is empty."""

    def __init__(self, prefix: str, data: Any = None, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(
            data, prefix=prefix, initial=dict(initial or {}), auto_id="draft-%s", use_required_attribute=False
        )
        for field in self.fields.values():
            field.widget.attrs["form"] = "draft"  # some parts stand beside the form, not in it

    @property
    def filled(self) -> bool:
        """Whether something was typed into the field that counts."""
        return self.is_bound and bool((self.data.get(self.add_prefix(self.asks)) or "").strip())

    def carry_out(self, actor: Actor, place: ReportPlace, now: datetime) -> None:
        """Do what was typed. A mistake of the user's is also told at the part."""
        try:
            self.act(actor, place, now)
        except UserError as error:
            self.add_error(None, sentence(error))
            raise

    @abstractmethod
    def act(self, actor: Actor, place: ReportPlace, now: datetime) -> None:
        """Call the one service of the part."""


class NotePart(Part):
    """A dated note."""

    asks = "text"
    day = DayField(label=_("Day"), error_messages={"required": _("Write the day.")})
    text = Text(
        label=_("Note"),
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 2, "lang": "th"}),
        error_messages={"required": _("Write the note.")},
    )

    def act(self, actor: Actor, place: ReportPlace, now: datetime) -> None:
        """Add the note."""
        typed = self.cleaned_data
        contents.note_down(actor=actor, place=place, effective_on=typed["day"], text=typed["text"], now=now)


class ValuePart(Part):
    """What the unit reports for a day: a value, or numerator and denominator."""

    asks = "amount"
    day = DayField(label=_("As of the day"), error_messages={"required": _("Write the day.")})
    amount = NumberField(label=_("Value"), error_messages={"required": _("Write the number; for zero write 0.")})
    base = NumberField(label=_("Denominator"), error_messages={"required": _("Write the denominator.")})
    note = forms.CharField(label=_("Remark"), required=False, widget=forms.TextInput(attrs={**CONTROL, "lang": "th"}))

    def __init__(self, formula: Reported, data: Any = None, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__("value", data, initial)
        if formula.input is ReportedInput.VALUE:
            del self.fields["base"]
        else:
            self.fields["amount"].label = _("Numerator")

    @property
    def filled(self) -> bool:
        """Whether either number was typed."""
        return self.is_bound and any(
            (self.data.get(self.add_prefix(name)) or "").strip() for name in ("amount", "base")
        )

    def act(self, actor: Actor, place: ReportPlace, now: datetime) -> None:
        """Report the value of the day."""
        typed = self.cleaned_data
        contents.enter_value(
            actor=actor,
            place=place,
            effective_on=typed["day"],
            amount=typed["amount"],
            base=typed.get("base"),
            note=typed["note"],
            now=now,
        )


class StepPart(Part):
    """A step of the indicator that can be ticked off."""

    asks = "done"
    done = forms.BooleanField(widget=forms.CheckboxInput(attrs={"class": "form-check-input"}))
    day = DayField(label=_("Done on"), error_messages={"required": _("Write the day.")})
    document = forms.CharField(
        label=_("Document"), required=False, widget=forms.TextInput(attrs={**CONTROL, "maxlength": 200, "lang": "th"})
    )

    def __init__(self, line: IndicatorStep, data: Any = None, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(f"step-{line.step.code}", data, initial)
        self.line = line

    def act(self, actor: Actor, place: ReportPlace, now: datetime) -> None:
        """State that the step was done."""
        day, document = self.cleaned_data["day"], self.cleaned_data["document"]
        contents.tick_step(
            actor=actor, place=place, step=self.line.step.code, effective_on=day, document=document, now=now
        )


class FilePart(Part):
    """What is said of a file that is attached."""

    asks = "proves"
    proves = forms.CharField(
        label=_("What it proves"),
        widget=forms.TextInput(attrs={**CONTROL, "maxlength": 200, "lang": "th"}),
        error_messages={"required": _("Say what the file proves.")},
    )
    section = forms.ChoiceField(
        label=_("Belongs to"), required=False, choices=SECTIONS, widget=forms.Select(attrs={"class": "form-select"})
    )

    def __init__(self, file: AttachedFile, data: Any = None) -> None:
        super().__init__(f"file-{file.id}", data, {"proves": file.proves, "section": file.section})
        self.file = file

    @property
    def filled(self) -> bool:
        """Whether something else was typed than stands there."""
        return self.is_bound and self.add_prefix("proves") in self.data and self.has_changed()

    def act(self, actor: Actor, place: ReportPlace, now: datetime) -> None:
        """Say anew what the file proves."""
        proves, section = self.cleaned_data["proves"], self.cleaned_data["section"]
        contents.describe_file(actor=actor, place=place, file=self.file.id, proves=proves, section=section, now=now)


@dataclass(frozen=True, slots=True)
class NewFiles:
    """Files that were chosen, with what they prove: one line for each, or one for all."""

    files: Sequence[NewFile] = ()
    refused: Sequence[RefusedFile] = ()

    @property
    def mistakes(self) -> Iterator[tuple[NewFile, str]]:
        """Each refused file with the reason."""
        return ((refused.file, sentence(refused.error)) for refused in self.refused)


def chosen_files(data: QueryDict, files: "MultiValueDict[str, UploadedFile[Any]]") -> NewFiles:
    """The files of a request. Without a script the browser sends one line of what they prove for all of them."""
    chosen, proofs, sections = files.getlist("files"), data.getlist("proves"), data.getlist("section")
    return NewFiles(
        tuple(
            NewFile(
                name=file.name or "",
                size=file.size or 0,
                read=file.read,
                proves=_at(proofs, number, len(chosen)),
                section=_at(sections, number, len(chosen)),
            )
            for number, file in enumerate(chosen)
        )
    )


def _at(given: Sequence[str], number: int, count: int) -> str:
    if len(given) == count:
        return given[number]
    return given[0] if given else ""


P = TypeVar("P", bound=Part)


class Parts:
    """All parts of one report's form. Those that somebody filled, or pressed the button of, show what was typed."""

    def __init__(
        self, life: ReportLife, today: date, data: Any = None, new: NewFiles | None = None, act: str = ""
    ) -> None:
        self.new = new or NewFiles()
        self._data, self._act = data, act
        typed = life.working.typed if life.working else {}
        day = min(today, life.place.fiscal_year.quarter(life.place.quarter or LAST_QUARTER).last_day)
        of_day = {"day": day}
        text = {"text": typed.get("note-text", "")}
        self.note = self._part("note", lambda data: NotePart("note", data, of_day | text))
        self.files = [self._part("describe", partial(FilePart, file)) for file in life.attached.files]
        formula, inputs = life.indicator.formula, life.inputs
        self.value: ValuePart | None = None
        self.steps: list[StepPart] = []
        if inputs is not None and life.place.quarter is not None:
            if isinstance(formula, Reported):
                numbers = of_day | {name: typed.get(f"value-{name}", "") for name in ("amount", "base", "note")}
                self.value = self._part("value", lambda data: ValuePart(formula, data, numbers))
            undone = (line for line in inputs.steps if line.done is None)
            self.steps = [self._part("", partial(_step_part, line, of_day)) for line in undone]

    def _part(self, act: str, make: Callable[[Any], P]) -> P:
        bound = make(self._data)
        return bound if bound.filled or (self._data is not None and act and act == self._act) else make(None)

    def of(self, act: str) -> list[Part]:
        """The parts that a button carries out."""
        value: list[Part] = [self.value] if self.value else []
        parts: Mapping[str, Sequence[Part]] = {
            "note": [self.note],
            "value": value,
            "step": [part for part in self.steps if part.filled],
            "describe": self.files,
        }
        return list(parts.get(act, ()))

    def filled(self) -> list[Part]:
        """The parts that somebody has typed into."""
        value: list[Part] = [self.value] if self.value else []
        return [part for part in (*value, *self.steps, self.note, *self.files) if part.filled]


def _step_part(line: IndicatorStep, initial: Mapping[str, Any], data: Any) -> StepPart:
    return StepPart(line, data, initial)


WORKING = frozenset({"note-text", "value-amount", "value-base", "value-note"})
"""Fields of parts that are kept with the unsaved text."""
OUT: Mapping[str, Any] = {
    "detach": contents.detach_file,
    "withdraw-note": contents.take_out_note,
    "withdraw-value": contents.take_back_value,
    "untick": contents.untick_step,
}
"""What takes one thing out of the draft, by the name of its button."""
_OF = {"detach": "file", "withdraw-note": "note", "withdraw-value": "value", "untick": "completion"}


def take_out(act: str, which: str, actor: Actor, place: ReportPlace, now: datetime) -> None:
    """Take one thing out of the draft.

    Raises:
        UserError: the button names nothing.
    """
    try:
        named = {_OF[act]: UUID(which)}
    except ValueError as error:
        raise UserError(
            "แบบฟอร์มไม่ระบุรายการ โหลดหน้าใหม่แล้วลองอีกครั้ง", "The form names no entry; load the page again."
        ) from error
    OUT[act](actor=actor, place=place, now=now, **named)
