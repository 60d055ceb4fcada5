"""Everything that a project can go through, as one table: the steps of its path, the same for whoever looks at it.

A step is a letter: p proposed, n in the plan, I included, D declined, l the list confirmed, t told, a another look,
w the work, c the community's word, f the figures, x nothing decided. In capitals what has happened, but for decisions.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lakthan.apps.communities.models import Community
from lakthan.apps.people.models import Unit
from lakthan.apps.planning.models import ActionPlan, CommunityProject, DecisionNotice, Decline, Inclusion
from lakthan.apps.planning.services.decisions import (
    confirm_action_plan,
    decline_project,
    include_project,
    withdraw_decision,
)
from lakthan.apps.planning.services.mending import mend_inclusion
from lakthan.apps.planning.services.notices import tell_communities
from lakthan.apps.planning.services.reconsiderations import answer_reconsideration, ask_reconsideration
from lakthan.apps.planning.services.work import confirm_work, report_work
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.after_decision import Work
from lakthan.rules.permissions import Role
from tests.apps import builders
from tests.apps.builders import NOW, ROOT, YEAR
from tests.web import test_paths
from tests.web.pages import in_both_languages, in_language
from tests.web.test_paths import district_officer, member_of, own_of, path_of, public_of

pytestmark = pytest.mark.django_db

MY_WORK = reverse("my-work")
home = test_paths.home
CHAIR = "มานี มีนา"
NEXT = FiscalYear(YEAR.be + 1)
STEPS = {
    "p": "Proposed by the community",
    "n": "In the community plan",
    "I": "Included in the action plan of",
    "D": "Not included in the action plan of",
    "l": "The director confirms the list of",
    "t": "The community is told",
    "a": "Another look asked for",
    "w": "The work",
    "c": "The community's word",
    "f": "The figures it counts in",
    "x": "Decision of the district office",
}


@dataclass
class Life:
    """A project of a community with a named chair, whose district decides about it, an hour after the other."""

    unit: Unit
    community: Community
    project: CommunityProject
    plans: dict[int, ActionPlan] = field(default_factory=dict)
    hour: int = 0

    @property
    def now(self) -> datetime:
        self.hour += 1
        return NOW + timedelta(minutes=self.hour)

    def plan(self, year: FiscalYear) -> ActionPlan:
        if year.be not in self.plans:
            self.plans[year.be] = builders.action_plan(self.unit, year)
        return self.plans[year.be]

    def include(
        self, day: int, year: FiscalYear = YEAR, item: int = 1, project: CommunityProject | None = None, month: int = 2
    ) -> Inclusion:
        return include_project(
            actor=ROOT,
            action_plan=self.plan(year),
            project=project or self.project,
            item_number=item,
            name="โครงการในแผน",
            effective_on=date(2020, month, day),
            document="บันทึก 2/2563",
            now=self.now,
        )

    def decline(self, day: int, year: FiscalYear = YEAR) -> Decline:
        return decline_project(
            actor=ROOT,
            action_plan=self.plan(year),
            project=self.project,
            reason_code=Decline.Reason.NO_BUDGET,
            reason="งบประมาณจัดสรรครบแล้ว",
            effective_on=date(2020, 2, day),
            document="รายงานการประชุม 1",
            now=self.now,
        )

    def confirm_list(self, year: FiscalYear = YEAR) -> None:
        day, document = date(2020, 2, 28), "บันทึก 9/2563"
        plan, director = self.plan(year), builders.somebody(Role.DISTRICT_DIRECTOR, self.unit)
        confirm_action_plan(actor=director, action_plan=plan, effective_on=day, document=document, now=self.now)

    def withdraw(self, decision: Inclusion | Decline, day: date = date(2020, 3, 9)) -> None:
        withdraw_decision(actor=ROOT, decision=decision, ended_on=day, reason="เจ้าของที่ดินไม่ยินยอม", now=self.now)

    def tell(self, decision: Inclusion | Decline, day: date = date(2020, 3, 2)) -> None:
        tell_communities(
            actor=ROOT,
            unit=self.unit,
            decisions=[decision],
            way=DecisionNotice.Way.LETTER,
            effective_on=day,
            document="กท 5001/12",
            now=self.now,
        )

    def ask(self, decision: Decline, *, is_upheld: bool | None = None) -> None:
        asked = ask_reconsideration(
            actor=ROOT,
            decline=decision,
            reasons="ที่ดินเป็นของเขต",
            effective_on=date(2020, 3, 5),
            document="หนังสือชุมชน 1",
            now=self.now,
        )
        if is_upheld is not None:
            answer_reconsideration(
                actor=ROOT,
                reconsideration=asked,
                is_upheld=is_upheld,
                answer="ตรวจแล้ว",
                answered_on=date(2020, 3, 6),
                document="กท 5001/20",
                now=self.now,
            )

    def report(self, item: Inclusion, state: Work = Work.DONE, day: int = 2) -> None:
        on = date(2020, 3, day)
        report_work(actor=ROOT, inclusion=item, effective_on=on, state=state, note="", now=self.now)

    def word(self, item: Inclusion, *, is_done: bool, day: int = 3) -> None:
        on = date(2020, 3, day)
        confirm_work(actor=ROOT, inclusion=item, effective_on=on, is_done=is_done, note="หนังสือ 2", now=self.now)


def nothing_decided(_: Life) -> None: ...


def draft(life: Life) -> None:
    life.include(10)


def turned_down(life: Life) -> None:
    life.tell(life.decline(10))


def asked(life: Life) -> None:
    life.ask(life.decline(10))


def turned_down_then_included(life: Life) -> None:
    life.decline(10)
    life.include(20, NEXT)


def in_several_years(life: Life) -> None:
    life.include(10)
    life.include(20, NEXT)


def split(life: Life) -> None:
    life.include(10)
    life.include(11, item=5)


def shared(life: Life) -> None:
    life.include(10)
    life.include(10, project=builders.project(life.unit, "ชุมชนตัวอย่าง 2"))


def reconsidered(life: Life) -> None:
    decision = life.decline(10)
    life.tell(decision)
    life.ask(decision, is_upheld=True)
    life.withdraw(decision)
    life.include(9, item=3, month=3)


def withdrawn_after_it_was_told(life: Life) -> None:
    decision = life.include(10)
    life.tell(decision)
    life.withdraw(decision)


def withdrawn_unheard(life: Life) -> None:
    life.withdraw(life.include(10))


def mended(life: Life) -> None:
    decision = life.include(10)
    life.tell(decision)
    mend_inclusion(actor=ROOT, inclusion=decision, item_number=4, name=decision.name, budget=None, now=life.now)


def something_missing(life: Life) -> None:
    decision = life.include(10)
    life.confirm_list()
    life.report(decision)
    life.word(decision, is_done=False)


def whole_way(life: Life) -> None:
    decision = life.include(10)
    life.confirm_list()
    life.tell(decision)
    life.report(decision, Work.UNDER_WAY)
    life.report(decision, day=3)
    life.word(decision, is_done=False, day=4)
    life.report(decision, day=5)
    life.word(decision, is_done=True, day=6)


SHAPES: dict[str, tuple[Callable[[Life], object], str, tuple[str, ...]]] = {
    "nothing decided": (nothing_decided, "PN x f", ("No decision is recorded yet.",)),
    "a draft list": (draft, "PN I2563 l t w c F", ("Waits for the director to confirm the list",)),
    "declined": (turned_down, "PN D2563 T a f", ("The community can ask until",)),
    "asked again": (asked, "PN D2563 t A f", ("Not answered yet; the district answers by 4 April 2020",)),
    "declined, then included": (turned_down_then_included, "PN D2563 t a I2564 l t w c F", ()),
    "in several years": (in_several_years, "PN I2563 l t w c I2564 l t w c F", ()),
    "split": (split, "PN I2563 l t w c I2563 l t w c F", ("Split into several items", "also item 5", "also item 1")),
    "shared": (shared, "PN I2563 l t w c F", ("The item and its budget are shared with", "ชุมชนตัวอย่าง 2")),
    "reconsidered": (
        reconsidered,
        "PN D2563 t A I2563 l t w c F",
        ("the district decides anew", "Withdrawn on 9 March 2020", "No notice of the withdrawal is recorded yet."),
    ),
    "withdrawn": (withdrawn_after_it_was_told, "PN I2563 t f", ("No notice of the withdrawal is recorded yet.",)),
    "withdrawn unheard": (withdrawn_unheard, "PN I2563 f", ("Withdrawn on 9 March 2020",)),
    "mended": (mended, "PN I2563 l t w c F", ("The decision was corrected since.",)),
    "something missing": (something_missing, "PN I2563 L t W c F", ("Something is missing",)),
    "the whole way": (whole_way, "PN I2563 L T W C F", ("The work is done", "Something is missing")),
}


def live(home: Unit, shape: str) -> Life:
    """A project that went through what the shape says, in a city with an indicator that counts inclusions."""
    builders.assignment(builders.bureau())
    community = builders.community(home)
    builders.committee(community)
    life = Life(home, community, builders.plan(community, projects=1).projects.get())
    SHAPES[shape][0](life)
    return life


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>|\u200b", "", page))


def steps_of(page: str) -> Iterator[str]:
    """The steps of the page as the table writes them."""
    letters = {words: letter for letter, words in STEPS.items()}
    for state, heading in re.findall(r'<li class="path-step is-(\w+)">\s*<h3[^>]*>(.*?)</h3>', page, re.DOTALL):
        words, year = re.fullmatch(r"(.*?)(?: (\d{4}))?", text_of(heading).strip()).groups()  # type: ignore[union-attr]
        letter = letters[words.replace("&#x27;", "'")]
        has_happened = letter in "ID" or state != "done"
        yield letter + (year if letter in "ID" else "") if has_happened else letter.upper()


def written(steps: str) -> list[str]:
    """The steps of a row of the table, one by one."""
    return re.findall(r"[ID]\d{4}|[a-zA-Z]", steps)


@pytest.mark.parametrize("shape", SHAPES)
def test_whoever_looks_sees_the_same_steps(home: Unit, client: Client, shape: str) -> None:
    life = live(home, shape)
    _, steps, says = SHAPES[shape]
    readers = {
        "public": (client, public_of(life.project)),
        "officer": (district_officer(home), path_of(life.project)),
        "member": (member_of(life.community), own_of(life.project)),
    }
    for reader, (of, address) in readers.items():
        page = of.get(in_language(address, "en")).content.decode()
        assert list(steps_of(page)) == written(steps), reader
        assert [words for words in says if words not in text_of(page).replace("&#x27;", "'")] == [], reader


@pytest.mark.parametrize("shape", SHAPES)
@in_both_languages
def test_the_public_sees_no_person(home: Unit, client: Client, shape: str, language: str) -> None:
    page = client.get(public_of(live(home, shape).project, language)).content.decode()
    assert CHAIR not in page
    assert "@example.org" not in page
    assert "หนังสือ 2" not in page, "what communities write stays among them and officers"


@pytest.mark.parametrize("shape", ["in several years", "the whole way"])
def test_each_quarter_that_counts_the_project_is_a_way_to_its_figure(home: Unit, client: Client, shape: str) -> None:
    page = client.get(public_of(live(home, shape).project)).content.decode()
    links = re.findall(r'href="([^"]*/2100-0001/[^"]*)"', page)
    assert len(links) == 2, "the second and the third quarter of the year"
    assert {client.get(link).status_code for link in links} == {HTTPStatus.OK}


def test_what_comes_next_is_said_to_officer_and_member_when_something_is_missing(home: Unit) -> None:
    life = live(home, "something missing")
    officer, member = district_officer(home), member_of(life.community)
    page = text_of(officer.get(in_language(path_of(life.project), "en")).content.decode())
    assert "Next: see to what is missing and report the work again." in page
    assert "Communities say that work is not done" in text_of(officer.get(in_language(MY_WORK, "en")).content.decode())
    page = text_of(member.get(in_language(own_of(life.project), "en")).content.decode())
    assert "Next: the district office sees to what is missing" in page
    listed = member.get(in_language(test_paths.OWN, "en")).content.decode()
    assert "the district is to report again" in listed
    assert "path-waiting" not in listed, "nothing waits for the community's word"


def test_a_path_costs_the_same_whatever_the_project_went_through(home: Unit, client: Client) -> None:
    counts = set()
    life = live(home, "a draft list")
    officer, member = district_officer(home), member_of(life.community)
    readers = ((client, public_of(life.project)), (officer, path_of(life.project)), (member, own_of(life.project)))
    for of, address in readers:
        of.get(address)  # the first page of a session keeps the session

    def count() -> tuple[int, ...]:
        found = []
        for of, address in readers:
            with CaptureQueriesContext(connection) as captured:
                of.get(address)
            found.append(len(captured))
        return tuple(found)

    counts.add(count())
    split_again, declined = life.include(11, item=5), life.decline(12, NEXT)
    life.tell(declined)
    life.ask(declined, is_upheld=False)
    life.report(split_again)
    life.include(10, project=builders.project(home, "ชุมชนตัวอย่าง 2"))
    counts.add(count())
    assert len(counts) == 1
    assert max(max(each) for each in counts) <= test_paths.MOST
