"""Calendars as RFC 5545 has them, read again by a reader of our own."""

import re
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from lakthan.exchange.icalendar import LONGEST, Event, calendar, fold

STAMP = datetime(2020, 6, 1, 3, 0, tzinfo=UTC)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
ESCAPES = {"\\n": "\n", "\\N": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}


def unfolded(data: bytes) -> list[str]:
    """The content lines; every physical line is held to its length and its end."""
    assert data.endswith(b"\r\n")
    physical = data.removesuffix(b"\r\n").split(b"\r\n")
    for line in physical:
        assert len(line) <= LONGEST
        line.decode("utf-8")
        assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line)
    return data.removesuffix(b"\r\n").replace(b"\r\n ", b"").decode().split("\r\n")


def read(data: bytes) -> list[dict[str, str]]:
    """The events by property name."""
    found: list[dict[str, str]] = []
    for line in unfolded(data):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found:
            found[-1][name.partition(";")[0]] = re.sub(r"\\[nN,;\\]", lambda m: ESCAPES[m.group()], value)
    return found


def plain(text: str) -> str:
    """Line ends are one kind; other control characters cannot be held."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in text if (sign >= " " and sign != "\x7f") or sign == "\n")


@given(TEXTS, TEXTS, st.dates(date(1990, 1, 1), date(2600, 1, 1)))
def test_what_is_written_is_read_again(summary: str, description: str, on: date) -> None:
    (event,) = read(calendar("ปฏิทิน", [Event("due-1@lakthan", on, summary, description)], STAMP))
    assert event["SUMMARY"] == plain(summary)
    assert event.get("DESCRIPTION", "") == plain(description)
    assert event["DTSTART"] == f"{on:%Y%m%d}"
    assert event["DTSTAMP"] == "20200601T030000Z"


@given(TEXTS)
def test_a_folded_line_is_the_same_line(text: str) -> None:
    line = "X:" + plain(text).replace("\n", "")
    assert fold(line).replace(b"\r\n ", b"") == line.encode() + b"\r\n"


def test_a_calendar_is_published_with_all_that_the_standard_asks_for() -> None:
    lines = unfolded(calendar("ก", [Event("u", date(2020, 4, 10), "ส")], STAMP))
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-1] == "END:VCALENDAR"
    for needed in ("METHOD:PUBLISH", "DTSTART;VALUE=DATE:20200410", "DTEND;VALUE=DATE:20200411", "UID:u"):
        assert needed in lines
    assert any(line.startswith("PRODID:") for line in lines)
