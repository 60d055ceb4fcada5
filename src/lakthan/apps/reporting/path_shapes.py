"""What the selectors of a project's path give."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from lakthan.apps.planning.after_decision import item_with, notice_of
from lakthan.apps.planning.models import DecisionNotice
from lakthan.apps.reporting.counted_facts import CountedIn
from lakthan.rules.after_decision import (
    Declined,
    Due,
    Item,
    Notice,
    Terms,
    Turn,
    Work,
    answer_due,
    asking_refusal,
    last_day_to_ask,
    notice_due,
    told_as,
    told_on,
    whose_turn,
)

TELLING = (DecisionNotice.Outcome.SENT.value, DecisionNotice.Outcome.UNKNOWN.value, "")
"""What became of a notice that reached the community, or may have; a letter has no outcome."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """The meeting that adopted the plan."""

    number: int
    year: int
    held_on: date | None


@dataclass(frozen=True, slots=True)
class LaterPlan:
    """A later plan of the community; `project` is the one of the same name in it, None where there is none."""

    kind: str
    effective_on: date
    project: UUID | None


@dataclass(frozen=True, slots=True)
class Told:
    """That the community was told on a day."""

    on: date
    way: str
    document: str
    outcome: str
    terms: Terms

    @property
    def reached(self) -> bool:
        """Whether it reached the community, or may have."""
        return self.outcome in TELLING


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for another look, with its answer where there is one."""

    id: UUID
    on: date
    reasons: str
    document: str
    answered_on: date | None
    is_upheld: bool | None
    answer: str
    answer_document: str

    @property
    def due_on(self) -> date:
        """Until when it is to be answered."""
        return answer_due(self.on)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work was on a day."""

    on: date
    state: Work
    note: str
    at: datetime
    """When it was entered: of one day the last report counts."""


@dataclass(frozen=True, slots=True)
class Word:
    """What the community said of the work on a day."""

    on: date
    is_done: bool
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Proof:
    """A file that proves the work."""

    id: UUID
    name: str
    proves: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Sharing:
    """Another project that stands under the same item."""

    project: UUID
    name: str
    community_name: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision about the project with all that followed it."""

    id: UUID
    included: bool
    fiscal_year: int
    effective_on: date
    document: str
    correction: str
    ended_on: date | None
    end_reason: str
    action_plan_document: str
    confirmed_on: date | None
    """When the director confirmed the list of the action plan; None while that is not done."""
    item_number: int | None
    name: str
    budget: Decimal | None
    reason_code: str
    reason: str
    stands: Terms
    other_items: tuple[int, ...] = ()
    """The other items of the same plan into which the project is split."""
    shared_with: tuple[Sharing, ...] = ()
    """The projects that share the item, and its budget."""
    told: tuple[Told, ...] = ()
    asked: tuple[Asked, ...] = ()
    progress: tuple[Progress, ...] = ()
    proofs: tuple[Proof, ...] = ()
    words: tuple[Word, ...] = ()

    @property
    def notices(self) -> tuple[Notice, ...]:
        """The notices as the rules know them."""
        found = (notice_of(notice.on, notice.outcome, notice.terms) for notice in self.told)
        return tuple(notice for notice in found if notice is not None)

    @property
    def told_lines(self) -> tuple[tuple[Told, Due], ...]:
        """The notices, each with what it told: the decision, its correction, or its withdrawal."""
        known = [Notice(notice.on, notice.terms, is_sure=notice.reached) for notice in self.told]
        return tuple(zip(self.told, told_as(known), strict=True))

    @property
    def due(self) -> Due | None:
        """What the community is to be told; None where it was told what holds."""
        return notice_due(self.stands, self.notices)

    @property
    def told_on(self) -> date | None:
        """When the community was last told; None while it was not."""
        return told_on(self.notices)

    @property
    def ask_until(self) -> date | None:
        """Until when another look can be asked for; None while no term runs."""
        return last_day_to_ask(self.told_on)

    @property
    def open_request(self) -> Asked | None:
        """The request that waits for an answer."""
        return next((asked for asked in self.asked if asked.answered_on is None), None)

    def may_ask(self, on: date) -> bool:
        """Whether the community can ask for another look on a day."""
        last = self.asked[-1] if self.asked else None
        waiting = self.open_request
        declined = Declined(
            decided_on=self.effective_on,
            withdrawn_on=self.ended_on,
            told_on=self.told_on,
            open_since=waiting.on if waiting else None,
            answered_on=last.answered_on if last else None,
            is_upheld=last.is_upheld if last else None,
        )
        return not self.included and asking_refusal(declined, on) is None

    @property
    def item(self) -> Item:
        """The item as the rules know it."""
        return item_with(
            self.effective_on,
            self.ended_on,
            [(line.on, line.at, line.state) for line in self.progress],
            [(word.on, word.at, word.is_done) for word in self.words],
        )

    @property
    def progress_lines(self) -> tuple[tuple[Progress, bool], ...]:
        """The reports, each with whether another one of the same day took its place."""
        last = {line.on: line for line in self.progress}
        return tuple((line, last[line.on] is not line) for line in self.progress)

    @property
    def turn(self) -> Turn | None:
        """Who is to say the next word about the work; None where nobody is."""
        return whose_turn(self.item) if self.included else None

    @property
    def work(self) -> Work | None:
        """How far the work is; None where nothing is reported."""
        return self.item.work

    @property
    def is_confirmed(self) -> bool:
        """Whether the community confirmed that the work is done."""
        return self.item.confirmed_on is not None

    @property
    def may_confirm(self) -> bool:
        """Whether the community can answer a report that the work is done."""
        return self.included and self.work is Work.DONE and not self.is_confirmed

    @property
    def waits_for_word(self) -> bool:
        """Whether the community is asked for its word."""
        return self.turn is Turn.COMMUNITY

    @property
    def may_report(self) -> bool:
        """Whether there is work to report."""
        return self.included and self.ended_on is None and not self.is_confirmed


@dataclass(frozen=True, slots=True)
class ProjectPath:
    """A community project with all that became of it, in order."""

    id: UUID
    name: str
    problem: str
    aim: str
    field: str
    way: str
    estimate: Decimal | None
    community: UUID
    community_code: str
    community_name: str
    community_type: str
    district: UUID
    district_code: str
    district_th: str
    district_en: str
    plan_kind: str
    plan_on: date
    plan_valid_until: date
    resolution: str
    meeting: Meeting | None
    later_plans: tuple[LaterPlan, ...]
    decisions: tuple[Decided, ...]
    """In the order in which they were taken, withdrawn ones too."""
    counted_in: tuple[CountedIn, ...]


@dataclass(frozen=True, slots=True)
class OwnProject:
    """A project of a community that a person speaks for, with the decisions about it."""

    id: UUID
    name: str
    community_code: str
    community_name: str
    way: str
    plan_on: date
    decisions: tuple[Decided, ...]
    today: date

    @property
    def last(self) -> Decided | None:
        """The last decision that was not withdrawn; None where there is none."""
        return next((decided for decided in reversed(self.decisions) if decided.ended_on is None), None)

    @property
    def may_ask(self) -> bool:
        """Whether another look can be asked for."""
        return any(decided.may_ask(self.today) for decided in self.decisions)

    @property
    def waits_for_word(self) -> bool:
        """Whether work waits for the community's word."""
        return any(decided.waits_for_word for decided in self.decisions)
