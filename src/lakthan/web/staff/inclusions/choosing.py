"""What the table shows and which of its projects are chosen: one by one, or all that are like the filter."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict

from lakthan.apps.planning.deciding import DecisionTable, ProposedProject, Standing
from lakthan.core.errors import NotFound, UserError
from lakthan.web.actions import ActingRequest

MOST_AT_ONCE = 500
"""Projects that can be decided about on one page."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks to see."""

    text: str
    community: str
    field: str
    standing: str

    @classmethod
    def of(cls, query: QueryDict) -> "Filters":
        """What the address gets wrong finds nothing or is passed over."""
        standing = query.get("standing", "")
        return cls(
            query.get("text", "").strip(),
            query.get("community", ""),
            query.get("field", ""),
            standing if standing in set(Standing) else "",
        )

    def __bool__(self) -> bool:
        """Whether anything is left out."""
        return bool(self.text or self.community or self.field or self.standing)

    def hidden(self) -> list[tuple[str, str]]:
        """What a form takes along, so that all that are like the filter can be chosen."""
        given = {"text": self.text, "community": self.community, "field": self.field}
        return [(name, value) for name, value in given.items() if value]

    def found(self, rows: Sequence[ProposedProject]) -> list[ProposedProject]:
        """The projects of any standing."""
        wanted = self.text.casefold()
        return [
            row
            for row in rows
            if self.community in ("", row.community_code)
            and self.field in ("", row.field)
            and (not wanted or any(wanted in text.casefold() for text in (row.name, row.community_name, row.problem)))
        ]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The projects that are decided about."""

    ids: tuple[UUID, ...]
    expected: int | None = None
    """How many there were when all were chosen; None where they were chosen one by one."""

    @property
    def is_other(self) -> bool:
        """Whether there are more or fewer by now than there were when they were chosen."""
        return self.expected is not None and self.expected != len(self.ids)


def chosen_of(request: ActingRequest, table: DecisionTable) -> Chosen:
    """The projects of an address: each named, or with `all=N` those that are not decided and like the filter.

    A form that comes back names its own, so that what is recorded is what stood on the page.

    Raises:
        NotFound: a name is none.
        UserError: there are too many for one page.
    """
    named = request.POST.getlist("project") or request.GET.getlist("project")
    expected = request.GET.get("all", "")
    if request.POST.getlist("project") or not expected:
        chosen = Chosen(_ids(named))
    else:
        found = Filters.of(request.GET).found(table.projects)
        undecided = tuple(row.id for row in found if row.standing is Standing.UNDECIDED)
        chosen = Chosen(undecided, int(expected) if expected.isascii() and expected.isdigit() else None)
    if len(chosen.ids) > MOST_AT_ONCE:
        raise UserError(
            f"เลือกได้ครั้งละไม่เกิน {MOST_AT_ONCE} โครงการ กรองให้น้อยลงแล้วเลือกใหม่",
            f"At most {MOST_AT_ONCE} projects can be decided about at once; narrow the filter and choose again.",
        )
    return chosen


def _ids(named: Sequence[str]) -> tuple[UUID, ...]:
    try:
        return tuple({UUID(name): None for name in named})
    except ValueError as error:
        raise NotFound("ไม่พบโครงการที่เลือกในสำนักงานเขตนี้", "A chosen project is none of this district's.") from error
