"""Letters to communities about decisions, made from the lines of `notices`."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from lakthan.apps.people.directory import UnitLabel
from lakthan.apps.people.selectors import city, short_name
from lakthan.apps.planning.models import DecisionNotice
from lakthan.apps.planning.notices import DecisionLine, decision_rows, district_unit
from lakthan.apps.planning.services.notices import tell_communities
from lakthan.printing.decision_letters import Letter
from lakthan.printing.letter_words import Decision
from lakthan.rules.after_decision import TO_ASK, last_day_to_ask
from lakthan.rules.permissions import Actor


def letters_of(
    district: UnitLabel, lines: Sequence[DecisionLine], number: str = "", on: date | None = None
) -> tuple[Letter, ...]:
    """A letter to each community with all that the lines say of its projects.

    What a letter told already, and still holds, is printed again as it went out: with its own number and day, whatever
    is given. What was mended or withdrawn since goes into a new letter, which names what was told before.
    """
    here = city()
    letters: dict[tuple[str, str, date | None], list[DecisionLine]] = defaultdict(list)
    for line in lines:
        sent = line.letter
        letters[line.community_code, sent.document if sent else number, sent.on if sent else on].append(line)
    return tuple(
        Letter(
            district=short_name(district.name_th),
            community=of_one[0].community_name,
            fiscal_year=of_one[0].fiscal_year,
            decisions=tuple(map(decision_told, of_one)),
            number=document or None,
            on=day,
            ask_days=TO_ASK.days,
            ask_until=last_day_to_ask(day),
            is_demonstration=here is not None and here.is_demonstration,
        )
        for (_, document, day), of_one in sorted(letters.items(), key=lambda item: (item[0][0], item[0][1]))
    )


def decision_told(line: DecisionLine) -> Decision:
    """A line as letters and e-mails tell it."""
    return Decision(
        name=line.name,
        plan_on=line.plan_on,
        included=line.included,
        effective_on=line.effective_on,
        document=line.document,
        terms=line.stands,
        before=line.before,
        ended_on=line.ended_on,
        end_reason=line.end_reason,
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
