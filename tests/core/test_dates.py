from contextlib import suppress
from datetime import UTC, date, datetime
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakthan.core.dates import (
    DateStyle,
    Language,
    NoteKind,
    format_date,
    format_datetime,
    format_month,
    parse_date,
)
from lakthan.core.errors import UserError

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2150, 12, 31))
DAY = date(2020, 1, 31)


@pytest.mark.parametrize(
    "typed",
    [
        "31 มกราคม 2563",
        "31 มกราคม พ.ศ. 2563",
        "31 มกราคม พ.ศ.2563",
        "31 มกราคม พุทธศักราช 2563",
        "31 มกราคม ค.ศ. 2020",
        "วันที่ 31 มกราคม 2563",
        "วันที่ 31 เดือนมกราคม พ.ศ. 2563",
        "31 ม.ค. 2563",
        "31 ม.ค.2563",
        "31มค2563",
        "31 ม. ค. 2563",
        "31/1/2563",
        "31/01/2563",
        "31-1-2563",
        "31.1.2563",
        "31 / 1 / 2563",
        "2020-01-31",
        "2020/1/31",
        "31 January 2020",
        "31 Jan 2020",
        "31-Jan-2020",
        "31 jan. 2020",
        "31 January, 2020",
        "31 January A.D. 2020",
        "31 January 2020 CE",
        "31 January 2563",
        "31 Jan 2563",
        "31 January 2563 B.E.",
        "๓๑ มกราคม ๒๕๖๓",
        "๓๑/๑/๒๕๖๓",
        "  31   มกราคม\u00a02563 ",
        "วันศุกร์ที่ 31 มกราคม 2563",
        "ศุกร์ 31 ม.ค. 2563",
        "Friday, 31 January 2020",
        "Fri 31 Jan 2020",
    ],
)
def test_a_date_with_one_reading_is_read_and_is_certain(typed: str) -> None:
    parsed = parse_date(typed)
    assert (parsed.date, parsed.as_typed, parsed.notes) == (DAY, typed, ())
    assert parsed.certain


@pytest.mark.parametrize(
    ("typed", "kind", "en"),
    [
        ("31 ม.ค. 63", NoteKind.CENTURY_COMPLETED, "the year “63” was read as B.E. 2563"),
        ("31 มกราคม พ.ศ. 63", NoteKind.CENTURY_COMPLETED, "the year “63” was read as B.E. 2563"),
        ("31/1/2020", NoteKind.COMMON_ERA, "the year 2020 was read as C.E. (B.E. 2563)"),
        ("31 มกราคม 2020", NoteKind.COMMON_ERA, "the year 2020 was read as C.E. (B.E. 2563)"),
        (
            "2563-01-31",
            NoteKind.BUDDHIST_ERA_IN_ISO,
            "the year 2563 of a year-month-day date was read as B.E. (C.E. 2020)",
        ),
        ("วันจันทร์ที่ 31 มกราคม 2563", NoteKind.WRONG_WEEKDAY, "31 January 2020 is a Friday, not a Monday"),
        ("Thu, 31 Jan 2020", NoteKind.WRONG_WEEKDAY, "31 January 2020 is a Friday, not a Thursday"),
        ("พฤหัสที่ 31 มกราคม 2563", NoteKind.WRONG_WEEKDAY, "31 January 2020 is a Friday, not a Thursday"),
    ],
)
def test_what_is_understood_beyond_the_letters_is_told(typed: str, kind: NoteKind, en: str) -> None:
    parsed = parse_date(typed)
    assert parsed.date == DAY
    assert [(note.kind, note.en) for note in parsed.notes] == [(kind, en)]
    assert not parsed.certain


def test_notes_speak_thai() -> None:
    century, weekday = parse_date("วันจันทร์ที่ 31 ม.ค. 63").notes
    assert century.th == "อ่านปี “63” เป็น พ.ศ. 2563"
    assert weekday.th == "31 มกราคม 2563 เป็นวันศุกร์ ไม่ใช่วันจันทร์"


def test_the_weekday_in_the_reference_report_is_right() -> None:
    assert parse_date("วันจันทร์ที่ 20 มกราคม 2563").certain


@pytest.mark.parametrize("typed", ["31/1/63", "31/01/20", "31-1-63", "31 Jan 20", "31 มกราคม ค.ศ. 20"])
def test_a_year_of_two_digits_that_has_two_readings_is_refused(typed: str) -> None:
    with pytest.raises(UserError, match="can be read in more than one way; write four digits, as in 2563"):
        parse_date(typed)


@pytest.mark.parametrize("typed", ["31/1/63", "31 Jan 63", "31 ม.ค. 63"])
def test_a_caller_who_knows_the_era_gets_the_year_completed_and_told(typed: str) -> None:
    parsed = parse_date(typed, century="be")
    assert parsed.date == DAY
    assert [note.kind for note in parsed.notes] == [NoteKind.CENTURY_COMPLETED]


def test_knowing_the_era_does_not_overrule_an_era_that_is_written() -> None:
    with pytest.raises(UserError, match="can be read in more than one way"):
        parse_date("31 มกราคม ค.ศ. 63", century="be")


@pytest.mark.parametrize("typed", ["31/1/563", "31/1/3", "31 มกราคม 563"])
def test_a_year_of_one_or_three_digits_is_refused_even_where_the_era_is_known(typed: str) -> None:
    with pytest.raises(UserError, match="can be read in more than one way"):
        parse_date(typed, century="be")


@pytest.mark.parametrize("typed", ["31 มกราคม พ.ศ. 2020", "31 มกราคม ค.ศ. 2563", "31 January 2020 B.E."])
def test_a_year_that_does_not_fit_its_era_is_refused(typed: str) -> None:
    with pytest.raises(UserError, match=r"does not fit the era written beside it; B\.E\. is C\.E\. \+ 543"):
        parse_date(typed)


@pytest.mark.parametrize("typed", ["31/1/3020", "31/1/2399", "31/1/1899", "31/1/2151", "31/1/25633", "0063-01-31"])
def test_a_year_far_from_our_time_is_refused(typed: str) -> None:
    with pytest.raises(UserError, match=r"is out of range; write B\.E\. 2400-2700 or C\.E\. 1900-2150"):
        parse_date(typed)


@pytest.mark.parametrize(
    ("typed", "en"),
    [
        ("31 ก.พ. 2563", "there is no day 31 in “31 ก.พ. 2563”: February 2020 has 29 days"),
        ("30 กุมภาพันธ์ 2563", "there is no day 30 in “30 กุมภาพันธ์ 2563”: February 2020 has 29 days"),
        ("29/2/2562", "there is no day 29 in “29/2/2562”: February 2019 has 28 days"),
        ("31 เมษายน 2563", "there is no day 31 in “31 เมษายน 2563”: April 2020 has 30 days"),
        ("0/1/2563", "there is no day 0 in “0/1/2563”: January 2020 has 31 days"),
        ("1/13/2563", "there is no month 13 in “1/13/2563”; the order is day/month/year"),
        ("2020-13-01", "there is no month 13 in “2020-13-01”; the order is year-month-day"),
        ("31 มกรา 2563", "“มกรา” in “31 มกรา 2563” is not the name of a month; write for example January or ม.ค."),
    ],
)
def test_a_day_that_does_not_exist_is_refused_by_its_place(typed: str, en: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_date(typed)
    assert refused.value.en == en
    assert f"“{typed}”" in refused.value.th


def test_a_leap_day_is_counted_in_the_common_era() -> None:
    assert parse_date("29 กุมภาพันธ์ 2563").date == date(2020, 2, 29)  # 2563 is no multiple of four, 2020 is
    with pytest.raises(UserError):
        parse_date("29 กุมภาพันธ์ 2564")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-",
        "มกราคม 2563",
        "31 มกราคม",
        "31",
        "25630131",
        "31/1-2563",
        "2020-01-31T00:00:00",
        "31 มกราคม 2563 ครับ",
        "31 มกราคม พ.ศ. 2563 ค.ศ.",
        "วันพระที่ 31 มกราคม 2563",
        "1 Foo 2 Bar 3",
    ],
)
def test_what_is_no_date_is_refused_with_examples(typed: str) -> None:
    with pytest.raises(UserError, match="is not a date; write for example 31 มกราคม 2563, 31/1/2563 or 2020-01-31"):
        parse_date(typed)


def test_a_long_text_is_refused_before_any_reading_and_quoted_short() -> None:
    with pytest.raises(UserError) as refused:
        parse_date("31 มกราคม 2563 " * 10_000)
    assert len(refused.value.en) < 200


@given(st.text(alphabet="0123456789๑๒ /-.มกราคม พ.ศ.วันที่จันทร์JanFeb,", max_size=30))
def test_any_text_is_a_date_or_a_user_error(typed: str) -> None:
    with suppress(UserError):
        assert parse_date(typed).as_typed == typed


@given(DAYS, st.sampled_from(get_args(Language)), st.sampled_from(get_args(DateStyle)), st.booleans())
def test_a_printed_date_reads_back_as_itself(day: date, lang: Language, style: DateStyle, thai_digits: bool) -> None:
    parsed = parse_date(format_date(day, lang, style, thai_digits=thai_digits))
    assert parsed.date == day
    # Only a bare 31/1/2020 leaves something to be told: that the year is C.E.
    assert parsed.certain is not (lang == "en" and style == "numeric")


@given(DAYS)
def test_two_digits_after_a_thai_month_are_years_of_the_twenty_sixth_century(day: date) -> None:
    thai = format_date(day, "th", "short")
    typed = f"{thai[:-4]}{thai[-2:]}"
    if (day.month, day.day) != (2, 29):
        assert (parse_date(typed).date.year + 543) // 100 == 25


@pytest.mark.parametrize(
    ("lang", "style", "expected"),
    [
        ("th", "long", "31 มกราคม 2563"),
        ("th", "short", "31 ม.ค. 2563"),
        ("th", "numeric", "31/1/2563"),
        ("th", "iso", "2020-01-31"),
        ("en", "long", "31 January 2020"),
        ("en", "short", "31 Jan 2020"),
        ("en", "numeric", "31/1/2020"),
        ("en", "iso", "2020-01-31"),
    ],
)
def test_a_date_is_printed_in_four_styles_and_two_languages(lang: Language, style: DateStyle, expected: str) -> None:
    assert format_date(DAY, lang, style) == expected


def test_thai_digits_are_for_thai_text_and_not_for_machines() -> None:
    assert format_date(DAY, thai_digits=True) == "๓๑ มกราคม ๒๕๖๓"
    assert format_date(DAY, "en", thai_digits=True) == "31 January 2020"
    assert format_date(DAY, "th", "iso", thai_digits=True) == "2020-01-31"


def test_a_month_is_printed_with_its_year() -> None:
    assert format_month(DAY) == "มกราคม 2563"
    assert format_month(DAY, thai_digits=True) == "มกราคม ๒๕๖๓"
    assert format_month(DAY, "en") == "January 2020"


def test_a_moment_is_printed_in_thai_time_as_officials_write_it() -> None:
    moment = datetime(2020, 1, 31, 1, 30, tzinfo=UTC)
    assert format_datetime(moment) == "31 มกราคม 2563 เวลา 08.30 น."
    assert format_datetime(moment, thai_digits=True) == "๓๑ มกราคม ๒๕๖๓ เวลา ๐๘.๓๐ น."
    assert format_datetime(moment, "en", thai_digits=True) == "31 January 2020, 08:30"


def test_a_moment_late_in_the_day_of_greenwich_is_the_next_day_in_bangkok() -> None:
    assert format_datetime(datetime(2020, 9, 30, 17, 0, tzinfo=UTC)) == "1 ตุลาคม 2563 เวลา 00.00 น."


def test_a_moment_without_time_zone_is_refused_rather_than_seven_hours_off() -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        format_datetime(datetime(2020, 1, 31, 8, 30))  # noqa: DTZ001 - the very case
