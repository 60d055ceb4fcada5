"""The golden numbers of the reference report (DESIGN section 2), computed from the records of the demonstration."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Count, Sum

from lakthan.apps.budget.balances import rest_of
from lakthan.apps.budget.models import Disbursement, RetentionIntention, Return, Transfer
from lakthan.apps.budget.standing import money_page
from lakthan.apps.communities.models import Community
from lakthan.apps.communities.selectors import histories
from lakthan.apps.people.models import Unit
from lakthan.apps.people.selectors import district_members, operator, today
from lakthan.apps.planning.models import (
    ActionPlan,
    ActionPlanConfirmation,
    CommunityPlan,
    Decline,
    Inclusion,
    Meeting,
    MeetingPostponement,
)
from lakthan.apps.reporting import measures
from lakthan.apps.reporting.figures import Question, answer, from_tallies, questions
from lakthan.apps.reporting.recount import differences
from lakthan.apps.reporting.selectors import assignment_of, figure_answer
from lakthan.core.figure import Figure, percent
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.eligibility import Basis, belongs
from lakthan.rules.formula.evaluate import evaluate
from lakthan.rules.money_standing import sentence_th

pytestmark = pytest.mark.usefixtures("demo_city")

YEAR = FiscalYear(2563)
COUNT_DAY = date(2020, 1, 31)
NEVER_INCLUDED = {"ดินแดง", "บางขุนเทียน", "บางบอน", "ราชเทวี", "ลาดพร้าว", "สัมพันธวงศ์", "หลักสี่"}
JOINED_LATE = {"บางรัก", "พญาไท", "วังทองหลาง"}


def figure(code: str, quarter: int, **asked: object) -> Figure:
    return figure_answer(code, YEAR.quarter(quarter), **asked).selected.figure  # type: ignore[arg-type]


def question(code: str, quarter: int) -> Question:
    assignment = assignment_of(code, YEAR)
    return questions([assignment], YEAR, today())[assignment.pk][quarter - 1]


def test_forty_districts_have_an_inclusion_by_the_end_of_the_third_quarter() -> None:
    found = figure("2100-0001", 3)
    assert (found.numerator, found.denominator, str(found.value)) == (40, 50, "80.00")
    assert {member.name_th for member in found.not_counted} == NEVER_INCLUDED | JOINED_LATE


def test_forty_three_districts_have_an_inclusion_by_the_end_of_the_year() -> None:
    found = figure("2100-0001", 4)
    assert (found.numerator, found.denominator, str(found.value)) == (43, 50, "86.00")
    assert {member.name_th for member in found.not_counted} == NEVER_INCLUDED


def test_the_target_of_eighty_is_met_in_the_third_quarter_and_not_before() -> None:
    met = [answer(question("2100-0001", quarter), today()).met for quarter in (1, 2, 3, 4)]
    assert met == [False, False, True, True]


@pytest.mark.parametrize(("quarter", "districts"), [(3, 40), (4, 43)])
def test_all_three_ways_of_computing_agree_after_the_whole_year_is_recorded(quarter: int, districts: int) -> None:
    asked = question("2100-0001", quarter)
    units = district_members(asked.as_of)
    kinds = measures.kinds_read(asked.formula)
    by_evaluator = evaluate(asked.formula, measures.fact_book(kinds, asked.as_of), as_of=asked.as_of, fiscal_year=YEAR)
    by_database = measures.compiled(asked.formula, asked.asked, units)
    by_tallies = from_tallies(asked, measures.stored_tallies(kinds, units), units)
    assert by_evaluator == by_database == by_tallies
    assert by_database.numerator == districts


def test_a_district_without_an_inclusion_has_nought_of_one() -> None:
    found = figure("2100-0001", 4, district="5037")
    assert (found.numerator, found.denominator, str(found.value)) == (0, 1, "0.00")


@pytest.mark.parametrize(("fiscal_year", "inclusions"), [(2563, 343), (2564, 273)])
def test_inclusions_by_fiscal_year(fiscal_year: int, inclusions: int) -> None:
    assert Inclusion.objects.filter(fiscal_year=fiscal_year, ended_on=None).count() == inclusions


def test_2068_communities_were_registered_on_31_january_2563() -> None:
    registered = [past for past in histories().values() if belongs(past, Basis.REGISTERED, COUNT_DAY)]
    assert len(registered) == 2068


def test_eligible_communities_are_fewer_than_the_registered_ones() -> None:
    registered = figure("2100-0002", 2, as_of=COUNT_DAY)
    eligible = figure("2100-0002", 2, as_of=COUNT_DAY, basis=Basis.ELIGIBLE)
    assert eligible.denominator is not None
    assert registered.denominator == 2068
    assert 1900 < eligible.denominator < 2068


def test_1182_communities_had_made_a_plan_in_2562_and_886_still_had_to() -> None:
    made = CommunityPlan.objects.filter(effective_on__year=2019).values("community").distinct().count()
    assert (made, 2068 - made) == (1182, 886)
    assert (str(percent(made, 2068)), str(percent(2068 - made, 2068))) == ("57.16", "42.84")


def test_the_share_of_communities_with_a_current_plan_on_31_january_2563() -> None:
    found = figure("2100-0002", 2, as_of=COUNT_DAY)
    assert (found.numerator, found.denominator, str(found.value)) == (1182, 2068, "57.16")


def test_the_districts_parts_of_the_plan_share_add_up_to_the_city() -> None:
    districts = [figure("2100-0002", 2, as_of=COUNT_DAY, district=str(code)) for code in range(5001, 5051)]
    assert sum(int(part.numerator or 0) for part in districts) == 1182
    assert sum(int(part.denominator or 0) for part in districts) == 2068


def test_seventeen_districts_held_the_briefing_and_thirty_three_did_not() -> None:
    found = figure("2100-0003", 3)
    assert (found.numerator, found.denominator, str(found.value)) == (17, 50, "34.00")
    assert (len(found.not_counted), str(percent(33, 50))) == (33, "66.00")


def test_every_briefing_that_was_not_held_was_postponed_with_a_reason() -> None:
    open_briefings = Meeting.objects.filter(purpose="district-briefing", held_on=None)
    postponed = MeetingPostponement.objects.filter(meeting__in=open_briefings).exclude(reason="")
    assert open_briefings.count() == postponed.count() == 33


def test_the_money_of_the_third_quarter_to_the_baht() -> None:
    june = date(2020, 6, 30)
    transferred = Transfer.objects.aggregate(baht=Sum("amount"))["baht"]
    disbursed = Disbursement.objects.filter(effective_on__lte=june).aggregate(baht=Sum("amount"))["baht"]
    returned = Return.objects.filter(effective_on__lte=june).aggregate(baht=Sum("amount"))["baht"]
    assert (transferred, disbursed, returned) == (Decimal(3_267_440), Decimal(583_203), Decimal(774_695))
    rest = transferred - disbursed - returned
    assert rest == Decimal(1_909_542)
    assert [str(percent(part, transferred)) for part in (disbursed, returned, rest)] == ["17.85", "23.71", "58.44"]


def test_sixteen_districts_disbursed_twelve_returned_and_thirty_eight_keep_the_rest() -> None:
    disbursing = set(Disbursement.objects.values_list("unit", flat=True))
    returning = set(Return.objects.values_list("unit", flat=True))
    keeping = {transfer.unit_id for transfer in Transfer.objects.all() if rest_of(transfer) > 0}
    assert (len(disbursing), len(returning), len(keeping)) == (16, 12, 38)
    assert returning.isdisjoint(keeping)
    assert set(RetentionIntention.objects.values_list("unit", flat=True)) == keeping
    shares = [str(percent(len(districts), 50)) for districts in (disbursing, returning, keeping)]
    assert shares == ["32.00", "24.00", "76.00"]


def test_the_page_of_money_says_the_sentence_of_the_reference_report() -> None:
    standing = money_page(operator("tests"), FiscalYear(2563), date(2020, 6, 30)).standing
    assert sentence_th(standing) == (
        "โอนเงินให้สำนักงานเขต 50 สำนักงานเขต จำนวนเงิน 3,267,440.-บาท"
        " / เบิกจ่ายแล้ว 16 สำนักงานเขต (ร้อยละ 32.00) จำนวนเงิน 583,203.-บาท (ร้อยละ 17.85)"
        " / ส่งคืนเงินแล้ว 12 สำนักงานเขต (ร้อยละ 24.00) จำนวนเงิน 774,695.-บาท (ร้อยละ 23.71)"
        " / ยังไม่ส่งคืน 38 สำนักงานเขต (ร้อยละ 76.00) จำนวนเงิน 1,909,542.-บาท (ร้อยละ 58.44)"
        " โดยแจ้งว่ายังไม่ประสงค์คืนเงิน 38 สำนักงานเขต"
    )
    assert money_page(operator("tests"), None, today()).standing.not_returned == standing.not_returned


def test_all_fifty_districts_got_money_by_one_letter() -> None:
    letters = Transfer.objects.values("letter_number", "letter_date").annotate(units=Count("unit", distinct=True))
    assert list(letters) == [{"letter_number": "กท 1906/00174", "letter_date": COUNT_DAY, "units": 50}]


def test_the_disbursed_share_of_the_third_quarter() -> None:
    found = figure("2100-0004", 3)
    assert (str(found.numerator), str(found.denominator)) == ("583203.00", "3267440.00")
    assert (str(found.value), len(found.counted)) == ("17.85", 16)


def test_nothing_was_transferred_in_the_first_quarter_so_its_share_has_no_value() -> None:
    found = figure("2100-0004", 1)
    assert (found.value, found.reason) == (None, "empty-population")


def test_the_steps_reach_5_35_70_and_100_percent() -> None:
    values = [str(figure("2100-0005", quarter).value) for quarter in (1, 2, 3, 4)]
    assert values == ["5.00", "35.00", "70.00", "100.00"]


def test_a_quarter_in_which_nobody_reported_has_no_value_rather_than_nought() -> None:
    found = figure("2100-0006", 1)
    assert (found.numerator, found.value, found.reason) == (None, None, "not-reported")


def test_reported_values_are_summed_over_the_districts_that_reported() -> None:
    found = figure("2100-0006", 4)
    assert (len(found.counted), len(found.not_counted)) == (44, 6)
    assert found.value is not None
    assert 80 < found.value < 95


def test_two_hundred_and_fifty_people_came_to_the_city_meeting_of_20_january_2563() -> None:
    meeting = Meeting.objects.get(purpose="city", held_on=date(2020, 1, 20))
    assert meeting.attendances.aggregate(people=Sum("people"))["people"] == 250


def test_districts_that_include_nothing_say_why_for_at_least_some_projects() -> None:
    for name in NEVER_INCLUDED:
        unit = Unit.objects.get(name_th=f"สำนักงานเขต{name}")
        assert Decline.objects.filter(unit=unit).exclude(reason="").exists(), name


def test_the_roll_up_agrees_with_the_facts() -> None:
    assert differences(YEAR.last_day) == ()


def test_communities_of_the_demonstration_are_marked_as_such() -> None:
    assert not Community.objects.exclude(name__contains="สาธิต").exists()


def test_each_district_stands_with_its_own_baht() -> None:
    found = figure("2100-0004", 3)
    amounts = [member.amount for member in found.counted if member.amount is not None]
    assert (len(amounts), sum(amounts)) == (16, Decimal(583_203))
    assert figure("2100-0001", 3).counted[0].amount is None


def test_directors_confirmed_all_lists_but_ten_and_two_were_corrected_afterwards() -> None:
    confirmed = ActionPlanConfirmation.objects.values_list("action_plan__fiscal_year", flat=True)
    assert (list(confirmed).count(2563), list(confirmed).count(2564)) == (50, 40)
    drafts = ActionPlan.objects.filter(fiscal_year=2564, confirmations=None).values_list("unit__name_th", flat=True)
    assert {name.removeprefix("สำนักงานเขต") for name in drafts} == NEVER_INCLUDED | JOINED_LATE
    assert Inclusion.objects.exclude(correction="").get().ended_on is None
    assert Decline.objects.exclude(correction="").get().ended_on is None
    assert Inclusion.objects.filter(end_is_correction=True).count() == 1
    assert Decline.objects.filter(end_is_correction=True).count() == 1
