"""The register of communities through real requests: who may see what, what is found, and what an officer does."""

from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from lakthan.apps.communities.models import Committee, CommitteeJudgement, Community, CommunitySeat, CommunityStatus
from lakthan.apps.communities.services import change_status, judge_committee
from lakthan.apps.people.models import Unit, User
from lakthan.apps.people.services import set_up_city
from lakthan.rules.eligibility import Status
from lakthan.rules.permissions import PERMISSIONS, Action, Role, Scope
from tests.apps import builders
from tests.apps.builders import FOUNDED, NOW, ROOT, TODAY
from tests.web.pages import in_both_languages, in_language
from tests.web.test_staff import officer, signed_in

pytestmark = pytest.mark.django_db

LIST, NEW, MY_WORK = reverse("communities"), reverse("new-community"), reverse("my-work")
MOST = 12
READERS = PERMISSIONS[Action.READ_DISTRICT_RECORDS]


@pytest.fixture
def home() -> Unit:
    """A district, in a city on a simulated clock."""
    set_up_city(actor=ROOT, name_th="เมือง", name_en="City", is_demonstration=True, simulated_now=NOW, now=NOW)
    return builders.unit("5001")


@pytest.fixture
def community(home: Unit) -> Community:
    """A registered community with a committee that chairs a named person."""
    row = builders.community(home)
    builders.committee(row)
    return row


@pytest.fixture
def keeper(home: Unit) -> Client:
    """The officer of the district."""
    return signed_in(officer(Role.DISTRICT_OFFICER, home, "keeper"))


def address(of: Community, page: str = "community") -> str:
    with translation.override("th"):  # a page in English before it leaves its language behind
        return reverse(page, args=(of.code,))


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == HTTPStatus.OK, address
    return str(answer.content.decode())


def do(client: Client, of: Community, act: str, **typed: str) -> Any:
    return client.post(address(of), {"act": act} | {f"{act}-{name}": value for name, value in typed.items()})


def judge(of: Community, *, able: bool = True, on: date = FOUNDED) -> None:
    judge_committee(actor=ROOT, community=of, effective_on=on, able=able, reason="ครบ", now=NOW)


# Who may


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OPERATOR])
@pytest.mark.parametrize("page", ["community", "community-projects", "community-history"])
def test_a_community_is_read_by_whom_the_table_names_and_is_not_there_for_others(
    community: Community, role: Role, page: str
) -> None:
    at_home = signed_in(officer(role, community.unit, "at-home"))
    elsewhere = signed_in(officer(role, builders.unit("5002"), "elsewhere"))
    may_not = HTTPStatus.FORBIDDEN if role not in READERS else HTTPStatus.NOT_FOUND
    assert at_home.get(address(community, page)).status_code == (HTTPStatus.OK if role in READERS else may_not)
    reads_all = READERS.get(role) is Scope.ANY_UNIT
    assert elsewhere.get(address(community, page)).status_code == (HTTPStatus.OK if reads_all else may_not)


def test_the_list_holds_the_communities_of_the_districts_one_may_read(community: Community) -> None:
    other = builders.community(builders.unit("5002"), "ชุมชนของเขตอื่น")
    own = text_of(signed_in(officer(Role.DISTRICT_OFFICER, community.unit, "own")), LIST)
    assert community.name in own
    assert other.name not in own
    every = text_of(signed_in(officer(Role.AUDITOR, builders.bureau(), "auditor")), LIST)
    assert community.name in every
    assert other.name in every


@pytest.mark.parametrize("role", [Role.DISTRICT_DIRECTOR, Role.AUDITOR])
def test_only_the_officer_changes_the_register(community: Community, role: Role) -> None:
    reader = signed_in(officer(role, community.unit))
    answer = do(reader, community, "rename", name="ชื่ออื่น")
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert reader.get(NEW).status_code == HTTPStatus.FORBIDDEN
    assert 'name="act"' not in text_of(reader, address(community))
    assert Community.objects.get().name == community.name


def test_an_officer_of_another_district_finds_no_community_to_change(community: Community) -> None:
    stranger = signed_in(officer(Role.DISTRICT_OFFICER, builders.unit("5002"), "stranger"))
    assert do(stranger, community, "rename", name="ชื่ออื่น").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("page", ["community", "community-history"])
def test_names_and_telephone_of_the_chair_are_shown_in_the_own_district_alone(community: Community, page: str) -> None:
    builders.seat(community)
    for role, home, shown in (
        (Role.DISTRICT_OFFICER, community.unit, True),
        (Role.DISTRICT_DIRECTOR, community.unit, True),
        (Role.AUDITOR, builders.bureau(), False),
        (Role.STRATEGY_ADMINISTRATOR, builders.bureau("2200"), False),
    ):
        found = text_of(signed_in(officer(role, home, f"one-{role}")), address(community, page))
        assert ("มานี มีนา" in found) is shown
        assert ("02-555-0100" in found) is shown
        assert page == "community-history" or ("มานะ รักดี" in found) is shown


# Finding


@pytest.mark.parametrize(
    "text", ["น้ำใส", "น\u0e4d\u0e49าใส", "ใส", "ส", "0002", "๕๐๐๑-๐๐๐๒", "บางรัก", "sample ใส", "  2 น้ำ "]
)
def test_a_community_is_found_by_any_part_of_what_it_is_called(home: Unit, keeper: Client, text: str) -> None:
    builders.community(home, "ชุมชนเคหะ 1")
    found = builders.community(home, "ชุมชนน้ำใส 2")
    Community.objects.filter(pk=found.pk).update(sub_district="บางรัก")
    shown = text_of(keeper, f"{LIST}?text={text}")
    assert "ชุมชนน้ำใส 2" in shown
    assert "ชุมชนเคหะ 1" not in shown


def test_a_number_in_a_name_is_not_taken_for_a_part_of_every_code(home: Unit, keeper: Client) -> None:
    for name in ("ชุมชนน้ำใส 5", "ชุมชนน้ำใส 6"):
        builders.community(home, name)
    shown = text_of(keeper, f"{LIST}?text=น้ำใส ๕")
    assert "ชุมชนน้ำใส 5" in shown
    assert "ชุมชนน้ำใส 6" not in shown


def test_the_list_is_narrowed_by_type_status_eligibility_and_plan(home: Unit, keeper: Client) -> None:
    names = [f"ชุมชนที่หนึ่งร้อย{letter}" for letter in "กขคงจ"]
    rows = dict(zip("กขคงจ", [builders.community(home, name) for name in names], strict=True))
    Community.objects.filter(pk=rows["ก"].pk).update(type="crowded")
    for letter, status in (("ข", Status.BEING_DISSOLVED), ("ค", Status.DISSOLVED)):
        change_status(actor=ROOT, community=rows[letter], status=status, effective_on=TODAY, document="1", now=NOW)
    judge(rows["ง"])
    builders.plan(rows["จ"])
    ended = builders.plan(rows["ก"], on=date(2018, 1, 15))
    assert ended.valid_until < TODAY

    def letters(query: str) -> str:
        shown = text_of(keeper, f"{LIST}?{query}")
        return "".join(letter for letter, name in zip("กขคงจ", names, strict=True) if name in shown)

    assert letters("") == "กขงจ"
    assert letters("status=all") == "กขคงจ"
    assert letters("status=dissolved") == "ค"
    assert letters("status=being-dissolved") == "ข"
    assert letters("type=crowded") == "ก"
    assert letters("eligible=yes") == "ง"
    assert letters("eligible=no") == "กขจ"
    assert letters("plan=current") == "จ"
    assert letters("plan=ended") == "ก"
    assert letters("plan=none") == "ขง"
    assert letters("plan=prepared") == ""
    assert letters(f"on={TODAY - timedelta(days=1)}&status=registered") == "กขคงจ"
    assert letters(f"on={FOUNDED - timedelta(days=1)}&status=all") == ""


@in_both_languages
def test_an_empty_list_says_what_will_stand_there_or_why_nothing_does(
    home: Unit, keeper: Client, language: str
) -> None:
    words = {"th": ("ยังไม่มีชุมชนในทะเบียน", "ไม่พบชุมชน"), "en": ("No community is registered yet", "No community is like")}
    assert words[language][0] in text_of(keeper, in_language(LIST, language))
    builders.community(home)
    assert words[language][1] in text_of(keeper, in_language(f"{LIST}?text=ไม่มีชื่อนี้", language))


@in_both_languages
def test_a_day_that_is_none_is_told_and_the_register_of_today_is_shown(
    community: Community, keeper: Client, language: str
) -> None:
    shown = text_of(keeper, in_language(f"{LIST}?on=31/2/2563", language))
    assert "31/2/2563" in shown
    assert "errorlist" in shown
    assert community.name in shown


def test_a_list_asks_seldom_and_no_more_often_when_communities_double(home: Unit, keeper: Client) -> None:
    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert keeper.get(address).status_code == HTTPStatus.OK
        return len(captured)

    for number in range(3):
        row = builders.community(home, f"ชุมชนแรก {number}")
        builders.committee(row)
        builders.plan(row)
    pages = (LIST, f"{LIST}?text=แรก&plan=current", MY_WORK)
    keeper.get(LIST)  # a session is told of in its first request
    before = [asked(page) for page in pages]
    for number in range(3):
        row = builders.community(home, f"ชุมชนหลัง {number}")
        builders.committee(row)
        builders.plan(row)
    assert [asked(page) for page in pages] == before
    assert max(before) <= MOST


def test_the_pages_of_a_community_ask_no_more_often_when_its_records_double(home: Unit, keeper: Client) -> None:
    def asked(of: Community, page: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            text_of(keeper, address(of, page))
        return len(captured)

    small, large = builders.community(home, "ชุมชนเล็ก"), builders.community(home, "ชุมชนใหญ่")
    for row in (small, large):
        builders.seat(row, f"speaker-{row.code}")
        builders.plan(row)
        builders.meeting(home, row)
    for number in range(3):
        builders.plan(large, on=date(2018, 1, 10 + number), projects=4)
        builders.meeting(home, large, on=date(2020, 2, 10 + number))
        judge(large, on=date(2019, 2, 1 + number))
    plan = builders.action_plan(home)
    for item, project in enumerate(large.plans.first().projects.all(), start=1):
        builders.inclusion(project, plan, item)
    keeper.get(LIST)
    for page in ("community", "community-projects", "community-history"):
        assert asked(small, page) == asked(large, page) <= MOST, page


# One community


@in_both_languages
def test_the_committee_is_held_against_the_regulation_apart_from_the_judgement(
    community: Community, keeper: Client, language: str
) -> None:
    Committee.objects.update(houses=180, members=6)
    judge(community, able=True, on=date(2019, 1, 2))
    shown = text_of(keeper, in_language(address(community), language))
    words = {
        "th": ("6 คน ระเบียบกำหนดอย่างน้อย 9 คน", "ขาดกรรมการ 3 คน", "ครบพอที่จะทำงานได้"),
        "en": ("6; the regulation asks for at least 9", "3 members are missing", "Complete enough to work"),
    }
    for text in words[language]:
        assert text in shown


@in_both_languages
def test_eligibility_is_answered_for_any_day_with_reasons(community: Community, keeper: Client, language: str) -> None:
    judge(community, on=date(2019, 1, 2))
    change_status(
        actor=ROOT,
        community=community,
        status=Status.BEING_DISSOLVED,
        effective_on=TODAY,
        document="หนังสือ 1",
        now=NOW,
    )
    words = {
        "th": ("ยังไม่จดทะเบียนในวันนั้น", "เขตยังไม่ได้วินิจฉัยคณะกรรมการ", "จดทะเบียนแล้ว ไม่อยู่ระหว่างยุบเลิก", "อยู่ระหว่างยุบเลิก"),
        "en": (
            "Not registered on that day",
            "has not judged the committee",
            "It is registered, is not",
            "It is being dissolved",
        ),
    }
    days = ("1/9/2560", "1/6/2561", "2/1/2562", "1/6/2563")
    for day, text in zip(days, words[language], strict=True):
        assert text in text_of(keeper, in_language(f"{address(community)}?on={day}", language))


def test_plans_show_their_projects_and_what_was_decided(community: Community, keeper: Client) -> None:
    plan = builders.plan(community, projects=2)
    builders.inclusion(plan.projects.get(number=1), builders.action_plan(community.unit), item=7)
    shown = text_of(keeper, in_language(address(community, "community-projects"), "en"))
    assert "2563: included as item 7" in shown
    assert "Not decided yet" in shown


def test_the_history_says_who_in_which_office_did_what_with_before_and_after(
    community: Community, keeper: Client
) -> None:
    do(keeper, community, "rename", name="ชุมชนชื่อใหม่")
    shown = text_of(keeper, in_language(address(community, "community-history"), "en"))
    assert "Name corrected" in shown
    assert '<span lang="th">ชุมชนตัวอย่าง 1</span>' in shown or "<del>ชุมชนตัวอย่าง 1</del>" in shown
    assert "<ins>ชุมชนชื่อใหม่</ins>" in shown
    assert "district officer" in shown.casefold()
    assert "Sample 5001" in shown
    assert "by the operator of the server" in shown, "who registered it"


def test_a_long_history_is_paged(community: Community, keeper: Client) -> None:
    for number in range(60):
        do(keeper, community, "rename", name=f"ชุมชนชื่อที่ {number}")
    first = text_of(keeper, address(community, "community-history"))
    assert "ชุมชนชื่อที่ 59" in first
    assert "ขึ้นทะเบียนชุมชน</a>" not in first
    assert "ขึ้นทะเบียนชุมชน</a>" in text_of(keeper, f"{address(community, 'community-history')}?page=2")


def test_a_history_is_narrowed_to_what_it_is_about_and_leads_to_the_pages_of_its_records(
    community: Community, keeper: Client
) -> None:
    met = builders.meeting(community.unit, community)
    project = builders.plan(community, projects=6).projects.get(number=1)
    builders.inclusion(project, builders.action_plan(community.unit))
    page = in_language(address(community, "community-history"), "en")
    whole = text_of(keeper, page)
    for words in ("Meeting scheduled", "6 entries", "Project included in the action plan", "Committee recorded"):
        assert words in whole
    narrowed = text_of(keeper, f"{page}?about=meetings")
    assert "Meeting scheduled" in narrowed
    assert "Project included" not in narrowed
    for name, record in (("meeting", met), ("project-path", project)):
        link = reverse(name, args=(record.pk,))
        assert f'href="{link}"' in whole
        assert keeper.get(link).status_code == HTTPStatus.OK


# What an officer does


def test_a_community_is_registered_with_the_next_code(community: Community, keeper: Client) -> None:
    typed = {
        "name": "ชุมชนใหม่",
        "type": "urban",
        "sub_district": "แขวงใหม่",
        "effective_on": "1/5/2563",
        "document": "ประกาศ 4/2563",
    }
    answer = keeper.post(NEW, typed)
    assert answer["Location"] == reverse("community", args=("5001-0002",))
    assert CommunityStatus.objects.get(community__code="5001-0002").document == "ประกาศ 4/2563"
    again = keeper.post(NEW, typed)
    assert again.status_code == HTTPStatus.OK
    for value in ("ชุมชนใหม่", "แขวงใหม่", "1/5/2563", "ประกาศ 4/2563"):
        assert f'value="{value}"' in again.content.decode()
    assert "แล้ว" in again.content.decode()


def test_name_type_and_sub_district_are_corrected(community: Community, keeper: Client) -> None:
    assert do(keeper, community, "rename", name="ชุมชนชื่อใหม่").status_code == HTTPStatus.FOUND
    assert do(keeper, community, "describe", type="crowded", sub_district="ดินแดง").status_code == HTTPStatus.FOUND
    row = Community.objects.get()
    assert (row.name, row.type, row.sub_district) == ("ชุมชนชื่อใหม่", "crowded", "ดินแดง")


def test_a_name_of_another_community_is_refused_and_stays_in_the_form(community: Community, keeper: Client) -> None:
    builders.community(community.unit, "ชุมชนอื่น")
    answer = do(keeper, community, "rename", name="ชุมชนอื่น")
    assert answer.status_code == HTTPStatus.OK
    assert 'value="ชุมชนอื่น"' in answer.content.decode()
    assert Community.objects.get(pk=community.pk).name == community.name


def test_a_status_is_recorded_with_day_and_document(community: Community, keeper: Client) -> None:
    typed = {"status": "being-dissolved", "effective_on": "1/5/2563", "reason": "ย้ายออก"}
    refused = do(keeper, community, "status", document="", **typed)
    assert 'value="1/5/2563"' in refused.content.decode()
    assert "ย้ายออก" in refused.content.decode()
    future = do(keeper, community, "status", document="กท 1", **typed | {"effective_on": "1/7/2563"})
    assert "ยังมาไม่ถึง" in future.content.decode()
    assert do(keeper, community, "status", document="กท 1", **typed).status_code == HTTPStatus.FOUND
    assert CommunityStatus.objects.filter(status="being-dissolved", document="กท 1").count() == 1


def test_a_committee_is_seated_and_judged_and_seats_pass_to_those_who_stay(
    community: Community, keeper: Client
) -> None:
    builders.seat(community)
    typed = {
        "effective_on": "1/5/2563",
        "term_ends_on": "30/4/2565",
        "houses": "๒๐๐",
        "members": "9",
        "chair_name": "ปิติ พอใจ",
    }
    refused = do(keeper, community, "committee", **typed | {"members": "เก้า"})
    assert 'value="เก้า"' in refused.content.decode()
    assert Committee.objects.count() == 1
    assert do(keeper, community, "committee", staying="mana", **typed).status_code == HTTPStatus.FOUND
    assert list(CommunitySeat.objects.order_by("valid_from").values_list("valid_from", "valid_to")) == [
        (date(2020, 1, 1), date(2020, 4, 30)),
        (date(2020, 5, 1), date(2022, 4, 30)),
    ]
    unreasoned = do(keeper, community, "judgement", able="no", effective_on="2/5/2563")
    assert unreasoned.status_code == HTTPStatus.OK
    assert do(keeper, community, "judgement", able="yes", effective_on="2/5/2563").status_code == HTTPStatus.FOUND
    assert CommitteeJudgement.objects.get().able


def test_a_seat_is_given_and_ended(community: Community, keeper: Client) -> None:
    typed = {"login": "chujai", "name_th": "ชูใจ เลิศล้ำ", "email": "no-address", "valid_from": "1/6/2563"}
    refused = do(keeper, community, "seat", **typed)
    assert 'value="no-address"' in refused.content.decode()
    assert not User.objects.filter(login="chujai").exists()
    assert do(keeper, community, "seat", **typed | {"email": "c@example.org"}).status_code == HTTPStatus.FOUND
    seat = CommunitySeat.objects.get()
    assert (seat.user.login, seat.valid_to) == ("chujai", date(2020, 12, 31))
    ended = do(keeper, community, "end-seat", seat=str(seat.pk), last_day="31/5/2563")
    assert ended.status_code == HTTPStatus.FOUND
    assert CommunitySeat.objects.get().valid_to == date(2020, 5, 31)


def test_a_form_that_names_no_act_changes_nothing(community: Community, keeper: Client) -> None:
    assert keeper.post(address(community), {"act": "dissolve"}).status_code == HTTPStatus.BAD_REQUEST


# What waits


@in_both_languages
def test_my_work_names_committees_to_be_judged_seated_and_renewed(home: Unit, keeper: Client, language: str) -> None:
    builders.community(home, "ชุมชนไม่มีกรรมการ")
    judged_before = builders.community(home, "ชุมชนวินิจฉัยก่อน")
    judge(judged_before)
    builders.committee(judged_before)
    ended, ends, calm, gone = (
        builders.community(home, f"ชุมชน{name}") for name in ("หมดวาระ", "ใกล้หมดวาระ", "สงบ", "ยุบ")
    )
    for row, last in ((ended, date(2020, 5, 31)), (ends, date(2020, 7, 31)), (calm, date(2020, 8, 1))):
        builders.committee(row)
        Committee.objects.filter(community=row).update(term_ends_on=last)
        judge(row, on=date(2019, 1, 2))
    change_status(actor=ROOT, community=gone, status=Status.DISSOLVED, effective_on=TODAY, document="1", now=NOW)
    shown = text_of(keeper, in_language(MY_WORK, language))
    for name in ("ไม่มีกรรมการ", "วินิจฉัยก่อน", "หมดวาระ", "ใกล้หมดวาระ"):
        assert f"ชุมชน{name}<" in shown
    for name in ("สงบ", "ยุบ"):
        assert f"ชุมชน{name}<" not in shown
    director = text_of(signed_in(officer(Role.DISTRICT_DIRECTOR, home, "director")), MY_WORK)
    assert "ชุมชนหมดวาระ<" not in director


@in_both_languages
def test_my_work_names_what_the_year_of_a_district_asks_for(home: Unit, keeper: Client, language: str) -> None:
    community = builders.community(home)
    builders.committee(community)
    builders.plan(community, projects=2)
    late = builders.meeting(home, community, TODAY - timedelta(days=1))
    sent = builders.sent_proposal(community)
    shown = text_of(keeper, in_language(MY_WORK, language))
    words = {
        "th": ("ประชุมที่เลยกำหนดและยังไม่บันทึกผล", "ยังไม่พิจารณา 2 โครงการ", "รอยืนยัน"),
        "en": ("Meetings whose day has passed", "2 projects not decided yet", "To be confirmed"),
    }
    for text in words[language]:
        assert text in shown
    for name, row in (("meeting", late), ("plan-proposal", sent)):
        assert f'href="{reverse(name, args=(row.pk,))}"' in shown
    assert "project-decisions/?district=5001&amp;fiscal-year=2563&amp;standing=undecided" in shown


def test_my_work_asks_seldom_whatever_waits_for_an_officer_and_a_director(home: Unit, keeper: Client) -> None:
    community = builders.community(home)
    builders.committee(community)
    plan = builders.plan(community, projects=4)
    builders.inclusion(plan.projects.get(number=1), builders.action_plan(home))
    builders.meeting(home, community, TODAY - timedelta(days=1))
    builders.sent_proposal(community)
    builders.transfer(home)
    builders.answer(builders.bureau(), home)
    director = signed_in(officer(Role.DISTRICT_DIRECTOR, home, "director"))
    for client, texts in ((keeper, ("waiting-undecided", "untold-title")), (director, ("waiting-to-confirm",))):
        client.get(MY_WORK)
        with CaptureQueriesContext(connection) as captured:
            shown = text_of(client, MY_WORK)
        for text in texts:
            assert text in shown
        assert len(captured) <= MOST


# Plans from the register


@in_both_languages
def test_the_page_of_a_community_begins_its_plan_or_leads_to_the_one_in_preparation(
    community: Community, keeper: Client, language: str
) -> None:
    page, begin = in_language(address(community), language), in_language(address(community, "begin-plan"), language)
    assert f'action="{begin}"' in text_of(keeper, page)
    director = signed_in(officer(Role.DISTRICT_DIRECTOR, community.unit, "director"))
    assert f'action="{begin}"' not in text_of(director, page)
    row = builders.begun_proposal(community)
    for client in (keeper, director):
        shown = text_of(client, page)
        assert f"/community-plans/{row.pk}/" in shown
        assert f'action="{begin}"' not in shown


def test_the_younger_of_two_plans_in_force_is_the_current_one(community: Community, keeper: Client) -> None:
    builders.plan(community, on=date(2020, 1, 15))
    builders.plan(community, on=date(2020, 3, 2))
    for page in ("community", "community-projects"):
        shown = text_of(keeper, in_language(address(community, page), "en"))
        assert shown.count(">current<") == shown.count("a later plan stands in its place") == 1


def test_eligibility_says_that_the_judgement_was_of_the_committee_before(community: Community, keeper: Client) -> None:
    judge(community, on=date(2018, 1, 2))
    assert "was made before the present committee" in text_of(keeper, in_language(address(community), "en"))
    judge(community, on=date(2020, 5, 2))
    assert "was made before the present committee" not in text_of(keeper, in_language(address(community), "en"))


def test_whose_seat_ends_with_a_new_committee_is_named(community: Community, keeper: Client) -> None:
    builders.seat(community)
    typed = {"effective_on": "1/5/2563", "term_ends_on": "30/4/2565", "houses": "200", "members": "9"}
    do(keeper, community, "committee", **typed)
    assert "สิ้นสุดสิทธิผู้แทนชุมชน: มานะ รักดี (mana)" in text_of(keeper, address(community))
