"""A list of communities as CSV: what is taken in, what is refused by row and column, and that nothing is lost."""

from datetime import date

import pytest

from lakthan.apps.communities.models import Community, CommunityStatus
from lakthan.apps.ledger.models import Entry
from lakthan.core.errors import UserError
from lakthan.exchange.communities_import import import_communities
from lakthan.exchange.results import ImportResult
from lakthan.rules.permissions import Actor, Refused, Role
from tests.apps import builders
from tests.apps.builders import FOUNDED, NOW, ROOT

pytestmark = pytest.mark.django_db

HEADING = "bma_agency_code,district,sub_district,community,type"
FIRST = "5001,ตัวอย่าง 5001,แขวงหนึ่ง,ชุมชนร่มเย็น,ชุมชนเมือง"
SECOND = "5002,ตัวอย่าง 5002,แขวงสอง,ชุมชนริมคลอง,ชุมชนแออัด"
DIGITS = "give its four digits or its name"
CHOOSE = "(choose from crowded, urban, suburban, housing-authority, housing-estate, high-rise)"
THIRD = "5001,ตัวอย่าง 5001,แขวงหนึ่ง,ชุมชนสามัคคี,เคหะชุมชน"


@pytest.fixture(autouse=True)
def two_districts() -> None:
    for code in ("5001", "5002"):
        builders.unit(code)


def file(*lines: str, heading: str = HEADING, end: str = "\n") -> bytes:
    return "".join(f"{line}{end}" for line in (heading, *lines)).encode()


def take(data: bytes, actor: Actor = ROOT, dry_run: bool = False, on: date = FOUNDED) -> ImportResult:
    result = import_communities(actor=actor, data=data, effective_on=on, now=NOW, dry_run=dry_run)
    assert result.created + result.changed + result.unchanged + len(result.refused) == result.read
    return result


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    return result.created, result.changed, result.unchanged, len(result.refused)


def refusals(result: ImportResult) -> list[tuple[int, str, str]]:
    return [(item.row, item.column, item.reason_en) for item in result.refused]


def names() -> list[str]:
    return sorted(Community.objects.values_list("name", flat=True))


# Taken in


def test_each_row_becomes_a_registered_community_of_its_district() -> None:
    assert counts(take(file(FIRST, SECOND, THIRD))) == (3, 0, 0, 0)
    rows = Community.objects.order_by("code").values_list("code", "name", "sub_district", "type")
    assert list(rows) == [
        ("5001-0001", "ชุมชนร่มเย็น", "แขวงหนึ่ง", "urban"),
        ("5001-0002", "ชุมชนสามัคคี", "แขวงหนึ่ง", "housing-authority"),
        ("5002-0001", "ชุมชนริมคลอง", "แขวงสอง", "crowded"),
    ]
    assert set(CommunityStatus.objects.values_list("status", "effective_on")) == {("registered", FOUNDED)}


def test_every_type_of_the_register_is_known_by_its_thai_name() -> None:
    lines = [f"5001,ตัวอย่าง 5001,แขวง,ชุมชน {value},{label}" for value, label in Community.Type.choices]
    take(file(*lines))
    assert {row.name: row.type for row in Community.objects.all()} == {f"ชุมชน {v}": v for v in Community.Type.values}


def test_columns_may_stand_in_any_order_beside_others() -> None:
    take(
        file(
            "x,ชุมชนเมือง,ชุมชนร่มเย็น,แขวง,ตัวอย่าง 5001,5001",
            heading="no,type,community,sub_district,district,bma_agency_code",
        )
    )
    assert names() == ["ชุมชนร่มเย็น"]


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + file(FIRST, SECOND),
        file(FIRST, SECOND, end="\r\n"),
        file(FIRST, "", SECOND, "", ""),
        file(FIRST, " , ,,,", SECOND, ",,,,,,"),
        file(FIRST, SECOND).rstrip(b"\n"),
        file('5001,"ตัวอย่าง 5001","แขวงหนึ่ง","ชุมชนร่มเย็น","ชุมชนเมือง"', SECOND),
        file(f"{FIRST},,", SECOND),
        file("๕๐๐๑,ตัวอย่าง 5001,แขวงหนึ่ง,ชุมชนร่มเย็น,ชุมชนเมือง", SECOND),
    ],
    ids=[
        "byte order mark",
        "lines of Windows",
        "blank lines",
        "lines of empty cells",
        "no end of the last line",
        "quoted cells",
        "empty cells at the end",
        "Thai digits in the code",
    ],
)
def test_the_same_list_is_read_however_a_program_saved_it(data: bytes) -> None:
    result = take(data)
    assert (result.read, counts(result)) == (2, (2, 0, 0, 0))
    assert names() == ["ชุมชนริมคลอง", "ชุมชนร่มเย็น"]


def test_a_name_with_a_comma_or_a_quote_is_kept() -> None:
    take(file('5001,ตัวอย่าง 5001,แขวง,"ชุมชน ""ก"", ข",ชุมชนเมือง'))
    assert names() == ['ชุมชน "ก", ข']


def test_a_heading_alone_brings_nothing() -> None:
    assert (take(file()).read, Community.objects.count()) == (0, 0)


# Put in order, doubted


def test_characters_in_the_wrong_order_are_put_in_order_and_told() -> None:
    typed = "ชุมชนน\u0e4d\u0e32โชค"
    result = take(file(f"5001,ตัวอย่าง 5001,แขวง,{typed},ชุมชนเมือง"))
    assert names() == ["ชุมชนนำโชค"]
    assert [(item.row, item.field, item.before, item.after, item.reason) for item in result.repaired] == [
        (2, "community", "น\u0e4d\u0e32", "นำ", "sara-am")
    ]


def test_a_name_that_looks_mistyped_is_kept_and_doubted() -> None:
    result = take(file("5001,ตัวอย่าง 5001,แขวง,ชุมชนบำ้น,ชุมชนเมือง"))
    assert [(item.row, item.field) for item in result.doubtful] == [(2, "community")]
    assert len(names()) == 1


def test_a_district_s_name_that_is_not_the_code_s_is_doubted() -> None:
    result = take(file(SECOND, "5001,ตัวอย่าง 5002,แขวง,ชุมชนร่มเย็น,ชุมชนเมือง"))
    assert [(item.row, item.field, item.text) for item in result.doubtful] == [(3, "district", "ตัวอย่าง 5002")]
    assert len(names()) == 2


# Refused


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ("5099,ตัวอย่าง,แขวง,ชุมชน,ชุมชนเมือง", "bma_agency_code", f"no district office has the code: 5099; {DIGITS}"),
        (",ตัวอย่าง,แขวง,ชุมชน,ชุมชนเมือง", "bma_agency_code", f"no district office has the code: ; {DIGITS}"),
        ("5001,ตัวอย่าง 5001,แขวง,ชุมชน,ชุมชนบนดิน", "type", f"unknown type of community: ชุมชนบนดิน {CHOOSE}"),
        ("5001,ตัวอย่าง 5001,แขวง,ชุมชน", "type", f"unknown type of community: {CHOOSE}"),
        ("5001,ตัวอย่าง 5001,แขวง,  ,ชุมชนเมือง", "community", "the name of the community is empty:   ; fill it in"),
        (
            "5001,ตัวอย่าง 5001,แขวง,ชุมชน,ชุมชนเมือง,อีกช่อง",
            "beyond-the-last",
            "text beyond the last column: อีกช่อง (put quotation marks around a cell that holds a comma)",
        ),
        (
            f"5001,ตัวอย่าง 5001,แขวง,{'ก' * 201},ชุมชนเมือง",
            "community",
            f"the name of the community is too long: {'ก' * 201}; shorten it to 200 characters",
        ),
        (
            f"5001,ตัวอย่าง 5001,{'ข' * 101},ชุมชน,ชุมชนเมือง",
            "sub_district",
            f"the sub-district is too long: {'ข' * 101} (It has 101 characters, more than 100; shorten it.)",
        ),
    ],
)
def test_a_row_is_refused_by_line_and_column_and_then_nothing_is_written(line: str, column: str, reason: str) -> None:
    entries = Entry.objects.count()
    result = take(file(FIRST, "", line, SECOND))
    assert refusals(result) == [(4, column, reason)]
    assert counts(result) == (2, 0, 0, 1)
    assert names() == []
    assert Entry.objects.count() == entries


def test_a_bureau_has_no_communities() -> None:
    builders.bureau("2100")
    result = take(file("2100,สำนักตัวอย่าง,แขวง,ชุมชน,ชุมชนเมือง"))
    assert refusals(result) == [(2, "bma_agency_code", f"no district office has the code: 2100; {DIGITS}")]


@pytest.mark.parametrize("again", ["ชุมชนร่มเย็น ๒", "ชุมชนร่มเย็น  2", "ชุมชนร่มเย็น 2"])
def test_the_same_name_twice_in_a_district_is_refused_with_the_row_of_the_first(again: str) -> None:
    line = "5001,ตัวอย่าง 5001,แขวง,{},ชุมชนเมือง"
    result = take(file(line.format("ชุมชนร่มเย็น 2"), SECOND, line.format(again)))
    assert refusals(result) == [
        (4, "community", "the same name as in row 2 of the same district; keep one of them, or correct the name")
    ]
    assert names() == []


def test_the_same_name_in_two_districts_is_two_communities() -> None:
    take(file(FIRST, "5002,ตัวอย่าง 5002,แขวง,ชุมชนร่มเย็น,ชุมชนเมือง"))
    assert names() == ["ชุมชนร่มเย็น"] * 2


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "lacks the column bma_agency_code, district, sub_district, community, type"),
        (file(heading="bma_agency_code,district,sub_district,community"), "lacks the column type;"),
        (file(FIRST, heading=HEADING.replace(",", ";")), "lacks the column bma_agency_code"),
        (f"{HEADING}\n{FIRST}\n".encode("cp874"), "not CSV in UTF-8"),
        (file(FIRST).decode().encode("utf-16"), "not CSV in UTF-8"),
        (file(FIRST, '5001,"ตัวอย่าง'), "cannot be read from line 3 on"),
        (file(FIRST, '5001,"ตัวอย่าง" 5001,แขวง,ชุมชน,ชุมชนเมือง'), "cannot be read from line 3 on"),
        (file(FIRST, heading=f'"{HEADING}'), "cannot be read from line 1 on"),
        (file("5001,\x00,แขวง,ชุมชน,ชุมชนเมือง"), "not CSV in UTF-8"),
    ],
    ids=[
        "empty",
        "a column is missing",
        "semicolons",
        "TIS-620",
        "UTF-16",
        "a quote is not closed",
        "a quote inside a cell",
        "a quote in the heading is not closed",
        "binary",
    ],
)
def test_a_file_that_is_no_such_list_is_refused_whole_in_one_sentence(data: bytes, says: str) -> None:
    with pytest.raises(UserError, match=says) as refused:
        take(data)
    assert refused.value.th != refused.value.en
    assert names() == []


def test_only_whoever_keeps_the_register_can_import() -> None:
    with pytest.raises(Refused):
        take(file(FIRST), actor=builders.somebody(Role.AUDITOR))
    assert names() == []


def test_communities_are_not_registered_from_a_day_to_come() -> None:
    with pytest.raises(UserError, match="in the future"):
        take(file(FIRST), on=date(2020, 6, 2))


# Again


def test_the_same_file_twice_creates_nothing() -> None:
    take(file(FIRST, SECOND))
    entries = Entry.objects.count()
    assert counts(take(file(FIRST, SECOND))) == (0, 0, 2, 0)
    assert Entry.objects.count() == entries


def test_a_name_is_known_again_however_it_is_typed() -> None:
    line = "5001,ตัวอย่าง 5001,แขวงหนึ่ง,{},ชุมชนเมือง"
    take(file(line.format("ชุมชนร่มเย็น 2")))
    assert counts(take(file(line.format("ชุมชนร่มเย็น   ๒")))) == (0, 0, 1, 0)


def test_a_changed_type_or_sub_district_is_one_change() -> None:
    take(file(FIRST, SECOND))
    changed = FIRST.replace("ชุมชนเมือง", "ชุมชนอาคารสูง").replace("แขวงหนึ่ง", "แขวงใหม่")
    assert counts(take(file(changed, SECOND, THIRD))) == (1, 1, 1, 0)
    stored = Community.objects.get(name="ชุมชนร่มเย็น")
    assert (stored.type, stored.sub_district) == ("high-rise", "แขวงใหม่")


def test_a_refused_row_keeps_the_changes_of_the_others_out_too() -> None:
    take(file(FIRST))
    take(file(FIRST.replace("ชุมชนเมือง", "ชุมชนแออัด"), "5099,,,ชุมชน,ชุมชนเมือง"))
    assert Community.objects.get().type == "urban"


def test_a_dry_run_tells_what_would_be_and_writes_nothing() -> None:
    assert counts(take(file(FIRST, SECOND), dry_run=True)) == (2, 0, 0, 0)
    assert names() == []
