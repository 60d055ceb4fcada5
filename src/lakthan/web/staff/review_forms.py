"""The one form on the page of a review: comments, scores and the reason of a return, sent together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lakthan.apps.reporting.review_desk import Findings, GivenScore
from lakthan.apps.reporting.review_page import ReviewPage
from lakthan.apps.reporting.scores import ScoredPart
from lakthan.core.digits import format_number
from lakthan.rules.review import Section
from lakthan.rules.rubric import Criterion
from lakthan.rules.workflow import Step
from lakthan.web.staff.fields import Text
from lakthan.web.staff.forms import REASONS, SUMMARY
from lakthan.web.staff.wording import SECTION_NAMES

STEPS = {Step.RETURN, Step.ACCEPT}


def section_name(section: Section, quarter: int | None) -> Any:
    """What a section is called on the page of a quarter, or of the year."""
    return SUMMARY if section is Section.NARRATIVE and quarter is None else SECTION_NAMES[section]


@dataclass(frozen=True, slots=True)
class ScoreFields:
    """A criterion with what it got, and the fields to score it by; none where nobody scores it here."""

    scored: ScoredPart
    score: forms.BoundField | None
    note: forms.BoundField | None


class ReviewForm(forms.Form):
    """What a reviewer may enter: comments and a return while the report is submitted, scores until certification."""

    def __init__(self, page: ReviewPage, data: Any = None) -> None:
        super().__init__(data, auto_id="review-%s", use_required_attribute=False)
        self.page = page
        if page.may_review:
            for section in self.sections():
                self.fields[f"comment-{section}"] = _text(_("Comment for the unit"), 3)
            self.fields["reason"] = _text(REASONS[Step.RETURN], 4)
        if page.may_score and page.score is not None:
            for scored in page.score.parts:
                if not scored.part.criterion.is_computed:
                    self._add_score(scored)

    def sections(self) -> tuple[Section, ...]:
        """The places that can be commented on."""
        return (Section.FIGURE, *(section.section for section in self.page.sections), Section.EVIDENCE_FILES)

    def _add_score(self, scored: ScoredPart) -> None:
        code = scored.part.criterion.code
        self.fields[f"score-{code}"] = forms.ChoiceField(
            choices=_choices(scored.part.criterion),
            required=False,
            widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
            label=_("Score"),
            initial=None if scored.part.score is None else _key(scored.part.score),
        )
        self.fields[f"note-{code}"] = _text(_("Why this score"), 2)
        self.fields[f"note-{code}"].initial = scored.note

    def comment_field(self, section: Section) -> forms.BoundField | None:
        """The field of a section; None where nothing can be written now."""
        return self[f"comment-{section}"] if f"comment-{section}" in self.fields else None

    def score_fields(self) -> Iterator[ScoreFields]:
        """Each criterion of the rubric."""
        for scored in self.page.score.parts if self.page.score else ():
            code = scored.part.criterion.code
            has_fields = f"score-{code}" in self.fields
            yield ScoreFields(
                scored, self[f"score-{code}"] if has_fields else None, self[f"note-{code}"] if has_fields else None
            )

    def findings(self, pressed: Mapping[str, str]) -> Findings:
        """What was typed and chosen; `pressed` may name a comment to take back or to settle."""
        comments = {section: self.cleaned_data.get(f"comment-{section}", "").strip() for section in self.sections()}
        scores = {
            name.removeprefix("score-"): GivenScore(
                Decimal(chosen), self.cleaned_data[f"note-{name.removeprefix('score-')}"].strip()
            )
            for name, chosen in self.cleaned_data.items()
            if name.startswith("score-") and chosen
        }
        return Findings(
            comments={section: text for section, text in comments.items() if text},
            scores=scores,
            withdrawn=_identifier(pressed.get("withdraw")),
            settled=_identifier(pressed.get("settle")),
        )

    def typed(self) -> Iterator[str]:
        """Every text that was typed, to be shown again where it can no longer be entered."""
        for name, text in self.data.items():
            if name.startswith(("comment-", "note-", "reason")) and text.strip():
                yield text


def _text(label: Any, rows: int) -> Text:
    attributes = {"class": "form-control", "rows": rows, "lang": "th"}
    return Text(label=label, required=False, widget=forms.Textarea(attrs=attributes))


def _choices(criterion: Criterion) -> list[tuple[str, str]]:
    in_english = get_language() == "en"
    return [
        (_key(step.score), f"{format_number(step.score)} · {step.name_en if in_english else step.name_th}")
        for step in criterion.steps
    ]


def _key(score: Decimal) -> str:
    return f"{score.normalize():f}"


def _identifier(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
