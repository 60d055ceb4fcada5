"""What all parts of the demonstration share: the units, who acts, the clock and the dice."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from random import Random
from zoneinfo import ZoneInfo

from lakthan.apps.communities.models import Community
from lakthan.apps.indicators.models import PlanNode
from lakthan.apps.people.models import Unit
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Actor

SEED = "lakthan 2563"
YEAR = FiscalYear(2563)
PRESENT = datetime(2020, 10, 15, 9, 0, tzinfo=ZoneInfo("Asia/Bangkok"))
"""The simulated clock of the finished city: 15 October 2563."""

COUNT_DAY = date(2020, 1, 31)
"""The day on which the reference report counts communities: 31 January 2563."""

NOT_INCLUDED = ("5037", "5023", "5050", "5032", "5027", "5003", "5041")
"""Districts without an inclusion at the year's end: ดินแดง บางขุนเทียน บางบอน ราชเทวี ลาดพร้าว สัมพันธวงศ์ หลักสี่."""
INCLUDED_LATE = ("5004", "5008", "5045")
"""Districts that joined after the third quarter: บางรัก พญาไท วังทองหลาง."""


def moment(day: date, hour: int = 10) -> datetime:
    """A moment of a day on the simulated clock."""
    return datetime.combine(day, time(hour), tzinfo=PRESENT.tzinfo)


@dataclass
class Stage:
    """The city while it is being built."""

    units: dict[str, Unit]
    """Bureaus and districts by four-digit code."""
    actors: dict[str, Actor]
    """Who acts for a district (by code) or in a role of the bureau (by role)."""
    operator: Actor
    directors: dict[str, Actor] = field(default_factory=dict)
    """Of districts, by code."""
    nodes: dict[tuple[str, str], PlanNode] = field(default_factory=dict)
    communities: dict[str, list[Community]] = field(default_factory=dict)
    """Communities of each district that are registered on the counting day."""
    dice: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311 - a made-up city, not a secret

    @property
    def districts(self) -> dict[str, Unit]:
        """The district offices by code."""
        return {code: unit for code, unit in sorted(self.units.items()) if unit.kind == Unit.Kind.DISTRICT}

    @property
    def bureau(self) -> Unit:
        """The strategy bureau."""
        return self.units["2100"]

    def day_between(self, first: date, last: date) -> date:
        """A working day between two days."""
        while True:
            day = date.fromordinal(self.dice.randint(first.toordinal(), last.toordinal()))
            if day.weekday() < 5:
                return day


def share_out(total: int, weights: dict[str, int]) -> dict[str, int]:
    """Part a whole number by weights with the largest remainders; the parts add up to the total."""
    whole = sum(weights.values())
    parts = {key: total * weight // whole for key, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda key: (-(total * weights[key] % whole), key))
    for key in by_remainder[: total - sum(parts.values())]:
        parts[key] += 1
    return parts
