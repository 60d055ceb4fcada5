"""Letters to communities about decisions, made from the lines of `notices`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby

from lakthan.apps.people.directory import UnitLabel
from lakthan.apps.people.selectors import city, short_name
from lakthan.apps.planning.models import DecisionNotice
from lakthan.apps.planning.notices import DecisionLine, decision_rows, district_unit
from lakthan.apps.planning.services.notices import tell_communities
from lakthan.printing.decision_letters import Decision, Letter
from lakthan.rules.after_decision import TO_ASK, last_day_to_ask
from lakthan.rules.permissions import Actor


def letters_of(
    district: UnitLabel, lines: Sequence[DecisionLine], number: str = "", on: date | None = None
) -> tuple[Letter, ...]:
    """A letter to each community with all that the lines say of its projects.

    What was told by a letter already is printed again as it went out: with its own number and day, whatever is given.
    """
    here = city()
    told = [line if line.letter_on else replace(line, letter=number, letter_on=on) for line in lines]

    def letter_key(line: DecisionLine) -> tuple[str, str, date]:
        return line.community_code, line.letter, line.letter_on or date.min

    letters = []
    for (_, document, _), group in groupby(sorted(told, key=letter_key), key=letter_key):
        of_one = list(group)
        first = of_one[0]
        letters.append(
            Letter(
                district=short_name(district.name_th),
                community=first.community_name,
                fiscal_year=first.fiscal_year,
                decisions=tuple(map(_decision, of_one)),
                number=document or None,
                on=first.letter_on,
                ask_days=TO_ASK.days,
                ask_until=last_day_to_ask(first.letter_on),
                is_demonstration=here is not None and here.is_demonstration,
            )
        )
    return tuple(letters)


def _decision(line: DecisionLine) -> Decision:
    return Decision(
        name=line.name,
        plan_on=line.plan_on,
        included=line.included,
        effective_on=line.effective_on,
        document=line.document,
        item_number=line.item_number,
        budget=line.budget,
        reason=line.reason,
    )


def send_letters(
    *, actor: Actor, district: UnitLabel, lines: Sequence[DecisionLine], number: str, on: date, now: datetime
) -> int:
    """Record that communities are told by letter; gives how many decisions they were not told of by letter before."""
    told = tell_communities(
        actor=actor,
        unit=district_unit(district.id),
        decisions=decision_rows(district.id, lines),
        way=DecisionNotice.Way.LETTER,
        effective_on=on,
        document=number,
        now=now,
    )
    return len(told)
