"""The queue of reports that wait for review or for certification."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lakthan.apps.people.selectors import today
from lakthan.apps.reporting.review_queue import IN_QUEUE, QueueLine, Turn, review_queue
from lakthan.core.thai import fold
from lakthan.rules.permissions import Action
from lakthan.rules.workflow import State
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.listing import Key, listing
from lakthan.web.wording import PAPER_STATES

YEAR = "year"
TURNS: Mapping[Turn, Promise] = {
    Turn.MINE: _("For you to do"),
    Turn.OTHERS: _("Another person or division does it"),
    Turn.FOLLOWED: _("You follow it"),
}
KEYS: Mapping[str, Key[QueueLine]] = {
    "turn": lambda line: (list(Turn).index(line.turn), line.state != State.SUBMITTED, -line.waiting_days, line.code),
    "code": lambda line: (line.code, line.fiscal_year, line.quarter or 5),
    "unit": lambda line: line.unit_th,
    "state": lambda line: IN_QUEUE.index(line.state),
    "submitted": lambda line: (line.submitted_on, line.code),
    "late": lambda line: line.days_late,
    "score": lambda line: line.score.total.exact,
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; empty for all. What it gets wrong finds nothing."""

    text: str
    unit: str
    quarter: str
    state: str
    turn: str
    late: str

    def __bool__(self) -> bool:
        """Whether anything is asked for."""
        return any((self.text, self.unit, self.quarter, self.state, self.turn, self.late))

    def passes(self, line: QueueLine) -> bool:
        """Whether the line is one of those asked for."""
        return (
            fold(self.text) in fold(f"{line.code} {line.name_th} {line.name_en}")
            and self.unit in ("", str(line.unit_id))
            and self.quarter in ("", str(line.quarter or YEAR))
            and self.state in ("", line.state.value)
            and self.turn in ("", line.turn.value)
            and (not self.late or line.is_late)
        )


def filters_of(query: QueryDict) -> Filters:
    """The filters of an address."""
    return Filters(*(query.get(name, "").strip() for name in ("text", "unit", "quarter", "state", "turn", "late")))


@performs(Action.SEE_REVIEW_QUEUE)
@require_safe
@never_cache
def queue(request: ActingRequest) -> HttpResponse:
    """What waits, for this person and for others."""
    lines, asked = review_queue(request.actor, today()), filters_of(request.GET)
    context = {
        "listing": listing(request.GET, filter(asked.passes, lines), KEYS),
        "total": len(lines),
        "asked": asked,
        "counts": _counts(lines),
        "units": sorted({(line.unit_th, line.unit_en, str(line.unit_id)) for line in lines}),
        "states": [(state.value, PAPER_STATES[state]) for state in IN_QUEUE],
        "turns": [(turn.value, words) for turn, words in TURNS.items() if any(line.turn is turn for line in lines)],
        "quarters": ("1", "2", "3", "4"),
    }
    return render(request, "staff/review_queue.html", context)


def _counts(lines: Sequence[QueueLine]) -> list[tuple[str, str, str, int]]:
    """State and turn with the words for them and how many there are, for those that there are."""
    words: Iterable[tuple[State, Turn, Promise]] = (
        (State.SUBMITTED, Turn.MINE, _("You review")),
        (State.ACCEPTED, Turn.MINE, _("You certify")),
        (State.SUBMITTED, Turn.OTHERS, _("Another division or person reviews")),
        (State.ACCEPTED, Turn.OTHERS, _("Another person certifies")),
        (State.SUBMITTED, Turn.FOLLOWED, _("In review")),
        (State.ACCEPTED, Turn.FOLLOWED, _("Waiting for certification")),
    )
    counted = [
        (state.value, turn.value, str(label), sum(line.state is state and line.turn is turn for line in lines))
        for state, turn, label in words
    ]
    return [row for row in counted if row[3]]
