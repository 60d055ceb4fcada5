"""Entering money through real requests: letters, lines, reversals, wishes, the year's end; nothing lost or doubled."""

from datetime import date
from decimal import Decimal
from http import HTTPStatus
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from lakthan.apps.budget.models import (
    Disbursement,
    Obligation,
    RetentionIntention,
    Return,
    Transfer,
    TransferLine,
    YearEndDecision,
)
from lakthan.apps.identifiers import new_id
from lakthan.apps.people.models import Unit
from lakthan.apps.people.services import set_up_city
from lakthan.rules.permissions import PERMISSIONS, Action, Role, Scope
from tests.apps import builders
from tests.apps.builders import NOW, ROOT, TODAY
from tests.web.pages import in_both_languages, in_language
from tests.web.test_money import MOST, count
from tests.web.test_staff import officer, signed_in

pytestmark = pytest.mark.django_db
NEW_LETTER, YEAR_END = reverse("new-transfer-letter"), reverse("year-end")
AFTER = builders.moment(date(2020, 10, 15))
KINDS: list[tuple[str, str, type[TransferLine]]] = [
    ("new-obligation", "reverse-obligation", Obligation),
    ("new-payment", "reverse-payment", Disbursement),
    ("new-return", "reverse-return", Return),
]
every_kind = pytest.mark.parametrize(("new", "back", "model"), KINDS, ids=[kind[0] for kind in KINDS])


def city(now: Any = NOW) -> Unit:
    set_up_city(actor=ROOT, name_th="เมือง", name_en="City", is_demonstration=True, simulated_now=now, now=now)
    return builders.bureau()


@pytest.fixture
def bureau() -> Unit:
    return city()


@pytest.fixture
def district(bureau: Unit) -> Unit:
    return builders.unit()


@pytest.fixture
def keeper(district: Unit) -> Client:
    """The officer of the district."""
    return signed_in(officer(Role.DISTRICT_OFFICER, district, "keeper"))


@pytest.fixture
def strategist(bureau: Unit) -> Client:
    return signed_in(officer(Role.STRATEGY_ADMINISTRATOR, bureau, "strategist"))


def place(name: str, money: Transfer, code: str = "5001") -> str:
    return reverse(name, args=(code, money.pk))


def line(**more: object) -> dict[str, object]:
    return {"amount": "๔๐.-", "effective_on": "๒ มีนาคม ๒๕๖๓", "document": "ฎีกา 3/2563", "form_key": new_id()} | more


def reversal(**more: object) -> dict[str, object]:
    return {"effective_on": "1/6/2563", "document": "บันทึก 9/2563"} | more


# Lines


@every_kind
def test_an_officer_enters_a_line_with_thai_digits_and_sees_the_rest(
    district: Unit, keeper: Client, new: str, back: str, model: type[TransferLine]
) -> None:
    money = builders.transfer(district)
    answer = keeper.post(place(new, money), line(), follow=True)
    row = model._default_manager.get()
    assert (row.amount, row.effective_on, row.document) == (Decimal(40), date(2020, 3, 2), "ฎีกา 3/2563")
    rest = "100.-" if model is Obligation else "60.-"
    assert f"คงเหลือก่อนรายการ 100.- บาท หลังรายการ {rest} บาท" in answer.content.decode()
    assert answer.request["PATH_INFO"] == reverse("district-money", args=("5001",))


@every_kind
def test_a_form_sent_twice_is_recorded_once(
    district: Unit, keeper: Client, new: str, back: str, model: type[TransferLine]
) -> None:
    money, typed = builders.transfer(district), line()
    first, second = (keeper.post(place(new, money), typed, follow=True) for _ in range(2))
    assert first.status_code == second.status_code == HTTPStatus.OK
    assert "ไม่ได้บันทึกซ้ำ" in second.content.decode()
    assert model._default_manager.count() == 1


def test_the_same_paper_typed_again_asks_for_confirmation(district: Unit, keeper: Client) -> None:
    money = builders.transfer(district)
    keeper.post(place("new-payment", money), line())
    asked = keeper.post(place("new-payment", money), line())
    html = asked.content.decode()
    assert asked.status_code == HTTPStatus.CONFLICT
    assert 'name="is_another"' in html
    assert 'value="๔๐.-"' in html
    assert Disbursement.objects.count() == 1
    keeper.post(place("new-payment", money), line(is_another="on"))
    assert Disbursement.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"amount": "100.01"}, "เกินเงินคงเหลือ"),
        ({"amount": "0"}, "มากกว่าศูนย์"),
        ({"amount": "-5"}, "มากกว่าศูนย์"),
        ({"amount": "สี่สิบ"}, "เป็นจำนวนเงินไม่ได้"),
        ({"amount": "1.005"}, "สตางค์"),
        ({"amount": ""}, "errorlist"),
        ({"effective_on": "2/6/2563"}, "ยังมาไม่ถึง"),
        ({"effective_on": "1/1/2563"}, "มาก่อนวันที่โอนเงิน"),
        ({"effective_on": "30/2/2563"}, "30"),
        ({"document": " "}, "error"),
    ],
)
def test_a_mistake_keeps_all_that_was_typed(district: Unit, keeper: Client, wrong: dict[str, str], says: str) -> None:
    money = builders.transfer(district)
    typed = line(**wrong)
    answer = keeper.post(place("new-payment", money), typed)
    html = answer.content.decode()
    assert answer.status_code == HTTPStatus.OK
    assert says in html
    assert all(f'value="{value}"' in html for value in typed.values() if str(value).strip())
    assert not Disbursement.objects.exists()


@every_kind
@in_both_languages
def test_the_form_says_how_much_there_is(
    district: Unit, keeper: Client, language: str, new: str, back: str, model: type[TransferLine]
) -> None:
    money = builders.transfer(district)
    keeper.post(place("new-obligation", money), line(amount="70"))
    keeper.post(place("new-payment", money), line(amount="20"))
    context = keeper.get(in_language(place(new, money), language)).context
    assert (context["rest"], context["unbound"]) == (80, 30)
    assert context["most"] == (80 if model is Disbursement else 30)


@every_kind
def test_a_wrong_line_is_taken_back_once(
    district: Unit, keeper: Client, new: str, back: str, model: type[TransferLine]
) -> None:
    money = builders.transfer(district)
    keeper.post(place(new, money), line())
    wrong = model._default_manager.get()
    address = reverse(back, args=("5001", wrong.pk))
    assert "40.-" in keeper.get(address).content.decode()
    assert keeper.post(address, reversal(document="")).status_code == HTTPStatus.OK
    assert keeper.post(address, reversal()).status_code == HTTPStatus.FOUND
    assert "กลับรายการแล้ว" in keeper.post(address, reversal()).content.decode()
    assert sorted(model._default_manager.values_list("amount", flat=True)) == [-40, 40]


def test_lapsed_money_takes_no_line(strategist: Client, district: Unit, keeper: Client) -> None:
    money = builders.transfer(district)
    YearEndDecision.objects.create(
        unit=district, transfer=money, outcome="lapsed", amount=1, effective_on=TODAY, document="7", recorded_at=NOW
    )
    answer = keeper.post(place("new-payment", money), line())
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "พับไปแล้ว" in answer.content.decode()
    page = keeper.get(reverse("district-money", args=("5001",))).content.decode()
    assert place("new-payment", money) not in page


# Wishes


def test_a_wish_is_declared_and_ended(district: Unit, keeper: Client) -> None:
    money = builders.transfer(district)
    typed = {"effective_on": "๑/๕/๒๕๖๓", "reason": "รอจัดประชุม", "document": "กท 5"}
    assert keeper.post(place("new-intention", money), typed).status_code == HTTPStatus.FOUND
    wish = RetentionIntention.objects.get()
    assert (wish.effective_on, wish.reason) == (date(2020, 5, 1), "รอจัดประชุม")
    again = keeper.post(place("new-intention", money), typed)
    assert again.status_code == HTTPStatus.CONFLICT
    assert "รอจัดประชุม</textarea>" in again.content.decode()
    end = reverse("end-intention", args=("5001", wish.pk))
    assert keeper.post(end, {"ended_on": "1/4/2563"}).status_code == HTTPStatus.OK
    assert keeper.post(end, {"ended_on": "1/6/2563"}).status_code == HTTPStatus.FOUND
    assert RetentionIntention.objects.get().ended_on == TODAY
    assert "สิ้นสุดไปแล้ว" in keeper.post(end, {"ended_on": "1/6/2563"}).content.decode()


# Letters


def letter(**more: object) -> dict[str, object]:
    typed: dict[str, object] = {
        "fiscal_year": "2563",
        "letter_number": "กท 1906/00200",
        "letter_date": "1/5/2563",
        "effective_on": "4/5/2563",
        "purpose": "สนับสนุนแผนพัฒนาชุมชน",
        "issuer": "สำนักงบประมาณกรุงเทพมหานคร",
        "approver": "ปลัดกรุงเทพมหานคร",
        "delegation": "",
        "letter_total": "๔,๗๔๐.-บาท",
        "form_key": new_id(),
        "act": "send",
        "amount-5001": "๑,๕๘๐.-",
        "amount-5002": "3,160.00",
    }
    return typed | more


def test_one_letter_transfers_to_many_districts(district: Unit, strategist: Client) -> None:
    for code in ("5002", "5003"):
        builders.unit(code)
    typed = letter()
    first, second = (strategist.post(NEW_LETTER, typed, follow=True) for _ in range(2))
    assert "โอนเงิน 4,740.- บาท ให้ 2 สำนักงานเขตแล้ว" in first.content.decode()
    assert "ไม่ได้บันทึกซ้ำ" in second.content.decode()
    assert {row.amount for row in Transfer.objects.all()} == {Decimal(1580), Decimal(3160)}
    page = first.context["letter"]
    assert [(row.code, row.amount) for row in page.rows] == [("5001", 1580), ("5002", 3160)]
    assert "สี่พันเจ็ดร้อยสี่สิบบาทถ้วน" in first.content.decode()
    book = load_workbook(BytesIO(strategist.get(reverse("transfer-letter-workbook", args=(page.id,))).content))
    rows = list(book.worksheets[0].iter_rows(min_row=6, values_only=True))
    assert [row[2] for row in rows] == [1580, 3160, 4740]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"letter_total": "4,741"}, "ขาดจากยอดในหนังสือ"),
        ({"letter_total": ""}, "errorlist"),
        ({"amount-5003": "สิบ"}, "เป็นจำนวนเงินไม่ได้"),
        ({"amount-5003": "-1"}, "มากกว่าศูนย์"),
        ({"chosen": ["5003"]}, "ยังไม่มีจำนวนเงิน"),
        ({"pasted": "บางซื่อ\t5"}, "ไม่พบสำนักงานเขต"),
        ({"letter_date": "2/6/2563"}, "ยังมาไม่ถึง"),
        ({"purpose": ""}, "error"),
        ({"delegation": "no-such-order"}, "error"),
    ],
)
def test_a_mistake_in_a_letter_records_nothing_and_loses_nothing(
    district: Unit, strategist: Client, wrong: dict[str, object], says: str
) -> None:
    for code in ("5002", "5003"):
        builders.unit(code)
    answer = strategist.post(NEW_LETTER, letter(**wrong))
    html = answer.content.decode()
    assert answer.status_code == HTTPStatus.OK
    assert says in html
    for value in ("๑,๕๘๐.-", "3,160.00", "กท 1906/00200"):
        assert f'value="{value}"' in html
    assert str(wrong.get("pasted", "")) in html
    assert not Transfer.objects.exists()


def test_pasted_and_common_amounts_come_into_the_table_before_anything_is_recorded(
    district: Unit, strategist: Client
) -> None:
    for code in ("5002", "5003"):
        builders.unit(code)
    typed = letter(act="fill", pasted="5001\t1,580\nบางซื่อ\t9", chosen=["5003"], same="๕๐๐", letter_number="")
    typed |= {"amount-5001": "", "amount-5002": ""}
    answer = strategist.post(NEW_LETTER, typed)
    table = answer.context["table"]
    assert table.amounts == {"5001": Decimal(1580), "5003": Decimal(500)}
    html = answer.content.decode()
    assert answer.context["pasted"] == "บางซื่อ\t9"
    assert 'value="1,580"' in html
    assert not answer.context["form"].errors
    assert str(typed["form_key"]) in html
    assert not Transfer.objects.exists()


def test_the_same_letter_for_the_same_purpose_is_refused(district: Unit, strategist: Client) -> None:
    builders.unit("5002")
    strategist.post(NEW_LETTER, letter())
    assert "บันทึกไว้แล้ว" in strategist.post(NEW_LETTER, letter()).content.decode()
    assert Transfer.objects.count() == 2


def test_everybody_reads_of_a_letter_what_is_theirs(district: Unit, strategist: Client, keeper: Client) -> None:
    other = builders.unit("5002")
    strategist.post(NEW_LETTER, letter())
    mine, theirs = (
        reverse("transfer-letter", args=(Transfer.objects.get(unit=unit).pk,)) for unit in (district, other)
    )
    assert [row.code for row in strategist.get(theirs).context["letter"].rows] == ["5001", "5002"]
    assert [row.code for row in keeper.get(mine).context["letter"].rows] == ["5001"]
    assert keeper.get(theirs).status_code == HTTPStatus.NOT_FOUND
    assert strategist.get(reverse("transfer-letter", args=(new_id(),))).status_code == HTTPStatus.NOT_FOUND


# The end of the year


def test_rests_are_decided_about_under_one_document() -> None:
    client = signed_in(officer(Role.STRATEGY_ADMINISTRATOR, city(AFTER), "strategist"))
    kept, carried = builders.transfer(builders.unit()), builders.transfer(builders.unit("5002"))
    assert len(client.get(YEAR_END).context["rows"]) == 2
    typed = {"outcome": "lapsed", "effective_on": "1/10/2563", "document": "กท 7/2564", "transfer": [str(kept.pk)]}
    missing = client.post(YEAR_END, typed | {"outcome": ""})
    assert "กรุณาเลือกผลการพิจารณา" in missing.content.decode()
    assert "กท 7/2564" in missing.content.decode()
    assert f'value="{kept.pk}" checked' in missing.content.decode()
    assert (
        "No transfer is chosen" in client.post(in_language(YEAR_END, "en"), typed | {"transfer": []}).content.decode()
    )
    assert client.post(YEAR_END, typed).status_code == HTTPStatus.FOUND
    assert YearEndDecision.objects.get().transfer == kept
    assert [row.transfer.id for row in client.get(YEAR_END).context["rows"]] == [carried.pk]


def test_before_the_year_is_over_there_is_nothing_to_decide(district: Unit, strategist: Client) -> None:
    builders.transfer(district)
    answer = strategist.get(YEAR_END, {"fiscal-year": "2563"})
    assert answer.context["rows"] == ()
    assert "ยังไม่สิ้นปีงบประมาณ" in answer.content.decode()


# Who may


def addresses(money: Transfer, wish: RetentionIntention, paid: Disbursement) -> list[str]:
    names = [kind[0] for kind in KINDS] + ["new-intention"]
    return [
        *(place(name, money) for name in names),
        reverse("reverse-payment", args=("5001", paid.pk)),
        reverse("end-intention", args=("5001", wish.pk)),
    ]


@pytest.mark.one_database  # who may is decided beside the database
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_the_officers_of_the_district_enter_its_money(bureau: Unit, district: Unit, method: str) -> None:
    other, money = builders.unit("5002"), builders.transfer(district)
    paid = builders.disbursement(money, "1")
    wish = RetentionIntention.objects.create(unit=district, transfer=money, effective_on=TODAY, recorded_at=NOW)
    for role in set(Role) - {Role.OPERATOR}:
        for unit in (bureau, district, other):
            client = signed_in(officer(role, unit, f"{role}-{unit.pk}"[:60]))
            keeps = PERMISSIONS[Action.KEEP_BUDGET].get(role)
            expected = HTTPStatus.FORBIDDEN
            if keeps is Scope.OWN_UNIT:
                expected = HTTPStatus.OK if unit == district else HTTPStatus.NOT_FOUND
            for address in addresses(money, wish, paid):
                assert getattr(client, method)(address).status_code == expected, (role, unit.name_en, address)


@pytest.mark.parametrize("address", [NEW_LETTER, YEAR_END])
def test_only_the_strategy_bureau_transfers_and_decides(bureau: Unit, address: str) -> None:
    for role in set(Role) - {Role.OPERATOR}:
        client = signed_in(officer(role, bureau, f"{role}-x"))
        expected = HTTPStatus.OK if role is Role.STRATEGY_ADMINISTRATOR else HTTPStatus.FORBIDDEN
        assert client.get(address).status_code == expected, role
        assert client.post(address, {}).status_code == expected, role


def test_a_transfer_of_another_district_is_not_found_under_ones_own(district: Unit, keeper: Client) -> None:
    money = builders.transfer(builders.unit("5002"))
    assert keeper.post(place("new-payment", money), line()).status_code == HTTPStatus.NOT_FOUND
    paid = builders.disbursement(money)
    assert (
        keeper.post(reverse("reverse-payment", args=("5001", paid.pk)), reversal()).status_code == HTTPStatus.NOT_FOUND
    )
    assert keeper.get(reverse("reverse-return", args=("5001", paid.pk))).status_code == HTTPStatus.NOT_FOUND


def test_the_forms_stand_in_the_register_of_whoever_may_enter(
    district: Unit, keeper: Client, strategist: Client
) -> None:
    money = builders.transfer(district)
    address = reverse("district-money", args=("5001",))
    assert place("new-payment", money) in keeper.get(address).content.decode()
    assert place("new-payment", money) not in keeper.get(address, {"as-of": "1/3/2563"}).content.decode()
    assert place("new-payment", money) not in strategist.get(address).content.decode()


# In the work of the officer


@pytest.mark.parametrize(
    ("day", "shown"),
    [(date(2020, 8, 31), False), (date(2020, 9, 1), True), (date(2020, 10, 1), True), (date(2021, 8, 1), True)],
)
def test_a_rest_is_work_from_september_until_it_is_settled(day: date, shown: bool) -> None:
    city(builders.moment(day))
    home, other = builders.unit(), builders.unit("5002")
    kept, paid, theirs = builders.transfer(home), builders.transfer(home, letter="กท 2"), builders.transfer(other)
    builders.disbursement(paid, "100.00")
    html = signed_in(officer(Role.DISTRICT_OFFICER, home)).get(reverse("my-work")).content.decode()
    assert (f"#transfer-{kept.pk}" in html) is shown
    assert f"#transfer-{paid.pk}" not in html
    assert f"#transfer-{theirs.pk}" not in html
    director = signed_in(officer(Role.DISTRICT_DIRECTOR, home, "director"))
    assert f"#transfer-{kept.pk}" not in director.get(reverse("my-work")).content.decode()


# How often it asks


def test_the_forms_ask_no_more_often_for_more_districts(district: Unit, strategist: Client, keeper: Client) -> None:
    money, counts = builders.transfer(district), []
    for size in (2, 8):
        for number in range(size):
            builders.transfer(builders.unit(f"5{size}{number:02}"), letter="กท 5")
            builders.disbursement(money, "0.50", date(2020, 3, 3 + size + number))
        counts.append(
            [
                count(strategist, NEW_LETTER),
                count(strategist, f"{YEAR_END}?fiscal-year=2563"),
                count(
                    strategist, reverse("transfer-letter", args=(Transfer.objects.filter(letter_number="กท 5")[0].pk,))
                ),
                count(keeper, place("new-payment", money)),
            ]
        )
    assert counts[0] == counts[1]
    assert max(counts[0]) <= MOST
